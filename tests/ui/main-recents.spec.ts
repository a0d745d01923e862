// Recent calls: every attempt, with what became of it in words.
import { expect, field, sent, test } from './page.ts';

test('looking at the list marks what was missed as seen; the badge goes away', async ({ open }) => {
  const page = await open('idle');
  const recents = page.getByRole('button', { name: 'Recents' });
  await expect(recents).toContainText('2');
  await recents.click();
  await expect.poll(() => sent(page, 'mark-history-seen')).toHaveLength(1);
  await expect(recents).toHaveText('Recents');
});

test('calls stand under their days, with the outcome in words and the number that will be dialled', async ({
  open,
}) => {
  const page = await open('idle');
  await page.getByRole('button', { name: 'Recents' }).click();
  const list = page.getByRole('grid', { name: 'Recent calls' });
  await expect(list.getByText('Today')).toBeVisible();
  await expect(list.getByText('Yesterday')).toBeVisible();
  const words = [
    'Missed · +41 44 500 10 88',
    'Answered elsewhere · +49 30 23125 014',
    'Not connected: this number does not exist',
    'No answer · 4412',
    'Missed, rang 14 s',
    'Busy · 4418',
  ];
  for (const sentence of words) await expect(list.getByText(sentence)).toBeVisible();
});

test('the button calls exactly the number beside it, and a double click does the same', async ({ open }) => {
  const page = await open('idle');
  await page.getByRole('button', { name: 'Recents' }).click();
  const row = page.getByRole('row', { name: /Aisha Rahman/ });
  await row.hover();
  await expect(row.locator('.at-hand')).toHaveText('11:20, 6:18 · 4407');
  await row.getByRole('button', { name: 'Call back 4407' }).click();
  await page.getByRole('row', { name: /Tom Weber/ }).dblclick({ position: { x: 100, y: 20 } });
  await expect
    .poll(() => sent(page, 'call'))
    .toEqual([
      { type: 'call', target: '4407', personId: 'person-2' },
      { type: 'call', target: '+41 44 500 10 88', personId: 'person-1' },
    ]);
});

test('the filters show a part, and an empty one says so', async ({ open }) => {
  const page = await open('idle');
  await page.getByRole('button', { name: 'Recents' }).click();
  await page.getByRole('button', { name: 'Missed', exact: true }).click();
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('button', { name: 'Missed', exact: true }).press('ArrowRight');
  await expect(page.getByRole('button', { name: 'Incoming', exact: true })).toBeFocused();
  await page.evaluate(() => {
    window.fake.history = [];
    window.fake.set((state) => ({ historyRevision: state.historyRevision + 1 }));
  });
  await expect(page.getByText('No missed calls')).toBeVisible();
  await page.getByRole('button', { name: 'Show all calls' }).click();
  await expect(page.getByText('No calls yet')).toBeVisible();
});

test('Enter on a call puts its number into the field, Enter again calls', async ({ open }) => {
  const page = await open('idle');
  await page.getByRole('button', { name: 'Recents' }).click();
  await page.getByRole('row', { name: /Tom Weber/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('4407');
  await page.keyboard.press('Enter');
  await expect.poll(() => sent(page, 'call')).toEqual([{ type: 'call', target: '4407', personId: 'person-2' }]);
});

test('a number without a name becomes a person; a line leaves the list', async ({ open }) => {
  const page = await open('idle');
  await page.getByRole('button', { name: 'Recents' }).click();
  await page.getByRole('row', { name: /7946 0112/ }).hover();
  await page.getByRole('button', { name: 'More for +44 20 7946 0112' }).click();
  await page.getByRole('menuitem', { name: 'Add person' }).click();
  await expect(page.getByLabel('Number', { exact: true })).toHaveValue('+44 20 7946 0112');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('row', { name: /Mikel Holm/ }).hover();
  await page.getByRole('button', { name: 'More for Mikel Holm' }).click();
  await page.getByRole('menuitem', { name: 'Remove from this list' }).click();
  await expect(page.getByRole('row', { name: /Mikel Holm/ })).toHaveCount(0);
});
