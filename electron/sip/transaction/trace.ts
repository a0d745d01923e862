// The SIP trace's view of a message: as on the wire, but without what would let a reader log in or decrypt.
import type { Clock, Trace } from '../../../contract/index.ts';
import { formatHostPort } from '../wire/index.ts';
import type { Flow } from '../net/index.ts';

/** Blanks credentials (RFC 3261 20.7, 20.28) and SRTP keys (RFC 4568 9.1). */
export function blankSecrets(text: string): string {
  return text
    .replace(/^((?:Proxy-)?Authorization[ \t]*:[ \t]*\S+)[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim, '$1 [blanked]')
    .replace(/^(a=crypto:.*?inline:)[^\s|]+/gim, '$1[blanked]');
}

/** Records messages of flows; does nothing where nobody keeps a trace. */
export function createTracer(
  trace: Trace | undefined,
  clock: Clock,
  accountOf: ((flow: Flow) => string | undefined) | undefined,
): (direction: 'in' | 'out', flow: Flow, bytes: Buffer) => void {
  if (!trace) return () => {};
  return (direction, flow, bytes) => {
    const accountId = accountOf?.(flow);
    trace.record({
      at: clock.now(),
      direction,
      transport: flow.transport,
      peer: formatHostPort(flow.remote.address, flow.remote.port),
      local: formatHostPort(flow.local.address, flow.local.port),
      ...(accountId === undefined ? {} : { accountId }),
      text: blankSecrets(bytes.toString('utf8')),
    });
  };
}
