// Hold, mute, and calls that end before an answer: the phone with Kamailio, baresip and linphone, by the buttons of its window.
import { join } from 'node:path';
import type { CallRecord } from '../../contract/index.ts';
import type { PhoneApp } from '../support/app.ts';
import { startVirtualHeadset } from '../headset/virtual-headset.ts';
import { clickTray, keepsDesktop, mutedInTray, windowState } from '../support/desktop.ts';
import { expectPeerHears, expectPhoneHears } from '../support/hearing.ts';
import { expect, test } from '../support/spec.ts';
import { accountOn, answer, connected, ended, held, idle, incoming, place } from './support/app-calls.ts';
import {
  missingPrograms,
  startBaresip,
  startKamailio,
  startLinphone,
  until,
  writeTone,
  type Baresip,
  type BaresipOptions,
  type Kamailio,
  type Linphone,
} from './support/index.ts';

const microphoneHz = 700;
const theirHz = 440;

const missing = missingPrograms('kamailio', 'baresip', 'chromium', 'openssl');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let kamailio: Kamailio;
let tone = '';
test.beforeEach(async () => {
  kamailio = await startKamailio();
  tone = join(kamailio.folder, 'microphone.wav');
  writeTone(tone, microphoneHz, 10, 48_000);
});
test.afterEach(() => kamailio?.stop());

async function withBaresip(options: Partial<BaresipOptions>, run: (peer: Baresip) => Promise<void>): Promise<void> {
  const account = { user: 'bob', domain: 'test.local', proxy: kamailio.server('udp'), hz: theirHz };
  const peer = await startBaresip({ ...account, ...options });
  try {
    await run(peer);
  } finally {
    await peer.stop();
  }
}

/** A control of the call on the main window. */
async function click(app: PhoneApp, name: string): Promise<void> {
  await (await app.page('main')).getByRole('button', { name, exact: true }).click();
}

async function expectShown(app: PhoneApp, words: string): Promise<void> {
  await expect((await app.page('main')).getByText(words, { exact: true }).first()).toBeVisible();
}

async function history(app: PhoneApp): Promise<CallRecord[]> {
  return (await app.page('main')).evaluate(async () => {
    const found = await window.hookswitch.phone.query({ type: 'history', filter: 'all', offset: 0, limit: 20 });
    if (!found.ok) throw new Error(found.problem.message);
    return found.value.rows;
  });
}

async function expectLinphoneHears(peer: Linphone, what: 'tone' | 'silence'): Promise<void> {
  await until(`${what} at linphone`, () =>
    (what === 'tone' ? peer.loudness() > 1000 : peer.loudness() < 30) ? true : null,
  );
}

test('hold and mute silence the tone at linphone, and resume and unmute bring it back, on screen, tray and headset alike', async ({
  launch,
}) => {
  test.skip(missingPrograms('linphonec').length > 0, 'not installed: linphonec');
  test.setTimeout(120_000);
  const headset = await startVirtualHeadset('jabra');
  const app = await launch({
    microphone: tone,
    provision: accountOn(kamailio, 'alice', 'udp'),
    env: headset.env,
  });
  await app.registered();
  await headset.waitForOpen();
  await app.until((state) => state.headset.name === 'ready');
  const account = { user: 'bob', domain: 'test.local', proxy: kamailio.server('udp'), hz: theirHz };
  const peer = await startLinphone(account);
  try {
    const id = await place(app, 'bob@test.local');
    await connected(app, id);
    await expectPhoneHears(app, id, theirHz);
    await expectLinphoneHears(peer, 'tone');

    await click(app, 'Hold');
    await peer.said(/has been paused by sip:alice/);
    await expectShown(app, 'On hold');
    await expectLinphoneHears(peer, 'silence');
    await expectPhoneHears(app, id, 0);
    await click(app, 'Resume');
    await expectLinphoneHears(peer, 'tone');
    await expectPhoneHears(app, id, theirHz);

    const hasTray = await keepsDesktop(app);
    const card = (await app.page('main')).getByRole('region', { name: 'Call with bob' });
    /** Screen, tray and headset say the same, and linphone hears it. */
    const isMuted = async (muted: boolean) => {
      await expect(card.getByText(muted ? 'Muted' : 'Connected', { exact: true })).toBeVisible();
      await headset.waitForLamps({ mute: muted });
      if (hasTray) await expect.poll(() => mutedInTray(app)).toBe(muted);
      await expectLinphoneHears(peer, muted ? 'silence' : 'tone');
    };
    await click(app, 'Mute');
    await isMuted(true);
    await expectPhoneHears(app, id, theirHz);
    await headset.press('mute');
    await isMuted(false);
    await headset.press('mute');
    await isMuted(true);
    if (hasTray) await clickTray(app, 'Mute microphone');
    else await click(app, 'Unmute');
    await isMuted(false);
    if (hasTray) {
      await clickTray(app, 'Mute microphone');
      await isMuted(true);
      await click(app, 'Unmute');
      await isMuted(false);
    }

    peer.command('pause');
    await held(app, id, { byUs: false, byThem: true });
    await expectShown(app, 'On hold by the other side');
    await peer.said(/is now paused/);
    peer.command('resume');
    await held(app, id, { byUs: false, byThem: false });
    await expectPhoneHears(app, id, theirHz);
    await expectLinphoneHears(peer, 'tone');

    await click(app, 'End call');
    await peer.said(/Call \d+ with sip:alice@test.local ended/);
    await idle(app);
  } finally {
    await peer.stop();
    await headset.close();
  }
});

