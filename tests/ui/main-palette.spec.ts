// The command palette: people, actions and settings by a few letters, with the keyboard alone.
import type { Page } from 'playwright/test';
import { expect, field, sent, test } from './page.ts';

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search everything' });
const chosen = (page: Page) => palette(page).getByRole('option', { selected: true });

test('Enter on a name chooses it, Enter again calls', async ({ open }) => {
  const page = await open('idle&platform=linux');
  await page.keyboard.press('Control+k');
  await expect(palette(page).getByRole('combobox')).toBeFocused();
  await page.keyboard.type('abt');
  await expect(chosen(page)).toContainText('Daniel Abt');
  await page.keyboard.press('Enter');
  await expect(palette(page)).toHaveCount(0);
  await expect(field(page)).toBeFocused();
  await expect(field(page)).not.toHaveValue('');
  expect(await sent(page, 'call')).toEqual([]);
  await page.keyboard.press('Enter');
  await expect.poll(() => sent(page, 'call')).toMatchObject([{ type: 'call', target: '4425' }]);
});

test('what can be done with a call stands first, with its keys', async ({ open }) => {
  const page = await open('connected&platform=linux');
  await page.keyboard.press('Control+k');
  await expect(chosen(page)).toHaveText('MuteCtrlShiftM');
  await page.keyboard.press('ArrowDown');
  await expect(chosen(page)).toContainText('Hold');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  expect(await sent(page, 'mute')).toEqual([{ type: 'mute', callId: 'call-1', on: true }]);
});

test('a setting is shown with the focus on it, wherever it stands', async ({ open }) => {
  const page = await open('idle&platform=linux');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('echo');
  await expect(chosen(page)).toContainText('Cancel echo');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Sound' })).toBeVisible();
  await expect(page.getByRole('switch', { name: 'Cancel echo' })).toBeFocused();
});

test('an action by a few letters; what fits nothing is said; Esc closes and gives the focus back', async ({ open }) => {
  const page = await open('idle&platform=linux');
  await page.getByRole('button', { name: 'Recents' }).focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('disturb 1');
  await page.keyboard.press('Enter');
  expect(await sent(page, 'do-not-disturb')).toEqual([{ type: 'do-not-disturb', minutes: 60 }]);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('xyzzy');
  await expect(palette(page).getByRole('status')).toContainText('Nothing found');
  await page.keyboard.press('Escape');
  await expect(palette(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Recents' })).toBeFocused();
});
