// One RTP stream that stays continuous whoever its source is (RFC 3550 section 5.1): SSRC, sequence number, timestamp.
import { newer16, sequenceNumber, setMarker, ssrcOf, timestamp } from './rtp.ts';

/** Rewrites packets of changing sources, in place, into one stream with one SSRC. */
export class Continuity {
  readonly ssrc: number;
  /** SSRC that packets come with now; null before the first. */
  source: number | null = null;
  /** Added to their timestamps; sender reports need it too. */
  timestampOffset = 0;
  #sequenceOffset = 0;
  #lastSequence = 0;
  #lastTimestamp = 0;
  #lastAt = 0;
  #paused = false;

  constructor(ssrc: number) {
    this.ssrc = ssrc;
  }

  /** `now` in ms; the timestamp of a new source goes on where the time that passed would have brought the old one. */
  rewrite(packet: Buffer, clockRate: number, now: number): void {
    const source = ssrcOf(packet);
    const changed = source !== this.source;
    if (changed && this.source !== null) {
      const passed = Math.round(((now - this.#lastAt) * clockRate) / 1000);
      this.#sequenceOffset = (this.#lastSequence + 1 - sequenceNumber(packet)) & 0xffff;
      this.timestampOffset = (this.#lastTimestamp + passed - timestamp(packet)) >>> 0;
    }
    if ((changed && this.source !== null) || this.#paused) setMarker(packet);
    this.source = source;
    this.#paused = false;

    const sequence = (sequenceNumber(packet) + this.#sequenceOffset) & 0xffff;
    const time = (timestamp(packet) + this.timestampOffset) >>> 0;
    packet.writeUInt16BE(sequence, 2);
    packet.writeUInt32BE(time, 4);
    packet.writeUInt32BE(this.ssrc, 8);
    if (changed || newer16(sequence, this.#lastSequence) > 0) {
      this.#lastSequence = sequence;
      this.#lastTimestamp = time;
      this.#lastAt = now;
    }
  }

  /** A packet of the present source that is not sent on: the next one takes its number, so nobody sees a loss. */
  skip(packet: Buffer): void {
    if (ssrcOf(packet) !== this.source) return;
    this.#sequenceOffset = (this.#sequenceOffset - 1) & 0xffff;
    this.#paused = true;
  }
}