test('hold by baresip is shown, its tone stops and returns; and so for ours', async ({ launch }) => {
  test.setTimeout(120_000);
  const app = await launch({ microphone: tone, provision: accountOn(kamailio, 'alice', 'udp') });
  await app.registered();
  await withBaresip({}, async (peer) => {
    const id = await place(app, 'bob@test.local');
    await connected(app, id);
    await expectPhoneHears(app, id, theirHz);
    await expectPeerHears(peer, microphoneHz);

    await peer.hold();
    await held(app, id, { byUs: false, byThem: true });
    await expectShown(app, 'On hold by the other side');
    await expectPhoneHears(app, id, 0);
    await peer.resume();
    await held(app, id, { byUs: false, byThem: false });
    await expectPhoneHears(app, id, theirHz);

    await click(app, 'Hold');
    await until('sendonly at baresip', () => (/a=sendonly/.test(offers(peer).at(-1) ?? '') ? true : null));
    await expectPhoneHears(app, id, 0);
    await peer.hold();
    await held(app, id, { byUs: true, byThem: true });
    await peer.resume();
    await held(app, id, { byUs: true, byThem: false });
    await click(app, 'Resume');
    await held(app, id, { byUs: false, byThem: false });
    await until('sendrecv at baresip', () => (/a=sendrecv/.test(offers(peer).at(-1) ?? '') ? true : null));
    await expectPhoneHears(app, id, theirHz);

    await click(app, 'End call');
    await peer.event('CALL_CLOSED');
    expect(await ended(app, id)).toMatchObject({ result: 'answered' });
  });
});

