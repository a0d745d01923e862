// Hookswitch under measurement: started without a test driver, watched over DevTools only when its start is over.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import type { PhoneState } from '../../contract/index.ts';
import { findElectronBinary } from '../../build/electron-binary.ts';
import { pageName, root, type PageName } from '../../tests/support/app.ts';
import { Program } from './program.ts';

/** The user that the lab calls. */
export const hookswitchUser = 'alice';

/** As Electron's npm package finds it. */
export function electronExecutable(): string {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const found = override ? join(override, 'electron') : findElectronBinary();
  if (found === null) throw new Error('There is neither Electron nor the Chromium host.');
  return found;
}

/** Electron refuses to run as root with a sandbox; the Chromium host needs no such help. */
export function electronSwitches(): string[] {
  const isElectron = !process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  return [
    '--remote-debugging-port=0',
    '--use-fake-device-for-media-stream',
    ...(isElectron && process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

/** A profile with one account on the lab; each start is then a start on any other day. */
export class Profile {
  readonly directory = mkdtempSync(join(tmpdir(), 'hookswitch-bench-'));
  readonly provision: string;

  constructor(labPort: number) {
    this.provision = join(this.directory, 'provision.json');
    const account = {
      address: `${hookswitchUser}@lab.test`,
      password: 'secret',
      server: `127.0.0.1:${labPort}`,
      transport: 'udp',
      media: 'rtp',
    };
    writeFileSync(this.provision, JSON.stringify({ hookswitch: 1, accounts: [account] }));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** A running Hookswitch. */
export class Hookswitch {
  readonly program: Program;
  readonly #profile: string;
  #browser: Browser | null = null;

  constructor(profile: Profile, options: { provision?: boolean; hidden?: boolean } = {}) {
    const given = [
      ...(options.provision ? ['--provision', profile.provision] : []),
      // As at login: in the tray, no main window was ever made.
      ...(options.hidden ? ['--hidden'] : []),
    ];
    this.#profile = profile.directory;
    this.program = new Program(
      electronExecutable(),
      [...electronSwitches(), root, '--profile', profile.directory, ...given],
      { cwd: root },
    );
  }

  /** Attaches to its windows. Costs it something, so never before what is measured. */
  async watch(): Promise<void> {
    const [, endpoint = ''] = await this.program.says(/DevTools listening on (ws:\S+)/);
    this.#browser = await chromium.connectOverCDP(endpoint);
  }

  /** Leaves it alone again. */
  async unwatch(): Promise<void> {
    await this.#browser?.close();
    this.#browser = null;
  }

  /** Of the Chromium inside, such as `156.0.8078.79`. Only while watched. */
  get chromiumVersion(): string {
    return this.#browser?.version() ?? '';
  }

  page(name: PageName): Page {
    const pages = this.#browser?.contexts().flatMap((context) => context.pages()) ?? [];
    const found = pages.find((page) => pageName(page.url()) === name);
    if (!found) throw new Error(`There is no window ${name}: ${pages.map((page) => page.url()).join(' ')}`);
    return found;
  }

  async state(): Promise<PhoneState> {
    return this.page('main').evaluate(
      () => new Promise<PhoneState>((got) => window.hookswitch.phone.onState((state) => got(state))),
    );
  }

  /** No call is left on its screens: an ended one stays for three seconds. */
  async idle(name: 'main' | 'incoming' = 'main'): Promise<void> {
    await this.page(name).evaluate(
      () =>
        new Promise<void>((resolve) => {
          const stop = window.hookswitch.phone.onState(({ calls }) => {
            if (calls.length > 0) return;
            queueMicrotask(() => stop());
            resolve();
          });
        }),
    );
  }

  /** Into the tray, by the window's own button. */
  async closeWindow(): Promise<void> {
    const page = this.page('main');
    await page.evaluate(() => window.hookswitch.phone.command({ type: 'window', action: 'close' }));
  }

  async minimizeWindow(): Promise<void> {
    const page = this.page('main');
    await page.evaluate(() => window.hookswitch.phone.command({ type: 'window', action: 'minimize' }));
  }

  /** As when a person starts it again: the running one shows its window. */
  async openAgain(): Promise<void> {
    const again = new Program(electronExecutable(), [...electronSwitches(), root, '--profile', this.#profile], {
      cwd: root,
    });
    await again.ended;
  }

  async stop(): Promise<void> {
    await this.unwatch();
    await this.program.stop();
  }
}
