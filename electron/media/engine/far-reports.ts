// What the other side reports of our stream (RFC 3550 section 6.4): loss, jitter, how far it came, and the round trip.

const senderReport = 200;
const receiverReport = 201;
/** Our sender reports that an answer may still come to. */
const remembered = 16;

export interface FarReport {
  /** Share of our packets lost since their last report, 0 to 1. */
  lossFraction: number;
  /** Packets of ours lost since the beginning. */
  lost: number;
  /** Milliseconds. */
  jitter: number;
  /** Extended highest sequence number of ours that they heard. */
  highest: number;
  /** Milliseconds, without the time that they took to answer; null when it cannot be known. */
  roundTrip: number | null;
}

export class FarReports {
  last: FarReport | null = null;
  lastAt: number | null = null;
  /** Middle 32 bits of the NTP time in a sender report of ours -> when it went out, ms. */
  readonly #sent = new Map<number, number>();

  /** A compound packet of ours as it goes out. */
  sent(compound: Buffer, now: number): void {
    for (const part of partsOf(compound)) {
      if (part.readUInt8(1) !== senderReport || part.length < 28) continue;
      this.#sent.set(part.readUInt32BE(10), now);
      const [oldest] = this.#sent.keys();
      if (this.#sent.size > remembered && oldest !== undefined) this.#sent.delete(oldest);
    }
  }

  /** A compound packet of theirs; `ssrc` is ours, `clockRate` our stream's in Hz. */
  heard(compound: Buffer, ssrc: number, clockRate: number, now: number): void {
    for (const part of partsOf(compound)) {
      const type = part.readUInt8(1);
      if (type !== senderReport && type !== receiverReport) continue;
      const first = type === senderReport ? 28 : 8;
      for (let at = first, left = part.readUInt8(0) & 0x1f; left > 0 && at + 24 <= part.length; at += 24, left--) {
        if (part.readUInt32BE(at) !== ssrc) continue;
        const sentAt = this.#sent.get(part.readUInt32BE(at + 16));
        const held = (part.readUInt32BE(at + 20) / 0x1_0000) * 1000;
        this.last = {
          lossFraction: part.readUInt8(at + 4) / 256,
          lost: part.readIntBE(at + 5, 3),
          highest: part.readUInt32BE(at + 8),
          jitter: (part.readUInt32BE(at + 12) / clockRate) * 1000,
          roundTrip: sentAt === undefined ? null : Math.max(0, now - sentAt - held),
        };
        this.lastAt = now;
      }
    }
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
