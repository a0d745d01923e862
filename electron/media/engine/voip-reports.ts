// When we say how we hear them: where they ask for it, with the regular RTCP packets and once more at the end (RFC 3611).
import type { VoipMetrics } from '../../../contract/index.ts';
import { writeVoipMetrics } from './extended-report.ts';
import type { OwnName } from './own-name.ts';
import { packetTypes } from './rtcp.ts';

/** The least that chance makes of RTCP's interval of five seconds (RFC 3550 section 6.3.1), ms. */
const leastInterval = 2500;

export class VoipReports {
  /** SSRC of ours. */
  readonly #reporter: number;
  /** No RTCP is valid without (RFC 3550 section 6.1). */
  readonly #name: OwnName;
  #asked = false;
  #metrics: VoipMetrics | null = null;
  #sentAt: number | null = null;

  constructor(reporter: number, name: OwnName) {
    this.#reporter = reporter;
    this.#name = name;
  }

  /** Whether SDP has them ask for it. */
  settle(asked: boolean): void {
    this.#asked = asked;
    if (!asked) this.#metrics = null;
  }

  /** How they are heard now. */
  tell(metrics: VoipMetrics): void {
    if (this.#asked) this.#metrics = metrics;
  }

  /** The compound packet of ours with a report at its end, when one is due; `source`: who is heard, if anybody. */
  extend(compound: Buffer, source: number | null, now: number): Buffer {
    const due = this.#sentAt === null || now - this.#sentAt >= leastInterval;
    const report = due ? this.#report(source) : null;
    if (!report) return compound;
    this.#sentAt = now;
    return Buffer.concat([compound, report]);
  }

  /** A compound packet for the end of the call; null when there is nothing to say, or nobody to say it. */
  last(source: number | null): Buffer | null {
    const report = this.#report(source);
    if (!report || !this.#name.known) return null;
    const emptyReport = Buffer.from([0x80, packetTypes.receiverReport, 0, 1, 0, 0, 0, 0]);
    emptyReport.writeUInt32BE(this.#reporter, 4);
    return Buffer.concat([emptyReport, this.#name.known, report]);
  }

  #report(source: number | null): Buffer | null {
    if (!this.#metrics || !this.#name.known || source === null) return null;
    return writeVoipMetrics({ reporter: this.#reporter, source }, this.#metrics);
  }
}
