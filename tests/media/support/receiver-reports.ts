// RTCP of a far end (RFC 3550 section 6.4.1): once a second what it truly heard, on a port of its own.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { FarEnd } from './far-end.ts';

const interval = 1000;
const ntpEpoch = 2_208_988_800;

export class ReceiverReports {
  /** What the reports said, one after the other: the share of ours, 0 to 1, that did not come since the one before. */
  readonly losses: number[] = [];
  readonly #far: FarEnd;
  readonly #socket: Socket;
  /** From its writing to its sending, ms: a network that takes as long. */
  readonly #travel: number;
  readonly #timer: NodeJS.Timeout;
  #target: number | null = null;
  #known = 0;
  #highest = 0;
  /** Middle 32 bits of the last sender report's time, and when it came. */
  #heard: { stamp: number; at: number } | null = null;

  private constructor(far: FarEnd, socket: Socket, travel: number) {
    this.#far = far;
    this.#socket = socket;
    this.#travel = travel;
    socket.on('message', (packet) => {
      if (packet.length >= 28 && packet.readUInt8(1) === 200) {
        this.#heard = { stamp: packet.readUInt32BE(10), at: performance.now() };
      }
    });
    this.#timer = setInterval(() => this.#report(), interval);
  }

  static async start(far: FarEnd, { travel }: { travel: number }): Promise<ReceiverReports> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new ReceiverReports(far, socket, travel);
  }

  /** For a=rtcp. */
  get port(): number {
    return this.#socket.address().port;
  }

  /** Reports to the port above RTP's of this description. */
  reportTo(theirs: string): void {
    this.#target = 1 + Number(/^m=audio (\d+)/m.exec(theirs)?.[1]);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  #report(): void {
    const fresh = this.#far.received.slice(this.#known);
    const last = this.#far.received.at(-1);
    const target = this.#target;
    if (!last || target === null) return;
    const first = this.#known === 0 ? (fresh[0]?.sequence ?? 0) - 1 : this.#highest;
    this.#known = this.#far.received.length;
    const highest = fresh.reduce((high, { sequence }) => (isNewer(sequence, high) ? sequence : high), first & 0xffff);
    const expected = (highest - first) & 0xffff;
    this.#highest = highest;
    const lost = expected === 0 ? 0 : Math.max(0, 1 - fresh.length / expected);
    this.losses.push(lost);
    const packet = Buffer.alloc(52);
    packet.writeUInt32BE(0x81c8_000c, 0);
    packet.writeUInt32BE(this.#far.ssrc, 4);
    packet.writeUInt32BE(Math.floor(Date.now() / 1000) + ntpEpoch, 8);
    packet.writeUInt32BE(last.ssrc, 28);
    packet.writeUInt8(Math.min(255, Math.round(256 * lost)), 32);
    packet.writeUInt32BE(highest, 36);
    packet.writeUInt32BE(this.#heard?.stamp ?? 0, 44);
    packet.writeUInt32BE(this.#heard ? Math.round(((performance.now() - this.#heard.at) * 0x1_0000) / 1000) : 0, 48);
    setTimeout(() => {
      try {
        this.#socket.send(packet, target, '127.0.0.1');
      } catch {
        // Closed meanwhile.
      }
    }, this.#travel);
  }
}

function isNewer(sequence: number, than: number): boolean {
  return ((sequence - than) & 0xffff) < 0x8000;
}
