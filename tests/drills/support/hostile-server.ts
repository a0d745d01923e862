// A registrar on one transport that grants every REGISTER, and says to its phone whatever bytes a drill wants said.
import { isUtf8 } from 'node:buffer';
import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import {
  createFramer,
  createRequest,
  createResponse,
  parseMessage,
  randomBranch,
  serialize,
  tagOf,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from '../../../electron/sip/wire/index.ts';

export type HostileTransport = 'udp' | 'tcp' | 'ws';

/** Ports that Vias of the torture messages name; answers without rport go there (RFC 3261 18.2.2). */
const answerPorts = [5050, 5060, 5070, 6050, 19_823];

export interface HostileServer {
  readonly transport: HostileTransport;
  /** For an account's `server`. */
  readonly server: string;
  readonly address: string;
  /** Where it listens. */
  readonly port: number;
  /** REGISTERs so far. */
  readonly registers: readonly SipRequest[];
  /** What the phone sent besides REGISTER, oldest first. */
  readonly heard: SipMessage[];
  /** How REGISTER is answered: with 200 and 60 s unless told. Null: not at all. */
  answer: (register: SipRequest) => Buffer | null;
  /** False while a stream has no connection from the phone. */
  readonly connected: boolean;
  /** Contact of the phone, from its last REGISTER. */
  readonly contact: string;
  say(bytes: Buffer): void;
  /** Ends the connection; the phone comes back. */
  hangUp(): void;
  close(): void;
}

/** Opens one on this address of loopback, 127.0.0.0/8, which no one else uses. */
export async function startHostileServer(transport: HostileTransport, address: string): Promise<HostileServer> {
  const registers: SipRequest[] = [];
  const heard: SipMessage[] = [];
  // Assigned before anything can be received.
  let link: Link;
  const receive = (bytes: Buffer): void => {
    const message = parseMessage(bytes);
    if (message.kind === 'malformed') return;
    if (message.kind === 'response' || message.method !== 'REGISTER') {
      heard.push(message);
      return;
    }
    registers.push(message);
    const answer = server.answer(message);
    if (answer !== null) link.say(answer);
  };
  link = await openers[transport](address, receive);
  const server: HostileServer = {
    transport,
    address,
    port: link.port,
    server: transport === 'ws' ? `ws://${address}:${link.port}` : `${address}:${link.port}`,
    registers,
    heard,
    answer: (register) => serialize(grant(register)),
    get connected() {
      return link.connected();
    },
    get contact() {
      return contactOf(registers.at(-1));
    },
    say: (bytes) => link.say(bytes),
    hangUp: () => link.hangUp(),
    close: () => link.close(),
  };
  return server;
}

/** `<uri>` of a REGISTER's Contact, without the brackets. */
export function contactOf(register: SipRequest | undefined): string {
  return /<([^>]+)>/.exec(register?.headers.get('Contact') ?? '')?.[1] ?? '';
}

/** 200 with what was asked for. */
function grant(register: SipRequest): SipResponse {
  return respond(register, 200, [['Contact', `<${contactOf(register)}>;expires=60`]]);
}

/** A response with what RFC 3261 8.2.6.2 wants in it. */
export function respond(
  request: SipRequest,
  status: number,
  headers: readonly [string, string][] = [],
  body = '',
): SipResponse {
  const response = createResponse(status, { headers, body });
  for (const name of ['Via', 'From', 'Call-ID', 'CSeq']) response.headers.set(name, [...request.headers.all(name)]);
  const to = request.headers.get('To') ?? '';
  response.headers.set('To', tagOf(to) === undefined ? `${to};tag=hostile` : to);
  return response;
}

/** The ACK to a response that refused an INVITE (RFC 3261 17.1.1.3). */
export function ackFor(response: SipMessage, uri: string): Buffer {
  const { headers } = response;
  const copied = (['From', 'To', 'Call-ID'] as const).map((name): [string, string] => [name, headers.get(name) ?? '']);
  return serialize(
    createRequest('ACK', uri, [
      ['Via', headers.get('Via') ?? `SIP/2.0/UDP 127.0.0.1;branch=${randomBranch()}`],
      ['Max-Forwards', '70'],
      ...copied,
      ['CSeq', (headers.get('CSeq') ?? '').replace('INVITE', 'ACK')],
    ]),
  );
}

interface Link {
  readonly port: number;
  connected(): boolean;
  say(bytes: Buffer): void;
  hangUp(): void;
  close(): void;
}

const openers = { udp: openUdp, tcp: openTcp, ws: openWebSocket };

async function openUdp(address: string, receive: (bytes: Buffer) => void): Promise<Link> {
  let phone: RemoteInfo | null = null;
  const sockets = new Map(answerPorts.map((port) => [port, createSocket('udp4')]));
  for (const [port, socket] of sockets) {
    socket.bind(port, address);
    await once(socket, 'listening');
    socket.on('message', (bytes: Buffer, from: RemoteInfo) => {
      if (bytes.length <= 4) return;
      // Only what comes to the registrar itself says where the phone is.
      if (port === 5060) phone = from;
      receive(bytes);
    });
  }
  return {
    port: 5060,
    connected: () => phone !== null,
    say: (bytes) => phone && sockets.get(5060)?.send(bytes, phone.port, phone.address),
    hangUp() {},
    close() {
      for (const socket of sockets.values()) socket.close();
    },
  };
}

async function openTcp(address: string, receive: (bytes: Buffer) => void): Promise<Link> {
  const open: Socket[] = [];
  const server = createServer({ noDelay: true });
  server.on('connection', (socket) => {
    const framer = createFramer();
    open.push(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      for (const event of framer.push(chunk)) if (event.kind === 'message') receive(event.bytes);
    });
  });
  server.listen(0, address);
  await once(server, 'listening');
  const last = (): Socket | undefined => (open.at(-1)?.closed ? undefined : open.at(-1));
  return {
    port: portOf(server),
    connected: () => last() !== undefined,
    say: (bytes) => last()?.write(bytes),
    hangUp: () => last()?.destroy(),
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

async function openWebSocket(address: string, receive: (bytes: Buffer) => void): Promise<Link> {
  const server = new WebSocketServer({ host: address, port: 0, handleProtocols: () => 'sip' });
  await once(server, 'listening');
  let current: WebSocket | null = null;
  server.on('connection', (socket) => {
    current = socket;
    socket.on('error', () => socket.terminate());
    socket.on('message', (data: Buffer) => receive(data));
  });
  const last = (): WebSocket | null => (current?.readyState === current?.OPEN ? current : null);
  return {
    port: portOf(server),
    connected: () => last() !== null,
    say: (bytes) => last()?.send(bytes, { binary: !isUtf8(bytes) }),
    hangUp: () => last()?.terminate(),
    close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function portOf(server: { address(): AddressInfo | string | null }): number {
  const place = server.address();
  if (place === null || typeof place === 'string') throw new Error('The server has no port.');
  return place.port;
}
