// What the phone costs while nothing happens, in the tray; and what looking at a call with its meters costs.
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import setUp from '../../tests/global-setup.ts';
import { Hookswitch, hookswitchUser, Profile } from '../lab/hookswitch.ts';
import { Lab, now } from '../lab/lab.ts';
import { cpuBetween, cpuTimes, processTree } from '../lab/process-meter.ts';
import { median, type Bench, type Measure, type Note } from '../report.ts';

/** After the start or the last change, before a quiet window, ms. */
const calmDown = 8_000;
/** A quiet window, ms. */
const length = 10_000;
const idleWindows = 5;
/** Of a call, seen and with the window closed in turns. */
const callTurns = 5;

export const bench: Bench = async (measure, note) => {
  await setUp();
  const lab = await Lab.start();
  const profile = new Profile(lab.port);
  const phone = new Hookswitch(profile, { provision: true });
  try {
    await lab.registered(hookswitchUser, 60_000);
    await delay(2_500);
    await phone.watch();
    note('engine', (await phone.state()).engine);
    await phone.closeWindow();
    await phone.unwatch();
    await delay(calmDown);
    const { parts, all } = await quietly(phone, idleWindows);
    report(measure, 'idle_cpu_percent', all);
    note('idle, by process', describe(parts));
    await inCall(lab, phone, measure, note);
  } finally {
    await phone.stop();
    lab.close();
    profile.remove();
  }
};

/**
 * The same call with its view in sight and with the window closed, in turns, for a machine's other work comes and goes: the
 * median of the differences is what looking at it costs.
 */
async function inCall(lab: Lab, phone: Hookswitch, measure: Measure, note: Note): Promise<void> {
  lab.echo();
  await phone.watch();
  const popup = phone.page('incoming');
  const call = lab.invite(hookswitchUser);
  await call.when(180);
  await popup.getByRole('button', { name: 'Answer' }).click();
  await call.when(200);
  lab.acknowledge(hookswitchUser, call);
  await phone.unwatch();
  const seen: number[] = [];
  const closed: number[] = [];
  for (let turn = 0; turn < callTurns; turn += 1) {
    await delay(calmDown);
    const without = await quietly(phone, 1);
    await phone.openAgain();
    await delay(calmDown);
    const view = await quietly(phone, 1);
    closed.push(...without.all);
    seen.push(...view.all);
    if (turn === 0) {
      note('in a call, window closed, by process', describe(without.parts));
      note('in a call, by process', describe(view.parts));
    }
    await phone.watch();
    await phone.closeWindow();
    await phone.unwatch();
  }
  report(measure, 'call_all_cpu_percent', seen);
  report(measure, 'call_all_cpu_percent_window_closed', closed);
  report(
    measure,
    'call_cpu_percent',
    seen.map((all, turn) => all - (closed[turn] ?? 0)),
  );
  await lab.bye(hookswitchUser, call);
}

function report(measure: Measure, name: string, samples: readonly number[]): void {
  measure({ name, unit: '%', value: median(samples), samples });
}

interface Quiet {
  /** Percent of one core, a sample for each window. */
  all: number[];
  /** The same over all windows, by what the process is. */
  parts: Map<string, number>;
}

async function quietly({ program: { pid } }: Hookswitch, windows: number): Promise<Quiet> {
  const all: number[] = [];
  const parts = new Map<string, number>();
  for (let window = 0; window < windows; window += 1) {
    const before = cpuTimes(processTree(pid));
    const began = now();
    await delay(length);
    const after = cpuTimes(processTree(pid));
    const took = now() - began;
    all.push((cpuBetween(before, after) / took) * 100);
    for (const [thread, spent] of after) {
      const [process = ''] = thread.split('/');
      const name = nameOf(process, thread);
      const percent = ((spent - (before.get(thread) ?? 0)) / 1e6 / took / windows) * 100;
      parts.set(name, (parts.get(name) ?? 0) + percent);
    }
  }
  return { all, parts };
}

/** `renderer Compositor`, `gpu-process`, `Hookswitch media engine`: kind of process, and the thread. */
function nameOf(pid: string, thread: string): string {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const kind = /--type=(\S+)/.exec(command)?.[1] ?? command.slice(0, 24).trim();
    const name = readFileSync(`/proc/${pid}/task/${thread.split('/')[1] ?? ''}/comm`, 'utf8').trim();
    return `${kind} (${pid}) ${name}`;
  } catch {
    return 'ended';
  }
}

/** The ten that cost most. */
function describe(parts: ReadonlyMap<string, number>): string {
  return [...parts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 10)
    .map(([name, percent]) => `${name} ${percent.toFixed(3)} %`)
    .join('; ');
}
