// One request that came by two ways (RFC 3261 8.2.2.2): a fork behind a fork. The second is refused, or one call would ring twice.
import { createHash } from 'node:crypto';
import { parseCSeq, tagOf, type SipRequest } from '../wire/index.ts';

export class MergedRequests {
  private readonly ongoing = new Set<string>();

  /** True when the same request, by another way, is being handled. To be asked for requests that are no repeats. */
  has(request: SipRequest): boolean {
    return tagOf(request.headers.get('To')) === undefined && this.ongoing.has(keyOf(request));
  }

  add(request: SipRequest): void {
    this.ongoing.add(keyOf(request));
  }

  delete(request: SipRequest): void {
    this.ongoing.delete(keyOf(request));
  }
}

/**
 * With the Request-URI, unlike the RFC: each account is a user agent of its own, and a fork may be meant for two of them. And
 * with the body: what offers something else is not the same request, whatever its sender numbers it.
 */
function keyOf({ headers, method, uri, body }: SipRequest): string {
  const number = parseCSeq(headers.get('CSeq'))?.number;
  const content = createHash('sha256').update(body).digest('base64');
  return [method, uri, headers.get('Call-ID'), tagOf(headers.get('From')), number, content].join('\n');
}
