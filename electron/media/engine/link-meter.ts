// What one call's line to the network is like, both ways: what a person's quality display and the watchdog are made of.
import type { LinkReport } from '../../../contract/index.ts';
import { FarReports } from './far-reports.ts';
import { Reception } from './reception.ts';
import { sequenceNumber, ssrcOf, timestamp } from './rtp.ts';

export class LinkMeter {
  readonly far = new FarReports();
  readonly #reception = new Reception();
  #sent = 0;
  #sentAt: number | null = null;

  /** An RTP packet went out to the network, under this sequence number. */
  sent(sequence: number, now: number): void {
    this.#sent += 1;
    this.#sentAt = now;
    this.far.rtpSent(sequence, now);
  }

  /** The last packet that went out, ms; null before the first. */
  get lastSentAt(): number | null {
    return this.#sentAt;
  }

  /** A packet that came in from them; `key`: a telephone event. */
  hear(packet: Buffer, clockRate: number, now: number, key: boolean): void {
    const [ssrc, sequence] = [ssrcOf(packet), sequenceNumber(packet)];
    this.#reception.hear({ ssrc, sequence, timestamp: timestamp(packet), key }, clockRate, now);
  }

  report(): LinkReport {
    const { packets, lost, jitter, losses, packetMs } = this.#reception;
    const { last, count, metrics } = this.far;
    const pattern = losses.pattern(packetMs);
    const counts = { sent: this.#sent, received: packets, lost, jitter, reports: count, far: last, pattern };
    return metrics ? { ...counts, theirs: metrics } : counts;
  }
}
