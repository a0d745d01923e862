// A request that came to us, with its server transaction: completes responses and sends them where they belong.
import type { Flow } from '../net/index.ts';
import { createHeaders, randomToken, serialize, tagOf, type SipRequest, type SipResponse } from '../wire/index.ts';
import type { ServerMachine } from './server-machine.ts';
import { stampContact } from './stamp.ts';
import type { ServerTransaction } from './types.ts';

export class ServerRequest implements ServerTransaction {
  readonly request: SipRequest;
  readonly flow: Flow;
  readonly machine: ServerMachine;
  private tag: string | null = null;

  constructor(request: SipRequest, flow: Flow, machine: ServerMachine) {
    this.request = request;
    this.flow = flow;
    this.machine = machine;
  }

  /** Put into To of each response beyond 100 that has none; CANCEL's 200 uses it too (RFC 3261 9.2). */
  get toTag(): string {
    this.tag ??= randomToken(64);
    return this.tag;
  }

  set toTag(tag: string) {
    this.tag = tag;
  }

  respond(response: SipResponse): void {
    const complete = completeResponse(this.request, response, () => this.toTag);
    stampContact(complete, this.flow);
    const tag = response.status === 100 ? undefined : tagOf(complete.headers.get('To'));
    if (tag !== undefined) this.toTag = tag;
    this.machine.respond(response.status, serialize(complete));
  }
}

/** Adds what RFC 3261 8.2.6.2 has a response copy from its request. `toTag` is for responses beyond 100. */
export function completeResponse(request: SipRequest, response: SipResponse, toTag: () => string): SipResponse {
  const lines: (readonly [string, string])[] = request.headers.all('Via').map((via) => ['Via', via]);
  for (const name of COPIED) {
    const value = response.headers.get(name) ?? request.headers.get(name);
    if (value === undefined) continue;
    lines.push([name, name === 'To' && response.status > 100 ? withTag(value, toTag) : value]);
  }
  const timestamp = response.status === 100 ? request.headers.get('Timestamp') : undefined;
  if (timestamp !== undefined) lines.push(['Timestamp', timestamp]);
  for (const line of response.headers.entries()) if (line[0] !== 'Via' && !COPIED.includes(line[0])) lines.push(line);
  return { ...response, headers: createHeaders(lines) };
}

const COPIED: readonly string[] = ['From', 'To', 'Call-ID', 'CSeq'];

function withTag(to: string, tag: () => string): string {
  return tagOf(to) === undefined ? `${to};tag=${tag()}` : to;
}
