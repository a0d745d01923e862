// What the other side reports of our stream (RFC 3550 section 6.4): loss, how far it came, and the round trip; and how it
// hears us, where it says so (RFC 3611).
import type { LinkReport, VoipMetrics } from '../../../contract/index.ts';
import { readVoipMetrics } from './extended-report.ts';
import { packetTypes, partsOf } from './rtcp.ts';
import { newer16 } from './rtp.ts';

/** Our sender reports that an answer may still come to. */
const remembered = 16;
/** Our latest RTP packets whose time is kept: ten seconds of them. */
const packetsKept = 512;

export type FarReport = NonNullable<LinkReport['far']>;

export class FarReports {
  last: FarReport | null = null;
  /** Reports of theirs, those that do not speak of us too. */
  count = 0;
  /** The last that they said of how they hear us; null: nothing yet. */
  metrics: VoipMetrics | null = null;
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
      if (part.readUInt8(1) !== packetTypes.senderReport || part.length < 28) continue;
      this.#sent.set(part.readUInt32BE(10), now);
      const [oldest] = this.#sent.keys();
      if (this.#sent.size > remembered && oldest !== undefined) this.#sent.delete(oldest);
    }
  }

  /** A compound packet of theirs; `ssrc` is ours. */
  heard(compound: Buffer, ssrc: number, now: number): void {
    let reporter: number | null = null;
    for (const part of partsOf(compound)) {
      const type = part.readUInt8(1);
      if (type === packetTypes.extendedReport && reporter !== null) {
        this.metrics = readVoipMetrics(part, { reporter, source: ssrc }) ?? this.metrics;
      }
      if (type !== packetTypes.senderReport && type !== packetTypes.receiverReport) continue;
      this.count += 1;
      if (part.length >= 8) reporter = part.readUInt32BE(4);
      const first = type === packetTypes.senderReport ? 28 : 8;
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
