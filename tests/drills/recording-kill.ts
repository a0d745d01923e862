// Kills the whole app in the middle of a recorded call, again and again: is the file whole, and how much of the call is lost?
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { median, type Bench } from '../../bench/report.ts';
import prepare from '../global-setup.ts';
import { readChannels } from '../media/support/wav.ts';
import { until } from '../peers/support/child.ts';
import { engineOf, launchPhone, type PhoneApp } from '../support/app.ts';

const kills = 5;
/** Of sound before a kill, so that it comes anywhere between two pieces, s. */
const longEnough = [1.1, 1.23, 1.36, 1.49, 1.62];

export const drill: Bench = async (measure, note) => {
  await prepare();
  const lost: number[] = [];
  let broken = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'hs-recording-kill-'));
    try {
      const app = await launchPhone({ args: ['--practice'], profile: join(folder, 'profile') });
      if (kill === 0) note('engine', await engineOf(app));
      const file = await recordedCall(app, join(folder, 'calls'));
      await until('some sound', () => (secondsIn(file) > (longEnough[kill] ?? 1) ? true : null));
      // A piece was just written: from here on the clock tells how much more there was to write.
      const [at, written] = await grown(file);
      await delay(100 + 60 * kill);
      const killedAt = performance.now();
      await killAll(app);
      lost.push((killedAt - at) / 1000 - (secondsIn(file) - written));
      if (!isWhole(file)) broken += 1;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  measure({ name: 'recording_kill_lost_s', value: Math.max(...lost), unit: 's', samples: lost });
  measure({ name: 'recording_kill_lost_s_median', value: median(lost), unit: 's', samples: lost });
  measure({ name: 'recording_kill_broken_files', value: broken, unit: `of ${kills}` });
};

/** Calls the practice exchange's tone and records it; resolves to the file. */
async function recordedCall(app: PhoneApp, recordingFolder: string): Promise<string> {
  await app.registered();
  await app.command({ type: 'set-preferences', preferences: { recordingFolder } });
  const { id = '' } = await app.command({ type: 'call', target: '601' });
  await app.until((state, wanted) => state.calls.find((one) => one.id === wanted)?.phase.name === 'connected', id);
  await app.command({ type: 'record', callId: id, on: true });
  return until('the file', () => {
    const [name] = existsSync(recordingFolder) ? readdirSync(recordingFolder) : [];
    return name === undefined ? null : join(recordingFolder, name);
  });
}

function secondsIn(file: string): number {
  return readChannels(file)[0]?.seconds ?? 0;
}

/** Resolves when the file grows: then, and to how many seconds. */
async function grown(file: string): Promise<[at: number, seconds: number]> {
  const before = secondsIn(file);
  for (;;) {
    const seconds = secondsIn(file);
    if (seconds > before) return [performance.now(), seconds];
    await delay(2);
  }
}

/** The header tells exactly what is there; sound behind its end would be no fault, a longer promise would. */
function isWhole(file: string): boolean {
  const bytes = readFileSync(file);
  return bytes.toString('latin1', 0, 4) === 'RIFF' && 44 + bytes.readUInt32LE(40) <= bytes.length;
}

/** The app's main process at once, as by a power cut; what it had started is ended after it. */
async function killAll(app: PhoneApp): Promise<void> {
  const main = app.electron.process();
  const started = descendants(main.pid ?? 0);
  main.kill('SIGKILL');
  await until('the end of the app', () => (main.exitCode !== null || main.signalCode !== null ? true : null));
  for (const pid of started) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended with the app.
    }
  }
}

/** Processes that this one started, and those that they did. */
function descendants(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => parentOf(other) === pid);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
