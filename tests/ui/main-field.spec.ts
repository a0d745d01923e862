// The one field: it searches and dials, and shows what it would dial before anything is dialled.
import { expect, field, sent, test } from './page.ts';

test('digits and letters typed anywhere go to the field', async ({ open }) => {
  const page = await open('idle');
  await page.getByRole('grid', { name: 'People' }).waitFor();
  await page.keyboard.type('kel');
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue('kel');
});

test('the first hit of a name is chosen and its number shown; Enter chooses it, Enter again calls', async ({
  open,
}) => {
  const page = await open('idle');
  await field(page).fill('kel');
  await expect(page.locator('.preview')).toHaveText('Dials +41 44 123 45 67Nora Keller, work');
  await expect(page.getByRole('row', { selected: true })).toContainText('Nora Keller');
  await expect(
    page
      .getByRole('row', { name: /Nora Keller/ })
      .first()
      .locator('mark')
      .first(),
  ).toHaveText('Kel');
  await field(page).press('Enter');
  await expect(field(page)).toHaveValue('+41 44 123 45 67');
  expect(await sent(page, 'call')).toEqual([]);
  await expect(page.locator('.hints')).toContainText('Call');
  await field(page).press('Enter');
  await expect
    .poll(() => sent(page, 'call'))
    .toEqual([{ type: 'call', target: '+41441234567', shown: '+41 44 123 45 67', personId: 'person-0' }]);
  await expect(field(page)).toHaveValue('');
});

test('Up and Down move the choice while the field keeps the caret', async ({ open }) => {
  const page = await open('idle');
  await field(page).fill('kel');
  await expect(page.locator('.preview')).toBeVisible();
  await field(page).press('ArrowDown');
  await expect(page.getByRole('row', { selected: true })).toContainText('Andrea Keller');
  await expect(page.locator('.preview')).toHaveText('Dials 4417Andrea Keller, work');
  await expect(field(page)).toBeFocused();
  await field(page).press('ArrowUp');
  await field(page).press('ArrowUp');
  await expect(page.getByRole('row', { selected: true })).toContainText('Nora Keller');
  const active = await field(page).getAttribute('aria-activedescendant');
  await expect(page.locator(`#${active}`)).toContainText('Nora Keller');
});

test('Enter before the rows have come still chooses the first hit and does not dial blindly', async ({ open }) => {
  const page = await open('idle');
  await field(page).focus();
  await page.evaluate(() => {
    const { phone } = window.hookswitch;
    window.hookswitch.phone = {
      ...phone,
      query: async (question) => {
        await new Promise((done) => setTimeout(done, 80));
        return phone.query(question);
      },
    };
  });
  await page.keyboard.type('kel');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('+41 44 123 45 67');
  expect(await sent(page, 'call')).toEqual([]);
});

test('Enter calls a number that can be dialled, and so does the green button', async ({ open }) => {
  const page = await open('idle');
  await field(page).fill('044 123 45 67');
  await page.getByRole('button', { name: 'Call 044 123 45 67' }).click();
  await expect.poll(() => sent(page, 'call')).toHaveLength(1);
  await field(page).fill('600');
  await field(page).press('Enter');
  await expect
    .poll(() => sent(page, 'call'))
    .toEqual([
      { type: 'call', target: '0441234567', shown: '044 123 45 67' },
      { type: 'call', target: '600', shown: '600' },
    ]);
});

test('what cannot be dialled says why', async ({ open }) => {
  const page = await open('idle');
  await field(page).fill('+');
  await expect(page.locator('.preview')).toHaveText('There is no digit in it.');
  await field(page).press('Enter');
  expect(await sent(page, 'call')).toEqual([]);
});

test('a call that does not start says why at the field and keeps what was typed', async ({ open }) => {
  const page = await open('idle');
  await field(page).fill('600');
  await page.evaluate(() => window.fake.failNext('Work is offline: the password is not accepted.'));
  await field(page).press('Enter');
  await expect(page.getByRole('alert')).toHaveText('Work is offline: the password is not accepted.');
  await expect(field(page)).toHaveValue('600');
});

