// People's files, duplicates, pictures, ring tones and the block list.
import type { Page } from 'playwright/test';
import { expect, sent, test } from './page.ts';

/** A red dot; what the app makes of it is checked, not the dot. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

async function contactsMenu(page: Page, entry: string): Promise<void> {
  await page.getByRole('button', { name: 'Import, export and duplicates' }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

async function openCard(page: Page, name: string): Promise<void> {
  await page
    .getByRole('grid', { name: 'People' })
    .getByRole('row', { name })
    .first()
    .click({ position: { x: 20, y: 24 } });
  await expect(page.getByRole('heading', { name })).toBeVisible();
}

test('a file is looked at before it is imported: new, changed, skipped and why; then it can be undone', async ({
  open,
}) => {
  const page = await open('idle');
  await contactsMenu(page, 'Import people...');
  const list = page.getByRole('list', { name: 'Import people' });
  await expect(list.getByRole('listitem')).toHaveCount(3);
  await expect(list.getByRole('listitem').first()).toContainText(
    'Ada ByronAnalytical Engines · +44 20 7946 0011Line 1',
  );
  await page.getByRole('button', { name: 'Changed 1' }).click();
  await expect(list.getByRole('listitem')).toContainText('Brings numbers, e-mail');
  await page.getByRole('button', { name: 'Skipped 2' }).click();
  await expect(list.getByText('Already in your contacts, with nothing new.')).toBeVisible();
  await expect(list.getByText('This card has no END:VCARD.')).toBeVisible();
  expect(await sent(page, 'write-import')).toEqual([]);
  await page.getByRole('button', { name: 'Import 4 people' }).click();
  await expect(page.getByText('3 people added, 1 changed.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Everybody is as before the import')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('grid', { name: 'People' })).toBeVisible();
});

test('a large import says how far it is, and can be cancelled', async ({ open }) => {
  const page = await open('idle');
  const file = 'all.vcf';
  await page.evaluate((name) => window.fake.set({ peopleImport: { name: 'reading', file: name, share: 0.25 } }), file);
  await expect(page.getByRole('progressbar', { name: 'Reading all.vcf' })).toHaveJSProperty('value', 0.25);
  await page.evaluate(
    (name) =>
      window.fake.set({ peopleImport: { name: 'writing', file: name, importId: 'i', done: 1200, total: 100_000 } }),
    file,
  );
  await expect(page.getByText('1,200 of 100,000 people')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).last().click();
  await expect.poll(() => sent(page, 'cancel-import')).toHaveLength(1);
  await page.evaluate(
    (name) =>
      window.fake.set({
        peopleImport: { name: 'failed', file: name, problem: { code: 'disk-full', message: 'The disk is full.' } },
      }),
    file,
  );
  await expect(page.getByText(/The disk is full\. What was imported/)).toBeVisible();
});

test('an import of earlier is taken back from the list, which is then without it', async ({ open }) => {
  const page = await open('idle');
  await contactsMenu(page, 'Earlier imports');
  const imports = page.getByRole('list', { name: 'Earlier imports' }).getByRole('listitem');
  await expect(imports).toHaveText([
    /^branch-office\.vcfToday, .+212 people added · 3 changedTake back$/,
    /^Customers and suppliers of the whole group, spring\.csv.+18,430 people addedTake back$/,
    /^An earlier import.+1 person addedTake back$/,
  ]);
  await imports.getByRole('button', { name: 'Take back branch-office.vcf' }).click();
  await expect(page.getByText('2 people were changed since and stay.')).toBeVisible();
  expect(await sent(page, 'undo-import')).toEqual([{ type: 'undo-import', importId: 'import-3' }]);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(imports).toHaveCount(2);
  for (const file of ['Customers', 'An earlier import']) {
    await imports.getByRole('button', { name: `Take back ${file}` }).click();
    await page.getByRole('button', { name: 'Done' }).click();
  }
  await expect(page.getByText('An import can be taken back for 90 days.')).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).last().click();
  await expect(page.getByRole('grid', { name: 'People' })).toBeVisible();
});

test('an undo says how far it is and cannot be broken off; where it fails, the rest is taken back', async ({
  open,
}) => {
  const page = await open('idle');
  await page.evaluate(() =>
    window.fake.set({
      peopleImport: { name: 'undoing', importId: 'import-1', file: null, done: 2_500, total: 10_000 },
    }),
  );
  await expect(page.getByText('An earlier import')).toBeVisible();
  const progress = page.getByRole('progressbar', { name: 'Putting everybody back as they were' });
  await expect(progress).toHaveJSProperty('value', 0.25);
  await expect(page.getByRole('button', { name: 'Cancel' })).toHaveAttribute('aria-disabled', 'true');
  await page.evaluate(() => {
    const problem = { code: 'disk-full', message: 'The disk is full.' };
    window.fake.set({ peopleImport: { name: 'failed', file: null, problem, undoing: 'import-1' } });
  });
  await expect(page.getByText('The disk is full. The rest can be taken back now or later.')).toBeVisible();
  await page.getByRole('button', { name: 'Take back' }).click();
  await expect.poll(() => sent(page, 'undo-import')).toEqual([{ type: 'undo-import', importId: 'import-1' }]);
});

test('a file that is dropped on the directory is read', async ({ open }) => {
  const page = await open('idle');
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['BEGIN:VCARD\nFN:Ada\nEND:VCARD\n'], 'ada.vcf', { type: 'text/vcard' }));
    return data;
  });
  const target = page.locator('.drop-target');
  await target.dispatchEvent('dragover', { dataTransfer: transfer });
  await expect(page.getByText('Drop the file to look at its people')).toBeVisible();
  await target.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(page.getByText('ada.vcf')).toBeVisible();
  const [command] = await sent(page, 'read-import');
  expect(command).toMatchObject({ name: 'ada.vcf' });
});

test('people are exported, and the place of the file is said', async ({ open }) => {
  const page = await open('idle');
  await contactsMenu(page, 'Export as vCard...');
  await expect(page.getByText('Saved as /home/mara/people.vcf.')).toBeVisible();
  await contactsMenu(page, 'Export as CSV...');
  await expect(page.getByText('Saved as /home/mara/people.csv.')).toBeVisible();
});

test('who is here twice becomes one person, with a way back', async ({ open }) => {
  const page = await open('idle');
  await page.evaluate(() => {
    const [nora] = window.fake.people;
    if (nora) window.fake.people.push({ ...nora, id: 'twin', numbers: [{ value: '4410', kind: 'work' }] });
  });
  await contactsMenu(page, 'Find duplicates');
  await expect(page.getByText('1 person seems to be here more than once')).toBeVisible();
  await page.getByRole('button', { name: 'Merge Nora Keller' }).click();
  await expect(page.getByText('No duplicates')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => sent(page, 'undo-people')).toEqual([{ type: 'undo-people', undo: 'merge-1' }]);
});

test('who only looks like somebody else is not offered again, with a way back', async ({ open }) => {
  const page = await open('idle');
  await page.evaluate(() => {
    const [nora] = window.fake.people;
    if (nora) window.fake.people.push({ ...nora, id: 'twin' });
  });
  await contactsMenu(page, 'Find duplicates');
  const different = page.getByRole('button', { name: 'Nora Keller: different people' });
  await different.click();
  await expect(page.getByText('No duplicates')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(different).toBeVisible();
});

test('a person gets a picture, a ring tone of their own, and is blocked', async ({ open }) => {
  const page = await open('idle');
  await openCard(page, 'Daniel Abt');
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.locator('input[type=file]').setInputFiles({ name: 'face.png', mimeType: 'image/png', buffer: png });
  await expect(page.locator('.picture-field img')).toBeVisible();
  await page.getByRole('button', { name: 'Rings with' }).click();
  await page.getByRole('option', { name: 'Marimba' }).click();
  await page.getByRole('switch', { name: 'Block' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Blocked', { exact: true })).toBeVisible();
  const [saved] = await sent(page, 'save-person');
  expect(saved?.person).toMatchObject({ ringTone: 'marimba', blocked: true });
  expect(saved?.person.picture).toMatch(/^data:image\/jpeg;base64,/);
  await expect(page.locator('.person-card .who img')).toBeVisible();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Unblock' }).click();
  await expect(page.getByText('Calls from Daniel Abt ring again.')).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('row', { name: 'Daniel Abt' }).locator('img')).toBeVisible();
});

test('a file that is no picture is refused in words', async ({ open }) => {
  const page = await open('idle');
  await page.getByRole('button', { name: 'Add person' }).click();
  await page.locator('input[type=file]').setInputFiles({
    name: 'face.png',
    mimeType: 'image/png',
    buffer: Buffer.from('no picture'),
  });
  await expect(page.getByText('This file is no picture that can be shown.')).toBeVisible();
});
