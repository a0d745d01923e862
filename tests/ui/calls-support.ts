// For specs of calls and set-up: a part on the fake bridge, driven from outside, and the calls that it shows.
import type { Page } from 'playwright/test';
import type { AccountState, Call, Command, PhoneState } from '../../contract/index.ts';
import { fakeCall, workAccount } from '../../renderer/common/fake-state.ts';
import { expect, listening, test as base } from './page.ts';

export { expect, fakeCall, workAccount };

export interface OpenOptions {
  scene?: string;
  window?: 'incoming';
  platform?: string;
  width?: number;
  height?: number;
}

/** A window on the fake bridge, driven from outside. */
export class PartPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Shows this state; what is not given stays. */
  async set(change: Partial<PhoneState>): Promise<void> {
    await this.page.evaluate((it) => window.fake.set(it), change);
  }

  /** Shows these calls; the first is the active one unless said. */
  async calls(calls: Call[], activeCallId: string | null = calls[0]?.id ?? null): Promise<void> {
    await this.set({ calls, activeCallId });
  }

  /** The commands sent so far, without those that windows send by themselves. */
  async commands(): Promise<Command[]> {
    return this.page.evaluate(() => window.fake.commands.filter((command) => command.type !== 'popup-painted'));
  }

  /** Waits until this command was sent. */
  async sent(command: Command): Promise<void> {
    await expect.poll(() => this.commands()).toContainEqual(command);
  }
}

export const test = base.extend<{ openPart: (options?: OpenOptions) => Promise<PartPage> }>({
  openPart: async ({ engine }, use) => {
    const pages: Page[] = [];
    const complaints: string[] = [];
    await use(async ({ scene = 'idle', window, platform = 'linux', width = 400, height = 680 } = {}) => {
      const page = await engine.browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
      pages.push(page);
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        const isIcon = message.location().url.endsWith('favicon.ico');
        if (['error', 'warning'].includes(message.type()) && !isIcon) complaints.push(message.text());
      });
      const query = new URLSearchParams({ scene, platform, theme: 'light', ...(window ? { window } : {}) });
      await page.goto(`${engine.server.url}?${query}`);
      await page.waitForFunction(() => 'fake' in globalThis);
      // The pop-up draws nothing while nobody calls.
      if (window !== 'incoming') await page.locator('#root > *').first().waitFor({ state: 'attached' });
      await listening(page);
      return new PartPage(page);
    });
    for (const page of pages) await page.close();
    expect(complaints, 'no policy violation, no page error').toEqual([]);
  },
});

const secondsAgo = (seconds: number) => Date.now() - seconds * 1000;

/** Connected for this long, s. */
export function talking(seconds: number, hold: { byUs?: boolean; byThem?: boolean } = {}): Call['phase'] {
  const since = hold.byUs || hold.byThem ? secondsAgo(42) : null;
  return { name: 'connected', since: secondsAgo(seconds), hold: { byUs: false, byThem: false, since, ...hold } };
}

/** Ended just now. */
export function over(
  result: 'busy' | 'no-answer' | 'declined' | 'answered' | 'failed',
  message?: string,
): Call['phase'] {
  return { name: 'ended', at: Date.now(), result, reason: message === undefined ? null : { code: 'test', message } };
}

/** Tom Weber calls us. */
export function tomCalls(change: Partial<Call> = {}): Call {
  return fakeCall({
    id: 'tom',
    direction: 'incoming',
    party: { name: 'Tom Weber', company: 'Support', personId: 'tom', number: '+41 44 500 10 88', uri: 'sip:t@a.test' },
    phase: { name: 'incoming', silenced: false },
    encrypted: null,
    codec: null,
    ...change,
  });
}

export const maraAccount: AccountState = {
  ...workAccount,
  config: { ...workAccount.config, address: 'mara.lindt@example.com', server: 'sip.example.com' },
};
