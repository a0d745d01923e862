// Names the silent side of a call: who cannot hear whom, judged once a second by what the engine sees of the line.
import type { LinkReport, Problem } from '../../contract/index.ts';

/** Silence for this long is no pause between words, ms: the sentence is there within five seconds. */
const patience = 4000;
/** Reports of theirs older than this say nothing about now, ms. */
const freshReport = 8000;
/** So many packets of ours must have gone out between two reports to say that none arrives: a second of them. */
const enough = 50;

export const silences = {
  notSending: {
    code: 'not-heard-here',
    message: 'They cannot hear you: your sound does not leave this computer. Check your microphone, or call again.',
  },
  notReaching: {
    code: 'not-heard-there',
    message: 'They cannot hear you: no packet from us is reaching them. A firewall may hold them back; call again.',
  },
  nothingComes: {
    code: 'nothing-comes',
    message: 'No sound comes from them. They may be muted; else something on the network holds it back.',
  },
} as const satisfies Record<string, Problem>;

/** What was seen of one direction when it last moved. */
interface Progress {
  count: number;
  at: number;
}

export class Watchdog {
  #out: Progress | null = null;
  #inward: Progress | null = null;
  /** Their last report, and how many packets had gone out by then. */
  #reported: { highest: number; sent: number } | null = null;
  #unreached = false;

  /**
   * What is wrong, or null. `talking`: the call is connected and nobody holds it, so both sides ought to be heard; else
   * silence is as it should be. `now` in ms.
   */
  judge(link: LinkReport, talking: boolean, now: number): Problem | null {
    if (!talking) {
      [this.#out, this.#inward, this.#reported, this.#unreached] = [null, null, null, false];
      return null;
    }
    this.#out = progress(this.#out, link.sent, now);
    this.#inward = progress(this.#inward, link.received, now);
    this.#readReport(link);
    if (now - this.#out.at >= patience) return silences.notSending;
    if (this.#unreached) return silences.notReaching;
    return now - this.#inward.at >= patience ? silences.nothingComes : null;
  }

  /** No packet reaches them when their highest number stands still from one report to the next. */
  #readReport({ far, sent }: LinkReport): void {
    if (!far || far.age > freshReport) {
      this.#unreached = false;
      return;
    }
    const before = this.#reported;
    if (before && far.highest !== before.highest) this.#unreached = false;
    else if (before && far.age < 1000 && sent - before.sent >= enough) this.#unreached = true;
    if (!before || far.age < 1000) this.#reported = { highest: far.highest, sent };
  }
}

function progress(before: Progress | null, count: number, now: number): Progress {
  return before && before.count === count ? before : { count, at: now };
}
