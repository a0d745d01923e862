// Secrets planted everywhere, in every writing that we know of, and none in the bytes of the bundle.
import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { createLogger } from '../logger.ts';
import { createTrace } from '../trace.ts';
import { bundleFiles, zipOf, type BundleFacts } from './bundle.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** In the vault: passwords of accounts, TURN and LDAP, and a token. */
const vault = {
  account: 'Canary-pass"word\\1',
  turn: 'canary turn päss',
  ldap: 'canaryLdap+/=&%',
  token: 'canary-token-7f3a',
};

const digest = createHash('md5').update('canary').digest('hex');
const srtpKey = 'Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5Y2Fu';
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ';

/** Every writing of every secret that must not be found. */
const forbidden = [
  ...Object.values(vault).flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('hex'),
    Buffer.from(`mara:${secret}`).toString('base64'),
    Buffer.from(`mara@example.com:${secret}`).toString('base64'),
  ]),
  digest,
  'canary-cnonce',
  'canary-nonce',
  srtpKey,
  'canary-url-password',
  'canary-sip-password',
  'canary-query-token',
  'canary-bearer-token',
  'canary-ice-password',
  'canary-json-password',
  'canary-private-key',
  jwt,
  '4711#canary-pin',
];

const message = [
  'INVITE sip:mara:canary-sip-password@example.com SIP/2.0',
  `Authorization: Digest username="mara", realm="example.com", nonce="canary-nonce", cnonce="canary-cnonce", response="${digest}"`,
  `Proxy-Authorization: Basic ${Buffer.from(`mara:${vault.account}`).toString('base64')}`,
  'Authorization: Bearer canary-bearer-token',
  `X-Token: ${vault.token}`,
  '',
  'v=0',
  `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${srtpKey}|2^20`,
  'a=ice-pwd:canary-ice-password',
].join('\r\n');

const lines = [
  message,
  'GET https://mara:canary-url-password@dav.example.com/people?access_token=canary-query-token',
  `LDAP bind cn=mara with ${vault.ldap} failed`,
  `retry with {"user":"mara","password":"canary-json-password"}`,
  `token ${jwt}`,
  '-----BEGIN PRIVATE KEY-----\ncanary-private-key\n-----END PRIVATE KEY-----',
  ...forbidden.slice(0, 28),
];

function planted(logs: BundleFacts['logs']): BundleFacts {
  const trace = createTrace();
  trace.record({
    at: 1,
    direction: 'out',
    transport: 'tls',
    peer: '192.0.2.1:5061',
    local: '192.0.2.7:1',
    text: message,
  });
  const poison = {
    password: 'canary-json-password',
    pin: '4711#canary-pin',
    nested: [{ turnPassword: vault.turn, apiToken: vault.token, note: lines.join('\n') }],
    server: 'wss://mara:canary-url-password@sip.example.com/ws?token=canary-query-token',
    credential: vault.turn,
    error: new Error(`bind failed for ${vault.ldap}`),
  };
  return {
    at: Date.UTC(2026, 10, 28),
    versions: { app: '0.1.0', ...poison },
    settings: poison,
    state: poison,
    devices: poison,
    database: poison,
    sipTrace: `${trace.export('text', '').toString()}\n${message}`,
    headsetTraces: [lines.join('\n')],
    logs,
  };
}

test('no secret that was planted anywhere is in the bytes of the bundle, packed or unpacked', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'bundle-'));
  try {
    const log = createLogger({ directory, level: 'debug', console: () => {} });
    for (const line of lines) log.info(line, { text: line, password: 'canary-json-password', error: new Error(line) });
    const logs = [...(await log.files(1_000_000)), { name: 'old.log', text: lines.join('\n') }];
    const files = bundleFiles(planted(logs), Object.values(vault));
    const zip = zipOf(files, Date.now());
    const unpacked = Object.entries(unzipSync(zip)).map(([name, bytes]) => ({ name, text: strFromU8(bytes) }));
    expect(unpacked.map(({ name }) => name)).toEqual([
      'README.txt',
      'versions.json',
      'settings.json',
      'state.json',
      'devices.json',
      'database.json',
      'sip-trace.txt',
      'headset-1.txt',
      'log/hookswitch.log',
      'log/old.log',
    ]);
    const found = unpacked.flatMap(({ name, text }) =>
      forbidden.filter((secret) => text.includes(secret)).map((secret) => `${name}: ${secret}`),
    );
    expect(found).toEqual([]);
    for (const secret of forbidden) expect(zip.includes(secret)).toBe(false);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('what was planted would be found, were it not taken out', () => {
  const raw = [message, ...lines].join('\n');
  expect(forbidden.filter((secret) => raw.includes(secret)).length).toBeGreaterThan(25);
});

test('what helps stays: who, where, when, and which answer', () => {
  const [text = ''] = bundleFiles(planted([]), Object.values(vault))
    .filter(({ name }) => name === 'sip-trace.txt')
    .map((file) => file.text);
  expect(text).toContain('username="mara"');
  expect(text).toContain('realm="example.com"');
  expect(text).toContain('192.0.2.1:5061');
  expect(text).toContain('AES_CM_128_HMAC_SHA1_80 inline:[redacted]');
});
