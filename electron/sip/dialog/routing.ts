// Where a request goes: outside a dialog to the account's server, inside one along the route set (RFC 3261 12.2.1.1, 16.12).
import type { Target } from '../net/index.ts';
import type { Registration } from '../registration/index.ts';
import type { TransactionLayer } from '../transaction/index.ts';
import type { SipAccount } from '../types.ts';
import { parseNameAddr, parseUri, tagOf, type SipRequest } from '../wire/index.ts';

export interface Hop {
  targets: readonly Target[];
  /** It is the account's own server: credentials may go along. */
  own: boolean;
}

/**
 * The hops to try for this request. `strict`: its first route is a strict router's and stands in the Request-URI now, so that
 * is where it goes (RFC 3261 8.1.2). Rejects with ResolveError.
 */
export async function nextHop(
  request: SipRequest,
  strict: boolean,
  account: SipAccount,
  registration: Registration,
  layer: TransactionLayer,
): Promise<Hop> {
  const route = await registration.resolveRoute();
  // A WebSocket client has no other way out (RFC 7118 5), and no one else can answer it.
  const webSocket = account.transport === 'ws' || account.transport === 'wss';
  if (webSocket || tagOf(request.headers.get('To')) === undefined) return { targets: route, own: true };
  const first = strict ? undefined : request.headers.get('Route');
  const uri = first === undefined ? request.uri : (parseNameAddr(first)?.uri ?? request.uri);
  const resolved = await layer.resolve(uri);
  // The connection that our server knows us by is used again, whatever name the route has for it (RFC 5626 5.3).
  const known = route.find((own) => resolved.some((target) => isSame(own, target)));
  if (known !== undefined) return { targets: [known], own: true };
  const { caFile } = account;
  return { targets: resolved.map((target) => (caFile === undefined ? target : { ...target, caFile })), own: false };
}

/** A route that is no loose router's gets the request in its own name, and the target comes last (RFC 3261 12.2.1.1). True: so it was. */
export function applyStrictRouting(request: SipRequest): boolean {
  const routes = request.headers.all('Route');
  const first = parseNameAddr(routes[0] ?? '');
  if (first === null || (parseUri(first.uri)?.params.has('lr') ?? true)) return false;
  request.headers.set('Route', [...routes.slice(1), `<${request.uri}>`]);
  request.uri = first.uri;
  return true;
}

function isSame(one: Target, other: Target): boolean {
  return one.transport === other.transport && one.host === other.host && one.port === other.port;
}
