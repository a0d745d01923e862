// The phone with Kamailio and baresip over each transport: registers at start, calls and is called in every codec, keys both
// ways, either side hangs up, and the tone heard at each end is the tone sent.
import { join } from 'node:path';
import type { TransportName } from '../../contract/index.ts';
import type { PhoneApp } from '../support/app.ts';
import { expectPeerHears, expectPhoneHears } from '../support/hearing.ts';
import { expect, test } from '../support/spec.ts';
import {
  missingPrograms,
  startBaresip,
  startKamailio,
  until,
  writeTone,
  type Baresip,
  type Kamailio,
} from './support/index.ts';

const microphoneHz = 700;
const codecs = ['PCMU', 'PCMA', 'G722', 'opus'] as const;
/** One phone a codec, so that the codec of a call is the one that is meant. */
const userOf = { PCMU: 'bob', PCMA: 'carol', G722: 'dave', opus: 'y' } as const;
const hzOf = { PCMU: 440, PCMA: 880, G722: 1000, opus: 600 } as const;

const missing = missingPrograms('kamailio', 'baresip', 'chromium', 'openssl');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let kamailio: Kamailio;
const peers = new Map<string, Baresip>();
let tone = '';

test.beforeAll(async () => {
  kamailio = await startKamailio();
  tone = join(kamailio.folder, 'microphone.wav');
  writeTone(tone, microphoneHz, 10, 48_000);
  for (const codec of codecs) {
    const peer = await startBaresip({
      user: userOf[codec],
      domain: 'test.local',
      proxy: kamailio.server('udp'),
      codecs: [codec],
      hz: hzOf[codec],
      answer: 'auto',
    });
    peers.set(codec, peer);
  }
});
test.afterAll(async () => {
  for (const peer of peers.values()) await peer.stop();
  await kamailio?.stop();
});

function accountOver(transport: TransportName) {
  return {
    hookswitch: 1,
    accounts: [
      {
        address: 'alice@test.local',
        password: 'secret',
        server: kamailio.server(transport),
        transport,
        media: 'rtp',
        caFile: kamailio.caFile,
      },
    ],
  };
}

async function idle(app: PhoneApp): Promise<void> {
  await app.until((state) => state.calls.length === 0);
}

for (const transport of ['udp', 'tcp', 'tls', 'ws', 'wss'] as const) {
  test(`over ${transport.toUpperCase()}: registered at start, calls and is called in every codec`, async ({
    launch,
  }) => {
    test.setTimeout(180_000);
    const app = await launch({ provision: accountOver(transport), microphone: tone });
    await app.registered();
    expect(await kamailio.contacts('alice')).toHaveLength(1);

    for (const codec of codecs) {
      const peer = peers.get(codec);
      if (!peer) throw new Error(`No peer for ${codec}.`);
      await test.step(`calls out in ${codec}, and hangs up`, async () => {
        const before = peer.events.length;
        const { id = '' } = await app.command({ type: 'call', target: `${userOf[codec]}@test.local` });
        const { calls } = await app.until(
          (state, callId) =>
            state.calls.some((call) => call.id === callId && call.phase.name === 'connected' && call.codec !== null),
          id,
        );
        expect(calls.find((call) => call.id === id)?.codec).toBe(codec);
        await expectPhoneHears(app, id, hzOf[codec]);
        await expectPeerHears(peer, microphoneHz);

        const digitsBefore = peer.digits().length;
        for (const digit of '1#9') await app.command({ type: 'send-digit', callId: id, digit });
        await until('keys at baresip', () => (peer.digits().slice(digitsBefore) === '1#9' ? true : null));
        await peer.sendDigits('4*2');
        await app.until(
          (state, callId) => state.calls.some((call) => call.id === callId && call.receivedDigits === '4*2'),
          id,
        );

        await app.command({ type: 'hang-up', callId: id });
        await peer.event('CALL_CLOSED', { from: before });
        await idle(app);
      });

      await test.step(`is called in ${codec}, answers on the pop-up, and the other side hangs up`, async () => {
        await peer.dial('sip:alice@test.local');
        const { calls } = await app.until((state) => state.calls.some((call) => call.phase.name === 'incoming'));
        const id = calls.find((call) => call.phase.name === 'incoming')?.id ?? '';
        const popup = await app.page('incoming');
        await popup.getByRole('button', { name: 'Answer' }).click();
        await app.until(
          (state, callId) => state.calls.some((call) => call.id === callId && call.phase.name === 'connected'),
          id,
        );
        await expectPhoneHears(app, id, hzOf[codec]);
        await expectPeerHears(peer, microphoneHz);
        await peer.hangUp();
        const { calls: after } = await app.until(
          (state, callId) => state.calls.some((call) => call.id === callId && call.phase.name === 'ended'),
          id,
        );
        expect(after.find((call) => call.id === id)?.phase).toMatchObject({ name: 'ended', result: 'answered' });
        await idle(app);
      });
    }
  });
}
