// The window around: title line, notices, navigation, areas of the keyboard, widths.
import { expect, field, sent, test } from './page.ts';

test('the title line says who can reach you', async ({ open }) => {
  const page = await open('idle');
  await expect(page.locator('.account-line')).toContainText('AvailableWork · 4410');
  await page.evaluate(() => window.fake.set({ doNotDisturbUntil: -1 }));
  await expect(page.locator('.account-line .state')).toHaveText('Do not disturb');
  await page.evaluate(() =>
    window.fake.set((state) => ({
      doNotDisturbUntil: null,
      accounts: state.accounts.map((account) => ({ ...account, registration: { name: 'connecting' } })),
    })),
  );
  await expect(page.locator('.account-line .state')).toHaveText('Connecting...');
});

test('offline: the cause in words, one banner, and a way to try at once', async ({ open }) => {
  const page = await open('offline');
  await expect(page.locator('.account-line .state')).toHaveText('Offline: no network');
  const banner = page.getByRole('status').filter({ hasText: 'You cannot be called right now' });
  await expect(banner).toBeVisible();
  await banner.getByRole('button', { name: 'Try now' }).click();
  expect(await sent(page, 'retry-registration')).toEqual([{ type: 'retry-registration' }]);
  await expect(page.getByRole('row', { name: /Daniel Abt/ })).toBeVisible();
});

test('only the most important notice is shown; one that can go has a Close', async ({ open }) => {
  const page = await open('idle');
  await page.evaluate(() =>
    window.fake.set({
      notices: [
        { id: 'a', kind: 'warning', title: 'Your headset went away', text: 'You now speak through the microphone.' },
        { id: 'b', kind: 'info', title: 'Hookswitch keeps running', text: 'Close the window when you like.' },
      ],
    }),
  );
  await expect(page.getByText('Your headset went away')).toBeVisible();
  await expect(page.getByText('Hookswitch keeps running')).toHaveCount(0);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByText('Hookswitch keeps running')).toBeVisible();
});

test('the account menu sets Do not disturb and chooses the line', async ({ open }) => {
  const page = await open('two-accounts');
  await page.getByRole('button', { name: /^Available/ }).click();
  await page.getByRole('menuitem', { name: '30 minutes' }).click();
  expect(await sent(page, 'do-not-disturb')).toEqual([{ type: 'do-not-disturb', minutes: 30 }]);
  await page.locator('.who').click();
  await page.getByRole('menuitem', { name: /Support/ }).click();
  await expect(page.locator('.account-line .state')).toHaveText('Connecting...');
  await expect(page.locator('.account-line')).toContainText('Support · 4490');
});

test('the moon is a menu on a Mac; the window buttons are ours elsewhere', async ({ open }) => {
  const mac = await open('idle&platform=darwin');
  await expect(mac.getByRole('button', { name: 'Minimize' })).toHaveCount(0);
  await mac.getByRole('button', { name: 'Do not disturb' }).click();
  await mac.getByRole('menuitem', { name: 'Until turned off' }).click();
  expect(await sent(mac, 'do-not-disturb')).toEqual([{ type: 'do-not-disturb', minutes: -1 }]);
  const windows = await open('idle&platform=win32');
  await windows.getByRole('button', { name: 'Minimize' }).click();
  await windows.getByRole('button', { name: 'Close', exact: true }).click();
  expect(await sent(windows, 'window')).toEqual([
    { type: 'window', action: 'minimize' },
    { type: 'window', action: 'close' },
  ]);
});

test('F6 goes round the areas in the order of the design', async ({ open }) => {
  const page = await open('connected');
  await page.getByRole('row', { name: /Daniel Abt/ }).waitFor();
  const areas: (string | null)[] = [];
  for (let press = 0; press < 7; press += 1) {
    await page.keyboard.press('F6');
    areas.push(
      await page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-area]')?.dataset['area'] ?? null),
    );
  }
  expect(areas).toEqual(['account', 'field', 'favourites', 'list', 'call', 'navigation', 'account']);
  await page.keyboard.press('Shift+F6');
  await expect(page.getByRole('button', { name: 'Contacts' })).toBeFocused();
});

test('menu and tray open a view', async ({ open }) => {
  const page = await open('idle');
  await page.evaluate(() => window.fake.show('settings'));
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await page.evaluate(() => window.fake.show('recents'));
  await expect(page.getByRole('grid', { name: 'Recent calls' })).toBeVisible();
  await page.evaluate(() => window.fake.show('contacts'));
  await expect(page.getByRole('grid', { name: 'People' })).toBeVisible();
});

test('a call stays in sight on every screen, and does not take the focus', async ({ open }) => {
  const page = await open('connected');
  await field(page).focus();
  for (const view of ['Recents', 'Settings', 'Contacts']) {
    await page.getByRole('button', { name: view }).click();
    await expect(page.getByRole('button', { name: 'End call' })).toBeInViewport({ ratio: 1 });
  }
});

test('before the settings are read there is only the frame; without an account the first run', async ({ open }) => {
  const page = await open('starting');
  await expect(page.getByText('Pick up from here')).toHaveCount(0);
  await expect(field(page)).toHaveCount(0);
  await page.evaluate(() => window.fake.set({ ready: true }));
  await expect(page.getByText('Pick up from here')).toBeVisible();
  await page.keyboard.type('600');
  await expect(field(page)).toHaveCount(0);
});

test('wide: the card opens beside the list, the navigation is a rail', async ({ open }) => {
  const page = await open('idle', { width: 1000, height: 680 });
  await page
    .getByRole('row', { name: /Daniel Abt/ })
    .locator('.sub')
    .click();
  await expect(page.getByRole('heading', { name: 'Daniel Abt' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Leila Amrani/ })).toBeVisible();
  const rail = await page.getByRole('navigation', { name: 'Views' }).boundingBox();
  expect(rail?.width).toBe(60);
  await expect(page.locator('.account-line')).toContainText('4410@example.com');
});

test('at 360 by 480 nothing is wider than the window, and End call is whole', async ({ open }) => {
  const page = await open('offline&platform=linux', { width: 360, height: 480 });
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(await overflow()).toBe(false);
  const state = page.locator('.account-line .state');
  expect(await state.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  const call = await open('connected&platform=linux', { width: 360, height: 480 });
  await expect(call.getByRole('button', { name: 'End call' })).toBeInViewport({ ratio: 1 });
});

test('every tab stop has a name', async ({ open }) => {
  const page = await open('idle&platform=linux');
  await page.getByRole('row', { name: /Daniel Abt/ }).waitFor();
  const nameless = await page.evaluate(() =>
    [...document.querySelectorAll('button, input')]
      .filter((element) => !element.getAttribute('aria-label') && element.textContent?.trim() === '')
      .map((element) => element.outerHTML),
  );
  expect(nameless).toEqual([]);
});
