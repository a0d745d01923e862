// Shortcuts are changed by pressing keys; what has them already is named. Settings are found by words.
import type { Page } from 'playwright/test';
import { expect, sent, test } from './page.ts';

async function openShortcuts(page: Page): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: /^Keyboard shortcuts/ }).click();
  await expect(page.getByRole('heading', { name: 'Keyboard shortcuts' })).toBeVisible();
}

const line = (page: Page, act: string) => page.locator('.line').filter({ hasText: act }).first();

test('an act gets the keys that are pressed, acts on them, and goes back to the usual ones', async ({ open }) => {
  const page = await open('connected&platform=linux', { width: 400, height: 900 });
  await openShortcuts(page);
  await page.getByRole('button', { name: /^Mute/ }).first().click();
  await page.keyboard.press('Alt+m');
  expect(await sent(page, 'set-preferences')).toEqual([
    { type: 'set-preferences', preferences: { shortcuts: { mute: 'Alt+M' } } },
  ]);
  await expect(line(page, 'Mute')).toContainText('AltM');
  await page.keyboard.press('Alt+m');
  expect(await sent(page, 'mute')).toEqual([{ type: 'mute', callId: 'call-1', on: true }]);
  await page.getByRole('button', { name: 'Back to the usual keys: Mute' }).click();
  await expect(line(page, 'Mute')).toContainText('CtrlShiftM');
});

test('keys that another act has are refused, with its name; so are those of typing and of the system', async ({
  open,
}) => {
  const page = await open('idle&platform=linux', { width: 400, height: 900 });
  await openShortcuts(page);
  await page.getByRole('button', { name: /^Hold/ }).click();
  await page.keyboard.press('Control+Shift+m');
  await expect(line(page, 'Hold')).toContainText('"Mute" has these keys');
  await page.keyboard.press('m');
  await expect(line(page, 'Hold')).toContainText('you could not type any more');
  await page.keyboard.press('Control+c');
  await expect(line(page, 'Hold')).toContainText('belong to the system');
  expect(await sent(page, 'set-preferences')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(line(page, 'Hold')).toContainText('CtrlShiftP');
});

test('keys that are being chosen do nothing else, even where they are those of another act', async ({ open }) => {
  const page = await open('connected&platform=linux', { width: 400, height: 900 });
  await openShortcuts(page);
  await page.getByRole('button', { name: /^Hold/ }).first().click();
  await page.keyboard.press('Control+Shift+m');
  await expect(line(page, 'Hold')).toContainText('"Mute" has these keys');
  await page.keyboard.press('Control++');
  await expect(line(page, 'Hold')).toContainText('"Zoom in" has these keys');
  expect(await sent(page, 'mute', 'set-preferences')).toEqual([]);
});

test('zoom goes by steps with the keys of browsers, also where a list is open, and by the palette', async ({
  open,
}) => {
  const page = await open('idle&platform=linux', { width: 400, height: 900 });
  const zooms = async () => (await sent(page, 'set-preferences')).map(({ preferences }) => preferences.zoom);
  await page.keyboard.press('Control+=');
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: /Zoom$/ }).click();
  await expect(page.getByRole('option')).toHaveText(
    [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200].map((step) => `${step}%`),
  );
  await page.keyboard.press('Control++');
  await page.keyboard.press('Control+-');
  await page.getByRole('option', { name: '67%' }).click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('usual size');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+0');
  expect(await zooms()).toEqual([110, 125, 110, 67, 100]);
});

test('keys in the whole system are off at first, and say when another program has them', async ({ open }) => {
  const page = await open('idle&platform=linux', { width: 400, height: 1000 });
  await openShortcuts(page);
  await page.getByRole('button', { name: 'Show Hookswitch Off' }).click();
  await page.keyboard.press('Control+Alt+h');
  expect(await sent(page, 'set-preferences')).toEqual([
    { type: 'set-preferences', preferences: { globalShortcuts: { open: 'Mod+Alt+H' } } },
  ]);
  await page.evaluate(() => window.fake.set({ shortcutsTaken: ['open'] }));
  await expect(line(page, 'Show Hookswitch')).toContainText('Another program has these keys');
});

test('every setting is found by its words', async ({ open }) => {
  const page = await open('idle&platform=linux', { width: 400, height: 1400 });
  await page.keyboard.press('Control+,');
  const search = page.getByRole('searchbox', { name: 'Search settings' });
  const labels = await page
    .locator('.settings .line .words')
    .evaluateAll((words) =>
      words.map((one) => [...one.childNodes].find((node) => node.textContent !== '')?.textContent ?? ''),
    );
  const unfindable = ['Save headset report', 'About Hookswitch'];
  expect(labels.length).toBeGreaterThan(12);
  for (const label of labels.filter((one) => !unfindable.includes(one))) {
    await search.fill(label);
    await expect(
      page.getByRole('list', { name: 'Settings found' }).getByRole('listitem').filter({ hasText: label }).first(),
    ).toBeVisible();
  }
  await search.fill('nothing like it');
  await expect(page.getByText('No such setting')).toBeVisible();
  await search.fill('kuando');
  await page.getByRole('button', { name: /^Busylight/ }).click();
  await expect(page.getByRole('switch', { name: 'Busylight' })).toBeFocused();
});

test('a locked setting says who set it, and takes neither click nor key', async ({ open }) => {
  const page = await open('idle&platform=linux', { width: 400, height: 1400 });
  await page.evaluate(() =>
    window.fake.set((state) => ({ preferences: { ...state.preferences, theme: 'dark', locked: ['theme'] } })),
  );
  await page.keyboard.press('Control+,');
  await expect(line(page, 'Appearance')).toContainText('Set by your administrator for everybody');
  const control = line(page, 'Appearance').getByRole('button');
  await control.click({ force: true });
  await expect(page.getByRole('listbox')).toHaveCount(0);
  const takesFocus = await control.evaluate((button) => {
    button.focus();
    return document.activeElement === button;
  });
  expect(takesFocus).toBe(false);
});
