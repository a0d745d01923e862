// The window dies in a call: the call goes on, and the window comes back with it.
import type { PhoneState } from '../../contract/index.ts';
import type { PhoneApp } from '../support/app.ts';
import { inMainWindow } from '../support/desktop.ts';
import { Office } from '../support/office.ts';
import { expect, test } from '../support/spec.ts';

/** Process of the main window's page. */
async function rendererOf(app: PhoneApp): Promise<number> {
  const pids = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => window.webContents.getURL().startsWith('app://main/'))
      .map((window) => window.webContents.getOSProcessId()),
  );
  const [pid = 0] = pids;
  if (pid <= 1) throw new Error(`No process of the main window: ${pids.join(', ')}.`);
  return pid;
}

test('the renderer of the main window is killed: audio goes on, and the window comes back with the call', async ({
  launch,
}) => {
  const office = await Office.open({ passwords: { mara: 'secret' }, numbers: { '4410': { does: 'answers' } } });
  const app = await launch({ provision: { hookswitch: 1, accounts: [office.accountOf('mara')] } });
  await app.registered();
  await app.command({ type: 'call', target: '4410' });
  const { call } = await office.called.wait(({ number }) => number === '4410', 'the call');
  const before = await app.until((state) => state.calls[0]?.phase.name === 'connected');
  await office.packets(25);

  const first = await rendererOf(app);
  process.kill(first, 'SIGKILL');
  await office.packets(25); // half a second of audio while there is no window

  // Playwright's page ended with its process; the window is asked by the app itself.
  const shown = () => inMainWindow<string>(app, `document.querySelector('[data-call]')?.innerText ?? ''`);
  await expect.poll(shown, { timeout: 15_000 }).toMatch(/Connected[^]*4410[^]*\d:\d\d/);
  expect(await rendererOf(app)).not.toBe(first);
  const { calls } = await inMainWindow<PhoneState>(app, 'new Promise((got) => hookswitch.phone.onState(got))');
  expect(calls.map(({ id, phase }) => [id, phase.name])).toEqual(before.calls.map(({ id }) => [id, 'connected']));
  expect(call.requests.all, 'no BYE, no re-INVITE').toEqual([]);

  await inMainWindow(app, `document.querySelector('[data-call] .button.end').click()`);
  await call.requests.wait((method) => method === 'BYE', 'a BYE');
  office.close();
});

test('the window is reloaded in a call: the call stays, with its mute', async ({ launch }) => {
  const app = await launch({ args: ['--practice'] });
  await app.registered();
  const page = await app.page('main');
  await page.getByRole('grid', { name: 'People' }).getByRole('button', { name: 'Echo', exact: true }).click();
  const card = page.getByRole('region', { name: 'Call with Echo' });
  await card.getByRole('button', { name: 'Mute', exact: true }).click();
  await expect(card.getByText('Muted', { exact: true })).toBeVisible();
  const { calls } = await app.state();
  await page.reload();
  await expect(card.getByText('Muted', { exact: true })).toBeVisible();
  expect((await app.state()).calls.map(({ id, phase }) => [id, phase])).toEqual(
    calls.map(({ id, phase }) => [id, phase]),
  );
});