/** SDP of INVITEs that baresip received, from its trace of SIP. */
function offers(peer: Baresip): string[] {
  return [...peer.log().matchAll(/\nINVITE sip:bob[^#]*/g)].map(([text]) => text);
}

test('calls out that end before an answer: cancelled, refused, busy, nobody there', async ({ launch }) => {
  test.setTimeout(120_000);
  const app = await launch({ provision: accountOn(kamailio, 'alice', 'udp') });
  await app.registered();
  await withBaresip({ answer: 'manual' }, async (peer) => {
    await test.step('cancel while it rings', async () => {
      const id = await place(app, 'bob@test.local');
      await peer.event('CALL_INCOMING');
      await app.until((state) => state.calls.some(({ phase }) => phase.name === 'ringing'));
      await expectShown(app, 'Ringing');
      await click(app, 'End call');
      await peer.event('CALL_CLOSED');
      expect(peer.log()).toMatch(/\nCANCEL sip:bob/);
      expect(await ended(app, id)).toMatchObject({ result: 'cancelled', reason: null });
      await idle(app);
    });

    await test.step('baresip refuses with 486', async () => {
      const from = peer.events.length;
      const id = await place(app, 'bob@test.local');
      await peer.event('CALL_INCOMING', { from });
      await peer.hangUp();
      expect(await ended(app, id)).toMatchObject({ result: 'busy' });
      await expectShown(app, 'Busy');
      await idle(app);
    });
  });

  await test.step('busy', async () => {
    const id = await place(app, 'busy@test.local');
    expect(await ended(app, id)).toMatchObject({ result: 'busy' });
    await expectShown(app, 'Busy');
    await idle(app);
  });

  await test.step('a user who is nowhere', async () => {
    const id = await place(app, 'nobody@test.local');
    expect(await ended(app, id)).toMatchObject({ result: 'failed', reason: { code: 'not-reachable' } });
    await expectShown(app, 'They cannot be reached now: no phone of theirs is connected, or it is set not to ring.');
    await idle(app);
  });

  expect((await history(app)).map(({ result }) => result)).toEqual(['failed', 'busy', 'busy', 'cancelled']);
  expect((await app.state()).missedCalls).toBe(0);
});

test('calls in that are not answered here: declined, given up, answered elsewhere', async ({ launch }) => {
  test.setTimeout(120_000);
  const app = await launch({ provision: accountOn(kamailio, 'bob', 'udp') });
  await app.registered();
  const popup = await app.page('incoming');
  await withBaresip({ user: 'alice' }, async (caller) => {
    await test.step('declined on the pop-up', async () => {
      await caller.dial('sip:bob@test.local');
      const { id } = await incoming(app);
      await popup.getByRole('button', { name: 'Decline', exact: true }).click();
      expect(await ended(app, id)).toMatchObject({ result: 'declined' });
      const { param } = await caller.event('CALL_CLOSED');
      expect(param).toMatch(/603/);
      await expectPopupHidden(app);
      await idle(app);
      expect((await app.state()).missedCalls).toBe(0);
    });

    await test.step('the caller gives up', async () => {
      await caller.dial('sip:bob@test.local');
      const { id } = await incoming(app);
      await caller.event('CALL_RINGING');
      await caller.hangUp();
      expect(await ended(app, id)).toMatchObject({ result: 'missed' });
      await expectPopupHidden(app);
      await app.until((state) => state.missedCalls === 1);
      await idle(app);
    });

    await test.step('answered elsewhere', async () => {
      await withBaresip({ user: 'carol', answer: 'manual' }, async (other) => {
        await caller.dial('sip:fork@test.local');
        const { id } = await incoming(app);
        await other.event('CALL_INCOMING');
        await other.accept();
        expect(await ended(app, id)).toMatchObject({ result: 'answered-elsewhere' });
        await expectPopupHidden(app);
        await idle(app);
        await caller.hangUp();
        await other.event('CALL_CLOSED');
      });
    });
  });
  const records = await history(app);
  expect(records.map(({ result, seen }) => ({ result, seen }))).toEqual([
    { result: 'answered-elsewhere', seen: true },
    { result: 'missed', seen: false },
    { result: 'declined', seen: true },
  ]);
  expect((await app.state()).missedCalls).toBe(1);
});

async function expectPopupHidden(app: PhoneApp): Promise<void> {
  await expect.poll(async () => (await windowState(app, 'incoming')).visible).toBe(false);
}

for (const transport of ['udp', 'tcp', 'wss'] as const) {
  test(`Kamailio is killed and started again: registered again over ${transport.toUpperCase()}, and called`, async ({
    launch,
  }) => {
    test.setTimeout(120_000);
    const app = await launch({ provision: accountOn(kamailio, 'alice', transport) });
    await app.registered();
    await kamailio.kill();
    // Over UDP the phone asks every four seconds whether anybody listens.
    await app.until((state) => state.accounts.every(({ registration }) => registration.name !== 'available'));
    await kamailio.start();
    expect(await kamailio.contacts('alice')).toEqual([]);
    await until(
      'a contact of alice',
      async () => ((await kamailio.contacts('alice')).length > 0 ? true : null),
      30_000,
    );
    await app.registered();
    await withBaresip({}, async (peer) => {
      await peer.dial('sip:alice@test.local');
      const id = await answer(app);
      await peer.hangUp();
      expect(await ended(app, id)).toMatchObject({ result: 'answered' });
    });
  });
}
