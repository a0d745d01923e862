// What goes wrong outside of the phone: callees, audio, damaged files. Each gives a sentence where the person looks, and loses nothing.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import type { PhoneApp } from '../support/app.ts';
import { Office } from '../support/office.ts';
import { expect, test } from '../support/spec.ts';

/** Types a number and presses Enter, as people do. */
async function dial(page: Page, number: string): Promise<void> {
  const field = page.getByRole('combobox', { name: 'Name or number' });
  await field.fill(number);
  await expect(page.getByText('Dials')).toBeVisible();
  await field.press('Enter');
}

const card = (page: Page, name: string) => page.getByRole('region', { name: `Call with ${name}` });

test('a busy, an unknown and a declining callee, each in words, on the call and in the list', async ({ launch }) => {
  const app = await launch({ args: ['--practice'] });
  await app.registered();
  const page = await app.page('main');
  for (const [number, sentence, inList] of [
    ['603', 'Busy', 'Busy'],
    ['699', 'This number does not exist.', 'Not connected: this number does not exist'],
    ['605', 'Declined', 'Declined'],
  ] as const) {
    await dial(page, number);
    await expect(card(page, number)).toContainText(sentence);
    await expect(card(page, number).getByRole('button', { name: 'Redial' })).toBeVisible();
    await card(page, number).getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: /^Recents/ }).click();
    const row = page.getByRole('grid', { name: 'Recent calls' }).getByRole('row').first();
    await expect(row).toContainText(number);
    await expect(row).toContainText(inList);
  }
});

test('a callee that only rings is called off, and the list says so', async ({ launch }) => {
  const app = await launch({ args: ['--practice'] });
  await app.registered();
  const page = await app.page('main');
  await dial(page, '604');
  await expect(card(page, '604')).toContainText('Ringing');
  await card(page, '604').getByRole('button', { name: 'End call' }).click();
  await page.getByRole('button', { name: /^Recents/ }).click();
  await expect(page.getByRole('grid', { name: 'Recent calls' }).getByRole('row')).toContainText('Cancelled');
});

test('text that is no number is not called, and the field says why', async ({ launch }) => {
  const app = await launch({ args: ['--practice'] });
  await app.registered();
  const page = await app.page('main');
  const field = page.getByRole('combobox', { name: 'Name or number' });
  await field.fill('nobody at all');
  await expect(page.getByText('Nobody by that name')).toBeVisible();
  await field.press('Enter');
  expect((await app.state()).calls).toEqual([]);
  await expect(field).toHaveValue('nobody at all');
});

test.describe('audio', () => {
  let office: Office;
  test.beforeEach(async () => {
    office = await Office.open({
      passwords: { mara: 'secret' },
      numbers: {
        '488': { does: 'refuses', status: '488 Not Acceptable Here' },
        '503': { does: 'refuses', status: '503 Service Unavailable' },
      },
    });
  });
  test.afterEach(() => office.close());
  const provision = () => ({ hookswitch: 1, accounts: [office.accountOf('mara')] });

  test('a callee without a common codec', async ({ launch }) => {
    const app = await launch({ provision: provision() });
    await app.registered();
    const page = await app.page('main');
    await dial(page, '488');
    await expect(card(page, '488')).toContainText(
      'The other phone speaks none of the audio formats that this one does.',
    );
  });

  test('a server that cannot connect the call', async ({ launch }) => {
    const app = await launch({ provision: provision() });
    await app.registered();
    const page = await app.page('main');
    await dial(page, '503');
    await expect(card(page, '503')).toContainText('The server could not connect the call. Try again in a moment.');
  });

  test('a caller without a common codec is told so at once, and is in the list with the reason', async ({ launch }) => {
    const app = await launch({ provision: provision() });
    await app.registered();
    const page = await app.page('main');
    const call = office.call('mara', { number: '4410', name: 'Nora Keller' }, ['G729']);
    expect(await call.final()).toBe(488);
    await page.getByRole('button', { name: /^Recents/ }).click();
    const row = page.getByRole('grid', { name: 'Recent calls' }).getByRole('row');
    await expect(row).toContainText('Nora Keller');
    await expect(row).toContainText('Not connected: the other phone and this one have no audio format in common');
  });

  test('no microphone: said on the call, which goes on, and in settings', async ({ launch }) => {
    const app = await launch({ provision: provision(), sound: false });
    await app.registered();
    const page = await app.page('main');
    const sentence = 'No microphone was found, so the other side will not hear you. Plug one in; it is used at once.';
    const call = office.call('mara', { number: '4410', name: 'Nora Keller' });
    await call.status(180);
    await page.getByRole('button', { name: 'Answer' }).click();
    await call.status(200);
    await expect(card(page, 'Nora Keller')).toContainText(sentence);
    await expect(card(page, 'Nora Keller')).toContainText('Connected');
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Settings' }).getByText(sentence)).toBeVisible();
    await call.hangUp();
  });
});

