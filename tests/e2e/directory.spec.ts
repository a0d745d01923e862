// People and past calls: added, found, changed, deleted and brought back; missed calls counted until they are seen.
import type { Page } from 'playwright/test';
import { Office } from '../support/office.ts';
import { expect, test } from '../support/spec.ts';

const people = (page: Page) => page.getByRole('grid', { name: 'People' });

test('a person is added, found, called by name, changed, made a favourite, deleted and brought back', async ({
  launch,
}) => {
  const office = await Office.open({ passwords: { mara: 'secret' }, numbers: { '4410': { does: 'answers' } } });
  const app = await launch({ provision: { hookswitch: 1, accounts: [office.accountOf('mara')] } });
  await app.registered();
  const page = await app.page('main');
  await expect(page.getByText('Nobody here yet')).toBeVisible();

  await test.step('add', async () => {
    await page.getByRole('button', { name: 'Add person' }).click();
    const form = page.getByRole('form', { name: 'Add person' });
    await form.getByRole('button', { name: 'Add person' }).click();
    await expect(form.getByRole('textbox', { name: 'Name' })).toHaveAccessibleDescription('A person needs a name.');
    await form.getByRole('textbox', { name: 'Name' }).fill('Nora Keller');
    await form.getByRole('textbox', { name: 'Number' }).fill('4410');
    await form.getByRole('textbox', { name: 'Company' }).fill('Keller & Co');
    await form.getByRole('button', { name: 'Add person' }).click();
    await expect(page.getByRole('heading', { name: 'Nora Keller' })).toBeVisible();
    await page.getByRole('button', { name: 'Back' }).click();
    await expect(people(page).getByRole('row')).toContainText('Keller & Co · 4410');
  });

  await test.step('a click elsewhere on the row opens the card', async () => {
    await people(page).getByText('Keller & Co').click();
    await expect(page.getByRole('heading', { name: 'Nora Keller' })).toBeVisible();
    expect(office.called.all).toEqual([]);
  });

  await test.step('favourite', async () => {
    await page.getByRole('button', { name: 'Favourite' }).click();
    await page.getByRole('button', { name: 'Back' }).click();
    await expect(
      page.getByRole('group', { name: 'Favourites' }).getByRole('button', { name: 'Nora Keller' }),
    ).toBeVisible();
  });

  await test.step('a click on the name calls the number shown with it', async () => {
    await people(page).getByRole('button', { name: 'Nora Keller', exact: true }).click();
    await office.called.wait(({ number }) => number === '4410', 'the call');
    const card = page.getByRole('region', { name: 'Call with Nora Keller' });
    await expect(card).toContainText('Connected');
    await card.getByRole('button', { name: 'End call' }).click();
    await expect(card).toBeHidden();
  });

  await test.step('edit', async () => {
    await people(page).getByText('Keller & Co').click();
    await page.getByRole('button', { name: 'Edit' }).click();
    const form = page.getByRole('form', { name: 'Edit person' });
    await form.getByRole('textbox', { name: 'Name' }).fill('Nora Keller-Meier');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { name: 'Nora Keller-Meier' })).toBeVisible();
  });

  await test.step('delete, and undo', async () => {
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(page.getByText('Nora Keller-Meier is deleted.')).toBeVisible();
    await expect(page.getByText('Nobody here yet')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(people(page).getByRole('row')).toContainText('Nora Keller-Meier');
    await expect(page.getByRole('group', { name: 'Favourites' })).toBeVisible();
  });
  office.close();
});

test('a caller in the directory is shown by their name there, not by what they send', async ({ launch }) => {
  const office = await Office.open({ passwords: { mara: 'secret' } });
  const app = await launch({
    provision: {
      hookswitch: 1,
      accounts: [office.accountOf('mara')],
      contacts: [{ name: 'Nora Keller', company: 'Keller & Co', numbers: [{ value: '4410' }] }],
    },
  });
  await app.registered();
  await app.until((state) => state.directoryRevision > 0);
  const call = office.call('mara', { number: '4410', name: 'Your Bank' });
  await call.status(180);
  const popup = await app.page('incoming');
  await expect(popup.getByRole('alertdialog', { name: 'Incoming call from Nora Keller' })).toContainText('Keller & Co');
  await expect(popup.getByText('Your Bank')).toHaveCount(0);
  office.close();
});

test('people survive a restart, and so does the way back from an import', async ({ launch }) => {
  const app = await launch({ args: ['--practice'] });
  await app.registered();
  await app.command({
    type: 'save-person',
    person: { name: 'Nora Keller', numbers: [{ value: '4410', kind: 'work' }] },
  });
  const data = new TextEncoder().encode('Name,Company,Work\nNora Keller,Globex,4410\nAna Kern,,4411\n');
  await app.command({ type: 'read-import', name: 'people.csv', data });
  await app.command({ type: 'write-import' });
  await app.electron.close();
  const again = await launch({ profile: app.profile });
  await again.registered();
  const page = await again.page('main');
  await expect(people(page).getByText('Ana Kern')).toBeVisible();
  await page.getByRole('button', { name: 'Import, export and duplicates' }).click();
  await page.getByRole('menuitem', { name: 'Earlier imports' }).click();
  const imports = page.getByRole('list', { name: 'Earlier imports' }).getByRole('listitem');
  await expect(imports).toHaveText(/^people\.csv.+1 person added · 1 changedTake back$/);
  await imports.getByRole('button', { name: 'Take back people.csv' }).click();
  await expect(page.getByText('Everybody is as before the import')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('No import to take back')).toBeVisible();
  await page.getByRole('combobox', { name: 'Name or number' }).fill('441');
  await expect(people(page).getByRole('row')).toHaveText(/Nora Keller/);
  await expect(people(page).getByText('Globex')).toHaveCount(0);
});

test('missed calls are counted, marked, and seen once looked at', async ({ launch }) => {
  const office = await Office.open({ passwords: { mara: 'secret' } });
  const app = await launch({ provision: { hookswitch: 1, accounts: [office.accountOf('mara')] } });
  await app.registered();
  const page = await app.page('main');
  const recents = page.getByRole('button', { name: /^Recents/ });
  for (const number of ['4410', '4411']) {
    const call = office.call('mara', { number });
    await call.status(180);
    call.cancel();
    await call.status(487);
  }
  await expect(recents.getByRole('img', { name: '2 missed' })).toBeVisible();
  await recents.click();
  await expect(recents.getByRole('img')).toHaveCount(0);
  const rows = page.getByRole('grid', { name: 'Recent calls' }).getByRole('row');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('4411');
  await expect(rows.first()).toContainText('Missed');
  await page.getByRole('button', { name: 'Outgoing', exact: true }).click();
  await expect(page.getByText('No outgoing calls')).toBeVisible();
  office.close();
});
