// A phone without signalling: plain RTP in PCMU on one socket, a tone out, what comes in kept. Tests carry the SDP by hand.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Sound } from '../../peers/support/tone.ts';

const rate = 8000;
const samplesPerPacket = 160;
const millisecondsPerPacket = 20;

export interface Received {
  /** Milliseconds, monotonic. */
  at: number;
  ssrc: number;
  sequence: number;
}

export class FarEnd {
  readonly received: Received[] = [];
  /** Of its own stream. */
  readonly ssrc = 0x1234_5678;
  readonly #socket: Socket;
  readonly #timer: NodeJS.Timeout;
  readonly #hz: number;
  #target: { address: string; port: number } | null = null;
  #samples: number[] = [];
  #sent = 0;
  #version = 0;

  private constructor(socket: Socket, hz: number) {
    this.#socket = socket;
    this.#hz = hz;
    socket.on('message', (packet) => this.#receive(packet));
    const start = performance.now();
    this.#timer = setInterval(() => {
      while (start + this.#sent * millisecondsPerPacket < performance.now()) this.#send();
    }, 5);
  }

  static async start(hz: number): Promise<FarEnd> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new FarEnd(socket, hz);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Its offer or answer. */
  sdp(direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive' = 'sendrecv'): string {
    this.#version += 1;
    return [
      'v=0',
      `o=- 1 ${this.#version} IN IP4 127.0.0.1`,
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${this.port} RTP/AVP 0`,
      `a=${direction}`,
      '',
    ].join('\r\n');
  }

  /** Sends its tone to where this description says; null stops it. */
  sendTo(theirs: string | null): void {
    const port = theirs && /^m=audio (\d+)/m.exec(theirs)?.[1];
    this.#target = port ? { address: '127.0.0.1', port: Number(port) } : null;
  }

  /** The last seconds that came in, by arrival; nothing when no packet came in that time. */
  heard(seconds = 0.5): Sound {
    const recent = this.received.filter(({ at }) => at > performance.now() - seconds * 1000).length;
    const samples = Float64Array.from(this.#samples.slice(-Math.max(1, recent * samplesPerPacket)));
    return { rate, samples: recent > 0 ? samples : new Float64Array(0), seconds: samples.length / rate };
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  #receive(packet: Buffer): void {
    if (packet.length < 12 || (packet.readUInt8(1) & 0x7f) !== 0) return;
    this.received.push({ at: performance.now(), ssrc: packet.readUInt32BE(8), sequence: packet.readUInt16BE(2) });
    for (const byte of packet.subarray(12)) this.#samples.push(decode(byte));
    if (this.#samples.length > 10 * rate) this.#samples = this.#samples.slice(-5 * rate);
  }

  #send(): void {
    const packet = Buffer.alloc(12 + samplesPerPacket);
    packet.writeUInt8(0x80, 0);
    packet.writeUInt16BE(this.#sent & 0xffff, 2);
    packet.writeUInt32BE((this.#sent * samplesPerPacket) >>> 0, 4);
    packet.writeUInt32BE(this.ssrc, 8);
    for (let at = 0; at < samplesPerPacket; at++) {
      const time = (this.#sent * samplesPerPacket + at) / rate;
      packet.writeUInt8(encode(10_000 * Math.sin(2 * Math.PI * this.#hz * time)), 12 + at);
    }
    this.#sent += 1;
    if (this.#target) this.#socket.send(packet, this.#target.port, this.#target.address);
  }
}

/** ITU-T G.711, mu-law. */
function encode(sample: number): number {
  const biased = Math.min(Math.abs(Math.round(sample)), 32_635) + 132;
  const exponent = Math.floor(Math.log2(biased)) - 7;
  const mantissa = (biased >> (exponent + 3)) & 15;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}

function decode(byte: number): number {
  const value = ~byte & 0xff;
  const magnitude = ((((value & 15) << 3) + 132) << ((value >> 4) & 7)) - 132;
  return value & 0x80 ? -magnitude : magnitude;
}
