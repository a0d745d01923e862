// A window that stays open over midnight: what was of today is of yesterday.
import type { Page } from 'playwright/test';
import { expect, test } from './page.ts';

/** Opens the window on messages of now, with a clock that goes on by hand. */
async function openBeforeMidnight(open: (scene: string) => Promise<Page>): Promise<Page> {
  const page = await open('idle');
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1000);
  await page.evaluate(() => {
    const text = { accountId: 'work', number: '4407', name: 'Aisha Rahman', seen: true };
    window.fake.texts = [
      { ...text, id: 'text-2', text: 'On my way.', at: Date.now(), state: 'delivered' },
      { ...text, id: 'text-1', text: 'Lunch?', at: Date.now() - 60_000, state: 'received' },
    ];
    window.fake.set({ messagesRevision: 2 });
  });
  return page;
}

const aDay = '24:00:00';

test('calls of today stand under Yesterday', async ({ open }) => {
  const page = await openBeforeMidnight(open);
  await page.getByRole('button', { name: 'Recents' }).click();
  const days = page.getByRole('grid', { name: 'Recent calls' }).locator('.place.head');
  await expect(days.first()).toHaveText('Today');
  await page.clock.fastForward(aDay);
  await expect(days.first()).toHaveText('Yesterday');
});

test('a conversation that is open has one Today, and its row in the list shows the day', async ({ open }) => {
  const page = await openBeforeMidnight(open);
  await page.getByRole('button', { name: 'Messages' }).click();
  const row = page.getByRole('list', { name: 'Messages' }).getByRole('button');
  await expect(row).toHaveText(/Aisha Rahman.*On my way\.\d+:\d\d$/);
  await page.clock.fastForward(aDay);
  await expect(row).toHaveText(/Yesterday$/);
  await row.click();
  const days = page.getByRole('log', { name: 'Messages' }).getByRole('heading');
  await expect(days).toHaveText(['Yesterday']);
  await page.clock.fastForward(aDay);
  await page.evaluate(() => {
    const [last] = window.fake.texts;
    if (last) window.fake.texts.unshift({ ...last, id: 'text-3', text: 'Back again.', at: Date.now() });
    window.fake.set({ messagesRevision: 3 });
  });
  await expect(days).toHaveCount(2);
  await expect(days).toHaveText([/^\w{3} \d+ \w{3}$/, 'Today']);
});

test('a past call among what was found shows its day', async ({ open }) => {
  const page = await openBeforeMidnight(open);
  await page.getByRole('combobox', { name: 'Name or number' }).fill('aisha');
  const hit = page.getByRole('row', { name: /Aisha Rahman.*11:20/ });
  await page.clock.runFor(300);
  await expect(hit).toContainText('Today');
  await page.clock.fastForward(aDay);
  await expect(hit).toContainText('Yesterday');
});
