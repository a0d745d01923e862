// A UDP flow: our endpoint's socket and one remote address.
//
// The endpoint's socket is not connect()ed, so that any peer can reach Contact; the system then keeps ICMP errors from us
// (Linux would need IP_RECVERR, which Node does not offer). So a flow that we opened has a second, connected socket, the
// probe: with each request it sends an empty line (a keep-alive that every SIP stack ignores) to the same remote port, and
// "port unreachable" comes back on it within a round trip instead of 32 s of silence. Sharing the port by SO_REUSEADDR
// would do without the extra datagram, but lets other programs take our port and differs on each system.
import type dgram from 'node:dgram';
import type { Clock } from '../../../contract/index.ts';
import { formatHostPort } from '../wire/index.ts';
import { createUdpSocket, type Endpoint } from './endpoint.ts';
import { startKeepAlive, type KeepAlive } from './keep-alive.ts';
import { bindingRequest, mappedAddress, transactionId } from './stun.ts';
import { TransportError, toTransportError } from './transport-error.ts';
import type { Flow } from './types.ts';

const EMPTY_LINES: Buffer = Buffer.from('\r\n\r\n');

/** Longer than any transaction lives (64*T1), ms. */
const IDLE = 60_000;

/** At most one probe in this time, ms. */
const PROBE_INTERVAL = 400;

export class UdpFlow implements Flow {
  readonly id: string;
  readonly transport = 'udp';
  readonly reliable = false;
  readonly endpoint: Endpoint;
  readonly remote: { address: string; port: number };
  open = true;
  private readonly clock: Clock;
  private readonly onClosed: (flow: UdpFlow, error?: Error) => void;
  private probe: dgram.Socket | null;
  private keepAlive: KeepAlive | null = null;
  private stun: KeepAlive | null = null;
  private readonly stunTransactions = new Set<string>();
  private mapped: string | null = null;
  private probedAt = Number.NEGATIVE_INFINITY;
  private usedAt: number;

  constructor(options: {
    endpoint: Endpoint;
    remote: { address: string; port: number };
    clock: Clock;
    onClosed: (flow: UdpFlow, error?: Error) => void;
    /** A connected socket (see {@link connectProbe}); null for flows that a peer began. */
    probe: dgram.Socket | null;
  }) {
    this.endpoint = options.endpoint;
    this.remote = { address: options.remote.address, port: options.remote.port };
    this.id = udpFlowId(options.endpoint, options.remote);
    this.clock = options.clock;
    this.usedAt = options.clock.monotonic();
    this.onClosed = options.onClosed;
    this.probe = options.probe;
    this.probe?.on('error', (error) => this.fail(error));
    this.probe?.on('message', () => {});
  }

  get local(): { address: string; port: number } {
    return { address: this.endpoint.address, port: this.endpoint.port };
  }

  get sentBy(): string {
    return formatHostPort(this.endpoint.address, this.endpoint.port);
  }

  /** True when nobody sent on it for a while and nothing keeps it alive. */
  get idle(): boolean {
    return this.keepAlive === null && this.clock.monotonic() - this.usedAt > IDLE;
  }

  async send(bytes: Buffer): Promise<void> {
    this.usedAt = this.clock.monotonic();
    if (!this.open) throw new TransportError('closed', `${this.id} is closed`);
    await this.endpoint.send(bytes, this.remote);
    this.sendProbe();
  }

  get answersPings(): boolean {
    return this.stun?.answered ?? false;
  }

  /** Nobody answers an empty line, but where nobody listens ICMP says so; STUN is answered, where the server speaks it. */
  ping(patience: number): void {
    this.probedAt = Number.NEGATIVE_INFINITY;
    this.sendProbe();
    this.stun?.check(patience);
  }

  /** From now on pings are STUN, too (RFC 5626 4.4.2). For servers that said that they know outbound, and no others. */
  useStun(): void {
    this.stun ??= startKeepAlive({
      clock: this.clock,
      pongs: 'once-seen',
      ping: () => this.sendBindingRequest(),
      dead: () => this.end(new TransportError('timeout', `${this.id} does not answer keep-alives any more`)),
    });
  }

  /** A STUN message from the peer. Our address as the server sees it changed: so did the flow (RFC 5626 4.4.2). */
  receiveStun(bytes: Buffer): void {
    const mapped = mappedAddress(bytes, this.stunTransactions);
    if (mapped === null) return;
    this.stunTransactions.clear();
    this.stun?.pong();
    const before = this.mapped;
    this.mapped = mapped;
    if (before !== null && before !== mapped)
      this.end(new TransportError('closed', `${this.id} has another binding now`));
  }

  startKeepAlive(): void {
    this.keepAlive ??= startKeepAlive({
      clock: this.clock,
      pongs: 'never',
      dead: () => {},
      ping: () => {
        this.send(EMPTY_LINES).catch((error: unknown) => this.fail(error));
      },
    });
  }

  close(): void {
    this.end();
  }

  /** It leads nowhere any more. */
  lose(error: Error): void {
    this.end(error);
  }

  private sendBindingRequest(): void {
    const request = bindingRequest();
    // One without an answer is lost; their number is bounded all the same.
    if (this.stunTransactions.size > 20) this.stunTransactions.clear();
    this.stunTransactions.add(transactionId(request));
    this.endpoint.send(request, this.remote).catch((error: unknown) => this.fail(error));
  }

  private sendProbe(): void {
    const now = this.clock.monotonic();
    if (!this.probe || now - this.probedAt < PROBE_INTERVAL) return;
    this.probedAt = now;
    this.probe.send(EMPTY_LINES, (error) => {
      if (error) this.fail(error);
    });
  }

  private fail(error: unknown): void {
    const problem = toTransportError(error, formatHostPort(this.remote.address, this.remote.port));
    if (problem.kind === 'refused' || problem.kind === 'unreachable') this.end(problem);
  }

  private end(error?: Error): void {
    if (!this.open) return;
    this.open = false;
    this.keepAlive?.stop();
    this.stun?.stop();
    this.probe?.close();
    this.probe = null;
    this.onClosed(this, error);
  }
}

/** Equal ids mean the same flow. */
export function udpFlowId(endpoint: Endpoint, remote: { address: string; port: number }): string {
  const local = formatHostPort(endpoint.address, endpoint.port);
  return `udp ${local} ${formatHostPort(remote.address, remote.port)}`;
}

/** A socket connected to the remote: its own address is the one the routing table picks for that peer. */
export function connectProbe(remote: { address: string; port: number }, localAddress?: string): Promise<dgram.Socket> {
  return new Promise((resolve, reject) => {
    const socket = createUdpSocket(remote.address);
    const where = formatHostPort(remote.address, remote.port);
    const fail = (error: unknown): void => {
      socket.close();
      reject(toTransportError(error, where));
    };
    socket.once('error', fail);
    const connect = (): void =>
      // Node hands the error to this callback, which its types do not tell, and says nothing by `error` then.
      socket.connect(remote.port, remote.address, (...failed: unknown[]) => {
        socket.removeListener('error', fail);
        if (failed.length > 0) fail(failed[0]);
        else resolve(socket);
      });
    if (localAddress === undefined) connect();
    else socket.bind({ address: localAddress, port: 0, exclusive: true }, connect);
  });
}
