// A request that came to us, with its server transaction: completes responses and sends them where they belong.
import type { Flow } from '../net/index.ts';
import {
  copyMessage,
  parseNameAddr,
  randomToken,
  serialize,
  type SipRequest,
  type SipResponse,
} from '../wire/index.ts';
import type { ServerMachine } from './server-machine.ts';
import { stampContact } from './stamp.ts';
import type { ServerTransaction } from './types.ts';

export class ServerRequest implements ServerTransaction {
  readonly request: SipRequest;
  readonly flow: Flow;
  readonly machine: ServerMachine;
  /** Put into To of each response beyond 100 that has none; CANCEL's 200 uses it too (RFC 3261 9.2). */
  toTag: string = randomToken(64);

  constructor(request: SipRequest, flow: Flow, machine: ServerMachine) {
    this.request = request;
    this.flow = flow;
    this.machine = machine;
  }

  respond(response: SipResponse): void {
    const complete = completeResponse(this.request, response, this.toTag);
    stampContact(complete, this.flow);
    const tag = parseNameAddr(complete.headers.get('To') ?? '')?.params.get('tag');
    if (tag !== undefined) this.toTag = tag;
    this.machine.respond(response.status, serialize(complete));
  }
}

/** Adds what RFC 3261 8.2.6.2 has a response copy from its request. `toTag` is for responses beyond 100. */
export function completeResponse(request: SipRequest, response: SipResponse, toTag: string): SipResponse {
  const complete = copyMessage(response);
  const { headers } = complete;
  const own = [...headers.entries()].filter(([name]) => name !== 'Via');
  for (const [name] of own) headers.delete(name);
  headers.set('Via', [...request.headers.all('Via')]);
  for (const name of ['From', 'To', 'Call-ID', 'CSeq']) {
    const value = own.find(([ownName]) => ownName === name)?.[1] ?? request.headers.get(name);
    if (value !== undefined)
      headers.append(name, name === 'To' && response.status > 100 ? withTag(value, toTag) : value);
  }
  const timestamp = response.status === 100 ? request.headers.get('Timestamp') : undefined;
  if (timestamp !== undefined) headers.append('Timestamp', timestamp);
  for (const [name, value] of own) if (!COPIED.has(name)) headers.append(name, value);
  return complete;
}

const COPIED = new Set(['From', 'To', 'Call-ID', 'CSeq']);

function withTag(to: string, tag: string): string {
  return parseNameAddr(to)?.params.get('tag') === undefined ? `${to};tag=${tag}` : to;
}
