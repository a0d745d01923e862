// The pop-up among a person's other windows: it steals no key, lies over full screen, comes on the screen in use; and
// several callers in it.
import type { BrowserWindow, Rectangle } from 'electron';
import { Office } from '../support/office.ts';
import { windowState } from '../support/desktop.ts';
import { expect, test } from '../support/spec.ts';
import type { PhoneApp } from '../support/app.ts';

let office: Office;
test.beforeAll(async () => {
  office = await Office.open({ passwords: { mara: 'secret' } });
});
test.afterAll(() => office.close());

async function started(launch: () => Promise<PhoneApp>): Promise<PhoneApp> {
  const app = await launch();
  await app.registered();
  return app;
}

const provision = () => ({ hookswitch: 1, accounts: [office.accountOf('mara')] });

/** What the system was told of the pop-up's window. */
async function popupWindow(app: PhoneApp): Promise<{ bounds: Rectangle; onTop: boolean; everywhere: boolean }> {
  return app.electron.evaluate(({ BrowserWindow }) => {
    const isPopup = (window: BrowserWindow) => /^(?:app:\/\/|https:\/\/app-)incoming/.test(window.webContents.getURL());
    const popup = BrowserWindow.getAllWindows().find(isPopup);
    if (!popup) throw new Error('There is no pop-up.');
    return {
      bounds: popup.getBounds(),
      onTop: popup.isAlwaysOnTop(),
      everywhere: popup.isVisibleOnAllWorkspaces(),
    };
  });
}

test('it steals no key from who types, lies over full screen, comes on the screen in use, and has all who call', async ({
  launch,
}) => {
  const app = await started(() => launch({ provision: provision() }));
  const page = await app.page('main');
  const field = page.getByRole('combobox', { name: 'Name or number' });
  const text = 'every single letter of this stays where it was typed';

  // The second screen, where the pointer is.
  await app.electron.evaluate(({ screen }) => {
    const area = { x: 1440, y: 0, width: 1920, height: 1080 };
    const second = { ...screen.getPrimaryDisplay(), id: 2, bounds: area, workArea: area };
    Object.assign(screen, {
      getCursorScreenPoint: () => ({ x: 2000, y: 500 }),
      getDisplayNearestPoint: () => second,
    });
  });
  await app.electron.evaluate(({ BrowserWindow }) => {
    const main = BrowserWindow.getAllWindows().find((window) => window.isFocused());
    main?.setFullScreen(true);
  });

  await field.focus();
  const typing = field.pressSequentially(text, { delay: 25 });
  const call = office.call('mara', { number: '4410', name: 'Nora Keller' });
  await call.status(180);
  const popup = await app.page('incoming');
  await expect(popup.getByRole('alertdialog')).toContainText('Nora Keller');
  expect((await windowState(app, 'incoming')).visible).toBe(true);
  await typing;
  await expect(field).toHaveValue(text);
  expect(await windowState(app, 'incoming')).toEqual({ visible: true, focused: false });
  expect((await windowState(app, 'main')).focused).toBe(true);
  expect((await app.state()).calls.map(({ phase }) => phase.name)).toEqual(['incoming']);

  const { bounds, onTop, everywhere } = await popupWindow(app);
  expect({ onTop, everywhere }).toEqual({ onTop: true, everywhere: true });
  expect(bounds.x).toBeGreaterThanOrEqual(1440);
  expect(bounds.x + bounds.width).toBeLessThanOrEqual(1440 + 1920);
  expect(bounds.y + bounds.height).toBeLessThanOrEqual(1080);

  const alert = popup.getByRole('alertdialog');
  const tom = office.call('mara', { number: '4420', name: 'Tom Brandt' });
  const ilse = office.call('mara', { number: '4430', name: 'Ilse Vogt' });
  await tom.status(180);
  await ilse.status(180);

  await test.step('callers stack, the longest waiting first, and the window is as high as all of them', async () => {
    await expect(alert).toHaveAccessibleName('3 incoming calls');
    await expect(popup.getByRole('heading')).toHaveText('Nora Keller');
    for (const name of ['Tom Brandt', 'Ilse Vogt'])
      await expect(alert.locator('.next', { hasText: name })).toBeVisible();
    const isAsHigh = () =>
      popup.evaluate(() => document.querySelector('[role="alertdialog"]')?.clientHeight === innerHeight);
    await expect.poll(isAsHigh).toBe(true);
    const higher = (await popupWindow(app)).bounds;
    expect(higher.height).toBeGreaterThanOrEqual(bounds.height + 2 * 54);
    expect(higher.y + higher.height).toBeLessThanOrEqual(1080);
  });

  await test.step('Tab goes from one to the next, and Enter answers that one; the others ring on', async () => {
    await popup.bringToFront();
    for (const name of [
      'Answer',
      'Decline',
      'Silence',
      'Send a message instead',
      'Decline Tom Brandt',
      'Answer Tom Brandt',
      'Decline Ilse Vogt',
      'Answer Ilse Vogt',
    ]) {
      await popup.keyboard.press('Tab');
      await expect(popup.getByRole('button', { name, exact: true })).toBeFocused();
    }
    await popup.keyboard.press('Enter');
    await ilse.status(200);
    await expect(alert).toHaveAccessibleName('2 incoming calls');
  });

  await test.step('one is declined by its own button; the last one still waits', async () => {
    await popup.getByRole('button', { name: 'Decline Tom Brandt' }).click();
    expect(await tom.final()).toBe(603);
    await expect(alert).toHaveAccessibleName('Incoming call from Nora Keller');
    expect((await windowState(app, 'incoming')).visible).toBe(true);
  });

  await test.step('and is declined by keys, and the pop-up goes; the call that was answered goes on', async () => {
    const decline = popup.getByRole('button', { name: 'Decline', exact: true });
    for (let press = 0; press < 4; press += 1) {
      await popup.keyboard.press('Tab');
      if (await decline.evaluate((button) => button === document.activeElement)) break;
    }
    await expect(decline).toBeFocused();
    await popup.keyboard.press('Enter');
    expect(await call.final()).toBe(603);
    await expect.poll(() => windowState(app, 'incoming')).toMatchObject({ visible: false });
    const { calls } = await app.state();
    expect(calls.filter(({ phase }) => phase.name === 'connected').map(({ party }) => party.name)).toEqual([
      'Ilse Vogt',
    ]);
  });
});
