// A UDP way that loses, delays and reorders, between two ports: a bad network in one process, the same one every time.
import type { Socket } from 'node:dgram';
import { udpSocket } from '../../../bench/lab/gateway.ts';
import { seeded } from './seeded.ts';

export interface Roughness {
  /** Shares, 0 to 1. */
  loss: number;
  reordering: number;
  /** Most of the random delay, ms. */
  jitter: number;
}

/** A packet that changes places comes this much later, ms: behind the next one. */
const behind = 30;

export class RoughWay {
  roughness: Roughness = { loss: 0, reordering: 0, jitter: 0 };
  readonly #left: Socket;
  readonly #right: Socket;
  readonly #random = seeded(20_261_125);
  #toLeft = 0;
  #toRight = 0;
  /** Jitter keeps the order: a packet never leaves before the one before it, unless it is to change places. */
  readonly #leavesAt = new Map<Socket, number>();

  private constructor(left: Socket, right: Socket) {
    this.#left = left;
    this.#right = right;
    left.on('message', (packet) => this.#carry(packet, right, () => this.#toRight));
    right.on('message', (packet) => this.#carry(packet, left, () => this.#toLeft));
  }

  static async open(): Promise<RoughWay> {
    return new RoughWay(await udpSocket(), await udpSocket());
  }

  /** Ports for the phones on either side. */
  get ports(): { left: number; right: number } {
    return { left: this.#left.address().port, right: this.#right.address().port };
  }

  /** Where the phones are. */
  join(left: number, right: number): void {
    this.#toLeft = left;
    this.#toRight = right;
  }

  close(): void {
    this.#left.close();
    this.#right.close();
  }

  #carry(packet: Buffer, out: Socket, target: () => number): void {
    const { loss, jitter, reordering } = this.roughness;
    if (this.#random() < loss) return;
    const now = performance.now();
    const swapped = this.#random() < reordering;
    const late = now + this.#random() * jitter;
    const leaves = swapped ? late + behind : Math.max(late, this.#leavesAt.get(out) ?? 0);
    if (!swapped) this.#leavesAt.set(out, leaves);
    const send = () => {
      try {
        out.send(packet, target(), '127.0.0.1');
      } catch {
        // Closed meanwhile.
      }
    };
    if (leaves - now < 1) send();
    else setTimeout(send, leaves - now);
  }
}
