// The media engine under measurement: in its own process below a main process that can be blocked, as in the app; and a plain
// UDP forwarder beside it. The media window's part is played here, with DTLS and SRTP.
import { fork, type ChildProcess } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import {
  engineEventSchema,
  engineToWindowSchema,
  type EngineEvent,
  type EngineToWindow,
} from '../../contract/index.ts';
import { DtlsHandshake, makeCertificate, type Certificate, type DtlsKeys } from '../../electron/media/engine/dtls.ts';
import { bundle } from '../../tests/media/support/media-lab.ts';
import { engineHost } from '../../tests/media/support/engine-process.ts';

/** The main process: forks the engine, carries messages at set-up, and stands still when it is told to. */
const mainScript = `
const engine = require('node:child_process').fork(require('node:path').join(__dirname, 'engine-host.cjs'), { serialization: 'advanced' });
engine.on('message', (message) => process.send(message));
process.on('message', (message) => {
  if (message.block) setInterval(() => { const end = performance.now() + message.block.ms; while (performance.now() < end); }, message.block.every);
  else engine.send(message);
});
process.send({ pid: engine.pid });
process.on('disconnect', () => { engine.kill('SIGKILL'); process.exit(); });
`;

const forwarderScript = `
const { createSocket } = require('node:dgram');
process.on('message', ({ a, b }) => {
  const [left, right] = [createSocket('udp4'), createSocket('udp4')];
  left.on('message', (packet) => right.send(packet, b, '127.0.0.1'));
  right.on('message', (packet) => left.send(packet, a, '127.0.0.1'));
  left.bind(0, '127.0.0.1', () => right.bind(0, '127.0.0.1', () => process.send({ left: left.address().port, right: right.address().port })));
});
process.on('disconnect', () => process.exit());
`;

/** A packet's way: sent on one socket, expected on another. */
export interface Lane {
  send(packet: Buffer): void;
  onPacket: (packet: Buffer) => void;
}

/** Two lanes of one call: from the window to the network and back. */
export interface Pair {
  outward: Lane;
  inward: Lane;
}

