// How the running app looks and reads: columns, zoom, contrast, motion, languages, and settings that apply at once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import type { PhoneApp } from '../support/app.ts';
import { violations } from '../support/axe.ts';
import { Office } from '../support/office.ts';
import { expect, test } from '../support/spec.ts';

let office: Office;
test.beforeAll(async () => {
  office = await Office.open({ passwords: { mara: 'secret' }, numbers: { '4410': { does: 'answers' } } });
});
test.afterAll(() => office.close());

async function resize(app: PhoneApp, page: Page, width: number, height: number): Promise<void> {
  await app.electron.evaluate(
    ({ BrowserWindow }, size) => {
      for (const window of BrowserWindow.getAllWindows()) {
        if (window.webContents.getURL().startsWith('app://main/')) window.setContentSize(size.width, size.height);
      }
    },
    { width, height },
  );
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
}

async function box(locator: Locator) {
  const found = await locator.boundingBox();
  if (!found) throw new Error(`${locator.toString()} is not drawn.`);
  return found;
}

const isWiderThanItIs = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

test('one window in every size, theme and language', async ({ launch }) => {
  test.setTimeout(90_000);
  const app = await launch({ provision: { hookswitch: 1, accounts: [office.accountOf('mara')] } });
  await app.registered();
  const page = await app.page('main');
  const navigation = page.getByRole('navigation', { name: 'Views' });
  const end = page.getByRole('button', { name: 'End call' });

  await test.step('empty lists say what to do', async () => {
    await expect(page.getByText('Nobody here yet')).toBeVisible();
    for (const [view, words] of [
      ['Recents', 'No calls yet'],
      ['Messages', 'No messages yet'],
    ] as const) {
      await navigation.getByRole('button', { name: new RegExp(`^${view}`) }).click();
      await expect(page.getByText(words)).toBeVisible();
    }
    await navigation.getByRole('button', { name: /^Contacts/ }).click();
  });

  await app.command({ type: 'call', target: '4410' });
  await app.until(({ calls }) => calls.some(({ phase }) => phase.name === 'connected'));

  await test.step('one column, two from 700 px, three areas from 960 px; field and End call are always there', async () => {
    const columns: unknown[] = [];
    for (const width of [360, 700, 960]) {
      await resize(app, page, width, 640);
      const list = await box(page.locator('.col.list'));
      const call = await box(page.locator('.dock'));
      columns.push({
        beside: call.x >= list.x + list.width - 1,
        rail: (await box(navigation)).width <= 60,
        wide: await isWiderThanItIs(page),
      });
      await expect(page.getByRole('combobox', { name: 'Name or number' })).toBeInViewport({ ratio: 1 });
      await expect(end).toBeInViewport({ ratio: 1 });
    }
    expect(columns).toEqual([
      { beside: false, rail: false, wide: false },
      { beside: true, rail: false, wide: false },
      { beside: true, rail: true, wide: false },
    ]);
  });

  await test.step('contrast, names and headings hold in every theme', async () => {
    for (const theme of ['light', 'dark', 'contrast'] as const) {
      await app.command({ type: 'set-preferences', preferences: { theme } });
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      expect(await violations(page), theme).toEqual([]);
    }
  });

  await test.step('with reduced motion nothing moves', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const call = office.call('mara', { number: '4420', name: 'Tom Brandt' });
    await call.status(180);
    await expect(page.getByText('Tom Brandt').first()).toBeVisible();
    const moving = () =>
      page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
    expect(await moving()).toBe(0);
    call.cancel();
    await call.final();
    await page.emulateMedia({ reducedMotion: null });
  });

  await test.step('every language is drawn at once, Arabic from the right, and none is wider than the window', async () => {
    const words = new Set<string>();
    for (const language of ['de', 'fr', 'es', 'it', 'pt', 'pl', 'ja', 'ar'] as const) {
      await app.command({ type: 'set-preferences', preferences: { language } });
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page.locator('html')).toHaveAttribute('dir', language === 'ar' ? 'rtl' : 'ltr');
      expect(await isWiderThanItIs(page), language).toBe(false);
      words.add((await page.getByRole('heading', { level: 1 }).textContent()) ?? '');
    }
    expect(words.size).toBeGreaterThan(5);
    await app.command({ type: 'set-preferences', preferences: { language: 'en' } });
    await end.click();
  });
});

