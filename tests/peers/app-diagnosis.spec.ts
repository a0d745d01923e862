// "Why can't I be called?" on the running app with a real Kamailio: one launch, six accounts, each with its own fault or none.
import type { Check, CheckName, Diagnosis } from '../../contract/index.ts';
import { launchPhone, type PhoneApp } from '../support/app.ts';
import { watchProgress } from '../support/progress.ts';
import { expect, test } from '../support/spec.ts';
import { freePort, missingPrograms, startKamailio, type Kamailio } from './support/index.ts';

const missing = missingPrograms('kamailio', 'chromium', 'openssl');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let kamailio: Kamailio;
let app: PhoneApp;

test.beforeAll(async () => {
  kamailio = await startKamailio();
  const account = (user: string, more: Record<string, unknown>) => ({
    address: `${user}@test.local`,
    label: user,
    password: 'secret',
    server: kamailio.server('udp'),
    transport: 'udp',
    media: 'rtp',
    ...more,
  });
  const tls = { server: kamailio.server('tls'), transport: 'tls' };
  app = await launchPhone({
    provision: {
      hookswitch: 1,
      accounts: [
        account('alice', {}),
        account('bob', { ...tls, caFile: kamailio.caFile }),
        account('carol', { password: 'wrong' }),
        account('dave', { server: 'no-such-host.invalid' }),
        account('x', { server: `127.0.0.1:${await freePort('127.0.0.1')}`, transport: 'tcp' }),
        account('y', tls),
      ],
    },
  });
  await app.registered(2);
});
test.afterAll(async () => {
  await app?.close();
  await kamailio?.stop();
});

/** Runs it by its page. Resolves to what it found, and how long it took, ms. */
async function check(): Promise<{ diagnosis: Diagnosis; ms: number }> {
  const page = await app.page('main');
  const button = page.getByRole('button', { name: /^Check (now|again)$/ });
  if (!(await button.isVisible())) {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: /^Why can’t I be called/ }).click();
  }
  const before = (await app.state()).diagnosis?.startedAt ?? 0;
  await button.click();
  const { diagnosis } = await app.until(
    ({ diagnosis: now }, since) => now !== null && now.startedAt > since && now.endedAt !== null,
    before,
  );
  if (diagnosis === null || diagnosis.endedAt === null) throw new Error('unreachable');
  return { diagnosis, ms: diagnosis.endedAt - diagnosis.startedAt };
}

async function lineOf({ checks }: Diagnosis, label: string | null, name: CheckName): Promise<Check> {
  const { accounts } = await app.state();
  const id = label === null ? null : accounts.find(({ config }) => config.label === label)?.config.id;
  const found = checks.find((one) => one.accountId === id && one.name === name);
  if (!found) throw new Error(`There is no line ${name} of ${label}.`);
  return found;
}

