// Flows (RFC 3261 section 18, RFC 5626): where bytes come from and go to. Knows framing, not transactions.
import type { TransportName } from '../../../contract/index.ts';
import type { SipMessage } from '../wire/types.ts';

/** One hop to try: the outcome of RFC 3263 for a URI. */
export interface Target {
  transport: TransportName;
  host: string;
  port: number;
  /** Name to check a TLS certificate against: the domain asked for, not the SRV target (RFC 5922). */
  domain?: string;
  /** Path of a WebSocket URL. */
  path?: string;
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
  send(bytes: Buffer): Promise<void>;
  close(): void;
}

export interface NetListener {
  message(message: SipMessage, flow: Flow): void;
  /** A flow ended: connection lost, or ICMP said that nobody listens there. */
  closed(flow: Flow, error?: Error): void;
}
