// The windows die, reload and close in a call, and the far end hears nothing of it: a gap of at most 100 ms.
import { join } from 'node:path';
import type { PhoneApp } from '../support/app.ts';
import { clickTray, closeMainWindow, keepsDesktop, windowState } from '../support/desktop.ts';
import { expectPhoneHears } from '../support/hearing.ts';
import { expect, test } from '../support/spec.ts';
import type { TestInfo } from 'playwright/test';
import { accountOn, connected, incoming, place } from './support/app-calls.ts';
import { captureUnavailable } from './support/capture.ts';
import { gapDuring } from './support/gap.ts';
import {
  missingPrograms,
  startBaresip,
  startKamailio,
  until,
  writeTone,
  type Baresip,
  type Kamailio,
} from './support/index.ts';
import { clickButton, inWindow, killRenderer, rendererOf, showsWords, stateIn } from './support/window-hand.ts';

const longest = 100;
const theirHz = 440;

const missing = missingPrograms('kamailio', 'baresip', 'chromium', 'openssl');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);
test.skip(captureUnavailable() !== null, captureUnavailable() ?? '');

let kamailio: Kamailio;
let peer: Baresip;
let tone = '';
test.beforeEach(async () => {
  kamailio = await startKamailio();
  tone = join(kamailio.folder, 'microphone.wav');
  writeTone(tone, 700, 120, 48_000);
  peer = await startBaresip({ user: 'bob', domain: 'test.local', proxy: kamailio.server('udp'), hz: theirHz });
});
test.afterEach(async () => {
  await peer?.stop();
  await kamailio?.stop();
});

async function startPhone(launch: (options: object) => Promise<PhoneApp>): Promise<PhoneApp> {
  const app = await launch({ microphone: tone, provision: accountOn(kamailio, 'alice', 'udp') });
  await app.registered();
  return app;
}

/** In a call with baresip that both hear. */
async function callBob(app: PhoneApp): Promise<string> {
  const id = await place(app, 'bob@test.local');
  await connected(app, id);
  await expectPhoneHears(app, id, theirHz);
  return id;
}

/**
 * What is done to the windows is not heard at the far end. A machine that is busy with other work interrupts sound by
 * itself, so it is done again, three times at most, until the sound around it was whole; the drill `ui-kill` reports each.
 */
async function expectUnheard(info: TestInfo, what: () => Promise<void>): Promise<void> {
  const gaps: number[] = [];
  while (gaps.length < 3 && (gaps.at(-1) ?? Infinity) > longest) gaps.push((await gapDuring(peer, what)).heard);
  info.annotations.push({ type: 'gap', description: `${gaps.join(', ')} ms heard` });
  expect(gaps.at(-1), `gaps of ${gaps.join(', ')} ms`).toBeLessThanOrEqual(longest);
}

/** The call stands, is heard, takes keys, and ends by the button of the window as it is now. */
async function expectCallWorks(app: PhoneApp, id: string): Promise<void> {
  await showsWords(app, 'main', /bob@test\.local[\s\S]*\d:\d\d/);
  await expectPhoneHears(app, id, theirHz);
  const digits = peer.digits().length;
  await clickButton(app, 'main', 'Keypad');
  await clickButton(app, 'main', '7');
  await until('a key at baresip', () => (peer.digits().slice(digits) === '7' ? true : null));
  await clickButton(app, 'main', 'End call');
  await peer.event('CALL_CLOSED');
  await until('the end of the call on the window', async () => {
    const { calls } = await stateIn(app, 'main');
    return calls.every(({ phase }) => phase.name === 'ended') ? true : null;
  });
}

test('the main window is killed three times in a call', async ({ launch }, info) => {
  test.setTimeout(120_000);
  const app = await startPhone(launch);
  const id = await callBob(app);
  for (let kill = 1; kill <= 3; kill += 1) {
    await expectUnheard(info, async () => {
      await killRenderer(app, 'main');
      await showsWords(app, 'main', /bob@test\.local[\s\S]*End call/);
    });
    expect((await stateIn(app, 'main')).calls).toMatchObject([{ id, phase: { name: 'connected' } }]);
  }
  await expectCallWorks(app, id);
});

test('the pop-up is killed in a call, and while it rings', async ({ launch }, info) => {
  test.setTimeout(120_000);
  const app = await startPhone(launch);
  const id = await callBob(app);
  await expectUnheard(info, () => killRenderer(app, 'incoming'));
  await app.command({ type: 'hang-up', callId: id });
  await peer.event('CALL_CLOSED');
  await app.until((state) => state.calls.length === 0);

  await peer.dial('sip:alice@test.local');
  const call = await incoming(app);
  await killRenderer(app, 'incoming');
  await showsWords(app, 'incoming', /bob@test\.local/);
  expect((await windowState(app, 'incoming')).visible).toBe(true);
  await clickButton(app, 'incoming', 'Answer');
  await connected(app, call.id);
  await expect.poll(async () => (await windowState(app, 'incoming')).visible).toBe(false);
  await expectCallWorks(app, call.id);
});

test('the main window is reloaded in a call', async ({ launch }, info) => {
  test.setTimeout(120_000);
  const app = await startPhone(launch);
  const id = await callBob(app);
  await expectUnheard(info, async () => {
    await inWindow(app, 'main', 'location.reload()');
    await showsWords(app, 'main', /bob@test\.local[\s\S]*End call/);
  });
  await expectCallWorks(app, id);
});

test('the main window is closed in a call, and opened again', async ({ launch }, info) => {
  test.setTimeout(120_000);
  const app = await startPhone(launch);
  test.skip(!(await keepsDesktop(app)), 'the tray is drawn by the system');
  const id = await callBob(app);
  await expectUnheard(info, async () => {
    await closeMainWindow(app);
    expect((await windowState(app, 'main')).visible).toBe(false);
  });
  await expectPhoneHears(app, id, theirHz);
  await clickTray(app, 'Open');
  expect((await windowState(app, 'main')).visible).toBe(true);
  await expectCallWorks(app, id);
});

test('the measure sees a gap: the media window stands still for 300 ms', async ({ launch }) => {
  const app = await startPhone(launch);
  const id = await callBob(app);
  const media = await rendererOf(app, 'media');
  const { heard } = await gapDuring(peer, async () => {
    process.kill(media, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.kill(media, 'SIGCONT');
  });
  expect(heard).toBeGreaterThan(longest);
  await app.command({ type: 'hang-up', callId: id });
});
