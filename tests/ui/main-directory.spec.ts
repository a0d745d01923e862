// The directory: a list of any length, a card for each person, add, edit, delete and favourites.
import type { Locator } from 'playwright/test';
import { expect, field, sent, test } from './page.ts';

test('a click on the name calls the number shown with it', async ({ open }) => {
  const page = await open('idle');
  const row = page.getByRole('row', { name: /Daniel Abt/ });
  await expect(row).toContainText('4425');
  await row.getByRole('button', { name: 'Daniel Abt', exact: true }).click();
  await expect.poll(() => sent(page, 'call')).toEqual([{ type: 'call', target: '4425', personId: 'person-6' }]);
});

test('elsewhere on the row the card opens, and Back returns to the list', async ({ open }) => {
  const page = await open('idle');
  await page
    .getByRole('row', { name: /Daniel Abt/ })
    .locator('.avatar')
    .click();
  await expect(page.getByRole('heading', { name: 'Daniel Abt' })).toBeVisible();
  expect(await sent(page, 'call')).toEqual([]);
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('row', { name: /Daniel Abt/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Daniel Abt', exact: true })).toBeFocused();
});

test('the green button of a row calls, too', async ({ open }) => {
  const page = await open('idle');
  await page.getByRole('row', { name: /Leila Amrani/ }).hover();
  await page.getByRole('button', { name: 'Call Leila Amrani' }).click();
  await expect.poll(() => sent(page, 'call')).toEqual([{ type: 'call', target: '4431', personId: 'person-7' }]);
});

test('each number of a card is a click away', async ({ open }) => {
  const page = await open('idle');
  await field(page).fill('kelvin');
  await page
    .getByRole('row', { name: /Kelvin Osei/ })
    .locator('.sub')
    .click();
  await page.getByRole('button', { name: 'Call +41 79 555 01 43' }).click();
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await expect
    .poll(() => sent(page, 'call'))
    .toEqual([
      { type: 'call', target: '+41 79 555 01 43', personId: 'person-14' },
      { type: 'call', target: '4403', personId: 'person-14' },
    ]);
});

test('a person is added, and shown', async ({ open }) => {
  const page = await open('idle');
  await page.getByRole('button', { name: 'Add person' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.getByRole('button', { name: 'Add person' }).click();
  await expect(page.getByRole('alert')).toHaveText('A person needs a name.');
  await page.getByLabel('Name', { exact: true }).fill('Yael Aronson');
  await page.getByLabel('Number', { exact: true }).fill('4499');
  await page.getByLabel('Groups').fill('Sales, Board');
  await page.getByRole('button', { name: 'Add person' }).click();
  await expect(page.getByRole('heading', { name: 'Yael Aronson' })).toBeVisible();
  expect(await sent(page, 'save-person')).toEqual([
    {
      type: 'save-person',
      person: {
        name: 'Yael Aronson',
        company: '',
        email: '',
        note: '',
        groups: ['Sales', 'Board'],
        numbers: [{ value: '4499', kind: 'work' }],
      },
    },
  ]);
  await page.getByRole('button', { name: 'Show everybody in Board' }).click();
  await expect(field(page)).toHaveValue('Board');
  await expect(page.locator('[data-answers="Board"]').getByRole('row')).toHaveCount(1);
  await field(page).press('Escape');
  await expect(page.getByRole('row', { name: /Yael Aronson/ })).toBeVisible();
});

test('a person is changed: another number and its kind', async ({ open }) => {
  const page = await open('idle');
  await page
    .getByRole('row', { name: /Daniel Abt/ })
    .locator('.sub')
    .click();
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('button', { name: 'Add number' }).click();
  await page.getByLabel('Number', { exact: true }).nth(1).fill('+41 79 555 00 11');
  await page
    .getByRole('button', { name: /Kind of number/ })
    .nth(1)
    .click();
  await page.getByRole('option', { name: 'Mobile' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: 'Call +41 79 555 00 11' })).toContainText('Mobile');
});

test('a look into the directory does not lose what a form holds', async ({ open }) => {
  const page = await open('idle');
  await page.getByRole('button', { name: 'Add person' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Yael Aronson');
  await field(page).fill('kel');
  await expect(page.getByRole('row', { name: /Nora Keller/ }).first()).toBeVisible();
  await field(page).press('Escape');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Yael Aronson');
});

test('what the phone refuses stands at its field', async ({ open }) => {
  const page = await open('idle');
  await page.getByRole('button', { name: 'Add person' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Yael');
  await page.evaluate(() => window.fake.failNext('The disk is full.'));
  await page.getByRole('button', { name: 'Add person' }).click();
  await expect(page.getByRole('alert')).toHaveText('The disk is full.');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Yael');
});

test('a deleted person comes back by Undo', async ({ open }) => {
  const page = await open('idle');
  await page
    .getByRole('row', { name: /Daniel Abt/ })
    .locator('.sub')
    .click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByRole('row', { name: /Daniel Abt/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('row', { name: /Daniel Abt/ })).toBeVisible();
});

test('a favourite stands in the strip', async ({ open }) => {
  const page = await open('idle');
  const strip = page.getByRole('group', { name: 'Favourites' });
  await expect(strip.getByRole('button')).toHaveCount(6);
  await page
    .getByRole('row', { name: /Daniel Abt/ })
    .locator('.sub')
    .click();
  await page.getByRole('button', { name: 'Favourite' }).click();
  await expect(page.getByRole('button', { name: 'Favourite' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(strip.getByRole('button', { name: 'Daniel Abt' })).toBeVisible();
});

test('in the list arrows move, Enter chooses, Enter again calls', async ({ open }) => {
  const page = await open('idle');
  await field(page).focus();
  await page.getByRole('row', { name: /Daniel Abt/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: 'Daniel Abt', exact: true })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: 'Leila Amrani', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('4431');
  expect(await sent(page, 'call')).toEqual([]);
  await page.keyboard.press('Enter');
  await expect
    .poll(() => sent(page, 'call'))
    .toEqual([{ type: 'call', target: '4431', shown: '4431', personId: 'person-7' }]);
});

test('a hundred thousand people are a list like any other: End, Home and the letters work', async ({ open }) => {
  const page = await open('idle&people=100000');
  const list = page.getByRole('grid', { name: 'People' });
  await expect(list).toHaveAttribute('aria-rowcount', '100000');
  expect(await list.getByRole('row').count()).toBeLessThan(40);
  await list.getByRole('row').first().getByRole('button').first().focus();
  await page.keyboard.press('End');
  await expect(list.locator('[aria-rowindex="100000"]').getByRole('button').first()).toBeFocused();
  await expect(page.locator('.letter.is-sticky')).toHaveText('Z');
  await page.keyboard.press('Home');
  await expect(list.locator('[aria-rowindex="1"]').getByRole('button').first()).toBeFocused();
  await page.locator('.letter-rail').getByText('M', { exact: true }).click();
  await expect(page.locator('.letter.is-sticky')).toHaveText('M');
  await expect(page.locator('.letter-rail .here')).toHaveText('M');
});

test('the list comes back where it was left', async ({ open }) => {
  const page = await open('idle&people=2000');
  await page.locator('.letter-rail').getByText('M', { exact: true }).click();
  await expect(page.locator('.letter.is-sticky')).toHaveText('M');
  const row = page.getByRole('grid', { name: 'People' }).getByRole('row').nth(8);
  const index = await row.getAttribute('aria-rowindex');
  await row.locator('.sub').click();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.locator('.letter.is-sticky')).toHaveText('M');
  await expect(page.locator(`[aria-rowindex="${index}"]`)).toBeVisible();
});

test('a row with the focus that scrolls away gives it back: Enter calls nobody else', async ({ open }) => {
  const page = await open('idle&people=2000');
  const list = page.getByRole('grid', { name: 'People' });
  await list.getByRole('row').first().getByRole('button').first().focus();
  await list.hover();
  // Row by row, so that the one with the focus is used again.
  for (let row = 1; row <= 25; row += 1) {
    await page.mouse.wheel(0, 48);
    await expect(list.locator(`[aria-rowindex="${row + 5}"]`)).toBeVisible();
  }
  await expect(list.locator(':focus')).toHaveCount(0);
});

test('a press that began on somebody does not call who has taken the row meanwhile', async ({ open }) => {
  const page = await open('idle');
  await field(page).fill('kel');
  await page.getByRole('button', { name: 'Nora Keller', exact: true }).hover();
  await page.mouse.down();
  await field(page).fill('abt');
  await expect(page.getByRole('button', { name: 'Daniel Abt', exact: true })).toBeVisible();
  await page.mouse.up();
  await page.getByRole('button', { name: 'Clear' }).click();
  expect(await sent(page, 'call')).toEqual([]);
});

test('a form that is left half-way is there again, until it is cancelled', async ({ open }) => {
  const page = await open('idle');
  const form = async () => {
    await page.getByRole('button', { name: 'Add person' }).click();
    return page.getByLabel('Name', { exact: true });
  };
  await (await form()).fill('Yael Aronson');
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(await form()).toHaveValue('Yael Aronson');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(await form()).toHaveValue('');
});

test('the rows in sight come at once, all others when nothing more is typed', async ({ open }) => {
  const page = await open('idle&people=100000');
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  const rows = page.getByRole('grid', { name: 'People' }).locator('.person-row');
  await field(page).fill('an');
  await expect(rows).toHaveCount(12);
  const bottom = async (of: Locator) => of.evaluate((element) => element.getBoundingClientRect().bottom);
  expect(await bottom(rows.last())).toBeGreaterThan(await bottom(page.locator('.search-results')));
  await page.clock.runFor(200);
  // Before the sentence that there are more; recent calls stand behind it.
  await expect(page.locator('.person-row:has(~ .more)')).toHaveCount(50);

  await field(page).fill('ann');
  await expect(rows).toHaveCount(12);
  await field(page).fill('an');
  await expect(page.locator('.search-results[data-answers="an"]')).toBeVisible();
  await expect(rows).toHaveCount(12);

  // Who moves through the rows at once moves among all of them.
  for (let row = 1; row <= 13; row += 1) {
    await page.keyboard.press('ArrowDown');
    await expect(rows.nth(row)).toHaveAttribute('aria-selected', 'true');
  }
});

test('nobody found: a sentence and a way on', async ({ open }) => {
  const page = await open('idle');
  await field(page).fill('4477');
  await page.getByText('Nobody has this number yet').waitFor();
  await page.getByRole('button', { name: 'Add person' }).click();
  await expect(page.getByLabel('Number', { exact: true })).toHaveValue('4477');
});

test('an empty directory says what belongs there', async ({ open }) => {
  const page = await open('empty');
  await expect(page.getByText('Nobody here yet')).toBeVisible();
  await page.getByRole('button', { name: 'Add person' }).click();
  await expect(page.getByRole('heading', { name: 'Add person' })).toBeVisible();
});
