// Accounts by the form: one that works, and every way in which one does not, each with its sentence where the person looks.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import type { Page } from 'playwright/test';
import { makeCertificate, missingPrograms } from '../peers/support/index.ts';
import type { PhoneApp } from '../support/app.ts';
import { domain, Office } from '../support/office.ts';
import { expect, test } from '../support/spec.ts';

let office: Office;
test.beforeEach(async () => {
  office = await Office.open({ passwords: { mara: 'secret' } });
});
test.afterEach(() => office.close());

interface Typed {
  address?: string;
  password?: string;
  server?: string;
  connection?: 'UDP' | 'TCP' | 'TLS' | 'WS' | 'WSS';
}

/** First run, "Add your account", the form filled in. */
async function openForm(app: PhoneApp): Promise<Page> {
  const page = await app.page('main');
  await page.getByRole('button', { name: 'Add your account' }).click();
  await expect(page.getByRole('form', { name: 'Add account' })).toBeVisible();
  return page;
}

async function fill(page: Page, { address, password, server, connection }: Typed): Promise<void> {
  if (address !== undefined) await page.getByRole('textbox', { name: 'Address' }).fill(address);
  if (password !== undefined) await page.getByRole('textbox', { name: 'Password' }).fill(password);
  if (server !== undefined) await page.getByRole('textbox', { name: 'Server' }).fill(server);
  if (connection !== undefined) {
    await page.getByRole('button', { name: /Connection$/ }).click();
    await page.getByRole('option', { name: connection, exact: true }).click();
  }
}

const press = (page: Page) => page.locator('button[type=submit]').click();

/** The sentence under a field, and that the field is marked with it. */
async function expectAt(page: Page, field: string, sentence: string | RegExp, ms = 10_000): Promise<void> {
  const input = page.getByRole('textbox', { name: field });
  await expect(input).toHaveAttribute('aria-invalid', 'true', { timeout: ms });
  await expect(input).toHaveAccessibleDescription(sentence);
  await expect(page.getByText(sentence).first()).toBeInViewport();
}

test('an account is added, is available, and stays after a restart', async ({ launch }) => {
  const profile = mkdtempSync(join(tmpdir(), 'hookswitch-'));
  const app = await launch({ profile });
  const page = await openForm(app);
  await fill(page, { address: `mara@${domain}`, password: 'secret', server: office.server });
  await press(page);
  await expect(page.getByRole('button', { name: 'Add account' })).toBeHidden();
  await expect(page.locator('.who')).toContainText('Available');
  expect(office.registered.all).toEqual(['mara']);
  await app.close();

  const again = await launch({ profile });
  await again.registered();
  await expect((await again.page('main')).locator('.who')).toContainText('Available');
  rmSync(profile, { recursive: true, force: true });
});

test('what is missing is said at its field before anything is sent', async ({ launch }) => {
  const page = await openForm(await launch());
  await press(page);
  await expectAt(page, 'Address', 'Type your address, such as mara.lindt@example.com.');
  await fill(page, { address: 'mara' });
  await press(page);
  await expectAt(page, 'Address', 'An address looks like an e-mail address: name@company.com.');
  await fill(page, { address: `mara@${domain}` });
  await press(page);
  await expectAt(page, 'Password', 'Type the password of this account. You got it with the address.');
});

test('a wrong password: the sentence stands at the field, and the right one connects', async ({ launch }) => {
  const app = await launch();
  const page = await openForm(app);
  await fill(page, { address: `mara@${domain}`, password: 'Secret', server: office.server });
  await press(page);
  const sentence = `${domain} did not accept this password. Check capital letters, or ask your administrator for a new one.`;
  await expectAt(page, 'Password', sentence);
  await expect(page.getByRole('textbox', { name: 'Password' })).toBeFocused();
  await fill(page, { password: 'secret' });
  await press(page);
  await expect(page.locator('.who')).toContainText('Available');
});

test('an address that the server does not know', async ({ launch }) => {
  const page = await openForm(await launch());
  await fill(page, { address: `nobody@${domain}`, password: 'secret', server: office.server });
  await press(page);
  await expectAt(page, 'Address', `${domain} does not know this address. Check its spelling.`);
});

