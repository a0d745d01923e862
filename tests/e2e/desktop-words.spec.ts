// What the system draws for the phone: the tray in the person's language, and keys in the whole system.
import type { ChromiumHost } from '../../build/chromium-host/src/electron.ts';
import { Office } from '../support/office.ts';
import { keepsDesktop, labels, tray } from '../support/desktop.ts';
import { expect, test } from '../support/spec.ts';
import type { PhoneApp } from '../support/app.ts';

let office: Office;
test.beforeAll(async () => {
  office = await Office.open({ passwords: { mara: 'secret' } });
});
test.afterAll(() => office.close());

type HostElectron = typeof Electron.CrossProcessExports & { chromiumHost: ChromiumHost };

async function press(app: PhoneApp, accelerator: string): Promise<void> {
  await app.electron.evaluate((electron, keys) => {
    const run = (electron as HostElectron).chromiumHost.shortcuts.get(keys);
    if (!run) throw new Error(`Nobody has ${keys}.`);
    run();
  }, accelerator);
}

test('tray and pop-up speak the chosen language; global keys answer and hang up, and a conflict is told', async ({
  launch,
}) => {
  const app = await launch({ provision: { hookswitch: 1, accounts: [office.accountOf('mara')] } });
  await app.registered();
  test.skip(!(await keepsDesktop(app)), 'Electron draws the tray and takes global keys itself');
  const page = await app.page('main');
  await app.command({ type: 'set-preferences', preferences: { language: 'de' } });
  await expect(page.getByRole('button', { name: 'Einstellungen' })).toBeVisible();
  await expect.poll(async () => labels((await tray(app)).entries)).toContain('Nicht stören');
  expect((await tray(app)).toolTip).toContain('Erreichbar');

  // Another program had Ctrl+Shift+H first.
  await app.electron.evaluate(({ globalShortcut }) => globalShortcut.register('CommandOrControl+Shift+H', () => {}));
  await app.command({
    type: 'set-preferences',
    preferences: { globalShortcuts: { answer: 'Mod+Alt+A', mute: 'Mod+Alt+M', hangUp: 'Mod+Shift+H' } },
  });
  const { shortcutsTaken } = await app.until((state) => state.shortcutsTaken.length > 0);
  expect(shortcutsTaken).toEqual(['hangUp']);

  const call = office.call('mara', { number: '4410', name: 'Nora Keller' });
  await call.status(180);
  const popup = await app.page('incoming');
  await expect(popup.getByRole('button', { name: 'Annehmen' })).toBeVisible();
  await press(app, 'CommandOrControl+Alt+A');
  await call.status(200);
  await app.until((state) => state.calls.some(({ phase }) => phase.name === 'connected'));
  await press(app, 'CommandOrControl+Alt+M');
  await app.until((state) => state.calls.some(({ muted }) => muted));
  await app.command({ type: 'set-preferences', preferences: { globalShortcuts: { hangUp: 'Mod+Alt+E' } } });
  await app.until((state) => state.shortcutsTaken.length === 0);
  await press(app, 'CommandOrControl+Alt+E');
  await app.until((state) => state.calls.every(({ phase }) => phase.name === 'ended'));
});
