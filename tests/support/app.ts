// Starts Hookswitch for a spec: a fresh profile, accounts from a provisioning file, and its pages by name.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import * as v from 'valibot';
import type { Command, CommandResult, Outcome, PhoneState } from '../../contract/index.ts';

export const root = resolve(import.meta.dirname, '../..');

export type PageName = 'main' | 'incoming' | 'media';

export interface AppOptions {
  /** Kept by the caller when given; otherwise made and removed. */
  profile?: string;
  /** Written to a file and passed as --provision. */
  provision?: unknown;
  args?: readonly string[];
  env?: Record<string, string>;
  /** WAV that the fake microphone plays; silence-free beeps otherwise. */
  microphone?: string;
  /** False: a computer without microphone and speaker. */
  sound?: boolean;
  /** Program and arguments in front of the executable, such as `ip netns exec NAME`. */
  through?: readonly string[];
}

/** Without a screen Chromium sees no mouse, and pages then look as on a tablet. */
const pointer =
  '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4';

/** What Chromium is told on the host so that sound needs no sound card. Electron takes the same switches itself. */
function chromiumSwitches(microphone: string | undefined, sound: boolean): string[] {
  if (!sound) return [pointer, '--disable-audio-input'];
  return [
    pointer,
    '--use-fake-device-for-media-stream',
    ...(microphone === undefined ? [] : [`--use-file-for-fake-audio-capture=${microphone}`]),
  ];
}

/** Longest time that leaving takes, ms: servers are given two seconds, and the history is written. */
const QUIT_MS = 30_000;

/** What is known of an app that does not end: its threads and where they wait, its children, the end of its journal. */
function lastSeen(pid: number | undefined, logs: string): string {
  const ask = (program: string, args: readonly string[]) => spawnSync(program, args, { encoding: 'utf8' }).stdout;
  const threads = ask('ps', ['-L', '-o', 'tid,stat,wchan:24,time,comm', '-p', String(pid)]);
  const children = ask('ps', ['-o', 'pid,stat,wchan:24,etimes,comm', '--ppid', String(pid)]);
  const journal = existsSync(logs) ? readdirSync(logs).map((file) => readFileSync(join(logs, file), 'utf8')) : [];
  return [threads, children, journal.join('\n').split('\n').slice(-40).join('\n')].join('\n');
}

/** A running phone. */
export class PhoneApp {
  readonly electron: ElectronApplication;
  readonly profile: string;
  readonly #removeProfile: boolean;
  /** Content security policy violations and page errors; a spec fails when there is one. */
  readonly complaints: string[] = [];
  /** For a spec that breaks the policy on purpose: what it provokes may arrive after it has looked. */
  mayComplain = false;

  constructor(electron: ElectronApplication, profile: string, removeProfile: boolean) {
    this.electron = electron;
    this.profile = profile;
    this.#removeProfile = removeProfile;
    const watch = (page: Page) => {
      page.on('console', (message) => {
        if (!this.mayComplain && /Content Security Policy/i.test(message.text())) this.complaints.push(message.text());
      });
      page.on('pageerror', (error) => this.complaints.push(error.stack ?? String(error)));
    };
    electron.on('window', watch);
    for (const page of electron.windows()) watch(page);
  }

  /** The page of a window, once it is loaded. */
  async page(name: PageName): Promise<Page> {
    const isIt = (page: Page) => pageName(page.url()) === name;
    for (;;) {
      const found = this.electron.windows().find(isIt);
      if (found) {
        await found.waitForLoadState('domcontentloaded');
        return found;
      }
      await Promise.race([
        this.electron.waitForEvent('window', { timeout: 20_000 }),
        ...this.electron.windows().map((page) => page.waitForEvent('framenavigated', { timeout: 20_000 })),
      ]);
    }
  }

  /** The state as the main window has it. */
  async state(): Promise<PhoneState> {
    return (await this.page('main')).evaluate(
      () => new Promise<PhoneState>((got) => window.hookswitch.phone.onState(got)),
    );
  }

  /** Resolves with the first state for which `wanted` holds; the function runs in the page and may use `argument`. */
  async until<T = null>(
    wanted: (state: PhoneState, argument: T) => boolean,
    argument?: T,
    ms = 20_000,
  ): Promise<PhoneState> {
    const page = await this.page('main');
    // As text: the page's policy forbids making functions from strings, and rightly so.
    const script = `(${waitInPage.toString()})(${wanted.toString()}, ${JSON.stringify(argument ?? null)}, ${ms})`;
    return page.evaluate<PhoneState>(script);
  }

