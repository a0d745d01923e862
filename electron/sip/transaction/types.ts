// The transaction floor's door (RFC 3261 sections 17 and 18). SIP.js above believes that it sits on a reliable transport.
import type { Clock, Logger, Trace } from '../../../contract/index.ts';
import type { Flow, Net, NetOptions, Resolver, Target } from '../net/index.ts';
import type { SipRequest, SipResponse } from '../wire/index.ts';

export type TransactionFailure =
  /** Timer B or F (RFC 3261 17.1): nobody answered within 64*T1. */
  | { reason: 'timeout' }
  /** No flow could be opened to any target, or the one in use broke. */
  | { reason: 'transport'; error: Error }
  /** The name could not be resolved (RFC 3263). */
  | { reason: 'resolve'; error: Error };

export interface ClientTransactionListener {
  /** Each provisional response, then exactly one final one; 2xx to INVITE again for each repeat (RFC 6026). */
  response(response: SipResponse, flow: Flow): void;
  /** At most once, instead of a final response. */
  failure(failure: TransactionFailure): void;
}

export interface ClientTransaction {
  readonly branch: string;
  /** The flow in use, once there is one. */
  readonly flow: Flow | null;
  /** For INVITE: sends CANCEL as soon as a provisional response has come (RFC 3261 9.1), and gives up 64*T1 later. */
  cancel(headers?: readonly (readonly [string, string])[]): void;
}

export interface ServerTransaction {
  readonly request: SipRequest;
  readonly flow: Flow;
  /** Sends a response; Via, From, To, Call-ID, CSeq are copied from the request where absent. Repeats are absorbed below. */
  respond(response: SipResponse): void;
}

export interface RequestOptions {
  /** Use this flow and no other (in-dialog on WS, registered flow). */
  flow?: Flow;
  /** Try these in order (RFC 3263 4.3 failover on 503, timeout and transport error). Otherwise Route or Request-URI is resolved. */
  targets?: readonly Target[];
  /** Overrides the resolver's default transport for a URI that names none. */
  preferred?: Target['transport'];
}

export interface TransactionLayerListener {
  /** A new request, with received/rport stamped, never a repeat. ACK to 2xx arrives through `ack`. */
  request(transaction: ServerTransaction): void;
  /** CANCEL whose INVITE transaction is alive; its own 200 is already sent. */
  cancel(invite: ServerTransaction, cancel: SipRequest): void;
  ack(ack: SipRequest, flow: Flow): void;
  /** The final response to our INVITE server transaction was never acknowledged (timer H). */
  ackTimeout(transaction: ServerTransaction): void;
  flowClosed(flow: Flow, error?: Error): void;
}

/** Who may speak to us. */
export interface Admission {
  /** Is this the address of a server of ours? It may send more, and what it sends is always traced. */
  isTrusted(address: string): boolean;
  /**
   * May this request, which belongs to no transaction yet, be answered? Otherwise it is dropped without a word, and the
   * connection that brought it is closed: a scanner learns nothing, not even that somebody is here.
   */
  admits(request: SipRequest, flow: Flow): boolean;
}

export interface TransactionLayerOptions {
  clock: Clock;
  log: Logger;
  listener: TransactionLayerListener;
  /** Each message in and out, credentials blanked. */
  trace?: Trace;
  /** Whose flow this is, for the trace. */
  accountOf?: (flow: Flow) => string | undefined;
  /** DNS servers instead of the system's. */
  dnsServers?: readonly string[];
  /** PEM text of a further certificate authority, for targets that name no `caFile`. */
  tls?: (target: Target) => { ca?: string };
  /** Bind to this address instead of the one the routing table picks. */
  localAddress?: string;
  /** Option tags understood above; a request that requires others gets 420. Absent: Require is left to the layer above. */
  extensions?: readonly string[];
  /** Absent: everybody may speak, as to a server. */
  admission?: Admission;
  /** Server transactions that may be alive; beyond it new requests get 503, so that a flood cannot fill the memory. */
  maxServerTransactions?: number;
  /** For tests: another net, other DNS. */
  createNet?: (options: NetOptions) => Net;
  resolver?: Resolver;
}

export interface TransactionLayer {
  /** Top Via (branch, sent-by, rport) and Contact's host:port (where Contact's host is `hookswitch.invalid`) are filled in per flow. */
  request(request: SipRequest, listener: ClientTransactionListener, options?: RequestOptions): ClientTransaction;
  /** ACK to a 2xx: no transaction, follows Route or Request-URI (RFC 3261 13.2.2.4). */
  sendAck(ack: SipRequest, options?: RequestOptions): Promise<void>;
  /** Opens (or reuses) a flow to the first target that can be reached, and keeps it alive. Rejects with TransportError. */
  openFlow(targets: readonly Target[]): Promise<Flow>;
  /** Listens on a local address (UDP and TCP, one port) before anything was sent: for servers. */
  listen(address: string): Promise<{ address: string; port: number }>;
  /** RFC 3263: URI -> targets in order, never empty. Rejects with ResolveError. */
  resolve(uri: string, preferred?: Target['transport']): Promise<Target[]>;
  /**
   * Addresses changed, or the machine woke: what DNS said is asked anew, and flows whose local address is gone are
   * closed (`flowClosed` tells).
   */
  networkChanged(): void;
  /** Transactions alive now; both return to 0 when nothing happens. */
  readonly counts: { client: number; server: number };
  /** Connections, and UDP peers that we began with. */
  readonly flows: readonly Flow[];
  close(): Promise<void>;
}