export async function udpSocket(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

export class Forwarder {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #sockets: Socket[] = [];

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.pid = child.pid ?? 0;
  }

  static start(folder: string): Forwarder {
    const script = join(folder, 'forwarder.cjs');
    writeFileSync(script, forwarderScript);
    return new Forwarder(fork(script));
  }

  async pair(): Promise<Pair> {
    const [a, b] = [await udpSocket(), await udpSocket()];
    this.#sockets.push(a, b);
    this.#child.send({ a: a.address().port, b: b.address().port });
    const ports = v.parse(v.object({ left: v.number(), right: v.number() }), (await once(this.#child, 'message'))[0]);
    const lane = (from: Socket, port: number, to: Socket): Lane => {
      const made: Lane = { send: (packet) => from.send(packet, port, '127.0.0.1'), onPacket: () => {} };
      to.on('message', (packet) => made.onPacket(packet));
      return made;
    };
    return { outward: lane(a, ports.left, b), inward: lane(b, ports.right, a) };
  }

  stop(): void {
    this.#child.disconnect();
    for (const socket of this.#sockets) socket.close();
  }
}

export class Gateway {
  readonly #main: ChildProcess;
  readonly #certificate: Certificate;
  readonly #events = new Map<string, (event: EngineEvent) => void>();
  readonly #answers = new Map<string, (answer: EngineToWindow) => void>();
  readonly #sockets: Socket[] = [];
  enginePid = 0;

  private constructor(main: ChildProcess, certificate: Certificate) {
    this.#main = main;
    this.#certificate = certificate;
    main.on('message', (message) => this.#receive(message));
  }

  static async start(folder: string): Promise<Gateway> {
    await bundle(folder);
    writeFileSync(join(folder, 'engine-host.cjs'), engineHost);
    const script = join(folder, 'main.cjs');
    writeFileSync(script, mainScript);
    const gateway = new Gateway(fork(script, { serialization: 'advanced' }), await makeCertificate());
    const ready = Promise.withResolvers<void>();
    gateway.#events.set('ready', () => ready.resolve());
    await ready.promise;
    gateway.#main.send({ from: 'port' });
    return gateway;
  }

  /** The main process stands still this long, this often (ms). */
  block(ms: number, every: number): void {
    this.#main.send({ block: { ms, every } });
  }

  /** A call in PCMU between a window played here and a phone played here. */
  async pair(callId: string): Promise<Pair> {
    const [window, phone] = [await udpSocket(), await udpSocket()];
    this.#sockets.push(window, phone);
    const opened = new Promise<EngineEvent>((resolve) => this.#events.set(callId, resolve));
    this.#main.send({ from: 'main', data: { type: 'open', callId, localAddress: '127.0.0.1' } });
    const event = await opened;
    if (event.type !== 'opened') throw new Error(`no ports: ${JSON.stringify(event)}`);
    const remote = {
      address: '127.0.0.1',
      rtpPort: phone.address().port,
      rtcpPort: phone.address().port,
      rtcpMux: true,
    };
    const codecs = [{ name: 'PCMU', clockRate: 8000, sendPt: 0, receivePts: [0] }];
    const wire = { remote, codecs, telephoneEvent: null, srtp: null, send: true };
    this.#main.send({ from: 'main', data: { type: 'connect', callId, wire } });
    const { keys, port } = await this.#joinAsWindow(callId, window);
    const outward: Lane = {
      send: (packet) => window.send(keys.send.protect(packet), port, '127.0.0.1'),
      onPacket: () => {},
    };
    const inward: Lane = { send: (packet) => phone.send(packet, event.rtpPort, '127.0.0.1'), onPacket: () => {} };
    phone.on('message', (packet) => packet.length > 100 && outward.onPacket(packet));
    window.on('message', (packet) => packet.length > 100 && packet.readUInt8(0) >= 128 && inward.onPacket(packet));
    return { outward, inward };
  }

  stop(): void {
    this.#main.disconnect();
    for (const socket of this.#sockets) socket.close();
  }

  async #joinAsWindow(callId: string, socket: Socket): Promise<{ keys: DtlsKeys; port: number }> {
    const ufrag = randomBytes(4).toString('hex');
    const offer = [
      'v=0',
      'm=audio 9 UDP/TLS/RTP/SAVPF 0',
      'a=mid:0',
      `a=ice-ufrag:${ufrag}`,
      `a=fingerprint:sha-256 ${this.#certificate.fingerprint}`,
      'a=rtpmap:0 PCMU/8000',
      '',
    ].join('\r\n');
    const answered = new Promise<EngineToWindow>((resolve) => this.#answers.set(callId, resolve));
    const selection = { codecs: ['PCMU'], telephoneEvent: null, ptime: 20, opusFmtp: '' };
    this.#main.send({ from: 'window', data: { type: 'offer', request: 1, callId, sdp: offer, selection } });
    const answer = await answered;
    if (answer.type !== 'answer') throw new Error(answer.why);
    const value = (pattern: RegExp): string => pattern.exec(answer.sdp)?.[1] ?? '';
    const port = Number(value(/127\.0\.0\.1 (\d+) typ host/));
    socket.send(bindingRequest(`${value(/ice-ufrag:(\S+)/)}:${ufrag}`, value(/ice-pwd:(\S+)/)), port, '127.0.0.1');
    await once(socket, 'message');
    const shaken = Promise.withResolvers<DtlsKeys>();
    const handshake = new DtlsHandshake({
      role: 'client',
      certificate: this.#certificate,
      local: socket.address(),
      fingerprints: [{ algorithm: 'sha-256', value: value(/fingerprint:sha-256 (\S+)/) }],
      send: (packet) => socket.send(packet, port, '127.0.0.1'),
      onKeys: (keys) => shaken.resolve(keys),
      onFailure: (why) => shaken.reject(new Error(why)),
    });
    socket.on('message', (packet, source) => {
      const first = packet.readUInt8(0);
      if (first >= 20 && first <= 63) handshake.receive(packet, source);
    });
    handshake.start();
    return { keys: await shaken.promise, port };
  }

  #receive(message: unknown): void {
    if (typeof message !== 'object' || message === null) return;
    const pid: unknown = Reflect.get(message, 'pid');
    if (typeof pid === 'number') {
      this.enginePid = pid;
      return;
    }
    const data: unknown = Reflect.get(message, 'data');
    if (Reflect.get(message, 'to') === 'main') {
      const event = v.safeParse(engineEventSchema, data);
      if (!event.success) return;
      const { output } = event;
      if (output.type === 'ready') this.#events.get('ready')?.(output);
      else if (output.type === 'opened' || output.type === 'failed') this.#events.get(output.callId)?.(output);
    } else {
      const answer = v.safeParse(engineToWindowSchema, data);
      if (answer.success) this.#answers.get(answer.output.callId)?.(answer.output);
    }
  }
}

/** A check with USE-CANDIDATE, as Chromium's (RFC 8445 section 7.2.2). */
function bindingRequest(username: string, password: string): Buffer {
  const name = Buffer.from(username);
  const padded = Buffer.concat([name, Buffer.alloc(-name.length & 3)]);
  const packet = Buffer.alloc(20 + 4 + padded.length + 4 + 24);
  packet.writeUInt16BE(1, 0);
  packet.writeUInt16BE(packet.length - 20, 2);
  packet.writeUInt32BE(0x2112_a442, 4);
  randomBytes(12).copy(packet, 8);
  packet.writeUInt16BE(6, 20);
  packet.writeUInt16BE(name.length, 22);
  padded.copy(packet, 24);
  const at = 24 + padded.length;
  packet.writeUInt32BE(0x0025_0000, at);
  packet.writeUInt32BE(0x0008_0014, at + 4);
  createHmac('sha1', password)
    .update(packet.subarray(0, at + 4))
    .digest()
    .copy(packet, at + 8);
  return packet;
}
