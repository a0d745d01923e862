// The net floor's door: flows over UDP, TCP, TLS, WS and WSS, and where to send to.
export { connectStream, readAuthority } from './connect.ts';
export { createNet } from './net.ts';
export { createResolver, defaultPort, ResolveError, type Resolver, type ResolverOptions } from './resolve.ts';
export { toTransportError, TransportError, type TransportErrorKind } from './transport-error.ts';
export type { Flow, Net, NetListener, NetOptions, OpenOptions, Target } from './types.ts';
