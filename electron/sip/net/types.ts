// Flows (RFC 3261 section 18, RFC 5626): where bytes come from and go to. Knows framing, not transactions.
import type { Clock, Logger, TransportName } from '../../../contract/index.ts';
import type { Malformed, SipMessage } from '../wire/index.ts';

/** One hop to try: the outcome of RFC 3263 for a URI. */
export interface Target {
  transport: TransportName;
  host: string;
  port: number;
  /** Name to check a TLS certificate against: the domain asked for, not the SRV target (RFC 5922). */
  domain?: string;
  /** Path of a WebSocket URL. */
  path?: string;
  /** PEM file of a certificate authority that is trusted besides the system's. */
  caFile?: string;
  /** SIP over TLS takes a certificate for `*.company.com`, which RFC 5922 7.2 forbids and some hosted exchanges have. */
  allowWildcard?: boolean;
  /** SHA-256 of the one certificate that is trusted, whoever signed it and whatever its names. */
  pinnedCertificate?: string;
}

/** A bidirectional way to one peer: a UDP socket and remote address, or a connection. */
export interface Flow {
  readonly id: string;
  readonly transport: TransportName;
  readonly reliable: boolean;
  readonly local: { address: string; port: number };
  readonly remote: { address: string; port: number };
  /** host:port that Via and Contact carry on this flow: the listening port for TCP, a `.invalid` name for WS. */
  readonly sentBy: string;
  readonly open: boolean;
  /** The peer made this connection to our listener. */
  readonly accepted?: boolean;
  /** True while the peer answers pings, so that its silence ends the flow by itself. */
  readonly answersPings?: boolean;
  /**
   * Asks whether anybody is there (RFC 5626 4.4; on UDP an empty line on a connected socket): the flow ends when the
   * system says no or, where pings are answered, when no answer comes within `patience` ms.
   */
  ping?(patience: number): void;
  /** UDP, to a server that knows outbound (RFC 5626 4.4.2): pings are STUN from now on, and are answered. */
  useStun?(): void;
  /** Rejects with a TransportError when the bytes could not leave. */
  send(bytes: Buffer): Promise<void>;
  close(): void;
}

export interface NetListener {
  message(message: SipMessage, flow: Flow, bytes: Buffer): void;
  /** Something that claims to be SIP and is not well formed. */
  malformed?(message: Malformed, flow: Flow, bytes: Buffer): void;
  /** A flow ended: connection lost, or ICMP said that nobody listens there. */
  closed(flow: Flow, error?: Error): void;
}

export interface NetOptions {
  clock: Clock;
  log: Logger;
  listener: NetListener;
  /** PEM text of a further certificate authority, for targets that name no `caFile`. */
  tls?: (target: Target) => { ca?: string };
  /** Bind to this address instead of the one the routing table picks. */
  localAddress?: string;
  /** Asked for each datagram, each connection that a peer makes, and what comes on it, unread. False: dropped, or closed. */
  mayPass?: (address: string) => boolean;
}

export interface OpenOptions {
  /** Milliseconds until a connection counts as failed. */
  timeout?: number;
  /** Keep a UDP flow's NAT binding alive (connections that we open are always kept alive). */
  keepAlive?: boolean;
  /**
   * Only a flow that was opened to this very target. Otherwise a TLS or WSS flow to the same place serves also for a
   * target that names no authority, or an address where the flow's certificate was checked for a name: Record-Route
   * often carries the proxy's address, which its certificate does not.
   */
  exact?: boolean;
}

export interface Net {
  /** The flow to this target, opened where there is none yet. Rejects with TransportError. */
  open(target: Target, options?: OpenOptions): Promise<Flow>;
  /** Opens UDP and TCP on this local address, should they not be open yet: for servers, whom peers reach first. */
  listen(address: string): Promise<{ address: string; port: number }>;
  /** A flow from the same UDP socket to another address (responses, RFC 3261 18.2.2). */
  datagrams(from: Flow, remote: { address: string; port: number }): Flow;
  /** Closes flows whose local address is gone, or is no longer the one that leads to their peer. */
  networkChanged(): Promise<void>;
  /** Flows that are held open; for tests and diagnostics. */
  readonly flows: readonly Flow[];
  close(): Promise<void>;
}
