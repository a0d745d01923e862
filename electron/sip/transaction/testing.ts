// For tests: a network in memory, and a peer that is nothing but messages.
import type { Clock } from '../../../contract/index.ts';
import { TransportError, type Flow, type Net, type NetOptions, type Target } from '../net/index.ts';
import { quietLog } from '../net/testing.ts';
import { createResponse, parseCSeq, parseMessage, serialize, type SipMessage, type SipRequest } from '../wire/index.ts';
import { createTransactionLayer } from './layer.ts';
import { completeResponse } from './server-request.ts';
import type { TransactionLayerListener, TransactionLayerOptions } from './types.ts';

/** One way through the network, ms. */
const LATENCY = 1;

type Transport = Flow['transport'];

/** What a peer received: when, and what. */
export interface Received {
  at: number;
  /** `INVITE`, or `200 INVITE`. */
  what: string;
  message: SipMessage;
  flow: MemoryFlow;
}

export class MemoryFlow implements Flow {
  readonly id: string;
  readonly transport: Transport;
  readonly reliable: boolean;
  readonly local: { address: string; port: number };
  readonly remote: { address: string; port: number };
  open = true;
  private readonly network: MemoryNetwork;

  constructor(network: MemoryNetwork, transport: Transport, local: string, remote: string) {
    this.network = network;
    this.transport = transport;
    this.reliable = transport !== 'udp';
    this.local = { address: local, port: 5060 };
    this.remote = { address: remote, port: 5060 };
    this.id = `${transport} ${local} ${remote}`;
  }

  get sentBy(): string {
    return `${this.local.address}:5060`;
  }

  send(bytes: Buffer): Promise<void> {
    if (!this.open) return Promise.reject(new TransportError('closed', this.id));
    this.network.carry(this, bytes);
    return Promise.resolve();
  }

  close(): void {
    this.network.close(this);
  }
}

/** Peers by address; all on port 5060. */
export class MemoryNetwork {
  readonly clock: Clock;
  /** Messages that get lost. */
  lose: (from: string, what: string) => boolean = () => false;
  private readonly listeners = new Map<string, NetOptions['listener']>();
  private readonly flows = new Map<string, MemoryFlow>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  join(address: string, listener: NetOptions['listener']): void {
    this.listeners.set(address, listener);
  }

  flow(transport: Transport, local: string, remote: string): MemoryFlow {
    const key = `${transport} ${local} ${remote}`;
    let flow = this.flows.get(key);
    if (!flow) {
      flow = new MemoryFlow(this, transport, local, remote);
      this.flows.set(key, flow);
    }
    return flow;
  }

  carry(flow: MemoryFlow, bytes: Buffer): void {
    if (this.lose(flow.local.address, describe(parseMessage(bytes)))) return;
    this.clock.after(LATENCY, () => {
      const back = this.flow(flow.transport, flow.remote.address, flow.local.address);
      const listener = this.listeners.get(flow.remote.address);
      const message = parseMessage(bytes);
      if (message.kind === 'malformed') listener?.malformed?.(message, back, bytes);
      else listener?.message(message, back, bytes);
    });
  }

  close(flow: MemoryFlow, error?: Error): void {
    if (!flow.open) return;
    flow.open = false;
    this.flows.delete(flow.id);
    this.listeners.get(flow.local.address)?.closed(flow, error);
  }

  /** A net for the layer that lives at `address`; targets in `unreachable` cannot be opened. */
  net(address: string, unreachable: ReadonlySet<string>): (options: NetOptions) => Net {
    return (options) => {
      this.join(address, options.listener);
      return {
        open: (target: Target) =>
          unreachable.has(`${target.transport} ${target.host}`)
            ? Promise.reject(new TransportError('refused', target.host))
            : Promise.resolve(this.flow(target.transport, address, target.host)),
        listen: () => Promise.resolve({ address, port: 5060 }),
        datagrams: (from, remote) => this.flow('udp', from.local.address, remote.address),
        networkChanged: () => Promise.resolve(),
        flows: [],
        close: () => Promise.resolve(),
      };
    };
  }
}

/** A peer under the test's control: keeps what it receives and sends what it is told. */
export class Peer {
  readonly received: Received[] = [];
  /** Called with each message as it arrives. */
  onMessage: (received: Received) => void = () => {};
  private readonly network: MemoryNetwork;
  private readonly address: string;

  constructor(network: MemoryNetwork, address: string) {
    this.network = network;
    this.address = address;
    network.join(address, {
      message: (message, flow) => {
        if (!(flow instanceof MemoryFlow)) return;
        const received = { at: network.clock.monotonic() - LATENCY, what: describe(message), message, flow };
        this.received.push(received);
        this.onMessage(received);
      },
      closed: () => {},
    });
  }

  /** `0 INVITE`, `500 INVITE`: when each was sent, ms. */
  get log(): string[] {
    return this.received.map(({ at, what }) => `${at} ${what}`);
  }

  send(message: SipMessage | string, to: string, transport: Transport = 'udp'): void {
    const bytes = typeof message === 'string' ? Buffer.from(message.replaceAll('\n', '\r\n')) : serialize(message);
    void this.network.flow(transport, this.address, to).send(bytes);
  }

  /** Answers a request that it received. */
  answer(received: Received | undefined, status: number): void {
    if (received?.message.kind !== 'request') throw new Error('no request to answer');
    const response = completeResponse(received.message, createResponse(status), () => 'peer');
    void received.flow.send(serialize(response));
  }

  /** The latest request of this method. */
  last(method: string): Received {
    const found = this.received.findLast(({ what }) => what === method);
    if (!found) throw new Error(`no ${method} was received`);
    return found;
  }
}

/** A layer at address `phone`, on this network. */
export function layerAt(
  network: MemoryNetwork,
  listener: Partial<TransactionLayerListener> = {},
  options: Partial<TransactionLayerOptions> & { unreachable?: ReadonlySet<string> } = {},
) {
  return createTransactionLayer({
    clock: network.clock,
    log: quietLog,
    createNet: network.net('phone', options.unreachable ?? new Set()),
    listener: { request() {}, cancel() {}, ack() {}, ackTimeout() {}, flowClosed() {}, ...listener },
    ...options,
  });
}

/** What a message is, in a word or two. */
export function describe(message: SipMessage | ReturnType<typeof parseMessage>): string {
  if (message.kind === 'malformed') return 'malformed';
  if (message.kind === 'request') return message.method;
  return `${message.status} ${parseCSeq(message.headers.get('CSeq'))?.method ?? '?'}`;
}

/** Turns of the loop, for what waits on promises and not on time. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Checks that a message is a request. */
export function asRequest(message: SipMessage): SipRequest {
  if (message.kind !== 'request') throw new Error('not a request');
  return message;
}
