// A process is killed again and again in one call with baresip: how long is either side without sound?
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { median, type Bench } from '../../../bench/report.ts';
import prepare from '../../global-setup.ts';
import { accountOn, connected, place } from '../../peers/support/app-calls.ts';
import { startBaresip, startKamailio, writeTone } from '../../peers/support/index.ts';
import { launchPhone, type PhoneApp } from '../../support/app.ts';
import { expectPeerHears } from '../../support/hearing.ts';
import { silenceAfter, type Silence } from './sound-back.ts';

const kills = 6;
/** A process that dies again within ten seconds is started again later each time, ms. */
const rest = 11_000;
const hz = { ours: 700, theirs: 440 };

/** `name` begins the names of the figures. */
export function killDrill(name: string, kill: (app: PhoneApp) => Promise<void> | void): Bench {
  return async (measure) => {
    await prepare();
    const kamailio = await startKamailio();
    const stops = [() => kamailio.stop()];
    try {
      const proxy = kamailio.server('udp');
      const peer = await startBaresip({ user: 'bob', domain: kamailio.domain, proxy, hz: hz.theirs });
      stops.push(() => peer.stop());
      const microphone = join(kamailio.folder, 'microphone.wav');
      writeTone(microphone, hz.ours, 300, 48_000);
      const app = await launchPhone({ microphone, provision: accountOn(kamailio, 'alice', 'udp') });
      stops.push(() => app.close());
      await app.registered();
      const callId = await place(app, `bob@${kamailio.domain}`);
      await connected(app, callId);
      await expectPeerHears(peer, hz.ours);

      const silences: Silence[] = [];
      for (let count = 0; count < kills; count += 1) {
        await delay(rest);
        silences.push(await silenceAfter(app, callId, peer, hz.theirs, () => kill(app)));
        await expectPeerHears(peer, hz.ours);
      }
      for (const side of ['here', 'there'] as const) {
        const samples = silences.map((silence) => silence[side]);
        measure({ name: `${name}_silence_${side}_ms`, value: Math.max(...samples), unit: 'ms', samples });
        measure({ name: `${name}_silence_${side}_ms_median`, value: median(samples), unit: 'ms', samples });
      }
    } finally {
      for (const stop of stops.toReversed()) await stop();
    }
  };
}
