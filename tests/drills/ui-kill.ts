// Kills the main window's renderer fifty times in one call with baresip: how long a silence does the far end hear?
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { median, type Bench } from '../../bench/report.ts';
import prepare from '../global-setup.ts';
import { accountOn, connected, place } from '../peers/support/app-calls.ts';
import { gapDuring, type Gap } from '../peers/support/gap.ts';
import { startBaresip, startKamailio, writeTone } from '../peers/support/index.ts';
import { killRenderer, showsWords } from '../peers/support/window-hand.ts';
import { expectPeerHears } from '../support/hearing.ts';
import { launchPhone } from '../support/app.ts';

const kills = 50;
const microphoneHz = 700;
/** Longer than the drill: baresip ends its call with its tone. */
const toneSeconds = 600;

export const drill: Bench = async (measure) => {
  await prepare();
  const kamailio = await startKamailio();
  const stops = [() => kamailio.stop()];
  try {
    const peer = await startBaresip({
      user: 'bob',
      domain: kamailio.domain,
      proxy: kamailio.server('udp'),
      toneSeconds,
    });
    stops.push(() => peer.stop());
    const microphone = join(kamailio.folder, 'microphone.wav');
    writeTone(microphone, microphoneHz, toneSeconds, 48_000);
    const app = await launchPhone({ microphone, provision: accountOn(kamailio, 'alice', 'udp') });
    stops.push(() => app.close());
    await app.registered();
    await connected(app, await place(app, `bob@${kamailio.domain}`));
    await expectPeerHears(peer, microphoneHz);

    const steady: Gap[] = [];
    const killed: Gap[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      // As long as a kill takes: what the machine itself does to the sound.
      steady.push(await gapDuring(peer, () => delay(500)));
      const gap = await gapDuring(peer, async () => {
        await killRenderer(app, 'main');
        await showsWords(app, 'main', /End call/);
      });
      killed.push(gap);
    }
    const heard = killed.map((gap) => gap.heard);
    measure({ name: 'ui_kill_gap_ms', value: Math.max(...heard), unit: 'ms', samples: heard });
    measure({ name: 'ui_kill_gap_ms_median', value: median(heard), unit: 'ms', samples: heard });
    const pauses = killed.map((gap) => gap.pause);
    measure({ name: 'ui_kill_packet_pause_ms', value: Math.max(...pauses), unit: 'ms', samples: pauses });
    measure({ name: 'ui_kill_packet_pause_ms_median', value: median(pauses), unit: 'ms', samples: pauses });
    const without = steady.map((gap) => gap.pause);
    measure({ name: 'no_kill_packet_pause_ms', value: Math.max(...without), unit: 'ms', samples: without });
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
};
