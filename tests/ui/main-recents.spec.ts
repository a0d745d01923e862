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

test('the button calls exactly the number beside it from the account that was called, and a double click does the same', async ({
  open,
}) => {
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
      { type: 'call', target: '4407', accountId: 'work', personId: 'person-2' },
      { type: 'call', target: '+41 44 500 10 88', accountId: 'work', personId: 'person-1' },
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
  await expect
    .poll(() => sent(page, 'call'))
    .toEqual([{ type: 'call', target: '4407', shown: '4407', personId: 'person-2' }]);
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

test('calls are searched, chosen by account, and exported as they are shown', async ({ open }) => {
  const page = await open('two-accounts');
  await page.evaluate(() => {
    window.fake.history = window.fake.history.map((record, index) =>
      index === 0 ? { ...record, accountId: 'support' } : record,
    );
  });
  await page.getByRole('button', { name: 'Recents' }).click();
  const rows = page.getByRole('grid', { name: 'Recent calls' }).getByRole('row');
  await page.getByRole('button', { name: 'Search calls' }).click();
  await page.getByRole('textbox', { name: 'Search calls' }).fill('keller');
  await expect(rows).toHaveCount(3);
  await page.getByRole('textbox', { name: 'Search calls' }).fill('nobody at all');
  await expect(page.getByText('No such call')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Accounts and export' }).click();
  await page
    .getByRole('menuitemradio', { name: 'Support' })
    .or(page.getByRole('menuitem', { name: 'Support' }))
    .click();
  await expect(rows).toHaveCount(1);
  await page.getByRole('button', { name: 'Accounts and export' }).click();
  await page.getByRole('menuitem', { name: 'Export as CSV...' }).click();
  await expect(page.getByText('Saved as /home/mara/calls.csv.')).toBeVisible();
  expect(await sent(page, 'export-history')).toEqual([{ type: 'export-history', filter: 'all', accountId: 'support' }]);
});

test('the details of a call say its result and why, its times, its sound, and lead to its recording', async ({
  open,
}) => {
  const page = await open('idle');
  await page.evaluate(() => {
    const quality = { mos: 4.2, worstMos: 3.1, lossIn: 0.5, lossOut: null, jitter: 3, roundTrip: 40 };
    window.fake.history = window.fake.history.map((record, index) =>
      index === 1 ? { ...record, quality, recordings: ['/home/mara/Hookswitch/Aisha.wav'] } : record,
    );
  });
  await page.getByRole('button', { name: 'Recents' }).click();
  const details = async (name: string) => {
    await page.getByRole('row', { name: new RegExp(name) }).hover();
    await page.getByRole('button', { name: `More for ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Details' }).click();
  };
  await details('Mikel Holm');
  await expect(page.getByText('Not connected: this number does not exist')).toBeVisible();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await details('Aisha Rahman');
  const call = page.getByRole('region', { name: 'Call', exact: true });
  for (const words of ['Answered', '6:18', 'Today, 11:20', 'Sound: Good', '0.5 %', 'They do not say', 'from Work']) {
    await expect(call).toContainText(words);
  }
  await call.getByRole('button', { name: 'Aisha.wav' }).click();
  await call.getByRole('button', { name: 'Call back' }).click();
  await expect.poll(() => sent(page, 'show-recording')).toHaveLength(1);
  expect(await sent(page, 'call')).toEqual([{ type: 'call', target: '4407', accountId: 'work', personId: 'person-2' }]);
});

test('a number that calls too often is blocked from the list, with a way back', async ({ open }) => {
  const page = await open('idle');
  await page.getByRole('button', { name: 'Recents' }).click();
  await page.getByRole('row', { name: /7946 0112/ }).hover();
  await page.getByRole('button', { name: 'More for +44 20 7946 0112' }).click();
  await page.getByRole('menuitem', { name: 'Block this number' }).click();
  await expect(page.getByText('Calls from +44 20 7946 0112 do not ring any more.')).toBeVisible();
  const [saved] = await sent(page, 'save-person');
  expect(saved?.person).toMatchObject({ numbers: [{ value: '+44 20 7946 0112' }], blocked: true });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => sent(page, 'remove-person')).toHaveLength(1);
});

test('why a call failed is said in the language of the window', async ({ open }) => {
  const page = await open('idle&platform=linux&lang=de');
  await page.locator('.nav button').first().click();
  await expect(page.getByText('Nicht verbunden: Diese Nummer gibt es nicht', { exact: true })).toBeVisible();
});
