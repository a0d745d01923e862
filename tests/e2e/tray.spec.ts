// The tray: the state at a glance, and the few things that are done without the window.
import type { Page } from 'playwright/test';
import { clickTray, closeMainWindow, keepsDesktop, labels, tray, windowState } from '../support/desktop.ts';
import { pass, sleep, stopClocks } from '../support/hours.ts';
import { Office } from '../support/office.ts';
import { expect, test } from '../support/spec.ts';
import type { PhoneApp } from '../support/app.ts';

let office: Office;
test.beforeEach(async () => {
  office = await Office.open({ passwords: { mara: 'secret' }, numbers: { '4410': { does: 'answers' } } });
});
test.afterEach(() => office.close());

async function skipUnlessKept(app: PhoneApp): Promise<void> {
  test.skip(!(await keepsDesktop(app)), 'the system draws the tray');
}
const provision = () => ({ hookswitch: 1, accounts: [office.accountOf('mara')] });

async function inAccountMenu(page: Page, entry: string): Promise<void> {
  await page.locator('.who').click();
  await page.getByRole('menuitem', { name: entry }).click();
}

const words = async (app: PhoneApp) => labels((await tray(app)).entries);

test('shows the state, and opens the window and its settings', async ({ launch }) => {
  const app = await launch({ provision: provision() });
  await skipUnlessKept(app);
  await app.registered();
  await expect.poll(async () => (await tray(app)).toolTip).toBe('Hookswitch: Available · mara@office.test');
  expect((await words(app))[0]).toBe('Available · mara@office.test');
  await closeMainWindow(app);
  await expect.poll(() => windowState(app, 'main')).toMatchObject({ visible: false });
  await clickTray(app, 'Open');
  await expect.poll(() => windowState(app, 'main')).toEqual({ visible: true, focused: true });
  await clickTray(app, 'Settings');
  await expect((await app.page('main')).getByRole('heading', { name: 'Settings' })).toBeVisible();
});

test('do not disturb: callers hear busy, the call counts as missed; it is turned off, or ends by itself', async ({
  launch,
}) => {
  const app = await launch({ provision: provision() });
  await skipUnlessKept(app);
  await app.registered();
  const page = await app.page('main');
  await clickTray(app, 'Until turned off');
  await expect.poll(async () => (await tray(app)).toolTip).toContain('Do not disturb');
  await expect(page.locator('.who')).toContainText('Do not disturb');
  const call = office.call('mara', { number: '4410', name: 'Nora Keller' });
  expect(await call.final()).toBe(486);
  expect(await windowState(app, 'incoming')).toMatchObject({ visible: false });
  await expect.poll(() => words(app)).toContain('Missed: Nora Keller');
  await clickTray(app, 'Turn off');
  const next = office.call('mara', { number: '4410', name: 'Nora Keller' });
  await next.status(180);
  next.cancel();
  expect(await next.final()).toBe(487);

  await stopClocks(app);
  for (const [choose, minutes] of [
    [() => clickTray(app, '30 minutes'), 30],
    [() => inAccountMenu(page, '1 hour'), 60],
  ] as const) {
    await test.step(`for ${minutes} minutes: said in the tray, and in the window with its end; over by itself`, async () => {
      await choose();
      await expect.poll(async () => (await tray(app)).toolTip).toContain('Do not disturb');
      await expect(page.locator('.who')).toContainText(/^Do not disturb until \d{1,2}:\d\d/);
      await pass(app, minutes - 1);
      expect(await office.call('mara', { number: '4410' }).final()).toBe(486);
      await pass(app, 1);
      // Ended, and not only seen to be over when something else was drawn.
      await app.until(({ preferences }) => preferences.doNotDisturbUntil === 0);
      await expect.poll(async () => (await tray(app)).toolTip).toContain('Available');
      await expect(page.locator('.who')).toContainText('Available');
      const rings = office.call('mara', { number: '4410' });
      await rings.status(180);
      rings.cancel();
      expect(await rings.final()).toBe(487);
    });
  }

  await test.step('a laptop that slept over its end wakes without it', async () => {
    await clickTray(app, '30 minutes');
    await expect(page.locator('.who')).toContainText(/^Do not disturb until/);
    await sleep(app, 8 * 60);
    await app.until(({ preferences }) => preferences.doNotDisturbUntil === 0);
    await expect.poll(async () => (await tray(app)).toolTip).toContain('Available');
    await expect(page.locator('.who')).toContainText('Available');
  });
});

test('the last calls are called again, and a call is ended', async ({ launch }) => {
  const app = await launch({ provision: provision() });
  await skipUnlessKept(app);
  await app.registered();
  const missed = office.call('mara', { number: '4410', name: 'Nora Keller' });
  await missed.status(180);
  await expect.poll(() => words(app)).toContain('Answer Nora Keller');
  missed.cancel();
  await expect.poll(() => words(app)).toContain('Missed: Nora Keller');
  await clickTray(app, 'Missed: Nora Keller');
  const { call } = await office.called.wait(({ number }) => number === '4410', 'the call back');
  await expect.poll(async () => (await tray(app)).toolTip).toContain('In a call');
  await clickTray(app, 'End call');
  await call.requests.wait((method) => method === 'BYE', 'a BYE');
});

test('answers and declines while the window is closed', async ({ launch }) => {
  const app = await launch({ provision: provision() });
  await skipUnlessKept(app);
  await app.registered();
  await closeMainWindow(app);
  const first = office.call('mara', { number: '4410', name: 'Nora Keller' });
  await first.status(180);
  await expect.poll(() => words(app)).toContain('Decline');
  await clickTray(app, 'Decline');
  await first.status(603);
  const second = office.call('mara', { number: '4410', name: 'Nora Keller' });
  await second.status(180);
  await expect.poll(() => words(app)).toContain('Answer Nora Keller');
  await clickTray(app, 'Answer Nora Keller');
  await second.status(200);
});

test('Quit hangs up, unregisters and ends the app', async ({ launch }) => {
  const app = await launch({ provision: provision() });
  await skipUnlessKept(app);
  await app.registered();
  await app.command({ type: 'call', target: '4410' });
  const { call } = await office.called.wait(() => true, 'the call');
  await app.until((state) => state.calls[0]?.phase.name === 'connected');
  const ended = app.electron.waitForEvent('close');
  await clickTray(app, 'Quit').catch(() => {}); // the app may be gone before it answers
  await call.requests.wait((method) => method === 'BYE', 'a BYE');
  await office.unregistered.wait((user) => user === 'mara', 'the end of the registration');
  await ended;
});