test('an unknown host', async ({ launch }) => {
  const page = await openForm(await launch());
  await fill(page, { address: `mara@${domain}`, password: 'secret', server: 'sip.nowhere.invalid' });
  await press(page);
  await expectAt(page, 'Server', 'There is no server named sip.nowhere.invalid. Check the spelling of the address.');
});

test('a refused port', async ({ launch }) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const page = await openForm(await launch());
  const given = `127.0.0.1:${port}`;
  await fill(page, { address: `mara@${domain}`, password: 'secret', server: given, connection: 'TCP' });
  await press(page);
  await expectAt(page, 'Server', /^127\.0\.0\.1(:\d+)? refused the connection\. Check the port and the transport/);
});

test('a certificate that nobody vouches for', async ({ launch }) => {
  const missing = missingPrograms('openssl');
  test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-tls-'));
  const { certFile, keyFile, caFile } = makeCertificate(folder, ['localhost', domain], ['127.0.0.1']);
  let received = '';
  const server = createTlsServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) }, (socket) => {
    socket.on('data', (bytes) => (received += bytes.toString('latin1'))).on('error', () => {});
  }).listen(0, '127.0.0.1');
  server.on('tlsClientError', () => {});
  await once(server, 'listening');
  const given = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const app = await launch();
  const page = await openForm(app);
  await fill(page, { address: `mara@${domain}`, password: 'secret', server: given, connection: 'TLS' });
  await press(page);
  await expectAt(
    page,
    'Server',
    /The certificate of .+ is of an authority that this computer does not know, so nothing was sent\. Ask your administrator/,
  );
  expect(received).toBe('');

  // With the company's own authority it is trusted.
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('textbox', { name: 'CA file' }).fill(caFile);
  await press(page);
  await expect.poll(() => received).toContain(`REGISTER sip:${domain} SIP/2.0`);
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a server that does not answer: Connecting..., then a sentence', async ({ launch }) => {
  test.setTimeout(90_000);
  const hole: Socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(hole, 'listening');
  const page = await openForm(await launch());
  const given = `127.0.0.1:${hole.address().port}`;
  await fill(page, { address: `mara@${domain}`, password: 'secret', server: given });
  await press(page);
  await expect(page.getByRole('button', { name: 'Connecting...' })).toBeVisible();
  // Timer F (RFC 3261 17.1.2.2) is 32 s; the phone says it earlier.
  await expectAt(page, 'Server', / does not answer\. Check your network connection/, 45_000);
  hole.close();
});

test('an account that goes offline says so over the list, with what to do', async ({ launch }) => {
  const app = await launch({
    provision: { hookswitch: 1, accounts: [{ ...office.accountOf('mara'), password: 'wrong' }] },
  });
  const page = await app.page('main');
  await expect(page.getByText('You cannot be called right now')).toBeVisible();
  await expect(page.getByText(`${domain} did not accept this password.`)).toBeVisible();
  await expect(page.locator('.who')).toContainText('Offline: password not accepted');
  await page.getByRole('button', { name: 'Open account' }).click();
  await page.getByRole('button', { name: /^Office/ }).click();
  await fill(page, { password: 'secret' });
  await press(page);
  await app.registered();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByText('You cannot be called right now')).toHaveCount(0);
});

test('an account is deleted with its password, comes back by Undo, and registers again', async ({ launch }) => {
  const app = await launch({ provision: { hookswitch: 1, accounts: [office.accountOf('mara')] } });
  await app.registered();
  const page = await app.page('main');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: /^Accounts/ }).click();
  await page.getByRole('button', { name: /^Office/ }).click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Delete account' }).click();
  await expect(page.getByRole('heading', { name: 'Pick up from here' })).toBeVisible();
  await app.until((state) => state.accounts.length === 0);
  expect(readFileSync(join(app.profile, 'settings.json'), 'utf8')).not.toContain('mara@');
  expect(readFileSync(join(app.profile, 'vault.json'), 'utf8')).not.toContain('account:');
  await page.getByRole('button', { name: 'Undo' }).click();
  await app.registered();
  expect(readFileSync(join(app.profile, 'settings.json'), 'utf8')).toContain('mara@');
});
