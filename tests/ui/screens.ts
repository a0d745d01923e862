// Every screen of the windows on the fake bridge, and the way to it in any language: for axe and for the tour.
import type { Page } from 'playwright/test';
import type { Language } from '../../contract/index.ts';
import { english, wordsOf } from '../../build/strings/catalogs.ts';

/** A text by its key, as `setup:trace.title`, in the screen's language. */
export type Say = (key: string) => string;

export interface Screen {
  /** Of renderer/dev/scenes.ts. */
  scene: string;
  window?: 'incoming';
  go?: (page: Page, say: Say) => Promise<void>;
}

/** The words of a language. */
export async function speaker(language: Language): Promise<Say> {
  const known = english();
  const words = language === 'en' ? known : await wordsOf(language);
  return (key) => words.get(key) ?? known.get(key) ?? key;
}

const field = (page: Page) => page.locator('.dial-field input');
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();

async function settings(page: Page, label?: string): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.locator('.settings').waitFor();
  if (label !== undefined) await page.locator('.settings button.line').filter({ hasText: label }).first().click();
}

async function firstRow(page: Page): Promise<void> {
  await page.locator('.directory-list .person-row .sub').first().click();
  await page.locator('.card-page').waitFor();
}

export const screens: Record<string, Screen> = {
  'first-run': { scene: 'first-run' },
  'account-new': { scene: 'first-run', go: (page) => page.locator('.first-run button').first().click() },
  contacts: { scene: 'idle' },
  search: {
    scene: 'idle',
    go: async (page) => {
      await field(page).fill('ke');
      await page.locator('.search-results .person-row').first().waitFor();
    },
  },
  'dial-pad': { scene: 'idle', go: (page, say) => press(page, say('main:dialPad')) },
  person: { scene: 'idle', go: firstRow },
  'person-form': {
    scene: 'idle',
    go: async (page, say) => {
      await firstRow(page);
      await press(page, say('common:edit'));
    },
  },
  recents: { scene: 'idle', go: (page) => page.locator('.nav button').first().click() },
  settings: { scene: 'idle', go: (page) => settings(page) },
  'settings-found': {
    scene: 'idle',
    go: async (page, say) => {
      await settings(page);
      await page.getByRole('searchbox').fill(say('setup:settings.language'));
    },
  },
  accounts: { scene: 'idle', go: (page, say) => settings(page, say('setup:settings.accounts')) },
  sound: { scene: 'idle', go: (page, say) => settings(page, say('setup:settings.sound')) },
  'call-settings': { scene: 'idle', go: (page, say) => settings(page, say('setup:calls.lineHint')) },
  shortcuts: { scene: 'idle', go: (page, say) => settings(page, say('setup:shortcuts.title')) },
  trace: { scene: 'idle', go: (page, say) => settings(page, say('setup:trace.title')) },
  palette: { scene: 'idle', go: (page) => page.keyboard.press('Control+k') },
  offline: { scene: 'offline' },
  'two-accounts': { scene: 'two-accounts', go: (page) => field(page).fill('600') },
  'account-menu': { scene: 'idle', go: (page) => page.locator('.who').click() },
  ringing: { scene: 'ringing' },
  incoming: { scene: 'incoming' },
  connected: { scene: 'connected' },
  held: { scene: 'held' },
  busy: { scene: 'busy' },
  keypad: { scene: 'connected', go: (page, say) => press(page, say('calls:keypad')) },
  'screen-question': {
    scene: 'connected',
    go: async (page, say) => {
      await page.evaluate(() => {
        const { fake } = window;
        fake.set(({ preferences, calls }) => ({
          preferences: { ...preferences, video: true },
          calls: calls.map((call) => ({ ...call, pictures: { ours: 'off', offered: false } })),
        }));
        fake.screens = ['Screen 1', 'Screen 2', 'Quarterly report – a table with a very long name'].map(
          (name, index) => ({
            id: String(index),
            name,
            kind: name.startsWith('Screen') ? 'screen' : 'window',
            picture: null,
          }),
        );
      });
      await press(page, say('calls:pictures.screen'));
    },
  },
  transfer: { scene: 'connected', go: (page, say) => press(page, say('calls:transfer.button')) },
  'call-bar': { scene: 'connected', go: (page) => settings(page) },
  'pop-up': { scene: 'incoming', window: 'incoming' },
};
