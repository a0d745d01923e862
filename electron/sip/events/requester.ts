// Requests of ours that belong to no INVITE dialog, from first sending to final response: next hop, challenges, CSeq.
import { applyStrictRouting, nextHop } from '../dialog/routing.ts';
import type { Answer, Credentials } from '../digest/index.ts';
import type { Flow } from '../net/index.ts';
import type { Registration } from '../registration/index.ts';
import type { TransactionFailure, TransactionLayer } from '../transaction/index.ts';
import type { SipAccount } from '../types.ts';
import { createRequest, tagOf, type SipRequest, type SipResponse } from '../wire/index.ts';

type Header = readonly [string, string];

/** A request without what the requester adds: CSeq, User-Agent, credentials. */
export interface Draft {
  method: string;
  uri: string;
  /** From, To, Call-ID, Route and all that is particular. */
  headers: readonly Header[];
  body?: string;
  /** The next number of its Call-ID; asked for at each sending. */
  sequence(): number;
}

export type Result =
  /** Final. `how` says what became of a challenge, for 401 and 407. */
  | { kind: 'response'; response: SipResponse; flow: Flow; how: Answer | null }
  | { kind: 'failure'; failure: TransactionFailure };

export interface RequesterOptions {
  account: SipAccount;
  layer: TransactionLayer;
  registration: Registration;
  credentials: Credentials;
  userAgent: string;
}

export class Requester {
  private readonly options: RequesterOptions;

  constructor(options: RequesterOptions) {
    this.options = options;
  }

  /** Sends it, and again with credentials where the account's own server asks for them. Never rejects. */
  async request(draft: Draft): Promise<Result> {
    const { credentials, registration } = this.options;
    const message = createRequest(draft.method, draft.uri, draft.headers, draft.body);
    const inside = tagOf(message.headers.get('To')) !== undefined;
    const { method, uri, body } = message;
    const exchange = credentials.exchange({ kind: inside ? 'inside' : 'outside', method, uri, body });
    for (;;) {
      const request = this.complete(draft, exchange.headers());
      const result = await this.sendOnce(request);
      if (result.kind === 'failure') return result;
      const { status, headers } = result.response;
      if (status !== 401 && status !== 407) return result;
      // Credentials go to the account's own server and nowhere else.
      if (!registration.isOwn(result.flow)) return { ...result, how: 'other-realm' };
      const how = await exchange.answer(status, headers);
      if (how !== 'retry') return { ...result, how };
    }
  }

  /** How large this is on the wire before credentials, bytes: what RFC 3428 8 limits. */
  size(draft: Draft): number {
    const { headers, body } = this.complete({ ...draft, sequence: () => 1 }, []);
    let bytes = body.length + draft.method.length + draft.uri.length + VIA_AND_START;
    for (const [name, value] of headers.entries()) bytes += Buffer.byteLength(name) + Buffer.byteLength(value) + 4;
    return bytes;
  }

  private complete(draft: Draft, credentials: readonly Header[]): SipRequest {
    const headers: Header[] = [
      ['Max-Forwards', '70'],
      ...draft.headers,
      ['CSeq', `${draft.sequence()} ${draft.method}`],
      ['User-Agent', this.options.userAgent],
      ...credentials,
    ];
    return createRequest(draft.method, draft.uri, headers, draft.body);
  }

  private async sendOnce(request: SipRequest): Promise<Result> {
    const { account, registration, layer } = this.options;
    const strict = applyStrictRouting(request);
    let hop;
    try {
      hop = await nextHop(request, strict, account, registration, layer);
    } catch (error) {
      return { kind: 'failure', failure: { reason: 'resolve', error: toError(error) } };
    }
    if (!hop.own) for (const name of ['Authorization', 'Proxy-Authorization']) request.headers.delete(name);
    const { targets } = hop;
    return new Promise((resolve) => {
      layer.request(
        request,
        {
          response(response, flow) {
            if (response.status >= 200) resolve({ kind: 'response', response, flow, how: null });
          },
          failure: (failure) => resolve({ kind: 'failure', failure }),
        },
        { targets },
      );
    });
  }
}

/** Start line's version, Via with branch and rport, Content-Length. */
const VIA_AND_START = 180;

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
