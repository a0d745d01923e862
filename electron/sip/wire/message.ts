// Making messages of our own.
import { copyHeaders, createHeaders } from './headers.ts';
import { reasonPhrase } from './status.ts';
import type { SipRequest, SipResponse } from './types.ts';

type Entries = Iterable<readonly [string, string]>;

/** A request with these headers; Via, where absent, is added by the transaction floor. */
export function createRequest(method: string, uri: string, headers: Entries, body?: Buffer | string): SipRequest {
  return { kind: 'request', method, uri, headers: createHeaders(headers), body: toBuffer(body) };
}

/** A response with nothing but what is given; the transaction floor copies Via, From, To, Call-ID and CSeq. */
export function createResponse(
  status: number,
  options: { reason?: string; headers?: Entries; body?: Buffer | string } = {},
): SipResponse {
  const reason = options.reason ?? reasonPhrase(status);
  return { kind: 'response', status, reason, headers: createHeaders(options.headers), body: toBuffer(options.body) };
}

/** A copy whose headers can be changed without touching the original; the body is shared. */
export function copyMessage<M extends SipRequest | SipResponse>(message: M): M {
  return { ...message, headers: copyHeaders(message.headers) };
}

function toBuffer(body: Buffer | string | undefined): Buffer {
  return typeof body === 'string' ? Buffer.from(body) : (body ?? Buffer.alloc(0));
}
