// The window and the system around it: one instance, links that wait for a click, closing, start at login, themes.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAgain } from '../support/app.ts';
import { closeMainWindow, keepsDesktop, notifications, windowState } from '../support/desktop.ts';
import { Office } from '../support/office.ts';
import { expect, test } from '../support/spec.ts';

test.describe('links', () => {
  let office: Office;
  test.beforeEach(async () => {
    office = await Office.open({ passwords: { mara: 'secret' }, numbers: { '4410': { does: 'answers' } } });
  });
  test.afterEach(() => office.close());

  test('a second start hands its link over: the field is filled and waits, nothing is dialled', async ({ launch }) => {
    const app = await launch({ provision: { hookswitch: 1, accounts: [office.accountOf('mara')] } });
    await app.registered();
    const page = await app.page('main');
    const field = page.getByRole('combobox', { name: 'Name or number' });
    for (const [link, text] of [
      ['tel:+41-44-123-45-67', '+41-44-123-45-67'],
      ['sip:nora@example.com;transport=tcp?subject=hello', 'nora@example.com'],
      ['sips:nora@example.com', 'sips:nora@example.com'],
      ['callto:4410', '4410'],
    ] as const) {
      expect(await startAgain(app, [link])).toBe(0);
      await expect(field).toHaveValue(text);
      await expect(field).toBeFocused();
      await expect(page.getByText('Dials')).toBeVisible();
    }
    expect((await app.state()).calls).toEqual([]);
    expect(office.called.all).toEqual([]);
    await page.getByRole('button', { name: 'Call 4410' }).click();
    await office.called.wait(({ number }) => number === '4410', 'the call after the click');
  });

  test('hostile links dial nothing, change nothing, and leave no hidden characters', async ({ launch }) => {
    const app = await launch({ provision: { hookswitch: 1, accounts: [office.accountOf('mara')] } });
    await app.registered();
    const page = await app.page('main');
    const field = page.getByRole('combobox', { name: 'Name or number' });
    for (const [link, text] of [
      ['sip:4410%0d%0aBYE%20sip:x@y SIP/2.0@office.test', null],
      ['tel:%E2%80%AE+41441234567', '+41441234567'],
      [`tel:${'9'.repeat(5000)}`, null],
      ['tel:+41441234567?body=x&Replaces=y', '+41441234567'],
      ['sip:4410@office.test?Replaces=abc%3Bto-tag%3D1&Route=%3Csip:evil.test%3E', '4410@office.test'],
      ['tel:%zz', null],
    ] as const) {
      await field.fill('');
      expect(await startAgain(app, [link])).toBe(0);
      if (text !== null) await expect(field).toHaveValue(text);
      // oxlint-disable-next-line no-control-regex -- what must not be there
      expect(await field.inputValue()).not.toMatch(/[\u0000-\u001f\u200e\u200f\u202a-\u202e]|Replaces|Route/);
    }
    expect((await app.state()).calls).toEqual([]);
    expect(office.called.all).toEqual([]);
  });

  test('the first start takes a link too, also before there is an account', async ({ launch }) => {
    const app = await launch({ args: ['tel:4410'] });
    const page = await app.page('main');
    await page.getByRole('button', { name: 'Try it without a server' }).click();
    await expect(page.getByRole('combobox', { name: 'Name or number' })).toHaveValue('4410');
    expect((await app.state()).calls).toEqual([]);
  });

  test('a second start without a link brings the window back', async ({ launch }) => {
    const app = await launch({ args: ['--practice'] });
    await app.registered();
    await closeMainWindow(app);
    await expect.poll(() => windowState(app, 'main')).toMatchObject({ visible: false });
    expect(await startAgain(app, [])).toBe(0);
    await expect.poll(() => windowState(app, 'main')).toEqual({ visible: true, focused: true });
  });
});

