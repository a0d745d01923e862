// The support bundle of the running app: passwords typed, used and answered with, keys of a call, tokens in links: none of
// them is in the bytes that are written. And the log, whose lines are copied.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { keepsDesktop } from '../support/desktop.ts';
import { Office } from '../support/office.ts';
import { saveSlowly } from '../support/slow-disk.ts';
import { expect, test } from '../support/spec.ts';

const secrets = { password: 'canary-Pass"word+1', turn: 'canary-turn-password', url: 'canary-url-password' };

test('what is written has no secret, and is what was shown', async ({ launch }) => {
  const office = await Office.open({
    domain: 'example.com',
    passwords: { '4410': secrets.password },
    numbers: { '4418': { does: 'refuses', status: '486 Busy Here' } },
  });
  const folder = mkdtempSync(join(tmpdir(), 'support-'));
  try {
    const account = {
      address: '4410@example.com',
      password: secrets.password,
      server: office.server,
      encryption: 'preferred',
      turnServer: { server: 'turn.example.com', transport: 'udp', user: 'mara' },
      turnPassword: secrets.turn,
    };
    const app = await launch({ provision: { hookswitch: 1, accounts: [account] } });
    test.skip(!(await keepsDesktop(app)), 'The system draws the save dialog, and nobody answers it.');
    await app.registered();
    // A call that offers SRTP keys, one to an address with a password, and a folder that has one in its name.
    const { id = '' } = await app.command({ type: 'call', target: '4418' });
    await app.until(
      (state, callId) => state.calls.every((call) => call.id !== callId || call.phase.name === 'ended'),
      id,
    );
    await app.command({ type: 'call', target: `sip:nora:${secrets.url}@example.com` });
    await app.command({
      type: 'set-preferences',
      preferences: { voicemailNumber: `https://mara:${secrets.url}@example.com/?token=canary-token-0815` },
    });

    const page = await app.page('main');
    const trace = await page.evaluate(async () => {
      const answer = await window.hookswitch.phone.query({ type: 'trace', text: 'crypto', after: 0, limit: 9 });
      return answer.ok ? answer.value.rows.length : 0;
    });
    expect(trace, 'a call with keys was traced').toBeGreaterThan(0);

    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: /^Support bundle/ }).click();
    await expect(page.getByRole('checkbox', { name: 'Include sip-trace.txt' })).toBeChecked();
    await page.getByRole('button', { name: /settings\.json/ }).click();
    const shown = await page.getByRole('region', { name: 'settings.json' }).locator('pre').textContent();
    await page.getByRole('checkbox', { name: 'Include devices.json' }).uncheck();

    const file = join(folder, 'support.zip');
    await app.electron.evaluate((electron, filePath) => {
      const { chromiumHost } = electron as unknown as { chromiumHost: { dialogAnswers: unknown[] } };
      chromiumHost.dialogAnswers.push({ canceled: false, filePath });
    }, file);
    const bytes = await saveSlowly(page, file, () => page.getByRole('button', { name: 'Save bundle' }).click());
    await expect(page.getByText(`Saved to ${file}.`)).toBeVisible();

    const files = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
    expect(Object.keys(files).sort()).toEqual([
      'README.txt',
      'database.json',
      'log/hookswitch.log',
      'settings.json',
      'sip-trace.txt',
      'state.json',
      'versions.json',
    ]);
    expect(files['settings.json']).toBe(shown);
    expect(JSON.parse(files['database.json'] ?? '')).toMatchObject({
      check: 'ok',
      rows: { calls: expect.any(Number) },
    });
    expect(files['sip-trace.txt']).toContain('REGISTER sip:example.com SIP/2.0');

    const all = [bytes.toString('latin1'), ...Object.values(files)].join('\n');
    for (const secret of [...Object.values(secrets), 'canary', 'canary-token-0815']) expect(all).not.toContain(secret);
    // Digest answers are 32 hexadecimal digits and more; SDES keys 40 characters of base64.
    expect(all).not.toMatch(/\b(?:response|cnonce|nonce)\s*=\s*"(?!\[redacted\])/);
    expect(all).not.toMatch(/inline:(?!\[)/);
  } finally {
    rmSync(folder, { recursive: true });
    office.close();
  }
});

test('the log shows what the phone did, and its lines are copied', async ({ launch }) => {
  const app = await launch();
  const page = await app.page('main');
  await app.command({
    type: 'save-account',
    account: { address: '4410@example.com', password: 'canary-log', server: '127.0.0.1:9' },
  });
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: /^Log/ }).click();
  const log = page.getByRole('log', { name: 'Log' });
  await expect(log.getByText(/^registration /).first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Filter lines' }).fill('registration');
  await page.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText(/copied\.$/)).toBeVisible();
  const copied = await app.electron.evaluate((electron) => electron.clipboard.readText());
  expect(copied).toMatch(/^\d{4}-.*Z INFO sip.*: registration \{/);
  expect(copied).not.toContain('canary');
});
