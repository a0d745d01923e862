// Provisioning files, good and bad.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProblemError, type Problem } from '../../contract/index.ts';
import { madeId } from './made-id.ts';
import { readProvisioning } from './provisioning.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'provisioning-'));
  file = join(folder, 'company.json');
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(content: unknown): void {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

async function problem(): Promise<Problem> {
  const error: unknown = await readProvisioning(file).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error.problem;
  throw new Error('It was accepted.');
}

test('an account needs no more than its address', async () => {
  write({ hookswitch: 1, accounts: [{ address: 'nora@example.com', password: 'secret' }] });
  expect(await readProvisioning(file)).toEqual({
    accounts: [
      {
        config: {
          id: madeId('nora@example.com'),
          label: 'example.com',
          displayName: '',
          address: 'nora@example.com',
          transport: 'udp',
          expires: 300,
          media: 'auto',
          encryption: 'off',
          ringHere: true,
          enabled: true,
        },
        password: 'secret',
      },
    ],
    directories: [],
    contacts: [],
    preferences: {},
  });
});

test('everything that can be given is taken over', async () => {
  write({
    $schema: 'https://hookswitch.example/provisioning.json',
    _remark: 'for the second floor',
    hookswitch: 1,
    accounts: [
      {
        _remark: 'reception',
        id: 'reception',
        label: 'Reception',
        displayName: 'Example Ltd',
        address: '100@example.com',
        authUser: 'reception',
        server: 'wss://pbx.example.com/ws',
        transport: 'wss',
        expires: 600,
        caFile: 'ca.pem',
        allowDirect: true,
        allowWildcard: true,
        pinnedCertificate: 'AB:'.repeat(31) + 'CD',
        media: 'webrtc',
        encryption: 'required',
        ringHere: false,
        enabled: false,
      },
    ],
    contacts: [
      {
        name: 'Nora Keller',
        company: 'Globex',
        email: 'nora@globex.example',
        note: 'Mondays',
        favourite: true,
        numbers: [
          { value: '+41 44 123 45 67' },
          { value: '4410' },
          { value: 'nora@globex.example' },
          { value: '079 123 45 67', kind: 'mobile' },
        ],
      },
      { name: 'Nobody' },
    ],
  });
  const { accounts, contacts } = await readProvisioning(file);
  expect(accounts).toMatchObject([
    {
      config: {
        id: 'reception',
        authUser: 'reception',
        server: 'wss://pbx.example.com/ws',
        transport: 'wss',
        caFile: join(folder, 'ca.pem'),
        allowDirect: true,
        allowWildcard: true,
        pinnedCertificate: 'AB:'.repeat(31) + 'CD',
        encryption: 'required',
        enabled: false,
      },
    },
  ]);
  expect(accounts[0]).not.toHaveProperty('password');
  expect(contacts).toEqual([
    {
      name: 'Nora Keller',
      company: 'Globex',
      email: 'nora@globex.example',
      note: 'Mondays',
      favourite: true,
      numbers: [
        { value: '+41 44 123 45 67', kind: 'work' },
        { value: '4410', kind: 'extension' },
        { value: 'nora@globex.example', kind: 'sip' },
        { value: '079 123 45 67', kind: 'mobile' },
      ],
    },
    { name: 'Nobody', numbers: [] },
  ]);
});

test('directories come with their passwords and certificates, and the same file brings the same ones again', async () => {
  write({
    hookswitch: 1,
    directories: [
      {
        kind: 'ldap',
        name: 'Company',
        host: 'ldap.example.com',
        security: 'tls',
        baseDn: 'dc=example,dc=com',
        bindDn: 'cn=phone',
        password: 'secret',
        attributes: { work: 'otherTelephone' },
        caFile: 'ca.pem',
      },
      { kind: 'carddav', id: 'partners', name: 'Partners', url: 'dav.example.com' },
    ],
  });
  const { directories } = await readProvisioning(file);
  expect(directories).toEqual([
    {
      server: {
        kind: 'ldap',
        id: madeId('company'),
        name: 'Company',
        host: 'ldap.example.com',
        security: 'tls',
        baseDn: 'dc=example,dc=com',
        bindDn: 'cn=phone',
        attributes: expect.objectContaining({ work: 'otherTelephone', name: 'cn' }),
        caFile: join(folder, 'ca.pem'),
      },
      password: 'secret',
    },
    { server: { kind: 'carddav', id: 'partners', name: 'Partners', url: 'dav.example.com' } },
  ]);
});

test('a file that Notepad saved, with its mark at the beginning, is read', async () => {
  write('\uFEFF{ "hookswitch": 1 }');
  expect(await readProvisioning(file)).toEqual({ accounts: [], directories: [], contacts: [], preferences: {} });
});

test.each([
  [
    'an address that is none',
    { accounts: [{ address: 'a@b.c' }, { address: 'nora' }] },
    'accounts[1].address',
    'An address looks like an e-mail address: name@company.com.',
  ],
  ['no address', { accounts: [{ label: 'Work' }] }, 'accounts[0].address', 'This field is missing.'],
  [
    'an unknown transport',
    { accounts: [{ address: 'a@b.c', transport: 'quic' }] },
    'accounts[0].transport',
    'This is one of udp, tcp, tls, ws, wss.',
  ],
  [
    'a misspelt field',
    { accounts: [{ adress: 'a@b.c', address: 'a@b.c' }] },
    'accounts[0].adress',
    'Hookswitch knows no such field. Check its spelling.',
  ],
  [
    'a number in the place of a text',
    { accounts: [{ address: 'a@b.c', password: 1234 }] },
    'accounts[0].password',
    'This is a text in quotes.',
  ],
  ['too short a time', { accounts: [{ address: 'a@b.c', expires: 5 }] }, 'accounts[0].expires', 'This is at least 60.'],
  ['an object in the place of a list', { accounts: { address: 'a@b.c' } }, 'accounts', 'This is a list in [ ].'],
  ['a directory of no kind', { directories: [{ name: 'Company' }] }, 'directories[0].kind', 'This field is missing.'],
  [
    'a directory of an unknown kind',
    { directories: [{ kind: 'nis', name: 'Company' }] },
    'directories[0].kind',
    'This is one of ldap, carddav.',
  ],
  [
    'two directories of one name',
    {
      directories: [
        { kind: 'carddav', name: 'Company', url: 'a.example' },
        { kind: 'carddav', name: 'Company', url: 'b.example' },
      ],
    },
    'directories[1].name',
    'This is the same directory as directories[0]. Give one of them an "id" of its own.',
  ],
  ['a contact without a name', { contacts: [{ name: ' ' }] }, 'contacts[0].name', 'A person needs a name.'],
  [
    'an empty number',
    { contacts: [{ name: 'N', numbers: [{ value: '1' }, { value: '' }] }] },
    'contacts[0].numbers[1].value',
    'This cannot be empty.',
  ],
  [
    'a number that is a text',
    { contacts: [{ name: 'N', numbers: ['4410'] }] },
    'contacts[0].numbers[0]',
    'This is an object in { }.',
  ],
  [
    'the same account twice',
    { accounts: [{ address: 'a@b.c' }, { address: 'A@B.C' }] },
    'accounts[1].address',
    'This is the same account as accounts[0]. Give one of them an "id" of its own.',
  ],
  ['another format', { hookswitch: 2 }, 'hookswitch', 'This is 1.'],
])('%s is named with its field', async (_what, content, field, sentence) => {
  write({ hookswitch: 1, ...content });
  expect(await problem()).toMatchObject({
    code: 'provisioning-invalid',
    field,
    message: `company.json, ${field}: ${sentence}`,
  });
});

test('a file of something else is said to lack its mark', async () => {
  write({ name: 'package' });
  expect(await problem()).toMatchObject({ code: 'provisioning-invalid', field: 'hookswitch' });
  write('[]');
  expect(await problem()).toMatchObject({ code: 'provisioning-invalid', field: 'hookswitch' });
  write('"hello"');
  expect(await problem()).toMatchObject({ message: 'company.json: This is an object in { }.' });
});

test('what is not JSON is named with line and column', async () => {
  write('{\n  "hookswitch": 1,\n  "accounts": [{ "address": "a@b.c" },]\n}');
  expect(await problem()).toMatchObject({
    code: 'provisioning-not-json',
    message: 'The set-up file company.json is not JSON: line 3, column 39: A value is missing here.',
    field: 'line 3, column 39',
  });
});

test('a file that is missing, too large, a folder or no text says so', async () => {
  expect(await problem()).toMatchObject({
    code: 'provisioning-missing',
    message: expect.stringContaining('was not found'),
  });
  write(Buffer.from([0x7b, 0xff]).toString('latin1'));
  writeFileSync(file, Buffer.from([0x7b, 0xff, 0x7d]));
  expect(await problem()).toMatchObject({ code: 'provisioning-not-json', message: expect.stringContaining('UTF-8') });
  write(' '.repeat(10 * 1024 * 1024 + 1));
  expect(await problem()).toMatchObject({ code: 'provisioning-too-big', message: expect.stringContaining('10 MB') });
  file = folder;
  expect(await problem()).toMatchObject({ code: 'provisioning-unreadable' });
});

test('a problem never shows a password', async () => {
  write({ hookswitch: 1, accounts: [{ address: 'nora', password: 'canary', transport: 'x' }] });
  expect(JSON.stringify(await problem())).not.toContain('canary');
});

test('preferences come with the names of those that people cannot change', async () => {
  write({ hookswitch: 1, preferences: { theme: 'dark' }, locked: ['theme'] });
  expect((await readProvisioning(file)).preferences).toEqual({ theme: 'dark', locked: ['theme'] });
});

test('a lock on what is no preference is refused', async () => {
  write({ hookswitch: 1, locked: ['colour'] });
  expect((await problem()).field).toBe('locked[0]');
});
