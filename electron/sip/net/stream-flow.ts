// A TCP or TLS connection (RFC 3261 18.3): framing, keep-alive of RFC 5626, and its end.
import type net from 'node:net';
import type { Clock } from '../../../contract/index.ts';
import { createFramer, formatHostPort, type Framer, type Head } from '../wire/index.ts';
import { startKeepAlive, type KeepAlive } from './keep-alive.ts';
import { TransportError, toTransportError } from './transport-error.ts';
import type { Flow } from './types.ts';

/** A half message is given up after this, ms: whoever sends that slowly means no good. */
const HALF_MESSAGE = 32_000;

/** Bytes that may wait for a peer that does not read. */
const MAX_UNSENT = 1_048_576;

const PING: Buffer = Buffer.from('\r\n\r\n');
const PONG: Buffer = Buffer.from('\r\n');

export interface StreamFlowOptions {
  socket: net.Socket;
  transport: 'tcp' | 'tls';
  /** host:port of our listener, or of the connection where there is none. */
  sentBy: string;
  /** True when we opened it: then we ping (RFC 5626 4.4.1); otherwise we answer pings. */
  ours: boolean;
  /** Asked for all that comes, before it is looked at; false ends the connection. */
  mayPass?: () => boolean;
  clock: Clock;
  onMessage: (bytes: Buffer, flow: StreamFlow, head: Head) => void;
  onClosed: (flow: StreamFlow, error?: Error) => void;
}

export class StreamFlow implements Flow {
  readonly id: string;
  readonly transport: 'tcp' | 'tls';
  readonly reliable = true;
  readonly local: { address: string; port: number };
  readonly remote: { address: string; port: number };
  readonly sentBy: string;
  readonly accepted: boolean;
  open = true;
  private readonly socket: net.Socket;
  private readonly clock: Clock;
  private readonly framer: Framer = createFramer();
  private readonly keepAlive: KeepAlive | null;
  private readonly onMessage: StreamFlowOptions['onMessage'];
  private readonly onClosed: StreamFlowOptions['onClosed'];
  private readonly mayPass: () => boolean;
  private cancelHalf: (() => void) | null = null;
  private crlfs = 0;
  /** A whole message has come. */
  private spoken = false;
  private error: Error | undefined;

  constructor(options: StreamFlowOptions) {
    const { socket } = options;
    this.socket = socket;
    this.clock = options.clock;
    this.transport = options.transport;
    this.sentBy = options.sentBy;
    this.accepted = !options.ours;
    this.mayPass = options.mayPass ?? (() => true);
    this.onMessage = options.onMessage;
    this.onClosed = options.onClosed;
    this.local = { address: socket.localAddress ?? '', port: socket.localPort ?? 0 };
    this.remote = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    this.id = `${this.transport} ${formatHostPort(this.local.address, this.local.port)} ${this.where}`;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('error', (error) => this.end(error));
    socket.on('close', () => this.end());
    this.keepAlive = options.ours
      ? startKeepAlive({
          clock: options.clock,
          pongs: 'once-seen',
          ping: () => socket.write(PING),
          dead: () => this.end(new TransportError('timeout', `${this.where} does not answer keep-alives any more`)),
        })
      : null;
    // Whoever connects has something to say.
    if (this.accepted) this.expectMessage();
  }

  send(bytes: Buffer): Promise<void> {
    if (!this.open) return Promise.reject(new TransportError('closed', `${this.where}: connection closed`));
    if (this.socket.writableLength > MAX_UNSENT) this.end(new TransportError('closed', `${this.where} does not read`));
    return new Promise((resolve, reject) => {
      this.socket.write(bytes, (error) => (error ? reject(toTransportError(error, this.where)) : resolve()));
    });
  }

  get answersPings(): boolean {
    return this.keepAlive?.answered ?? false;
  }

  ping(patience: number): void {
    this.keepAlive?.check(patience);
  }

  close(): void {
    if (!this.open) return;
    // Not only our half: a peer that never closes its own would hold the socket for ever.
    this.socket.destroySoon();
    this.end();
  }

  /** It leads nowhere any more. */
  lose(error: Error): void {
    this.end(error);
  }

  private get where(): string {
    return formatHostPort(this.remote.address, this.remote.port);
  }

  private receive(chunk: Buffer): void {
    if (!this.mayPass()) {
      this.end(new TransportError('closed', `${this.where} sends too much`));
      return;
    }
    this.keepAlive?.heard();
    for (const event of this.framer.push(chunk)) {
      if (!this.open) return;
      if (event.kind === 'message') {
        this.crlfs = 0;
        this.spoken = true;
        this.stopExpecting();
        this.onMessage(event.bytes, this, event.head);
      } else if (event.kind === 'crlf') this.receiveCrlf();
      else this.end(new TransportError('closed', `${this.where}: ${event.reason}`));
    }
    if (!this.open) return;
    if (this.framer.waiting || (this.accepted && !this.spoken)) this.expectMessage();
    else this.stopExpecting();
  }

  private stopExpecting(): void {
    this.cancelHalf?.();
    this.cancelHalf = null;
  }

  /** Gives the peer a while for a whole message. */
  private expectMessage(): void {
    const late = (): void => this.end(new TransportError('timeout', `${this.where}: half a message and no more`));
    this.cancelHalf ??= this.clock.after(HALF_MESSAGE, late);
  }

  private receiveCrlf(): void {
    this.keepAlive?.pong();
    this.crlfs++;
    // Two make a ping. Only who accepted the connection answers, or two of us would ping-pong.
    if (this.keepAlive || this.crlfs % 2 !== 0) return;
    if (this.socket.writableLength > MAX_UNSENT) this.end(new TransportError('closed', `${this.where} does not read`));
    else this.socket.write(PONG);
  }

  private end(error?: Error): void {
    this.error ??= error;
    if (!this.open) return;
    this.open = false;
    this.keepAlive?.stop();
    this.cancelHalf?.();
    if (error) this.socket.destroy();
    this.onClosed(this, error === undefined ? undefined : toTransportError(error, this.where));
  }
}
