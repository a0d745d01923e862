// INVITE to the painted pop-up, with the main window never opened, closed into the tray, and minimised.
import { setTimeout as delay } from 'node:timers/promises';
import setUp from '../../tests/global-setup.ts';
import { Hookswitch, hookswitchUser, Profile } from '../lab/hookswitch.ts';
import { Lab } from '../lab/lab.ts';
import { clockOffset, fetchPainted, probeCardPaint } from '../lab/page-probes.ts';
import { median, percentile, type Bench } from '../report.ts';

const calls = 20;
/** A start is over and its pages may be looked at, ms. */
const settled = 2_500;

/** How the main window is when somebody calls. */
const ways = ['closed', 'hidden', 'minimised'] as const;
type Way = (typeof ways)[number];

export const bench: Bench = async (measure, note) => {
  await setUp();
  const lab = await Lab.start();
  const profile = new Profile(lab.port);
  try {
    note('engine', await firstStart(lab, profile));
    for (const way of ways) {
      const { painted, rung } = await callMany(lab, profile, way);
      measure({ name: `popup_p95_ms_${way}`, unit: 'ms', value: percentile(painted, 95), samples: painted });
      measure({ name: `popup_p50_ms_${way}`, unit: 'ms', value: median(painted) });
      measure({ name: `invite_to_180_p95_ms_${way}`, unit: 'ms', value: percentile(rung, 95), samples: rung });
    }
  } finally {
    lab.close();
    profile.remove();
  }
};

/** Makes the profile. Returns the engine's name. */
async function firstStart(lab: Lab, profile: Profile): Promise<string> {
  const registered = lab.registered(hookswitchUser, 60_000);
  const phone = new Hookswitch(profile, { provision: true });
  try {
    await registered;
    await delay(settled);
    await phone.watch();
    const { engine } = await phone.state();
    return `${engine}, Chromium ${phone.chromiumVersion}`;
  } finally {
    await phone.stop();
  }
}

async function callMany(lab: Lab, profile: Profile, way: Way): Promise<{ painted: number[]; rung: number[] }> {
  const registered = lab.registered(hookswitchUser, 30_000);
  const phone = new Hookswitch(profile, { hidden: way === 'closed' });
  const painted: number[] = [];
  const rung: number[] = [];
  try {
    await registered;
    await delay(settled);
    await phone.watch();
    if (way === 'hidden') await phone.closeWindow();
    if (way === 'minimised') await phone.minimizeWindow();
    const popup = phone.page('incoming');
    const offset = await clockOffset(popup);
    for (let round = 0; round < calls; round += 1) {
      await phone.idle('incoming');
      await popup.evaluate(probeCardPaint);
      const call = lab.invite(hookswitchUser);
      rung.push((await call.when(180)) - call.sentAt);
      const at = await popup.evaluate(fetchPainted);
      if (at === undefined) throw new Error('The pop-up was loaded anew in the middle of a call.');
      painted.push(at + offset - call.sentAt);
      await lab.cancel(hookswitchUser, call);
    }
    return { painted, rung };
  } finally {
    await phone.stop();
  }
}
