// Two Hookswitch call each other through Kamailio: once with plain RTP through both engines, once with WebRTC from window to window.
import { join } from 'node:path';
import type { TransportName } from '../../contract/index.ts';
import type { PhoneApp } from '../support/app.ts';
import { expectPhoneHears, expectPhoneHearsKey } from '../support/hearing.ts';
import { windowState } from '../support/desktop.ts';
import { expect, test } from '../support/spec.ts';
import {
  accountOn,
  answer,
  connected,
  ended,
  held,
  idle,
  incoming,
  keysReceived,
  place,
  press,
} from './support/app-calls.ts';
import { engineSockets } from './support/engine-sockets.ts';
import { missingPrograms, startKamailio, until, writeTone, type Kamailio } from './support/index.ts';

const hz = { alice: 700, bob: 1000 };

const missing = missingPrograms('kamailio', 'chromium', 'openssl');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let kamailio: Kamailio;
test.beforeAll(async () => {
  kamailio = await startKamailio();
});
test.afterAll(() => kamailio?.stop());

/** What alice told the server of her calls' sound (RFC 6035), in order. */
function qualityReports(): string[] {
  const reports = [...kamailio.log().matchAll(/VQSessionReport: CallTerm[^]*?QualityEst: .*/g)].map(([text]) => text);
  return reports.filter((text) => /^LocalID: <sip:alice@/m.test(text));
}

/** Messages with an offer or answer that asks how its sender is heard (RFC 3611), in order. */
async function asking(app: PhoneApp): Promise<string[]> {
  return (await app.page('main')).evaluate(async () => {
    const text = 'a=rtcp-xr:voip-metrics';
    const answer = await window.hookswitch.phone.query({ type: 'trace', text, after: 0, limit: 200 });
    return answer.ok ? answer.value.rows.map(({ direction, line }) => `${direction} ${line}`) : [];
  });
}

/** The pictures that the media window plays now, by whose they are. */
async function pictures(app: PhoneApp): Promise<string[]> {
  return (await app.page('media')).evaluate(() =>
    [...document.querySelectorAll('video')]
      .filter((video) => !video.hidden && !video.paused && video.videoHeight > 0)
      .map((video) => video.className),
  );
}

/** The Chromium host hears of what the person allows within a second; Electron asks at the moment of use. */
async function mayUseCamera(app: PhoneApp): Promise<void> {
  const media = await app.page('media');
  const state = () => media.evaluate(async () => (await navigator.permissions.query({ name: 'camera' })).state);
  await expect.poll(state).toBe('granted');
}

/** A control of the call on the main window. */
async function chooseOn(app: PhoneApp, name: string): Promise<void> {
  await (await app.page('main')).getByRole('button', { name, exact: true }).click();
}

interface Way {
  media: 'rtp' | 'webrtc';
  alice: TransportName;
  bob: TransportName;
  encrypted: boolean;
}
const ways: readonly Way[] = [
  { media: 'rtp', alice: 'udp', bob: 'tcp', encrypted: false },
  { media: 'webrtc', alice: 'wss', bob: 'ws', encrypted: true },
];

