// The `test` of UI specs: a window on the fake bridge in real Chromium, under the product's content policy.
import { existsSync } from 'node:fs';
import { chromium, test as base, expect, type Browser, type Page } from 'playwright/test';
import type { Command } from '../../contract/index.ts';
import type { FakePhone } from '../../renderer/common/fake-bridge.ts';
import { serveDevPage, type DevServer } from './serve-dev-page.ts';

export { expect };

declare global {
  interface Window {
    fake: FakePhone;
  }
}

export interface Size {
  width: number;
  height: number;
}

interface Fixtures {
  /** Opens a scene of renderer/dev/scenes.ts, such as `offline&platform=linux`. */
  open: (scene: string, size?: Size) => Promise<Page>;
}

const executables = ['/usr/lib/chromium/chromium', '/usr/bin/chromium', '/usr/bin/google-chrome'];

export const test = base.extend<Fixtures, { engine: { browser: Browser; server: DevServer } }>({
  engine: [
    // Playwright reads the names of a fixture's own fixtures from this pattern; it has none.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await serveDevPage();
      const executablePath = executables.find((path) => existsSync(path));
      const isRoot = process.getuid?.() === 0;
      const browser = await chromium.launch({
        ...(executablePath ? { executablePath } : {}),
        args: isRoot ? ['--no-sandbox'] : [],
      });
      await use({ browser, server });
      await browser.close();
      await server.close();
    },
    { scope: 'worker' },
  ],
  open: async ({ engine }, use) => {
    const pages: Page[] = [];
    const complaints: string[] = [];
    await use(async (scene, size = { width: 400, height: 680 }) => {
      const page = await engine.browser.newPage({ viewport: size, reducedMotion: 'reduce' });
      page.on('console', (message) => {
        const isIcon = message.location().url.endsWith('favicon.ico');
        if ((message.type() === 'error' || message.type() === 'warning') && !isIcon) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      pages.push(page);
      await page.goto(`${engine.server.url}?theme=light&scene=${scene}`);
      await page.locator('.window, .incoming-call').first().waitFor();
      await listening(page);
      return page;
    });
    for (const page of pages) await page.close();
    expect(complaints, 'no policy violation, no page error').toEqual([]);
  },
});

/** What is drawn listens to keys too: React runs its effects after the frame that it painted. */
export async function listening(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((after) => requestAnimationFrame(() => setTimeout(after))));
}

/** The commands of these types that the window sent. */
export function sent<T extends Command['type']>(page: Page, ...types: T[]): Promise<Extract<Command, { type: T }>[]> {
  return page.evaluate(
    (wanted) => window.fake.commands.filter((command) => wanted.some((type) => type === command.type)),
    types,
  ) as Promise<Extract<Command, { type: T }>[]>;
}

/** The field "Name or number". */
export function field(page: Page) {
  return page.getByRole('combobox', { name: 'Name or number' });
}
