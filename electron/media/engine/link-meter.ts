// What one call's line to the network is like, both ways: what a person's quality display and the watchdog are made of.
import type { LinkReport } from '../../../contract/index.ts';
import { FarReports } from './far-reports.ts';
import { Reception } from './reception.ts';
import { sequenceNumber, ssrcOf, timestamp } from './rtp.ts';

export class LinkMeter {
  readonly far = new FarReports();
  readonly #reception = new Reception();
  /** Packets of the media window, whether they may go out or not. */
  fromWindow = 0;
  #sent = 0;
  #sentAt: number | null = null;

  /** A packet went out to the network. */
  sent(now: number): void {
    this.#sent += 1;
    this.#sentAt = now;
  }

  /** The last packet that went out, ms; null before the first. */
  get lastSentAt(): number | null {
    return this.#sentAt;
  }

  /** A packet that came in from them. */
  hear(packet: Buffer, clockRate: number, now: number): void {
    const [ssrc, sequence] = [ssrcOf(packet), sequenceNumber(packet)];
    this.#reception.hear({ ssrc, sequence, timestamp: timestamp(packet) }, clockRate, now);
  }

  report(now: number): LinkReport {
    const { packets, expected, lost, jitter, lastAt } = this.#reception;
    const { last, lastAt: reportedAt } = this.far;
    return {
      fromWindow: this.fromWindow,
      sent: this.#sent,
      received: packets,
      expected,
      lost,
      jitter,
      silentFor: lastAt === null ? null : now - lastAt,
      far: last && reportedAt !== null ? { ...last, age: now - reportedAt } : null,
    };
  }
}