test('Esc clears the field, and never ends a call', async ({ open }) => {
  const page = await open('connected');
  await field(page).fill('kel');
  await page.keyboard.press('Escape');
  await expect(field(page)).toHaveValue('');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  expect(await sent(page, 'hang-up')).toEqual([]);
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
});

test('a link fills the field and waits', async ({ open }) => {
  const page = await open('link');
  await expect(field(page)).toHaveValue('+41 44 123 45 67');
  await expect(page.locator('.preview')).toContainText('Dials +41 44 123 45 67');
  expect(await sent(page, 'dial-request-taken')).toEqual([{ type: 'dial-request-taken', id: 1 }]);
  expect(await sent(page, 'call')).toEqual([]);
});

test('a link that comes later takes the place of what was typed', async ({ open }) => {
  const page = await open('idle');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await field(page).fill('kel');
  await page.evaluate(() => window.fake.set({ dialRequest: { id: 7, text: '4403' } }));
  await expect(field(page)).toHaveValue('4403');
  await expect.poll(() => sent(page, 'dial-request-taken')).toEqual([{ type: 'dial-request-taken', id: 7 }]);
});

test('the dial pad is closed until asked for, and its keys type', async ({ open }) => {
  const page = await open('idle');
  await expect(page.getByRole('button', { name: '5', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Dial pad' }).click();
  await page.getByRole('button', { name: '6', exact: true }).click();
  await page.getByRole('button', { name: '0', exact: true }).click();
  await page.getByRole('button', { name: '1', exact: true }).click();
  await page.getByRole('button', { name: 'Delete last digit' }).click();
  await page.getByRole('button', { name: '2', exact: true }).click();
  await expect(field(page)).toHaveValue('602');
  await page.locator('.dial-pad').getByRole('button', { name: 'Call' }).click();
  await expect.poll(() => sent(page, 'call')).toEqual([{ type: 'call', target: '602', shown: '602' }]);
  await expect(page.locator('.dial-pad')).toHaveCount(0);
});

test('Call with an empty field shows the number dialled last, and waits', async ({ open }) => {
  const page = await open('idle');
  await page.getByRole('button', { name: 'Dial pad' }).click();
  await page.locator('.dial-pad').getByRole('button', { name: 'Call' }).click();
  await expect(field(page)).toHaveValue('+45 70 10 11 55');
  expect(await sent(page, 'call')).toEqual([]);
});

test('a 0 held is a +', async ({ open }) => {
  const page = await open('idle');
  await page.getByRole('button', { name: 'Dial pad' }).click();
  await page.getByRole('button', { name: '0', exact: true }).hover();
  await page.mouse.down();
  await expect(field(page)).toHaveValue('+');
  await page.mouse.up();
  await expect(field(page)).toHaveValue('+');
});

test('arrows move over the keys, Esc closes the pad', async ({ open }) => {
  const page = await open('idle');
  await page.getByRole('button', { name: 'Dial pad' }).click();
  await page.getByRole('button', { name: '1', exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('button', { name: '5', exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('.dial-pad')).toHaveCount(0);
});

test('with several accounts the line can be chosen, also by the keyboard', async ({ open }) => {
  const page = await open('two-accounts&platform=linux');
  await field(page).fill('600');
  await field(page).press('Control+Enter');
  await page.getByRole('menuitem', { name: /Support/ }).click();
  await expect(page.getByRole('button', { name: 'Call from Support' })).toBeVisible();
  await field(page).press('Enter');
  await expect
    .poll(() => sent(page, 'call'))
    .toEqual([{ type: 'call', target: '600', shown: '600', accountId: 'support' }]);
});

test('the shortcut and the menu of the system lead to the field', async ({ open }) => {
  const page = await open('idle&platform=linux');
  await page.getByRole('button', { name: 'Recents' }).click();
  await page.keyboard.press('Control+f');
  await expect(field(page)).toBeFocused();
  await page.getByRole('button', { name: 'Contacts' }).click();
  await page.evaluate(() => window.fake.show('field'));
  await expect(field(page)).toBeFocused();
});
