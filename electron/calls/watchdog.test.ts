// The watchdog: which side it names, when, and when it keeps quiet.
import { beforeEach, expect, it } from 'vitest';
import type { LinkReport } from '../../contract/index.ts';
import { silences, Watchdog } from './watchdog.ts';

let watchdog: Watchdog;
let link: LinkReport;
let now: number;

beforeEach(() => {
  watchdog = new Watchdog();
  now = 0;
  link = { fromWindow: 0, sent: 0, received: 0, expected: 0, lost: 0, jitter: 0, silentFor: null, far: null };
});

/** Seconds of a call in which these directions flow; what the watchdog says at the end. */
function after(seconds: number, flows: { out?: boolean; in?: boolean; reaching?: boolean }, talking = true) {
  let said = null;
  for (let second = 0; second < seconds; second++) {
    now += 1000;
    const sent = link.sent + (flows.out ? 50 : 0);
    const received = link.received + (flows.in ? 50 : 0);
    const report = (now / 1000) % 2 === 0 && flows.reaching !== undefined;
    const before = link.far?.highest ?? 0;
    const far = report
      ? { lossFraction: 0, lost: 0, jitter: 1, highest: flows.reaching ? sent : before, roundTrip: 2, age: 200 }
      : link.far && { ...link.far, age: link.far.age + 1000 };
    link = { ...link, sent, received, far };
    said = watchdog.judge(link, talking, now);
  }
  return said;
}

it('has nothing to say while both sides flow', () => {
  expect(after(60, { out: true, in: true, reaching: true })).toBeNull();
});

it('says within five seconds that nothing comes from them, and takes it back when it does', () => {
  after(10, { out: true, in: true });
  expect(after(3, { out: true })).toBeNull();
  expect(after(2, { out: true })).toEqual(silences.nothingComes);
  expect(after(1, { out: true, in: true })).toBeNull();
});

it('says so too when nothing ever came', () => {
  expect(after(5, { out: true })).toEqual(silences.nothingComes);
});

it('says within five seconds that nothing leaves this computer', () => {
  after(10, { out: true, in: true });
  expect(after(5, { in: true })).toEqual(silences.notSending);
});

it('says that nothing reaches them when their reports stand still', () => {
  after(10, { out: true, in: true, reaching: true });
  expect(after(5, { out: true, in: true, reaching: false })).toEqual(silences.notReaching);
  expect(after(2, { out: true, in: true, reaching: true })).toBeNull();
});

it('does not guess about a side that reports nothing', () => {
  expect(after(60, { out: true, in: true })).toBeNull();
});

it('takes silence on hold for what it is', () => {
  after(10, { out: true, in: true });
  expect(after(60, {}, false)).toBeNull();
  expect(after(3, { out: true })).toBeNull();
});
