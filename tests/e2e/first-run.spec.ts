// The first ten minutes: a newcomer tries the phone without a server, calls, is called, and sees it in the list.
import { windowState } from '../support/desktop.ts';
import { Office } from '../support/office.ts';
import { expect, test } from '../support/spec.ts';
import type { PhoneApp } from '../support/app.ts';

test('a newcomer tries it without a server, and hears an echo', async ({ launch }) => {
  const app = await launch();
  const page = await app.page('main');
  await expect(page.getByRole('heading', { name: 'Pick up from here' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add your account' })).toBeVisible();
  await page.getByRole('button', { name: 'Try it without a server' }).click();
  await expect(page.getByRole('button', { name: 'Account and availability' }).or(page.locator('.who'))).toContainText(
    'Available',
  );

  const people = page.getByRole('grid', { name: 'People' });
  await people.getByRole('button', { name: 'Echo', exact: true }).click();
  const card = page.getByRole('region', { name: 'Call with Echo' });
  await expect(card.getByText('Connected', { exact: true })).toBeVisible();
  await expect(card.getByText('600')).toBeVisible();
  await expect(card.getByRole('timer')).toHaveText('0:01');

  await test.step('mutes and unmutes', async () => {
    await card.getByRole('button', { name: 'Mute', exact: true }).click();
    await expect(card.getByText('Muted', { exact: true })).toBeVisible();
    await card.getByRole('button', { name: 'Unmute' }).click();
    await expect(card.getByText('Connected', { exact: true })).toBeVisible();
  });

  await test.step('presses keys, which come back', async () => {
    await card.getByRole('button', { name: 'Keypad', exact: true }).click();
    const keypad = card.getByRole('group', { name: 'Keypad' });
    for (const key of ['1', '2', '#']) await keypad.getByRole('button', { name: key, exact: true }).click();
    await expect(card.getByText('12#')).toBeVisible();
    await app.until((state) => state.calls[0]?.receivedDigits === '12#');
    await card.getByRole('button', { name: 'Hide keypad' }).click();
  });

  await test.step('holds and resumes', async () => {
    await card.getByRole('button', { name: 'Hold', exact: true }).click();
    const held = page.getByRole('region', { name: 'Call with Echo, on hold' });
    await expect(held.getByText('On hold', { exact: true })).toBeVisible();
    await held.getByRole('button', { name: 'Resume' }).click();
    await expect(card.getByText('Connected', { exact: true })).toBeVisible();
  });

  await test.step('ends the call, and finds it among the recent ones', async () => {
    await card.getByRole('button', { name: 'End call' }).click();
    await expect(card.getByText('Call ended')).toBeVisible();
    await page.getByRole('button', { name: 'Recents' }).click();
    const row = page.getByRole('grid', { name: 'Recent calls' }).getByRole('row');
    await expect(row).toHaveCount(1);
    await expect(row).toContainText('Echo');
    await expect(row).toContainText('600');
    await expect(row).toContainText(/0:\d\d/);
  });
});

test('602 calls back: the pop-up says who, takes no focus, and answers', async ({ launch }) => {
  const app = await launch({ args: ['--practice'] });
  await app.registered();
  const page = await app.page('main');
  const popup = await app.page('incoming');
  await page.getByRole('grid', { name: 'People' }).getByRole('button', { name: 'Call me back', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Call with Call me back' })).toContainText('Connected');
  // It hangs up after two beeps, and rings three seconds later.
  await expect(popup.getByRole('alertdialog', { name: 'Incoming call from Call me back' })).toBeVisible({
    timeout: 15_000,
  });
  await expect(popup.getByText('602', { exact: true })).toBeVisible();
  expect(await windowState(app, 'incoming')).toEqual({ visible: true, focused: false });
  expect(await windowState(app, 'main')).toEqual({ visible: true, focused: true });

  await popup.getByRole('button', { name: 'Answer' }).click();
  await expect(page.getByRole('region', { name: 'Call with Call me back' })).toContainText('Connected');
  await expect.poll(() => windowState(app, 'incoming')).toMatchObject({ visible: false });
  await expect(popup.getByRole('alertdialog')).toHaveCount(0);
});

test.describe('somebody calls', () => {
  let office: Office;
  test.beforeEach(async () => {
    office = await Office.open({ passwords: { mara: 'secret' } });
  });
  test.afterEach(() => office.close());

  /** A phone that somebody calls just now. */
  async function ringing(app: PhoneApp) {
    await app.registered();
    const popup = await app.page('incoming');
    const call = office.call('mara', { number: '4410', name: 'Nora Keller' });
    await call.status(180);
    await expect(popup.getByRole('alertdialog', { name: 'Incoming call from Nora Keller' })).toBeVisible();
    await expect.poll(() => windowState(app, 'incoming')).toEqual({ visible: true, focused: false });
    return { call, popup, page: await app.page('main') };
  }
  const provision = () => ({ hookswitch: 1, accounts: [office.accountOf('mara')] });
  const popupIsGone = (app: PhoneApp) =>
    expect.poll(() => windowState(app, 'incoming'), { intervals: [20] }).toMatchObject({ visible: false });

  test('and gives up: the pop-up goes at once, and the call counts as missed', async ({ launch }) => {
    const app = await launch({ provision: provision() });
    const { call, page } = await ringing(app);
    call.cancel();
    await call.status(487);
    await popupIsGone(app);
    await expect(page.getByRole('button', { name: 'Recents' }).getByRole('img', { name: '1 missed' })).toBeVisible();
  });

  test('and is answered in the main window: the pop-up goes at once', async ({ launch }) => {
    const app = await launch({ provision: provision() });
    const { call, page } = await ringing(app);
    const waiting = page.getByRole('region', { name: 'Incoming call from Nora Keller' });
    await expect(waiting).toContainText('4410');
    await waiting.getByRole('button', { name: 'Answer' }).click();
    await call.status(200);
    await popupIsGone(app);
    await office.packets(10);
    await call.hangUp();
    await expect(page.getByRole('region', { name: 'Call with Nora Keller' })).toContainText('Call ended');
  });

  test('and is declined on the pop-up: the caller hears so', async ({ launch }) => {
    const app = await launch({ provision: provision() });
    const { call, popup } = await ringing(app);
    await popup.getByRole('button', { name: 'Decline' }).click();
    await call.status(603);
    await popupIsGone(app);
  });

  test('and is silenced: the caller goes on hearing the ring, and can still be answered', async ({ launch }) => {
    const app = await launch({ provision: provision() });
    const { call, popup } = await ringing(app);
    await popup.getByRole('button', { name: 'Silence' }).click();
    await expect(popup.getByText('Incoming call, silenced')).toBeVisible();
    await expect(popup.getByRole('button', { name: 'Ring', exact: true })).toBeVisible();
    await popup.getByRole('button', { name: 'Answer' }).click();
    await call.status(200);
  });

  test('while the window is closed: the pop-up comes alone, and answering brings nothing else up', async ({
    launch,
  }) => {
    const app = await launch({ provision: provision() });
    await app.registered();
    await (await app.page('main')).getByRole('button', { name: 'Close', exact: true }).click();
    await expect.poll(() => windowState(app, 'main')).toEqual({ visible: false, focused: false });
    const { call } = await ringing(app);
    expect(await windowState(app, 'main')).toEqual({ visible: false, focused: false });
    call.cancel();
    await call.status(487);
    await popupIsGone(app);
  });
});
