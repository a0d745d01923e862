// Which transaction a message belongs to (RFC 3261 17.1.3, 17.2.3).
import { MAGIC_COOKIE, parseCSeq, tagOf, type SipRequest, type Via } from '../wire/index.ts';

/** A response belongs to the request with its branch and CSeq method (17.1.3). */
export function clientKey(branch: string, method: string): string {
  return `${branch} ${method}`;
}

/**
 * Key of the server transaction that a request belongs to, or would create. ACK belongs to its INVITE. With
 * `method: 'INVITE'` the key of the INVITE that a CANCEL is about.
 */
export function serverKey(request: SipRequest, via: Via, method: string = request.method): string {
  const of = method === 'ACK' ? 'INVITE' : method;
  const branch = via.params.get('branch') ?? '';
  const sentBy = `${via.host.toLowerCase()}:${via.port ?? ''}`;
  if (branch.length > MAGIC_COOKIE.length && branch.startsWith(MAGIC_COOKIE)) return `${branch} ${sentBy} ${of}`;
  // RFC 2543 peers: no branch to go by, so all that a repeat has in common with its original.
  const { headers } = request;
  const number = parseCSeq(headers.get('CSeq'))?.number;
  const parts = [request.uri, tagOf(headers.get('From')), headers.get('Call-ID'), number, branch, sentBy, of];
  return parts.join(' ');
}
