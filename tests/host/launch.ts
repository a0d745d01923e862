// Starts the fixture app for a spec of the host, and ends it whatever happens.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { test as base, expect } from 'playwright/test';
import type { ChromiumHost } from '../../build/chromium-host/src/electron.ts';

export { expect };
export const fixtureApp = resolve(import.meta.dirname, 'app');

/** What `electronApp.evaluate` hands in on this engine. */
export type HostElectron = typeof Electron.CrossProcessExports & { chromiumHost: ChromiumHost };

/** Of BrowserWindowConstructorOptions, what crosses to the app as JSON. */
export interface WindowOptions {
  width?: number;
  height?: number;
  show?: boolean;
  alwaysOnTop?: boolean;
  webPreferences?: { backgroundThrottling?: boolean; zoomFactor?: number };
}

export interface Fixture {
  app: ElectronApplication;
  profile: string;
  main: Page;
  /** Runs in the app's main process; `world` is the fixture's global. */
  log: () => Promise<string[]>;
  /** Opens app://NAME in a window of its own. */
  open: (name: string, options?: WindowOptions) => Promise<Page>;
  /** Waits until the log has such a line. */
  logged: (line: string | RegExp) => Promise<void>;
  end: () => Promise<void>;
}

export async function launchFixture(
  profile = mkdtempSync(join(tmpdir(), 'host-spec-')),
  chromiumArguments = '',
): Promise<Fixture> {
  const env = { ...(process.env as Record<string, string>), HOOKSWITCH_HOST_CHROMIUM_ARGS: chromiumArguments };
  const app = await _electron.launch({ args: [fixtureApp, '--profile', profile], env });
  const main = await app.firstWindow();
  await main.waitForFunction('globalThis.loaded');
  const log = () => app.evaluate(() => world.log);
  return {
    app,
    profile,
    main,
    log,
    async open(name, options = {}) {
      const appears = app.waitForEvent('window');
      const given = { name, options };
      await app.evaluate((_electron, asked) => world.open(asked.name, asked.options).loaded, given);
      const page = await appears;
      // Playwright hears of the navigation on a way of its own.
      await page.waitForFunction('globalThis.loaded');
      return page;
    },
    async logged(line) {
      const matches = (entry: string) => (typeof line === 'string' ? entry === line : line.test(entry));
      await expect.poll(async () => (await log()).find(matches) ?? 'not logged').not.toBe('not logged');
    },
    async end() {
      await app.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** One app for all specs of a worker; a spec opens windows under names of its own. */
export const test = base.extend<object, { fixture: Fixture }>({
  fixture: [
    async ({}, use) => {
      const fixture = await launchFixture();
      await use(fixture);
      await fixture.end();
    },
    { scope: 'worker' },
  ],
});

declare global {
  /** Of the fixture app's main process. */
  // eslint-disable-next-line no-var
  var world: {
    /** Whether the media window may have a camera. */
    camera?: boolean;
    log: string[];
    windows: Map<string, Electron.BrowserWindow>;
    engine: Electron.UtilityProcess;
    open(name: string, options: WindowOptions): { window: Electron.BrowserWindow; loaded: Promise<void> };
    fork(): Electron.UtilityProcess;
    join(name: string): void;
  };
}