test('zoom by keys: everything is twice as large and nothing cut, in the window and the pop-up, after a restart, too', async ({
  launch,
}) => {
  test.setTimeout(90_000);
  const profile = mkdtempSync(join(tmpdir(), 'hookswitch-'));
  const accounts = [office.accountOf('mara')];
  const app = await launch({ profile, provision: { hookswitch: 1, accounts } });
  await app.registered();
  const page = await app.page('main');
  const popup = await app.page('incoming');
  const size = (of: Page) => of.evaluate(() => [innerWidth, innerHeight, devicePixelRatio]);
  expect(await size(page)).toEqual([400, 680, 1]);

  await test.step('Ctrl and + to 200 %: the window grows to what its page needs, and no further than the screen', async () => {
    for (let press = 0; press < 6; press += 1) {
      const { zoom = 100 } = (await app.state()).preferences;
      await page.keyboard.press('Control++');
      await app.until(({ preferences }, before) => preferences.zoom === 200 || preferences.zoom !== before, zoom);
    }
    await expect.poll(() => size(page)).toEqual([360, 450, 2]);
    expect(await isWiderThanItIs(page)).toBe(false);
  });

  await test.step('the call, the settings and every other view are whole, and axe finds nothing', async () => {
    await app.command({ type: 'call', target: '4410' });
    await app.until(({ calls }) => calls.some(({ phase }) => phase.name === 'connected'));
    const end = page.getByRole('button', { name: 'End call' });
    const navigation = page.getByRole('navigation', { name: 'Views' });
    for (const view of ['Contacts', 'Recents', 'Messages', 'Settings']) {
      await navigation.getByRole('button', { name: new RegExp(`^${view}`) }).click();
      expect(await isWiderThanItIs(page), view).toBe(false);
      await expect(end, view).toBeInViewport({ ratio: 1 });
    }
    expect(await violations(page)).toEqual([]);
    await expect(page.getByRole('button', { name: /Zoom$/ })).toContainText('200%');
    await end.click();
    await app.until(({ calls }) => calls.length === 0);
  });

  await test.step('the pop-up is on the screen, all of it', async () => {
    const call = office.call('mara', { number: '4420', name: 'Tom Brandt' });
    await call.status(180);
    await expect.poll(() => size(popup)).toEqual([400, expect.any(Number), 2]);
    const isWhole = () =>
      popup.evaluate(() => {
        const card = document.querySelector('.incoming-call')?.getBoundingClientRect();
        return card !== undefined && card.height > 100 && card.bottom <= innerHeight && card.right <= innerWidth;
      });
    await popup.getByRole('button', { name: 'Send a message instead' }).click();
    await expect.poll(isWhole).toBe(true);
    for (const button of await popup.getByRole('button').all()) await expect(button).toBeInViewport({ ratio: 1 });
    expect(await violations(popup)).toEqual([]);
    call.cancel();
    await call.final();
  });
  await app.close();

  await test.step('after a restart it is as it was, and Ctrl and 0 is the usual size', async () => {
    const again = await launch({ profile });
    const window = await again.page('main');
    await again.registered();
    await expect.poll(() => size(window)).toEqual([400, 450, 2]);
    await window.keyboard.press('Control+0');
    await expect.poll(async () => (await size(window))[2]).toBe(1);
    await again.close();
  });
  rmSync(profile, { recursive: true, force: true });
});

test('settings apply at once, are found by words, say what they mean, and why they are locked', async ({ launch }) => {
  const app = await launch({
    provision: {
      hookswitch: 1,
      accounts: [office.accountOf('mara')],
      preferences: { startAtLogin: false },
      locked: ['startAtLogin'],
    },
  });
  await app.registered();
  const page = await app.page('main');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();

  await test.step('what is for you, and what is for administrators, each with a sentence', async () => {
    for (const words of ['For you', 'For administrators']) {
      await expect(page.getByRole('heading', { name: words })).toBeVisible();
    }
    const silent = () =>
      page
        .locator('.settings .line .words')
        .evaluateAll((lines) =>
          lines.filter(({ childNodes }) => childNodes.length < 2).map(({ textContent }) => textContent),
        );
    // What a device is comes when the media window has looked.
    await expect.poll(silent).toEqual([]);
  });

  await test.step('locked: says who did it, and does not move', async () => {
    const line = page.locator('.line').filter({ hasText: 'Start at login' }).first();
    await expect(line).toContainText('Set by your administrator for everybody');
    await line.getByRole('switch').click({ force: true });
    expect((await app.state()).preferences.startAtLogin).toBe(false);
    await expect(app.command({ type: 'set-preferences', preferences: { startAtLogin: true } })).rejects.toThrow(
      /locked|administrator/i,
    );
  });

  await test.step('found by words, and applied at once', async () => {
    await page.getByRole('searchbox', { name: 'Search settings' }).fill('appearance');
    await page.getByRole('list', { name: 'Settings found' }).getByRole('button').first().click();
    await page.getByRole('button', { name: /Appearance$/ }).click();
    await page.getByRole('option', { name: 'Dark', exact: true }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect((await app.page('incoming')).locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect.poll(async () => (await app.state()).preferences.theme).toBe('dark');
  });
});
