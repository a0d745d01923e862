// The one Chromium process behind every window: found, started, and ended.
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { statfsSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { Cdp, CdpSession, type Protocol } from './cdp.ts';
import { findChromium } from './find-chromium.ts';
import { mergedSwitches } from './switches.ts';
import { prepareAccount, readableBy, type Account } from './unprivileged.ts';

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface LaunchOptions {
  userData: string;
  headless: boolean;
  /** The app's own switches (app.commandLine), name to value. */
  switches: ReadonlyMap<string, string>;
  screen: { width: number; height: number };
}

type Attached = (session: CdpSession, info: Protocol.Target.TargetInfo) => void;

export class Chromium {
  readonly cdp: Cdp;
  readonly account: Account;
  readonly #path: string;
  readonly #process: ChildProcess;
  /** It ended, and all that it wrote has been read. */
  readonly #closed: Promise<unknown>;
  readonly #headless: boolean;
  readonly sandboxed: boolean;
  readonly #common: string[];
  /** Windows on their way, by address; those with the same one are alike until they are attached. */
  readonly #awaited = new Map<string, ((session: CdpSession) => void)[]>();
  #popup: Attached = (session) => void session.send('Runtime.runIfWaitingForDebugger').catch(() => {});
  #ended = false;
  #sandboxRefused = false;
  #lastWords: string[] = [];

  /**
   * Starts Chromium without a window. Where the system lets it make no sandbox (no user namespaces for this user), it
   * is started again without one; `sandboxed` then says so.
   */
  static async launch(options: LaunchOptions): Promise<Chromium> {
    const chromium = new Chromium(options, true);
    try {
      await chromium.#ready();
      return chromium;
    } catch (error) {
      await chromium.#closed;
      if (!chromium.#sandboxRefused)
        throw new Error(`Chromium did not start.\n${chromium.lastWords}`, { cause: error });
    }
    console.error('[host] Chromium cannot make its sandbox on this system; it runs without.');
    const unsafe = new Chromium(options, false);
    await unsafe.#ready();
    return unsafe;
  }

  private constructor(options: LaunchOptions, sandboxed: boolean) {
    const path = findChromium();
    if (path === null) throw new Error('No Chromium found. Install the package `chromium`, or set CHROMIUM_PATH.');
    this.#path = path;
    this.#headless = options.headless;
    this.sandboxed = sandboxed;
    this.account = prepareAccount(options.userData);
    this.#common = [`--user-data-dir=${this.account.profile}`, ...systemSwitches(sandboxed)];
    const args = [
      '--remote-debugging-pipe',
      '--no-startup-window',
      ...this.#common,
      ...mergedSwitches(options).map((part) => this.#readable(part)),
    ];
    this.#process = spawn(path, args, { ...this.#spawnOptions(), stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] });
    this.#process.once('exit', () => (this.#ended = true));
    this.#closed = new Promise((closed) => this.#process.once('close', closed).once('error', closed));
    this.#process.once('error', (error) => console.error(`[host] Chromium could not be started: ${error.message}`));
    this.#forwardErrors();
    const [, , , out, input] = this.#process.stdio;
    this.cdp = new Cdp(out as Writable, input as Readable);
    this.cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }, parent) => {
      if (parent === undefined) this.#attached(new CdpSession(this.cdp, sessionId, targetInfo.targetId), targetInfo);
    });
  }

  /** Resolves once Chromium answers; rejects when it ends instead. */
  async #ready(): Promise<void> {
    const autoAttach = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };
    await Promise.all([
      this.cdp.send('Target.setDiscoverTargets', { discover: true }),
      this.cdp.send('Target.setAutoAttach', autoAttach),
    ]);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  get headless(): boolean {
    return this.#headless;
  }

  /** The last lines that Chromium wrote: why it ended, when it was not told to. */
  get lastWords(): string {
    return this.#lastWords.join('\n');
  }

  /** Called for pages that no window of ours asked for: window.open and links to a new window. They are paused. */
  onPopup(handler: Attached): void {
    this.#popup = handler;
  }

  onExit(handler: (code: number | null, signal: NodeJS.Signals | null) => void): void {
    if (this.#ended) handler(this.#process.exitCode, this.#process.signalCode);
    else this.#process.once('exit', handler);
  }

  /** Opens a window on this address and returns a session on it, paused before it loads. */
  async openWindow(address: string, bounds: Bounds): Promise<CdpSession> {
    const url = new URL(address).href;
    const attached = new Promise<CdpSession>((resolve) =>
      this.#awaited.set(url, [...(this.#awaited.get(url) ?? []), resolve]),
    );
    const { x, y, width, height } = bounds;
    if (this.#headless) {
      await this.cdp.send('Target.createTarget', { url, newWindow: true, left: x, top: y, width, height });
    } else {
      // Only the command line opens windows without tabs and address field; the running Chromium takes them over.
      const args = [`--app=${url}`, ...this.#common, `--window-position=${x},${y}`, `--window-size=${width},${height}`];
      spawn(this.#path, args, { ...this.#spawnOptions(), stdio: 'ignore' });
    }
    return attached;
  }

  /** Asks Chromium to end; ends it after `patience` ms. */
  close(patience = 2_000): void {
    if (this.#ended) return;
    this.cdp.send('Browser.close').catch(() => {});
    setTimeout(() => this.#process.kill('SIGKILL'), patience).unref();
  }

  #attached(session: CdpSession, info: Protocol.Target.TargetInfo): void {
    const claim = info.openerId === undefined ? this.#awaited.get(info.url)?.shift() : undefined;
    if (claim) claim(session);
    else if (info.type === 'page') this.#popup(session, info);
    else void session.send('Runtime.runIfWaitingForDebugger').catch(() => {});
  }

  /** A sound file for the fake microphone (`FILE%noloop` plays it once) must be readable by who runs Chromium. */
  #readable(part: string): string {
    const [, name, file = '', once = ''] = /^(--use-file-for-fake-audio-capture=)(.*?)(%noloop)?$/.exec(part) ?? [];
    return name === undefined ? part : name + readableBy(this.account, file) + once;
  }

  #spawnOptions(): SpawnOptions {
    return this.account.spawn;
  }

  /** Passes on the line a test driver waits for; the rest of Chromium's chatter only when asked. */
  #forwardErrors(): void {
    let rest = '';
    this.#process.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.includes('No usable sandbox')) this.#sandboxRefused = true;
        this.#lastWords = [...this.#lastWords.slice(-20), line];
        if (line.startsWith('DevTools listening') || process.env['HOOKSWITCH_HOST_DEBUG']) console.error(line);
      }
    });
  }
}

function systemSwitches(sandboxed: boolean): string[] {
  const switches = sandboxed ? [] : ['--no-sandbox', '--test-type'];
  if (process.platform !== 'linux') return switches;
  // Docker gives /dev/shm 64 MB, on which pages crash.
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    if (bavail * bsize < 512 * 1024 * 1024) switches.push('--disable-dev-shm-usage');
  } catch {
    switches.push('--disable-dev-shm-usage');
  }
  return switches;
}