test('closing the window keeps the phone running, and says so once', async ({ launch }) => {
  const office = await Office.open({ passwords: { mara: 'secret' } });
  const app = await launch({ provision: { hookswitch: 1, accounts: [office.accountOf('mara')] } });
  await app.registered();
  const page = await app.page('main');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect.poll(() => windowState(app, 'main')).toMatchObject({ visible: false });
  if (await keepsDesktop(app)) {
    const once = ['Hookswitch is still running: It stays in the tray to receive calls. Quit it there.'];
    await expect.poll(() => notifications(app)).toEqual(once);
    await startAgain(app, []);
    await expect.poll(() => windowState(app, 'main')).toMatchObject({ visible: true });
    await closeMainWindow(app);
    await expect.poll(() => windowState(app, 'main')).toMatchObject({ visible: false });
    expect(await notifications(app)).toEqual(once);
  }
  const call = office.call('mara', { number: '4410' });
  await call.status(180);
  await expect.poll(() => windowState(app, 'incoming')).toMatchObject({ visible: true });
  office.close();
});

test('start at login writes an autostart file, hidden, and takes it away', async ({ launch }) => {
  test.skip(process.platform !== 'linux', "elsewhere Electron's own API does it");
  const config = mkdtempSync(join(tmpdir(), 'hookswitch-config-'));
  const file = join(config, 'autostart', 'hookswitch.desktop');
  const app = await launch({ args: ['--practice'], env: { XDG_CONFIG_HOME: config } });
  await app.registered();
  const page = await app.page('main');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const atLogin = page.getByRole('switch', { name: 'Start at login' });
  await expect(atLogin).toHaveAttribute('aria-checked', 'false');
  await atLogin.click();
  await expect(atLogin).toHaveAttribute('aria-checked', 'true');
  await expect.poll(() => existsSync(file)).toBe(true);
  expect(readFileSync(file, 'utf8')).toMatch(
    /^\[Desktop Entry\]\nType=Application\nName=Hookswitch\nExec=".+" "--hidden"\n/,
  );
  await atLogin.click();
  await expect.poll(() => existsSync(file)).toBe(false);
  rmSync(config, { recursive: true, force: true });
});

test('started hidden, the phone registers and rings without a window', async ({ launch }) => {
  const office = await Office.open({ passwords: { mara: 'secret' } });
  const profile = mkdtempSync(join(tmpdir(), 'hookswitch-'));
  const first = await launch({ profile, provision: { hookswitch: 1, accounts: [office.accountOf('mara')] } });
  await first.registered();
  await first.close();
  office.registered.forget();

  const app = await launch({ profile, args: ['--hidden'] });
  await office.registered.wait((user) => user === 'mara', 'the registration');
  const call = office.call('mara', { number: '4410', name: 'Nora Keller' });
  await call.status(180);
  const popup = await app.page('incoming');
  await expect(popup.getByRole('alertdialog')).toContainText('Nora Keller');
  expect(
    app.electron
      .windows()
      .map((page) => page.url())
      .some((url) => url.includes('main')),
  ).toBe(false);
  await popup.getByRole('button', { name: 'Answer' }).click();
  await call.status(200);
  await office.packets(10);
  office.close();
  await app.close();
  rmSync(profile, { recursive: true, force: true });
});

test('light, dark, high contrast, and as the system has it', async ({ launch }) => {
  const app = await launch({ args: ['--practice'] });
  await app.registered();
  const page = await app.page('main');
  const popup = await app.page('incoming');
  const choose = async (theme: string) => {
    await page.getByRole('button', { name: /Appearance$/ }).click();
    await page.getByRole('option', { name: theme, exact: true }).click();
  };
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  for (const [theme, value] of [
    ['Dark', 'dark'],
    ['High contrast', 'contrast'],
    ['Light', 'light'],
  ] as const) {
    await choose(theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', value);
    await expect(popup.locator('html')).toHaveAttribute('data-theme', value);
  }
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await choose('System');
  // The app's own choice reaches the page before the system's does.
  await app.until((state) => state.preferences.theme === 'system');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect.poll(paper).not.toBe(light);
});