  /** Sends a command as the main window does; throws its problem. */
  async command(command: Command): Promise<CommandResult> {
    const page = await this.page('main');
    const outcome: Outcome<CommandResult> = await page.evaluate((it) => window.hookswitch.phone.command(it), command);
    if (!outcome.ok) throw new Error(`${outcome.problem.code}: ${outcome.problem.message}`);
    return outcome.value;
  }

  /** All accounts (or this many) are registered. */
  async registered(count = 1): Promise<PhoneState> {
    return this.until(
      (state, wanted) => state.accounts.filter((account) => account.registration.name === 'available').length >= wanted,
      count,
    );
  }

  /** Quits it as its menu does. One that does not end is ended, and the error says how far it had come. */
  async close(): Promise<void> {
    const closing = this.electron.close();
    const isLate = await Promise.race([closing.then(() => false), later(QUIT_MS, true, { ref: false })]);
    if (isLate) {
      const seen = lastSeen(this.electron.process().pid, join(this.profile, 'logs'));
      this.electron.process().kill('SIGKILL');
      throw new Error(`The app did not quit within ${QUIT_MS} ms.\n${seen}`);
    }
    if (this.#removeProfile) rmSync(this.profile, { recursive: true, force: true });
  }
}

/** Runs in the page. */
function waitInPage(
  holds: (state: PhoneState, argument: unknown) => boolean,
  argument: unknown,
  ms: number,
): Promise<PhoneState> {
  return new Promise((done, fail) => {
    let last: PhoneState | null = null;
    let stop = (): void => {};
    const timer = setTimeout(() => {
      stop();
      const seen = last && {
        calls: last.calls,
        accounts: last.accounts.map((account) => account.registration),
        headset: last.headset,
      };
      fail(new Error(`Not within ${ms} ms: ${holds.toString()}. Last: ${JSON.stringify(seen)}`));
    }, ms);
    stop = window.hookswitch.phone.onState((state) => {
      last = state;
      if (!holds(state, argument)) return;
      clearTimeout(timer);
      queueMicrotask(() => stop());
      done(state);
    });
  });
}

/** `main` for app://main/... on Electron and for what the Chromium host shows in its place. */
export function pageName(url: string): PageName | null {
  const name = /^(?:app:\/\/|https:\/\/app-)(main|incoming|media)\b/.exec(url)?.[1];
  return name === 'main' || name === 'incoming' || name === 'media' ? name : null;
}

/** The host runs Chromium as an ordinary user when tests run as root; that user must be able to read the file. */
function readableCopy(file: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-sound-'));
  chmodSync(folder, 0o755);
  const copy = join(folder, 'microphone.wav');
  copyFileSync(file, copy);
  chmodSync(copy, 0o644);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return copy;
}

/** Chromium's noise suppression takes a steady tone for noise: within a second the other side hears nothing of it. */
function keepTones(profile: string): void {
  const file = join(profile, 'settings.json');
  if (!existsSync(file)) writeFileSync(file, JSON.stringify({ preferences: { voiceProcessing: false } }));
}

export async function launchPhone(options: AppOptions = {}): Promise<PhoneApp> {
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'hookswitch-'));
  if (options.microphone !== undefined) keepTones(profile);
  const args = [root, '--profile', profile, ...(options.args ?? [])];
  if (options.provision !== undefined) {
    const file = join(profile, 'provision-test.json');
    writeFileSync(file, JSON.stringify(options.provision));
    args.push('--provision', file);
  }
  const microphone = options.microphone === undefined ? undefined : readableCopy(options.microphone);
  const switches = chromiumSwitches(microphone, options.sound ?? true);
  const electron = await _electron.launch({
    args: [...switches, ...args],
    env: {
      ...(process.env as Record<string, string>),
      HOOKSWITCH_HOST_CHROMIUM_ARGS: switches.join(' '),
      ...options.env,
    },
    timeout: 60_000,
  });
  return new PhoneApp(electron, profile, options.profile === undefined);
}

/** The engine this ran on, for reports: `Electron 45.4.1` or `Chromium host`. */
export async function engineOf(app: PhoneApp): Promise<string> {
  return app.electron.evaluate(() => {
    const { electron } = process.versions;
    return electron ? `Electron ${electron}` : 'Chromium host';
  });
}

/** Electron's, or the Chromium host's in its place. */
export function electronExecutable(): string {
  return v.parse(v.string(), createRequire(import.meta.url)('electron'));
}

/** Starts the app again on the profile of a running one, as the system does for a link. Resolves to its exit code. */
export async function startAgain(app: PhoneApp, args: readonly string[]): Promise<number | null> {
  const again = spawn(electronExecutable(), [root, '--profile', app.profile, ...args], { stdio: 'ignore' });
  const [code] = v.parse(v.looseTuple([v.nullable(v.number())]), await once(again, 'exit'));
  return code;
}
