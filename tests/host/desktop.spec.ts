// Windows and desktop on the Chromium host: what is done, and what is only kept for tests.
import { expect, test, type HostElectron } from './launch.ts';

test('showInactive shows a window and leaves the focus where it is', async ({ fixture: { app, open } }) => {
  await open('popup', { show: false, alwaysOnTop: true });
  expect(
    await app.evaluate(({ BrowserWindow }) => {
      const [main, popup] = [world.windows.get('main'), world.windows.get('popup')];
      main?.focus();
      world.log.length = 0;
      const before = popup?.isVisible();
      popup?.showInactive();
      return [before, popup?.isVisible(), popup?.isFocused(), BrowserWindow.getFocusedWindow() === main, world.log];
    }),
  ).toEqual([false, true, false, true, ['popup show']]);
});

test('a window shows, hides, moves and keeps what cannot be drawn', async ({ fixture: { app, open } }) => {
  const page = await open('mover', { width: 300, height: 200 });
  expect(
    await app.evaluate(() => {
      const window = world.windows.get('mover');
      window?.setAlwaysOnTop(true, 'screen-saver');
      window?.setIgnoreMouseEvents(true);
      window?.hide();
      const hidden = window?.isVisible();
      window?.show();
      window?.setBounds({ x: 100, y: 120, width: 500, height: 360 });
      return [hidden, window?.isVisible(), window?.isFocused(), window?.isAlwaysOnTop(), window?.getBounds()];
    }),
  ).toEqual([false, true, true, true, { x: 100, y: 120, width: 500, height: 360 }]);
  await expect.poll(() => page.evaluate(() => outerWidth)).toBe(500);
});

test('the page has the size that was asked of its window, shown at once or later', async ({
  fixture: { app, open },
}) => {
  const shown = await open('sized', { width: 400, height: 300 });
  await expect.poll(() => shown.evaluate(() => innerHeight)).toBe(300);
  const popup = await open('popup', { show: false, width: 400, height: 180 });
  await app.evaluate(() => world.windows.get('popup')?.showInactive());
  await expect.poll(() => popup.evaluate(() => innerHeight)).toBe(180);
});

test('zoom lays a page out larger, shown or hidden, at once, in its new size, and from the start', async ({
  fixture: { app, open },
}) => {
  const look = () => [innerWidth, innerHeight, devicePixelRatio, matchMedia('(max-width: 200px)').matches];
  const page = await open('zoomed', { width: 400, height: 300 });
  const set = (factor: number) =>
    app.evaluate((_electron, to) => world.windows.get('zoomed')?.webContents.setZoomFactor(to), factor);
  await set(2);
  await expect.poll(() => page.evaluate(look)).toEqual([200, 150, 2, true]);
  await app.evaluate(() => world.windows.get('zoomed')?.setBounds({ width: 600, height: 400 }));
  await expect.poll(() => page.evaluate(look)).toEqual([300, 200, 2, false]);
  await page.reload();
  expect(await page.evaluate(look)).toEqual([300, 200, 2, false]);
  await set(1);
  await expect.poll(() => page.evaluate(look)).toEqual([600, 400, 1, false]);
  const hidden = await open('hidden-zoom', { show: false, width: 400, height: 200, webPreferences: { zoomFactor: 2 } });
  await expect.poll(() => hidden.evaluate(look)).toEqual([200, 100, 2, true]);
  await app.evaluate(() => world.windows.get('hidden-zoom')?.showInactive());
  await expect.poll(() => hidden.evaluate(look)).toEqual([200, 100, 2, true]);
});

test('close can be prevented', async ({ fixture: { app, open, logged } }) => {
  await open('stubborn');
  expect(
    await app.evaluate(() => {
      const window = world.windows.get('stubborn');
      window?.once('close', (event) => event.preventDefault());
      window?.close();
      const refused = window?.isDestroyed();
      window?.close();
      return [refused, window?.isDestroyed()];
    }),
  ).toEqual([false, true]);
  await logged('stubborn closed');
});

test('a hidden window goes on working at full speed', async ({ fixture: { open } }) => {
  const page = await open('worker', { show: false, webPreferences: { backgroundThrottling: false } });
  // A throttled page wakes its timers once a second.
  const spent = await page.evaluate(async () => {
    const start = performance.now();
    for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setTimeout(resolve, 10));
    return performance.now() - start;
  });
  expect(spent).toBeLessThan(2_000);
  expect(await page.evaluate(() => document.visibilityState)).toBe('visible');
});

test('menu, tray, notification, shortcut and power are there for tests', async ({ fixture: { app, main, logged } }) => {
  await app.evaluate((electron) => {
    const { chromiumHost, powerMonitor } = electron as HostElectron;
    const [tray] = chromiumHost.trays;
    tray?.menu?.getMenuItemById('dark')?.click();
    chromiumHost.shortcuts.get('F8')?.();
    powerMonitor.emit('resume');
  });
  await logged('F8');
  await logged('resume');
  await main.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches);
  expect(
    await app.evaluate((electron) =>
      [...(electron as HostElectron).chromiumHost.notifications].map(({ title, body }) => `${title} ${body}`),
    ),
  ).toEqual(['Incoming call +1 555 0100']);
});

test('the theme of the app holds in windows that open later', async ({ fixture: { app, open } }) => {
  await app.evaluate(({ nativeTheme }) => (nativeTheme.themeSource = 'dark'));
  const page = await open('night');
  await page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches);
  await app.evaluate(({ nativeTheme }) => (nativeTheme.themeSource = 'system'));
  await page.waitForFunction(() => matchMedia('(prefers-color-scheme: light)').matches);
});

test('login items, protocol clients, dialogs and links are recorded', async ({ fixture: { app } }) => {
  expect(
    await app.evaluate(async (electron) => {
      const { app: theApp, chromiumHost, dialog, shell } = electron as HostElectron;
      theApp.setLoginItemSettings({ openAtLogin: true });
      theApp.setAsDefaultProtocolClient('tel');
      chromiumHost.dialogAnswers.push({ response: 1 });
      const { response } = await dialog.showMessageBox({ message: 'Quit?' });
      await shell.openExternal('https://example.invalid/');
      return [
        theApp.getLoginItemSettings().openAtLogin,
        theApp.isDefaultProtocolClient('tel'),
        response,
        chromiumHost.dialogs.at(-1)?.options['message'],
        chromiumHost.opened,
      ];
    }),
  ).toEqual([true, true, 1, 'Quit?', ['https://example.invalid/']]);
});

test('the display is the one that pages see', async ({ fixture: { app, main } }) => {
  const size = await app.evaluate(({ screen }) => screen.getPrimaryDisplay().size);
  expect(await main.evaluate(() => ({ width: screen.width, height: screen.height }))).toEqual(size);
});

test('what the host lacks fails with its name', async ({ fixture: { app } }) => {
  await expect(app.evaluate((electron) => electron.inAppPurchase)).rejects.toThrow(
    'electron.inAppPurchase is not part of the Chromium host.',
  );
  await expect(app.evaluate(({ session }) => session.fromPartition('other'))).rejects.toThrow(
    /fromPartition\('other'\) is not part of the Chromium host/,
  );
});
