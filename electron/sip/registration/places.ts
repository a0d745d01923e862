// Where a registrar is: targets, flows and URIs compared.
import type { Flow, Target } from '../net/index.ts';
import { formatHostPort, type SipUri } from '../wire/index.ts';

/** Request-URI of a REGISTER to where a 3xx led: without user, parameters and headers (RFC 3261 10.2). */
export function registrarAt(uri: SipUri): string {
  return `sip:${formatHostPort(uri.host, undefined)}`;
}

/** Does this flow lead to this target? */
export function leadsTo(target: Target, flow: Flow): boolean {
  return target.transport === flow.transport && target.host === flow.remote.address && target.port === flow.remote.port;
}

/** A server sends from its address, over UDP from any port; who asked for TLS or WebSocket gets that and nothing less. */
export function comesFrom(target: Target, flow: Flow): boolean {
  if (target.host !== flow.remote.address) return false;
  const plain = ['udp', 'tcp'];
  if (plain.includes(target.transport)) return plain.includes(flow.transport);
  return target.transport === flow.transport && target.port === flow.remote.port;
}
