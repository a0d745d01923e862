// Losses in bursts and between them (RFC 3611 section 4.7.2 and appendix A.2): how a loss sounds depends on what lies around it.
import { gmin, type LossPattern } from '../../../contract/index.ts';

/** A packet counts as lost once so many newer ones came: reordering is no loss. */
const patience = 64;

/** The counts of appendix A.2, under their names there. */
interface Counts {
  c11: number;
  c13: number;
  c14: number;
  c22: number;
  c23: number;
  c33: number;
  /** Packets that came since the last loss. */
  pkt: number;
  /** Losses of the burst under way. */
  lost: number;
}

export class BurstGap {
  readonly #counts: Counts = { c11: 0, c13: 0, c14: 0, c22: 0, c23: 0, c33: 0, pkt: 0, lost: 0 };
  readonly #came = new Uint8Array(patience);
  #highest: number | null = null;
  /** The oldest number that is not counted yet. */
  #next = 0;

  /** A packet under its extended sequence number (RFC 3550 appendix A.1). */
  hear(sequence: number): void {
    if (this.#highest === null) {
      this.#highest = sequence - 1;
      this.#next = sequence;
    }
    if (sequence < this.#next) return;
    for (let number = this.#highest + 1; number <= sequence; number++) {
      if (number - this.#next >= patience) this.#countNext();
      this.#came[number % patience] = 0;
    }
    this.#came[sequence % patience] = 1;
    this.#highest = Math.max(this.#highest, sequence);
  }

  /** Another stream begins: what the one before lost stays counted. */
  begin(): void {
    if (this.#highest !== null) while (this.#next <= this.#highest) this.#countNext();
    this.#highest = null;
  }

  /** `packet`: length of a packet, ms. */
  pattern(packet: number): LossPattern {
    const counts = { ...this.#counts };
    if (this.#highest !== null) {
      for (let number = this.#next; number <= this.#highest; number++) {
        count(counts, this.#came[number % patience] === 1);
      }
    }
    return patternOf(counts, packet);
  }

  #countNext(): void {
    count(this.#counts, this.#came[this.#next % patience] === 1);
    this.#next += 1;
  }
}

function count(counts: Counts, came: boolean): void {
  if (came) {
    counts.pkt += 1;
    return;
  }
  if (counts.pkt >= gmin) {
    if (counts.lost === 1) counts.c14 += 1;
    else counts.c13 += 1;
    counts.lost = 1;
    counts.c11 += counts.pkt;
  } else {
    counts.lost += 1;
    if (counts.pkt === 0) counts.c33 += 1;
    else {
      counts.c23 += 1;
      counts.c22 += counts.pkt - 1;
    }
  }
  counts.pkt = 0;
}

function patternOf({ c11, c13, c14, c22, c23, c33, pkt }: Counts, packet: number): LossPattern {
  // What came since the last loss is a gap that is not over.
  const inGaps = c11 + pkt;
  const bursts = c23 + c33 > 0;
  const c31 = c13;
  const p32 = c23 / Math.max(1, c31 + c23 + c33);
  const p23 = c22 + c23 < 1 ? 1 : 1 - c22 / (c22 + c23);
  const total = inGaps + c14 + c13 + c22 + c23 + c31 + c23 + c33;
  const gap = ((inGaps + c14 + c13) * packet) / Math.max(1, c13);
  return {
    burstDensity: bursts ? (100 * p23) / (p23 + p32) : 0,
    burstMs: bursts ? Math.max(0, (total * packet) / Math.max(1, c13) - gap) : 0,
    gapDensity: inGaps + c14 > 0 ? (100 * c14) / (inGaps + c14) : 0,
    gapMs: gap,
  };
}
