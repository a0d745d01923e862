// SIP over WebSocket (RFC 7118): one message a frame, subprotocol `sip`, and a name nobody can resolve in Via.
import { isUtf8 } from 'node:buffer';
import type net from 'node:net';
import type { WebSocket } from 'ws';
import type { Clock } from '../../../contract/index.ts';
import { formatHostPort, randomToken } from '../wire/index.ts';
import { startKeepAlive, type KeepAlive } from './keep-alive.ts';
import { TransportError, toTransportError } from './transport-error.ts';
import type { Flow } from './types.ts';

export interface WsFlowOptions {
  webSocket: WebSocket;
  /** The TCP or TLS socket below. */
  socket: net.Socket;
  transport: 'ws' | 'wss';
  clock: Clock;
  onMessage: (bytes: Buffer, flow: WsFlow) => void;
  onClosed: (flow: WsFlow, error?: Error) => void;
}

export class WsFlow implements Flow {
  readonly id: string;
  readonly transport: 'ws' | 'wss';
  readonly reliable = true;
  readonly local: { address: string; port: number };
  readonly remote: { address: string; port: number };
  /** RFC 7118 5: we cannot listen, so Via and Contact carry a random name below `.invalid`. */
  readonly sentBy: string = `${randomToken(64)}.invalid`;
  open = true;
  private readonly webSocket: WebSocket;
  private readonly keepAlive: KeepAlive;
  private readonly onClosed: WsFlowOptions['onClosed'];

  constructor(options: WsFlowOptions) {
    const { webSocket, socket } = options;
    this.webSocket = webSocket;
    this.transport = options.transport;
    this.onClosed = options.onClosed;
    this.local = { address: socket.localAddress ?? '', port: socket.localPort ?? 0 };
    this.remote = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    this.id = `${this.transport} ${formatHostPort(this.local.address, this.local.port)} ${this.where}`;
    this.keepAlive = startKeepAlive({
      clock: options.clock,
      pongs: 'always',
      ping: () => webSocket.ping(),
      dead: () => this.end(new TransportError('timeout', `${this.where} does not answer keep-alives any more`)),
    });
    webSocket.on('pong', () => this.keepAlive.pong());
    webSocket.on('message', (data: Buffer | ArrayBuffer | Buffer[]) => {
      this.keepAlive.heard();
      options.onMessage(toBuffer(data), this);
    });
    webSocket.on('error', (error) => this.end(error));
    webSocket.on('close', () => this.end());
  }

  send(bytes: Buffer): Promise<void> {
    if (!this.open) return Promise.reject(new TransportError('closed', `${this.where}: connection closed`));
    return new Promise((resolve, reject) => {
      // RFC 7118 4.2: text frames are for UTF-8 only.
      this.webSocket.send(bytes, { binary: !isUtf8(bytes) }, (error) =>
        error ? reject(toTransportError(error, this.where)) : resolve(),
      );
    });
  }

  get answersPings(): boolean {
    return this.keepAlive.answered;
  }

  ping(patience: number): void {
    this.keepAlive.check(patience);
  }

  close(): void {
    if (!this.open) return;
    this.webSocket.close();
    this.end();
  }

  /** It leads nowhere any more. */
  lose(error: Error): void {
    this.end(error);
  }

  private get where(): string {
    return formatHostPort(this.remote.address, this.remote.port);
  }

  private end(error?: Error): void {
    if (!this.open) return;
    this.open = false;
    this.keepAlive.stop();
    if (error) this.webSocket.terminate();
    this.onClosed(this, error === undefined ? undefined : toTransportError(error, this.where));
  }
}

function toBuffer(data: Buffer | ArrayBuffer | Buffer[]): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? Buffer.from(data) : data;
}