test.describe('files', () => {
  let profile: string;
  test.beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'hookswitch-'));
  });
  test.afterEach(() => rmSync(profile, { recursive: true, force: true }));

  const keptFiles = (name: string) =>
    readdirSync(profile)
      .filter((file) => file.startsWith(`${name}.damaged-`))
      .map((file) => readFileSync(join(profile, file), 'utf8'));

  /** The practice exchange, as a sign that the phone works. */
  async function works(app: PhoneApp): Promise<void> {
    await app.command({ type: 'start-practice' });
    await app.registered();
    await app.command({ type: 'call', target: '600' });
    await app.until((state) => state.calls[0]?.phase.name === 'connected');
  }

  test('damaged settings are kept aside, said at first sight, and the phone works', async ({ launch }) => {
    const damage = '{"accounts": [{"address": "mara@office.test", ';
    writeFileSync(join(profile, 'settings.json'), damage);
    const app = await launch({ profile });
    const page = await app.page('main');
    await expect(page.getByText('Settings were damaged', { exact: true })).toBeVisible();
    await expect(
      page.getByText(/Hookswitch starts with new ones\. The old file was kept as settings\.json\.damaged-/),
    ).toBeVisible();
    expect(keptFiles('settings.json')).toEqual([damage]);
    await works(app);
    expect(keptFiles('settings.json')).toEqual([damage]);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(page.getByText('Settings were damaged')).toHaveCount(0);
  });

  test('a damaged account costs only itself', async ({ launch }) => {
    const settings = {
      accounts: [
        { id: 'good', label: 'Good', address: 'mara@127.0.0.1', server: '127.0.0.1:9' },
        { id: 'bad', label: 'Bad', address: 'no address' },
      ],
      preferences: { theme: 'dark' },
    };
    writeFileSync(join(profile, 'settings.json'), JSON.stringify(settings));
    const app = await launch({ profile });
    const state = await app.until(({ ready }) => ready);
    expect(state.accounts.map(({ config }) => config.id)).toEqual(['good']);
    expect(state.preferences.theme).toBe('dark');
    expect(state.notices.find(({ id }) => id === 'settings')?.text).toContain('accounts[1].address');
    expect(keptFiles('settings.json')).toEqual([JSON.stringify(settings)]);
  });

  test('a damaged database is kept aside, said at first sight, and the phone works', async ({ launch }) => {
    const damage = 'This is not a database, whatever its name says. '.repeat(200);
    writeFileSync(join(profile, 'hookswitch.db'), damage);
    const app = await launch({ profile });
    const page = await app.page('main');
    await expect(page.getByText('People and calls were damaged')).toBeVisible();
    expect(keptFiles('hookswitch.db')).toEqual([damage]);
    await works(app);
    await app.command({
      type: 'save-person',
      person: { name: 'Nora Keller', numbers: [{ value: '4410', kind: 'work' }] },
    });
    await page.getByRole('combobox', { name: 'Name or number' }).fill('Nora');
    await expect(page.getByRole('grid', { name: 'People' }).getByRole('row')).toContainText('Nora Keller');
    expect(keptFiles('hookswitch.db')).toEqual([damage]);
  });

  test('a bad set-up file is said with its field, and the phone starts without it', async ({ launch }) => {
    const app = await launch({
      profile,
      provision: { hookswitch: 1, accounts: [{ address: 'mara@office.test', transport: 'pigeon' }] },
    });
    const page = await app.page('main');
    await expect(page.getByText('The set-up file was not used')).toBeVisible();
    await expect(page.getByText(/accounts\[0\]\.transport: This is one of udp, tcp, tls, ws, wss\./)).toBeVisible();
    expect((await app.state()).accounts).toEqual([]);
    await works(app);
  });

  test('a set-up file that is not there', async ({ launch }) => {
    const app = await launch({ profile, args: ['--provision', join(profile, 'missing.json')] });
    const page = await app.page('main');
    await expect(page.getByText('The set-up file missing.json was not found.')).toBeVisible();
  });

  test('a set-up file that is no JSON, with line and column', async ({ launch }) => {
    const file = join(profile, 'set-up.json');
    writeFileSync(file, '{\n  "hookswitch": 1,\n  "accounts": [}\n');
    const app = await launch({ profile, args: ['--provision', file] });
    const page = await app.page('main');
    await expect(page.getByText(/The set-up file set-up\.json is not JSON: line 3, column 16/)).toBeVisible();
  });
});
