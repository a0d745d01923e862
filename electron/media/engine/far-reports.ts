// What the other side reports of our stream (RFC 3550 section 6.4): loss, how far it came, and the round trip.
import type { LinkReport } from '../../../contract/index.ts';
import { newer16 } from './rtp.ts';

const senderReport = 200;
const receiverReport = 201;
/** Our sender reports that an answer may still come to. */
const remembered = 16;
/** Our latest RTP packets whose time is kept: ten seconds of them. */
const packetsKept = 512;

export type FarReport = NonNullable<LinkReport['far']>;

export class FarReports {
  last: FarReport | null = null;
  /** Reports of theirs, those that do not speak of us too. */
  count = 0;
  /** Middle 32 bits of the NTP time in a sender report of ours -> when it went out, ms. */
  readonly #sent = new Map<number, number>();
  /** Sequence number, modulo the number kept -> when it went out, ms. */
  readonly #rtpSentAt = new Float64Array(packetsKept);
  #rtpKept = 0;
  #newest = 0;

  /** An RTP packet of ours went out. */
  rtpSent(sequence: number, now: number): void {
    this.#rtpSentAt[sequence % packetsKept] = now;
    this.#newest = sequence;
    this.#rtpKept = Math.min(packetsKept, this.#rtpKept + 1);
  }

  /** A compound packet of ours as it goes out. */
  sent(compound: Buffer, now: number): void {
    for (const part of partsOf(compound)) {
      if (part.readUInt8(1) !== senderReport || part.length < 28) continue;
      this.#sent.set(part.readUInt32BE(10), now);
      const [oldest] = this.#sent.keys();
      if (this.#sent.size > remembered && oldest !== undefined) this.#sent.delete(oldest);
    }
  }

  /** A compound packet of theirs; `ssrc` is ours. */
  heard(compound: Buffer, ssrc: number, now: number): void {
    for (const part of partsOf(compound)) {
      const type = part.readUInt8(1);
      if (type !== senderReport && type !== receiverReport) continue;
      this.count += 1;
      const first = type === senderReport ? 28 : 8;
      for (let at = first, left = part.readUInt8(0) & 0x1f; left > 0 && at + 24 <= part.length; at += 24, left--) {
        if (part.readUInt32BE(at) !== ssrc) continue;
        const sentAt = this.#sent.get(part.readUInt32BE(at + 16));
        const held = (part.readUInt32BE(at + 20) / 0x1_0000) * 1000;
        this.last = {
          number: (this.last?.number ?? 0) + 1,
          lossFraction: part.readUInt8(at + 4) / 256,
          roundTrip: sentAt === undefined ? null : Math.max(0, now - sentAt - held),
          unheard: this.#unheard(part.readUInt32BE(at + 8) & 0xffff, now),
        };
      }
    }
  }

  /** Since when, ms, we send what came after the highest number that they heard. */
  #unheard(highest: number, now: number): number {
    const behind = Math.min(newer16(this.#newest, highest), this.#rtpKept);
    if (behind <= 0) return 0;
    const next = (this.#newest - behind + 1) & 0xffff;
    return now - (this.#rtpSentAt[next % packetsKept] ?? now);
  }
}

function* partsOf(compound: Buffer): Generator<Buffer> {
  for (let at = 0; at + 8 <= compound.length;) {
    const length = 4 * (compound.readUInt16BE(at + 2) + 1);
    if ((compound.readUInt8(at) & 0xc0) !== 0x80 || at + length > compound.length) return;
    yield compound.subarray(at, at + length);
    at += length;
  }
}
