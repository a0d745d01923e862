// Settings in a real file.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  accountDefaults,
  defaultPreferences,
  type AccountConfig,
  type DirectoryServer,
  type Logger,
} from '../../contract/index.ts';
import { openSettings } from './open-settings.ts';
import type { Settings } from './types.ts';

const log: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
const work: AccountConfig = { ...accountDefaults, id: 'work', label: 'Work', address: 'nora@example.com' };
let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'settings-'));
  file = join(directory, 'settings.json');
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

function open(): Promise<Settings> {
  return openSettings({ directory, log });
}

function write(settings: unknown): void {
  writeFileSync(file, typeof settings === 'string' ? settings : JSON.stringify(settings));
}

function written(): Record<string, unknown> {
  return v.parse(v.record(v.string(), v.unknown()), JSON.parse(readFileSync(file, 'utf8')));
}

function aside(): string[] {
  return readdirSync(directory).filter((name) => name.startsWith('settings.json.damaged-'));
}

test('the first start has the defaults, and an id that stays', async () => {
  const first = await open();
  expect(first).toMatchObject({ accounts: [], preferences: defaultPreferences, recovered: null });
  expect(first.instanceId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  expect((await open()).instanceId).toBe(first.instanceId);
});

test('accounts and preferences are there at the next start', async () => {
  const first = await open();
  await first.saveAccount(work);
  await first.saveAccount({ ...work, id: 'home', label: 'Home', authUser: 'n' });
  await first.saveAccount({ ...work, label: 'Office' });
  await first.setPreferences({ theme: 'dark', ringVolume: 0.5 });
  const again = await open();
  expect(again.accounts.map(({ id, label }) => [id, label])).toEqual([
    ['work', 'Office'],
    ['home', 'Home'],
  ]);
  expect(again.preferences).toEqual({ ...defaultPreferences, theme: 'dark', ringVolume: 0.5 });
  expect(again.recovered).toBeNull();
  await again.removeAccount('work');
  expect((await open()).accounts.map(({ id }) => id)).toEqual(['home']);
});

test('changes that overlap are all kept', async () => {
  const settings = await open();
  await Promise.all([
    ...Array.from({ length: 20 }, (_, index) => settings.saveAccount({ ...work, id: `a${index}` })),
    settings.setPreferences({ theme: 'dark' }),
    settings.setPreferences({ ringerMuted: true }),
  ]);
  const again = await open();
  expect(again.accounts).toHaveLength(20);
  expect(again.preferences).toMatchObject({ theme: 'dark', ringerMuted: true });
});

test('a preference holds at once, before it is on the disk', async () => {
  const settings = await open();
  const saving = settings.setPreferences({ theme: 'dark' });
  expect(settings.preferences.theme).toBe('dark');
  await saving;
});

test('no half-written file is left behind, and only the owner reads it', async () => {
  const settings = await open();
  await settings.saveAccount(work);
  expect(readdirSync(directory)).toEqual(['settings.json']);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('what a newer Hookswitch wrote is carried along', async () => {
  write({
    hookswitch: 7,
    plugins: ['a'],
    accounts: [{ ...work, lineKeys: [{ prefix: '0' }] }],
    preferences: { ...defaultPreferences, density: 'dense' },
  });
  const settings = await open();
  await settings.saveAccount({ ...work, label: 'Office' });
  await settings.setPreferences({ theme: 'dark' });
  expect(written()).toMatchObject({
    hookswitch: 7,
    plugins: ['a'],
    accounts: [{ label: 'Office', lineKeys: [{ prefix: '0' }] }],
    preferences: { theme: 'dark', density: 'dense' },
  });
});

test('a field that was emptied is gone from the file, too', async () => {
  const settings = await open();
  await settings.saveAccount({ ...work, server: 'pbx.example.com' });
  await settings.saveAccount(work);
  expect(written()['accounts']).toEqual([work]);
});

test('a password never reaches the file, whoever brings it', async () => {
  write({ accounts: [{ ...work, password: 'canary-1' }] });
  const settings = await open();
  const draft: AccountConfig & { password: string } = { ...work, password: 'canary-2' };
  await settings.saveAccount(draft);
  expect(readFileSync(file, 'utf8')).not.toContain('canary');
});

test('an older file without newer fields gets their defaults and is no damage', async () => {
  write({ accounts: [{ id: 'work', label: 'Work', address: 'nora@example.com' }], preferences: { theme: 'light' } });
  const settings = await open();
  expect(settings.recovered).toBeNull();
  expect(settings.accounts).toEqual([work]);
  expect(settings.preferences).toEqual({ ...defaultPreferences, theme: 'light' });
});

test.each([
  ['cut off', '{"accounts": [{"id": "wo'],
  ['empty', ''],
  ['not an object', '[1, 2]'],
  ['binary', '\u0000\u0001\u0002'],
])('a file that is %s is kept aside, and the defaults hold', async (_what, text) => {
  write(text);
  const settings = await open();
  const [kept = ''] = aside();
  expect(settings).toMatchObject({ accounts: [], preferences: defaultPreferences });
  expect(settings.recovered).toMatchObject({ code: 'settings-damaged', message: expect.stringContaining(kept) });
  expect(readFileSync(join(directory, kept), 'utf8')).toBe(text);
  await settings.saveAccount(work);
  expect(await open()).toMatchObject({ accounts: [work], recovered: null });
});

test('bytes that are no UTF-8 are kept aside as they are', async () => {
  const bytes = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]);
  writeFileSync(file, bytes);
  expect((await open()).recovered?.code).toBe('settings-damaged');
  expect(readFileSync(join(directory, aside()[0] ?? ''))).toEqual(bytes);
});

test('of a file with one bad field everything else is taken over, and the field is named', async () => {
  const id = '5b0d6c7e-3f57-4d6b-9a55-0e8d0a3f0d11';
  write({
    instanceId: id,
    accounts: [work, { ...work, id: 'bad', address: 'nowhere' }],
    preferences: { theme: 'sepia', ringVolume: 0.3 },
  });
  const settings = await open();
  expect(settings.accounts).toEqual([work]);
  expect(settings.preferences).toEqual({ ...defaultPreferences, ringVolume: 0.3 });
  expect(settings.instanceId).toBe(id);
  expect(settings.recovered?.message).toContain('accounts[1].address, preferences.theme');
  expect(aside()).toHaveLength(1);
  expect((await open()).recovered).toBeNull();
});

test('a second damaged file does not overwrite the first', async () => {
  for (const text of ['first', 'second']) {
    write(text);
    await open();
  }
  expect(
    aside()
      .map((name) => readFileSync(join(directory, name), 'utf8'))
      .sort(),
  ).toEqual(['first', 'second']);
});

test('where nothing can be written it says so; preferences hold for this run, the account is not there', async () => {
  const settings = await open();
  await settings.saveAccount(work);
  const before = readFileSync(file, 'utf8');
  // Root may write into read-only folders, but nobody into a folder in the place of the temporary file.
  mkdirSync(`${file}.tmp`);
  await expect(settings.setPreferences({ theme: 'dark' })).rejects.toMatchObject({
    problem: { code: 'settings-not-saved', message: expect.stringContaining('not saved') },
  });
  await expect(settings.saveAccount({ ...work, id: 'new' })).rejects.toMatchObject({
    problem: { code: 'settings-not-saved' },
  });
  expect(settings.preferences.theme).toBe('dark');
  expect(settings.accounts).toEqual([work]);
  expect(readFileSync(file, 'utf8')).toBe(before);
  rmSync(`${file}.tmp`, { recursive: true, force: true });
  await settings.setPreferences({ ringerMuted: true });
  expect((await open()).preferences).toMatchObject({ theme: 'dark', ringerMuted: true });
});

test('a full disk is named', async () => {
  if (!existsSync('/dev/full')) return;
  const { writeAtomically } = await import('./write-atomically.ts');
  const { symlinkSync } = await import('node:fs');
  const settings = await open();
  const before = readFileSync(file, 'utf8');
  symlinkSync('/dev/full', `${file}.tmp`);
  await expect(writeAtomically(file, 'x')).rejects.toMatchObject({ code: 'ENOSPC' });
  symlinkSync('/dev/full', `${file}.tmp`);
  await expect(settings.saveAccount(work)).rejects.toMatchObject({
    problem: { code: 'disk-full', message: expect.stringContaining('disk is full') },
  });
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('an account that is none is refused with its field', async () => {
  const settings = await open();
  await expect(settings.saveAccount({ ...work, address: 'nowhere' })).rejects.toMatchObject({
    problem: {
      code: 'account-invalid',
      field: 'address',
      message: 'An address looks like an e-mail address: name@company.com.',
    },
  });
  expect(settings.accounts).toEqual([]);
});

test('a folder in the place of the file is moved aside with what is in it', async () => {
  mkdirSync(file);
  writeFileSync(join(file, 'precious'), '');
  const settings = await open();
  expect(settings.recovered?.code).toBe('settings-damaged');
  expect(existsSync(join(directory, aside()[0] ?? '', 'precious'))).toBe(true);
});

test('directory servers are there at the next start; one that is none is left out and named', async () => {
  const server: DirectoryServer = { kind: 'carddav', id: 'book', name: 'Address book', url: 'dav.example.com' };
  const first = await open();
  await first.saveServer(server);
  await first.saveServer({ ...server, id: 'other', name: 'Other' });
  await first.saveServer({ ...server, name: 'Colleagues' });
  await first.removeServer('other');
  expect((await open()).servers).toEqual([{ ...server, name: 'Colleagues' }]);
  write({ servers: [server, { ...server, id: 'bad', url: '' }, { kind: 'ftp' }] });
  const again = await open();
  expect(again.servers).toEqual([server]);
  expect(again.recovered?.message).toContain('servers[1].url, servers[2].kind');
});