for (const way of ways) {
  test(`two phones call each other with media ${way.media}`, async ({ launch }) => {
    test.setTimeout(150_000);
    const reportsBefore = qualityReports().length;
    const start = async (user: 'alice' | 'bob'): Promise<PhoneApp> => {
      const microphone = join(kamailio.folder, `${user}.wav`);
      writeTone(microphone, hz[user], 10, 48_000);
      const provision = accountOn(kamailio, user, way[user], way.media, { qualityReports: true });
      const app = await launch({ microphone, provision });
      await app.registered();
      return app;
    };
    const alice = await start('alice');
    const bob = await start('bob');

    const hearEachOther = async (a: string, b: string): Promise<void> => {
      await expectPhoneHears(alice, a, hz.bob);
      await expectPhoneHears(bob, b, hz.alice);
    };

    let [a, b] = ['', ''];
    await test.step('alice calls bob, who answers on the pop-up', async () => {
      a = await place(alice, 'bob@test.local');
      expect((await incoming(bob)).party).toMatchObject({ number: 'alice@test.local' });
      b = await answer(bob);
      const settled = { codec: 'opus', encrypted: way.encrypted };
      expect(await connected(alice, a)).toMatchObject(settled);
      expect(await connected(bob, b)).toMatchObject(settled);
      const both = ['out INVITE sip:bob@test.local SIP/2.0', 'in SIP/2.0 200 OK'];
      expect(await asking(alice), 'who asks how they are heard').toEqual(way.media === 'rtp' ? both : []);
    });

    await test.step('each hears the other', async () => {
      await hearEachOther(a, b);
      const throughEngine = way.media === 'rtp';
      expect(engineSockets(alice) > 0, "alice's engine has sockets").toBe(throughEngine);
      expect(engineSockets(bob) > 0, "bob's engine has sockets").toBe(throughEngine);
    });

    await test.step('keys arrive both ways', async () => {
      if (way.media === 'rtp') {
        await press(alice, a, '1#9');
        await press(bob, b, '4*2');
        await keysReceived(bob, b, '1#9');
        await keysReceived(alice, a, '4*2');
      } else {
        // Chromium shows no telephone-event to the page, but it plays its tone.
        await expectPhoneHearsKey(bob, b, '9', () => press(alice, a, '9'));
        await expectPhoneHearsKey(alice, a, '3', () => press(bob, b, '3'));
      }
    });

    await test.step('alice holds and resumes', async () => {
      await alice.command({ type: 'hold', callId: a, on: true });
      await held(bob, b, { byUs: false, byThem: true });
      await expectPhoneHears(alice, a, 0);
      await expectPhoneHears(bob, b, 0);
      await alice.command({ type: 'hold', callId: a, on: false });
      await held(bob, b, { byUs: false, byThem: false });
      await hearEachOther(a, b);
    });

    await test.step('bob holds and resumes', async () => {
      await bob.command({ type: 'hold', callId: b, on: true });
      await held(alice, a, { byUs: false, byThem: true });
      await expectPhoneHears(alice, a, 0);
      await expectPhoneHears(bob, b, 0);
      await bob.command({ type: 'hold', callId: b, on: false });
      await held(alice, a, { byUs: false, byThem: false });
      await hearEachOther(a, b);
    });

    if (way.media === 'webrtc') {
      await test.step('a picture is shown only once it was allowed and chosen', async () => {
        await expect(alice.command({ type: 'set-video', callId: a, source: 'camera' })).rejects.toThrow(/video-off/);
        for (const phone of [alice, bob])
          await phone.command({ type: 'set-preferences', preferences: { video: true } });
        await mayUseCamera(alice);
        await chooseOn(alice, 'Camera');
        await bob.until(
          (state, id) => state.calls.some((call) => call.id === id && call.pictures?.offered === true),
          b,
        );
        expect(await pictures(bob)).toEqual([]);
        expect((await windowState(bob, 'media')).visible).toBe(false);
      });

      await test.step('bob watches what alice shows, and shows nothing', async () => {
        await chooseOn(bob, 'Watch');
        await expect.poll(() => pictures(bob), { timeout: 20_000 }).toEqual(['theirs']);
        expect(await pictures(alice)).toEqual(['ours']);
        expect((await windowState(bob, 'media')).visible).toBe(true);
        await hearEachOther(a, b);
      });

      await test.step('who closes the window of the pictures goes on talking', async () => {
        await bob.electron.evaluate(({ BrowserWindow }) => {
          for (const window of BrowserWindow.getAllWindows()) {
            if (window.webContents.getURL().startsWith('app://media/')) window.close();
          }
        });
        await expect.poll(() => pictures(bob)).toEqual([]);
        expect((await windowState(bob, 'media')).visible).toBe(false);
        await alice.command({ type: 'set-preferences', preferences: { video: false } });
        await expect.poll(() => pictures(alice)).toEqual([]);
        expect((await windowState(alice, 'media')).visible).toBe(false);
        await hearEachOther(a, b);
      });
    }

    await test.step('the caller hangs up', async () => {
      await alice.command({ type: 'hang-up', callId: a });
      expect(await ended(bob, b)).toMatchObject({ result: 'answered', reason: null });
      expect(await ended(alice, a)).toMatchObject({ result: 'answered', reason: null });
      await Promise.all([idle(alice), idle(bob)]);
    });

    await test.step("alice's server is told how the call sounded", async () => {
      const report = await until('a report', () => qualityReports().at(reportsBefore) ?? null);
      expect(report).toMatch(/^LocalID: <sip:alice@test\.local>\r?\nRemoteID: <sip:bob@test\.local>/m);
      expect(report).toMatch(/^SessionDesc: PT=\d+ PD=opus SR=48000 /m);
      expect(report).toMatch(/^PacketLoss: NLR=0\.\d JDR=/m);
      expect(report).toMatch(/ MOSLQ=4\.\d MOSCQ=[1-4]\.\d /);
    });

    await test.step('bob calls alice, who hangs up', async () => {
      b = await place(bob, 'alice@test.local');
      a = await answer(alice);
      await connected(bob, b);
      await hearEachOther(a, b);
      await alice.command({ type: 'hang-up', callId: a });
      expect(await ended(bob, b)).toMatchObject({ result: 'answered', reason: null });
      await Promise.all([idle(alice), idle(bob)]);
    });
    await test.step('alice declines a call of bob', async () => {
      b = await place(bob, 'alice@test.local');
      await incoming(alice);
      await (await alice.page('incoming')).getByRole('button', { name: 'Decline', exact: true }).click();
      expect(await ended(bob, b)).toMatchObject({ result: 'declined' });
      await Promise.all([idle(alice), idle(bob)]);
    });
    expect(engineSockets(alice), 'the engine keeps no socket').toBe(0);
  });
}