test('it runs within 15 s, and says of each account what is good and what is wrong', async () => {
  const page = await app.page('main');
  const progress = await watchProgress(page);
  const { diagnosis, ms } = await check();
  await test.step('it says how far it is from the first half second on', async () => {
    const shown = await progress();
    const shares = shown.map(({ share }) => share ?? -1);
    expect(new Set(shown.map(({ label }) => label))).toEqual(new Set(['Checking...']));
    expect(shares).toEqual(shares.toSorted((one, other) => one - other));
    expect(new Set(shares).size).toBeGreaterThan(3);
    expect(shown[0]?.at).toBeLessThan(500);
  });
  test.info().annotations.push({ type: 'took', description: `${ms} ms` });
  expect(ms).toBeLessThan(15_000);
  const line = (label: string | null, name: CheckName) => lineOf(diagnosis, label, name);
  const finding = async (label: string | null, name: CheckName) => (await line(label, name)).finding;

  await test.step('all is well over UDP', async () => {
    expect(await finding('alice', 'dns')).toMatchObject({ state: 'good', code: 'dnsTyped' });
    expect(await finding('alice', 'connection')).toMatchObject({ state: 'good', code: 'connectionUdp' });
    expect(await finding('alice', 'registration')).toMatchObject({ state: 'good', code: 'registered' });
    expect(await finding('alice', 'way-back')).toMatchObject({ state: 'good', code: 'cameBack', detail: '200 OK' });
    expect(await finding('alice', 'ringing')).toMatchObject({ state: 'good' });
    expect(await finding('alice', 'stun')).toMatchObject({ state: 'good', code: 'noNat' });
  });
  await test.step('all is well over TLS, and whose certificate it is', async () => {
    expect(await finding('bob', 'connection')).toMatchObject({
      state: 'good',
      code: 'connectionTls',
      values: { names: expect.stringContaining('test.local') },
    });
    expect(await finding('bob', 'way-back')).toMatchObject({ state: 'good', code: 'cameBack' });
  });
  await test.step('a wrong password', async () => {
    expect(await finding('carol', 'connection')).toMatchObject({ state: 'good' });
    expect(await finding('carol', 'registration')).toMatchObject({
      state: 'fault',
      problem: { code: 'password-not-accepted' },
      mend: 'open-account',
    });
    expect((await line('carol', 'way-back')).state).toBe('skipped');
  });
  await test.step('a host that does not exist', async () => {
    expect(await finding('dave', 'dns')).toMatchObject({ state: 'fault', problem: { code: 'host-unknown' } });
    expect((await line('dave', 'connection')).state).toBe('skipped');
  });
  await test.step('a port where nobody listens', async () => {
    expect(await finding('x', 'connection')).toMatchObject({ state: 'fault', problem: { code: 'connection-refused' } });
  });
  await test.step('a certificate of an authority that nobody knows', async () => {
    expect(await finding('y', 'connection')).toMatchObject({
      state: 'fault',
      problem: { code: 'certificate-not-trusted' },
    });
  });
  await test.step('this computer', async () => {
    expect(await finding(null, 'microphone')).toMatchObject({ state: 'good' });
    expect(await finding(null, 'speaker')).toMatchObject({ state: 'good' });
    expect(await finding(null, 'headset')).toMatchObject({ state: 'note', code: 'headsetNone' });
    expect(await finding(null, 'pop-up')).toMatchObject({ state: 'good' });
  });
  await test.step('and in words, with a button that opens the account', async () => {
    await expect(page.getByRole('status').filter({ hasText: 'Some accounts cannot be called' })).toBeVisible();
    const signingIn = page.getByRole('listitem').filter({ hasText: 'test.local did not accept this password.' });
    await expect(signingIn.getByRole('img', { name: 'Fault' })).toBeVisible();
    await signingIn.getByRole('button', { name: 'Open account' }).click();
    await expect(page.getByRole('textbox', { name: 'Address' })).toHaveValue('carol@test.local');
    await page.getByRole('button', { name: 'Back' }).click();
  });
});

test('Do not disturb is named, and turned off from its line', async () => {
  await app.command({ type: 'do-not-disturb', minutes: -1 });
  const { diagnosis } = await check();
  expect(await lineOf(diagnosis, 'alice', 'ringing')).toMatchObject({
    state: 'fault',
    finding: { code: 'doNotDisturb', mend: 'turn-off-do-not-disturb' },
  });
  const page = await app.page('main');
  await page.getByRole('button', { name: 'Turn off' }).first().click();
  await app.until(({ doNotDisturbUntil }) => doNotDisturbUntil === null);
  const after = await app.until(
    ({ diagnosis: now }, since) => now !== null && now.startedAt > since && now.endedAt !== null,
    diagnosis.startedAt,
  );
  expect(after.diagnosis && (await lineOf(after.diagnosis, 'alice', 'ringing')).state).toBe('good');
});

test('a server that lost this phone from its list does not lead back to it', async () => {
  await kamailio.command('ul.rm', 'location', 'alice@test.local');
  expect(await kamailio.contacts('alice')).toEqual([]);
  const { diagnosis } = await check();
  expect(await lineOf(diagnosis, 'alice', 'registration')).toMatchObject({
    state: 'fault',
    finding: { code: 'notInList' },
  });
  expect(await lineOf(diagnosis, 'alice', 'way-back')).toMatchObject({
    state: 'fault',
    finding: { code: 'wayBackRefused', values: { answer: '480 Offline' } },
  });
  expect((await lineOf(diagnosis, 'bob', 'way-back')).state).toBe('good');
});
