// A phone on WebSocket offers WebRTC first; a peer that speaks plain RTP only refuses it, and is called again with plain RTP.
import { join } from 'node:path';
import { expectPeerHears, expectPhoneHears } from '../support/hearing.ts';
import { expect, test } from '../support/spec.ts';
import { missingPrograms, startBaresip, startKamailio, writeTone } from './support/index.ts';

const missing = missingPrograms('kamailio', 'baresip', 'chromium', 'openssl');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

test('a plain phone refuses WebRTC (488) and is called with plain RTP, in one call for the person', async ({
  launch,
}) => {
  const kamailio = await startKamailio();
  const peer = await startBaresip({
    user: 'bob',
    domain: 'test.local',
    proxy: kamailio.server('udp'),
    codecs: ['PCMU'],
    hz: 440,
  });
  try {
    const tone = join(kamailio.folder, 'microphone.wav');
    writeTone(tone, 700, 10, 48_000);
    const app = await launch({
      microphone: tone,
      provision: {
        hookswitch: 1,
        accounts: [{ address: 'alice@test.local', password: 'secret', server: kamailio.server('ws'), transport: 'ws' }],
      },
    });
    await app.registered();
    const { id = '' } = await app.command({ type: 'call', target: 'bob@test.local' });
    const { calls } = await app.until(
      (state, callId) =>
        state.calls.some((call) => call.id === callId && call.phase.name === 'connected' && call.codec !== null),
      id,
    );
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ codec: 'PCMU', encrypted: false });
    await expectPhoneHears(app, id, 440);
    await expectPeerHears(peer, 700);
    await app.command({ type: 'hang-up', callId: id });
    const history = await (
      await app.page('main')
    ).evaluate(() => window.hookswitch.phone.query({ type: 'history', filter: 'all', offset: 0, limit: 10 }));
    expect(history).toMatchObject({ ok: true, value: { total: 1 } });
  } finally {
    await peer.stop();
    await kamailio.stop();
  }
});
