// The watchdog: which side of a call hears nothing, by the counters of both (RFC 3550 section 6.4). Pure.
import type { CallStats, Problem } from '../../../contract/index.ts';

/** Seconds without a packet before it is said; with the second between looks, within five. */
const patience = 3;
/** A first report may have been written before our first packet; after so many that do not mention us they hear nothing. */
const reportsWithoutUs = 2;
/** 255 of 256, the most that a report can say. */
const allLost = 0.99;
/** Seconds of ours that had not reached them when they wrote: far more than the way there and back takes. */
const longUnheard = 1.5;

/** What it remembers of a call; null before the first look and after each pause. */
export interface Watch {
  readonly last: CallStats;
  /** Seconds since anything of theirs came, and since anything of ours left. */
  readonly nothingIn: number;
  readonly nothingOut: number;
  /** Their reports, when they last spoke of us. */
  readonly reportsThen: number;
  /** By their own account nothing of ours reaches them. */
  readonly deaf: boolean;
}

export type Silent = 'they-cannot-hear-us' | 'we-cannot-hear-them' | null;

/** One second further, in a conversation that nobody holds. */
export function watch(before: Watch | null, stats: CallStats): readonly [Watch, Silent] {
  const reported = stats.reported;
  if (!before || stats.packetsReceived < before.last.packetsReceived) {
    return [{ last: stats, nothingIn: 0, nothingOut: 0, reportsThen: stats.theirReports, deaf: false }, null];
  }
  const { last } = before;
  const spokeOfUs = reported !== null && reported.at !== last.reported?.at;
  const reportsThen = spokeOfUs ? stats.theirReports : before.reportsThen;
  const now: Watch = {
    last: stats,
    nothingIn: stats.packetsReceived > last.packetsReceived ? 0 : before.nothingIn + 1,
    nothingOut: stats.packetsSent > last.packetsSent ? 0 : before.nothingOut + 1,
    reportsThen,
    deaf: spokeOfUs
      ? reported.fractionLost >= allLost || (reported.unheard ?? 0) >= longUnheard
      : before.deaf || stats.theirReports - reportsThen >= reportsWithoutUs,
  };
  if (now.nothingIn >= patience) return [now, 'we-cannot-hear-them'];
  return [now, now.deaf || now.nothingOut >= patience ? 'they-cannot-hear-us' : null];
}

export const silentProblems: Readonly<Record<NonNullable<Silent>, Problem>> = {
  'they-cannot-hear-us': {
    code: 'silent-out',
    message:
      'They cannot hear you: no packet from us is reaching them. Call again; if it stays, show this to your administrator.',
  },
  'we-cannot-hear-them': {
    code: 'silent-in',
    message:
      'You cannot hear them: nothing arrives from their side. Call again; if it stays, show this to your administrator.',
  },
};
