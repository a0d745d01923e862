// Quality and the silent side of a call by the engine over a bad network: what is shown is the far end's, not this computer's.
import { expect, test } from 'playwright/test';
import type { CallQuality } from '../../contract/index.ts';
import { RoughWay } from '../drills/support/rough-way.ts';
import { missingPrograms, until } from '../peers/support/child.ts';
import { FarEnd } from './support/far-end.ts';
import { startLab, type MediaLab } from './support/media-lab.ts';
import { ReceiverReports } from './support/receiver-reports.ts';

const plain = { media: 'rtp', encryption: 'off', transport: 'udp', localAddress: '127.0.0.1' } as const;
const callId = 'rough';
/** Of their reports, ms. */
const travel = 100;

const missing = missingPrograms('chromium');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let lab: MediaLab;
let far: FarEnd;
let reports: ReceiverReports;
let way: RoughWay;
let ourPort: number;
test.beforeAll(async () => {
  lab = await startLab({ microphone: 700 });
});
test.beforeEach(async () => {
  [far, way] = await Promise.all([FarEnd.start(440), RoughWay.open()]);
  reports = await ReceiverReports.start(far, { travel });
  await lab.media.open(callId, plain);
  const offer = await lab.media.createOffer(callId);
  ourPort = Number(/^m=audio (\d+)/m.exec(offer)?.[1]);
  way.join(ourPort, far.port);
  far.sendTo(offer.replace(/^m=audio \d+/m, `m=audio ${way.ports.right}`));
  reports.reportTo(offer);
  const theirs = far.sdp().replace(/^m=audio \d+.*$/m, `m=audio ${way.ports.left} RTP/AVP 0\r\na=rtcp:${reports.port}`);
  await lab.media.setAnswer(callId, theirs);
  await until('a quality with their reports', () => (shown()?.roundTrip == null ? null : true));
});
test.afterEach(() => {
  lab.media.close(callId);
  reports.close();
  far.close();
  way.close();
  lab.said.length = 0;
});
test.afterAll(() => lab.close());

/** What the call's quality was last said to be. */
function shown(): (CallQuality & { silent: string | null }) | null {
  const start = `quality ${callId} `;
  const line = lab.said.findLast((one) => one.startsWith(start));
  return line ? JSON.parse(line.slice(start.length)) : null;
}

test('a clean line is shown as one, with the round trip of the far end', async () => {
  const quality = shown();
  expect(quality?.roundTrip).toBeGreaterThan(travel - 20);
  expect(quality?.roundTrip).toBeLessThan(travel + 100);
  await until('a good score', () => ((shown()?.mos ?? 0) > 4 && shown()?.lossOut === 0 ? true : null));
  expect(shown()?.silent).toBeNull();
});

test('loss and jitter of the line are shown, both ways, and cost the score', async () => {
  way.roughness = { loss: 0.2, reordering: 0, jitter: 40 };
  await until('loss on both ways', () => {
    const quality = shown();
    return quality && quality.lossIn >= 12 && (quality.lossOut ?? 0) >= 8 ? true : null;
  });
  const quality = shown();
  console.log(JSON.stringify(quality));
  expect(quality?.lossIn).toBeLessThan(30);
  // A report has 256 steps.
  expect(reports.losses.some((lost) => Math.abs(100 * lost - (quality?.lossOut ?? 0)) < 0.4)).toBe(true);
  expect(quality?.jitter).toBeGreaterThan(5);
  expect(quality?.mos).toBeLessThan(3.6);
});

test('when nothing of ours comes to them, it is said within five seconds, and taken back', async () => {
  const nowhere = await FarEnd.start(1);
  try {
    way.join(ourPort, nowhere.port);
    const since = performance.now();
    await until('the sentence', () => (shown()?.silent === 'they-cannot-hear-us' ? true : null));
    const after = performance.now() - since;
    console.log(`said after ${(after / 1000).toFixed(1)} s`);
    expect(after).toBeLessThan(5000);
    way.join(ourPort, far.port);
    await until('the sentence taken back', () => (shown()?.silent === null ? true : null));
  } finally {
    nowhere.close();
  }
});
