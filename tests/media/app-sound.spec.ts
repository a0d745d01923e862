// The whole app with the practice exchange: a call is recorded into a file that its history names, calls join and part.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../peers/support/child.ts';
import { slice, writeTone } from '../peers/support/tone.ts';
import type { PhoneApp } from '../support/app.ts';
import { expect, test } from '../support/spec.ts';
import { strengthOf } from './support/frequencies.ts';
import { readChannels } from './support/wav.ts';

const microphoneHz = 700;
/** What the practice exchange's 601 plays. */
const theirHz = 440;

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hs-app-sound-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function call(app: PhoneApp, target: string): Promise<string> {
  const { id = '' } = await app.command({ type: 'call', target });
  await app.until((state, wanted) => state.calls.find((one) => one.id === wanted)?.phase.name === 'connected', id);
  return id;
}

test('a recorded call is measured, and its history names the file and the quality', async ({ launch }) => {
  const microphone = join(folder, 'microphone.wav');
  writeTone(microphone, microphoneHz, 60, 48_000);
  const app = await launch({ args: ['--practice'], microphone });
  await app.registered();
  await app.command({ type: 'set-preferences', preferences: { recordingFolder: join(folder, 'calls') } });
  const id = await call(app, '601');
  await app.command({ type: 'record', callId: id, on: true });
  await app.until((state) => state.calls.some((one) => one.recordingSince !== null));
  await app.until((state) => state.calls.some((one) => one.quality !== null && one.quality.mos > 3));
  const page = await app.page('main');
  await expect(page.getByText('Recording', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Sound quality: / })).toBeVisible();
  await app.command({ type: 'hang-up', callId: id });
  const record = await until('the call in the history', async () => {
    const outcome = await page.evaluate(() =>
      window.hookswitch.phone.query({ type: 'history', filter: 'all', offset: 0, limit: 1 }),
    );
    return outcome.ok ? (outcome.value.rows[0] ?? null) : null;
  });
  expect(record.quality?.mos).toBeGreaterThan(3);
  const [path = ''] = record.recordings ?? [];
  expect(path).toMatch(/^.*\/calls\/\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d .*\.wav$/);
  await until('the whole file', () => (existsSync(path) && (readChannels(path)[0]?.seconds ?? 0) > 1 ? true : null));
  const [left, right] = readChannels(path).map((sound) => slice(sound, -0.8, 0.4));
  if (!left || !right) throw new Error('not stereo');
  expect(strengthOf(left, microphoneHz)).toBeGreaterThan(500);
  expect(strengthOf(right, theirHz)).toBeGreaterThan(500);
  expect(strengthOf(left, theirHz)).toBeLessThan(100);
});

test('two calls are joined, muted as one, and parted again', async ({ launch }) => {
  const app = await launch({ args: ['--practice'] });
  await app.registered();
  const first = await call(app, '601');
  const second = await call(app, '600');
  const held = (state: Awaited<ReturnType<PhoneApp['state']>>) =>
    state.calls.map(({ phase }) => phase.name === 'connected' && phase.hold.byUs);
  expect(held(await app.state())).toEqual([true, false]);

  await app.command({ type: 'join', callIds: [second, first] });
  const joined = await app.until(
    (state) =>
      state.calls.filter((one) => one.joined && one.phase.name === 'connected' && !one.phase.hold.byUs).length === 2,
  );
  expect(held(joined)).toEqual([false, false]);
  await app.command({ type: 'mute', callId: second, on: true });
  await app.until((state) => state.calls.every((one) => one.muted));
  await app.command({ type: 'mute', callId: second, on: false });

  await app.command({ type: 'split', callId: first });
  const parted = await app.until((state) => state.calls.every((one) => !one.joined));
  expect(held(parted)).toEqual([true, false]);
  await app.command({ type: 'hang-up', callId: second });
  await app.command({ type: 'hang-up', callId: first });
});
