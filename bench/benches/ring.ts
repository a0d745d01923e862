// The path of a ringing phone: INVITE to 180, to the painted pop-up, from the click on Answer to the 200 and to sound; start
// and idle. Beside it in the same run: baresip, and an empty page in the same Chromium. README.md says how.
import { setTimeout as delay } from 'node:timers/promises';
import setUp from '../../tests/global-setup.ts';
import { baresipUser, configureBaresip, removeBaresip, startBaresip } from '../lab/baresip.ts';
import { measureFloor } from '../lab/floor.ts';
import { Hookswitch, hookswitchUser, Profile } from '../lab/hookswitch.ts';
import { Lab, now } from '../lab/lab.ts';
import {
  clockOffset,
  fetchClicked,
  fetchPainted,
  probeCardPaint,
  probeClick,
  probeFirstPaint,
} from '../lab/page-probes.ts';
import { cpuBetween, cpuTimes, processTree, pssMb } from '../lab/process-meter.ts';
import { median, type Bench } from '../report.ts';

const launches = 5;
const calls = 15;
/** A start is over and its pages may be looked at, ms. */
const settled = 2_500;
/** How long it rings before somebody answers, ms: the media warms meanwhile. */
const ringing = 700;
/** After the last call, before the quiet window, ms. */
const calmDown = 8_000;
/** The quiet window: this often, this long (ms). */
const windows = { count: 3, length: 10_000 };

/** Samples by the figure's name. */
class Samples {
  readonly #all = new Map<string, number[]>();

  add(name: string, value: number): void {
    this.#all.set(name, [...(this.#all.get(name) ?? []), value]);
  }

  of(name: string): readonly number[] {
    return this.#all.get(name) ?? [];
  }
}

interface World {
  lab: Lab;
  profile: Profile;
  baresip: string;
  samples: Samples;
}

export const bench: Bench = async (measure, note) => {
  await setUp();
  const lab = await Lab.start();
  const profile = new Profile(lab.port);
  const world: World = { lab, profile, baresip: configureBaresip(lab.port), samples: new Samples() };
  const { samples } = world;
  const report = (name: string, unit: string) =>
    measure({ name, unit, value: median(samples.of(name)), samples: samples.of(name) });
  try {
    note('engine', await prepare(world));
    for (let round = 0; round < launches; round += 1) await launchAll(world);
    for (const name of ['launch_to_window_ms', 'launch_to_registered_ms', 'chromium_launch_ms']) report(name, 'ms');
    report('chromium_pss_mb', 'MB');
    report('baresip_launch_to_registered_ms', 'ms');

    const phone = await startRegistered(world);
    try {
      await delay(settled);
      await callBoth(world, phone);
      for (const name of ['invite_to_180_ms', 'invite_to_popup_ms', 'answer_to_200_ms', 'answer_to_rtp_ms']) {
        report(name, 'ms');
      }
      report('baresip_invite_to_180_ms', 'ms');
      await beIdle(world, phone);
      report('idle_cpu_percent', '%');
      report('idle_pss_mb', 'MB');
    } finally {
      await phone.stop();
    }
  } finally {
    lab.close();
    profile.remove();
    removeBaresip(world.baresip);
  }
};

/** The first start makes the profile and is not measured. Returns the engine's name. */
async function prepare({ lab, profile }: World): Promise<string> {
  const registered = lab.registered(hookswitchUser, 60_000);
  const phone = new Hookswitch(profile, { provision: true });
  try {
    await registered;
    await delay(settled);
    await phone.watch();
    const { engine } = await phone.state();
    const headless = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] ? '' : ', headless';
    return `${engine}, Chromium ${phone.chromiumVersion}${headless}`;
  } finally {
    await phone.stop();
  }
}

async function startRegistered({ lab, profile, samples }: World): Promise<Hookswitch> {
  const registered = lab.registered(hookswitchUser, 30_000);
  const phone = new Hookswitch(profile);
  try {
    samples.add('launch_to_registered_ms', (await registered) - phone.program.startedAt);
    return phone;
  } catch (error) {
    await phone.stop();
    throw error;
  }
}

/** One start of each, one after the other. */
async function launchAll(world: World): Promise<void> {
  const { lab, profile, samples } = world;
  const floor = await measureFloor(`${profile.directory}/floor`, settled);
  samples.add('chromium_launch_ms', floor.launchMs);
  samples.add('chromium_pss_mb', floor.pssMb);

  const registered = lab.registered(baresipUser);
  const baresip = startBaresip(world.baresip);
  try {
    samples.add('baresip_launch_to_registered_ms', (await registered) - baresip.startedAt);
  } finally {
    await baresip.stop();
  }

  const phone = await startRegistered(world);
  try {
    await delay(settled);
    await phone.watch();
    const page = phone.page('main');
    const painted = (await page.evaluate(probeFirstPaint)) + (await clockOffset(page));
    samples.add('launch_to_window_ms', painted - phone.program.startedAt);
  } finally {
    await phone.stop();
  }
}

/** Calls to baresip and to Hookswitch in turn, its main window closed. */
async function callBoth(world: World, phone: Hookswitch): Promise<void> {
  const { lab, samples } = world;
  const registered = lab.registered(baresipUser);
  const baresip = startBaresip(world.baresip);
  try {
    await registered;
    await phone.watch();
    await phone.closeWindow();
    const offset = await clockOffset(phone.page('incoming'));
    for (let round = 0; round < calls; round += 1) {
      const call = lab.invite(baresipUser);
      samples.add('baresip_invite_to_180_ms', (await call.when(180)) - call.sentAt);
      await lab.cancel(baresipUser, call);
      await callAndAnswer(world, phone, offset);
    }
  } finally {
    await baresip.stop();
  }
}

async function callAndAnswer({ lab, samples }: World, phone: Hookswitch, offset: number): Promise<void> {
  const popup = phone.page('incoming');
  await phone.idle();
  await popup.evaluate(probeCardPaint);
  const call = lab.invite(hookswitchUser);
  samples.add('invite_to_180_ms', (await call.when(180)) - call.sentAt);
  const painted = await popup.evaluate(fetchPainted);
  if (painted === undefined) throw new Error('The pop-up was loaded anew in the middle of a call.');
  samples.add('invite_to_popup_ms', painted + offset - call.sentAt);

  await delay(ringing);
  await popup.evaluate(probeClick);
  const sound = lab.nextRtp();
  await popup.getByRole('button', { name: 'Answer' }).click();
  const answered = await call.when(200);
  lab.acknowledge(hookswitchUser, call);
  const clicked = await popup.evaluate(fetchClicked);
  if (clicked === undefined) throw new Error('The pop-up was loaded anew in the middle of a call.');
  samples.add('answer_to_200_ms', answered - clicked - offset);
  samples.add('answer_to_rtp_ms', (await sound) - clicked - offset);
  await lab.bye(hookswitchUser, call);
}

/** In the tray, nobody looking. */
async function beIdle({ samples }: World, phone: Hookswitch): Promise<void> {
  await phone.idle();
  await phone.unwatch();
  await delay(calmDown);
  const { pid } = phone.program;
  for (let window = 0; window < windows.count; window += 1) {
    const before = cpuTimes(processTree(pid));
    const began = now();
    await delay(windows.length);
    const spent = cpuBetween(before, cpuTimes(processTree(pid)));
    samples.add('idle_cpu_percent', (spent / (now() - began)) * 100);
  }
  samples.add('idle_pss_mb', pssMb(processTree(pid)));
}
