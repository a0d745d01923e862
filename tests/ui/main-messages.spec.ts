// A conversation: days and bubbles.
import type { Locator } from 'playwright/test';
import { expect, test } from './page.ts';

test('the heading of a day stands clear above its first message, and the name clear below the field', async ({
  open,
}) => {
  const page = await open('idle');
  await page.evaluate(() => {
    const text = { accountId: 'work', number: '4407', name: 'Aisha Rahman', seen: true, state: 'delivered' } as const;
    window.fake.texts = [{ ...text, id: 'text-1', text: 'A long message. '.repeat(9), at: Date.now() }];
    window.fake.set({ messagesRevision: 2 });
  });
  await page.getByRole('button', { name: 'Messages' }).click();
  await page.getByRole('list', { name: 'Messages' }).getByRole('button').click();
  const box = (of: Locator) => of.evaluate((element) => element.getBoundingClientRect());
  const talk = page.getByRole('log', { name: 'Messages' });
  const [heading, message] = [await box(talk.getByRole('heading')), await box(talk.locator('.message'))];
  expect(heading.bottom).toBeLessThanOrEqual(message.top);
  const field = await box(page.locator('.dial-field'));
  const call = await box(page.getByRole('button', { name: 'Call Aisha Rahman' }));
  expect(call.top - field.bottom).toBeGreaterThanOrEqual(8);
});
