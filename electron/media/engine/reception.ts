// What arrives of the other side's stream (RFC 3550 sections 6.4.1, A.3, A.8): lost packets, jitter, silence.
import { BurstGap } from './burst-gap.ts';
import { newer16, newer32 } from './rtp.ts';

export interface HeardPacket {
  ssrc: number;
  sequence: number;
  timestamp: number;
  key?: boolean;
}

export class Reception {
  packets = 0;
  /** Smoothed interarrival jitter, ms. */
  jitter = 0;
  /** When the last packet came, ms; null before the first. */
  lastAt: number | null = null;
  /** Length of a packet, ms, by its timestamps. */
  packetMs = 20;
  /** How its losses lie together. */
  readonly losses = new BurstGap();
  #ssrc: number | null = null;
  #base = 0;
  #cycles = 0;
  #highest = 0;
  /** Of streams that ended: what was expected and what came. */
  #before = { expected: 0, packets: 0 };
  #ofStream = 0;
  #transit: number | null = null;
  #last: { sequence: number; timestamp: number } | null = null;

  /**
   * A packet with its RTP fields; `now` in ms, `clockRate` in Hz. `key`: a telephone event, which has its number among the
   * packets of sound, and the timestamp of its beginning until it ends (RFC 4733 section 2.5.1.2).
   */
  hear(packet: HeardPacket, clockRate: number, now: number): void {
    if (packet.ssrc !== this.#ssrc) this.#begin(packet);
    this.packets += 1;
    this.#ofStream += 1;
    this.lastAt = now;
    if (newer16(packet.sequence, this.#highest) > 0) {
      if (packet.sequence < this.#highest) this.#cycles += 1;
      this.#highest = packet.sequence;
    }
    this.losses.hear(this.#cycles * 0x1_0000 + this.#highest + newer16(packet.sequence, this.#highest));
    if (packet.key) {
      this.#transit = null;
      this.#last = null;
      return;
    }
    const { sequence, timestamp } = packet;
    const units = this.#last && newer32(timestamp, this.#last.timestamp);
    if (units !== null && units > 0 && units < clockRate && newer16(sequence, this.#last?.sequence ?? 0) === 1) {
      this.packetMs = (1000 * units) / clockRate;
    }
    this.#last = { sequence, timestamp };
    const transit = now - (packet.timestamp / clockRate) * 1000;
    const difference = this.#transit === null ? 0 : Math.abs(transit - this.#transit);
    this.#transit = transit;
    // A jump of the sender's clock is no jitter.
    if (difference < 1000) this.jitter += (difference - this.jitter) / 16;
  }

  /** Since the call began. */
  get expected(): number {
    return this.#before.expected + this.#expectedOfStream;
  }

  /** Never negative: duplicates do not make up for losses. */
  get lost(): number {
    return Math.max(0, this.expected - this.packets);
  }

  get #expectedOfStream(): number {
    return this.#ssrc === null ? 0 : this.#cycles * 0x1_0000 + this.#highest - this.#base + 1;
  }

  #begin({ ssrc, sequence }: { ssrc: number; sequence: number }): void {
    // What a stream that ended lost, stays lost; what came twice of it, is not counted on.
    const expected = Math.max(this.#expectedOfStream, this.#ofStream);
    this.#before = { expected: this.#before.expected + expected, packets: this.#before.packets + this.#ofStream };
    this.losses.begin();
    this.#ssrc = ssrc;
    this.#base = sequence;
    this.#highest = sequence;
    this.#cycles = 0;
    this.#ofStream = 0;
    this.#transit = null;
    this.#last = null;
  }
}
