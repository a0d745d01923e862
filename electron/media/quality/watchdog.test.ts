// The watchdog's sentences, from counters a second apart.
import { describe, expect, it } from 'vitest';
import type { CallStats } from '../../../contract/index.ts';
import { watch, type Silent, type Watch } from './watchdog.ts';

const start: CallStats = {
  codec: 'PCMU',
  packetsSent: 0,
  packetsReceived: 0,
  packetsLost: 0,
  packetsDiscarded: 0,
  jitter: 0,
  jitterBufferDelay: 0,
  jitterBufferEmitted: 0,
  concealedSamples: 0,
  totalSamples: 0,
  reported: null,
  theirReports: 0,
};

/** What is said after each second of a call whose counters grow like this. */
function said(seconds: number, grow: (stats: CallStats, second: number) => Partial<CallStats>): Silent[] {
  let stats = start;
  let [state] = watch(null, stats);
  const all: Silent[] = [];
  for (let second = 1; second <= seconds; second += 1) {
    const { packetsSent, packetsReceived } = stats;
    stats = { ...stats, packetsSent: packetsSent + 50, packetsReceived: packetsReceived + 50, ...grow(stats, second) };
    let silent: Silent;
    [state, silent] = watch(state satisfies Watch, stats);
    all.push(silent);
  }
  return all;
}

const report = (at: number, fractionLost = 0) => ({ at, roundTrip: 0.02, fractionLost, unheard: null });

describe('the watchdog', () => {
  it('says nothing of a call that flows both ways', () => {
    const all = said(60, (_, second) =>
      second % 5 === 0 ? { theirReports: second / 5, reported: report(second) } : {},
    );
    expect(all.every((silent) => silent === null)).toBe(true);
  });

  it('says nothing of a phone that sends no reports at all', () => {
    expect(said(60, () => ({})).every((silent) => silent === null)).toBe(true);
  });

  it('names us as deaf when nothing arrives for three seconds, and takes it back with the next packet', () => {
    const all = said(7, (stats, second) => (second < 6 ? { packetsReceived: stats.packetsReceived } : {}));
    expect(all).toEqual([null, null, 'we-cannot-hear-them', 'we-cannot-hear-them', 'we-cannot-hear-them', null, null]);
  });

  it('names them as deaf when nothing of ours leaves for three seconds', () => {
    const all = said(5, (stats) => ({ packetsSent: stats.packetsSent }));
    expect(all).toEqual([null, null, 'they-cannot-hear-us', 'they-cannot-hear-us', 'they-cannot-hear-us']);
  });

  it('names them as deaf when they report that all is lost, until they report better', () => {
    const all = said(4, (_, second) => ({
      theirReports: second,
      reported: report(second, second < 3 ? 255 / 256 : 0),
    }));
    expect(all).toEqual(['they-cannot-hear-us', 'they-cannot-hear-us', null, null]);
  });

  it('names them as deaf when a second report of theirs does not mention us', () => {
    const all = said(4, (_, second) => ({ theirReports: second }));
    expect(all).toEqual([null, 'they-cannot-hear-us', 'they-cannot-hear-us', 'they-cannot-hear-us']);
  });

  it('begins anew after a pause, and with a new peer connection', () => {
    const [fresh, silent] = watch(
      { last: { ...start, packetsReceived: 500 }, nothingIn: 3, nothingOut: 0, reportsThen: 0, deaf: true },
      { ...start, packetsReceived: 20 },
    );
    expect([fresh.nothingIn, fresh.deaf, silent]).toEqual([0, false, null]);
  });

  it('says at their next report that nothing of ours has come to them for long', () => {
    const unheard = (at: number, seconds: number) => ({ ...report(at, 0.4), unheard: seconds });
    const all = said(6, (_, second) => ({ theirReports: second, reported: unheard(second, second < 4 ? 0.2 : 2) }));
    expect(all).toEqual([null, null, null, ...Array<Silent>(3).fill('they-cannot-hear-us')]);
  });
});
