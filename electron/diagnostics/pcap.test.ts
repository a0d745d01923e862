// Capture files, as tshark reads them where it is installed, and byte for byte where it is not.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TraceEntry } from '../../contract/index.ts';
import { writePcap } from './pcap.ts';

function message(start: string, extra = ''): string {
  return (
    `${start}\r\nVia: SIP/2.0/TCP 192.0.2.7;branch=z9hG4bK1\r\nFrom: <sip:a@example.com>;tag=1\r\nTo: <sip:b@example.com>\r\n` +
    `Call-ID: c1\r\nCSeq: 1 OPTIONS\r\nSubject: Grüße\r\n${extra}Content-Length: 0\r\n\r\n`
  );
}

const entries: TraceEntry[] = [
  {
    at: 1_764_000_000_123,
    direction: 'out',
    transport: 'udp',
    local: '192.0.2.7:40123',
    peer: '198.51.100.2:5060',
    text: message('OPTIONS sip:b@example.com SIP/2.0'),
  },
  {
    at: 1_764_000_000_150,
    direction: 'in',
    transport: 'wss',
    local: '192.0.2.7:51344',
    peer: '198.51.100.2:443',
    text: message('SIP/2.0 200 OK'),
  },
  {
    at: 1_764_000_001_000,
    direction: 'out',
    transport: 'tls',
    local: '[2001:db8::7]:51345',
    peer: '[2001:db8:0:1::2]:5061',
    text: message('OPTIONS sip:b@example.com SIP/2.0', 'Authorization: Digest [blanked]\r\n'),
  },
];

test('the file begins as libpcap wants it, and each packet as IP', () => {
  const file = writePcap(entries.slice(0, 1));
  expect(file.subarray(0, 24).toString('hex')).toBe('d4c3b2a1020004000000000000000000ffff000065000000');
  expect(file.readUInt32LE(24)).toBe(1_764_000_000);
  expect(file.readUInt32LE(28)).toBe(123_000);
  const packet = file.subarray(40);
  expect(packet.subarray(12, 24).toString('hex')).toBe('c0000207c63364029cbb13c4');
  expect(packet.readUInt16BE(2)).toBe(packet.length);
  expect(packet.subarray(28).toString()).toBe(entries[0]?.text);
});

test('addresses that are none, and texts that fit no datagram, still make a readable file', () => {
  const [first] = entries;
  if (first === undefined) throw new Error('no entry');
  const file = writePcap([
    { ...first, peer: 'peer:5060' },
    { ...first, text: 'x'.repeat(70_000) },
  ]);
  const second = 24 + 16 + file.readUInt32LE(32);
  expect(file.readUInt32LE(second + 8)).toBe(65_535);
  expect(file.readUInt32LE(second + 12)).toBe(70_028);
});

const tshark = ['/usr/bin/tshark', '/usr/local/bin/tshark'].find((file) => existsSync(file));

test.skipIf(tshark === undefined)('Wireshark dissects every message as SIP, with right checksums', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pcap-'));
  const file = join(folder, 'trace.pcap');
  writeFileSync(file, writePcap(entries));
  const fields = [
    'frame.time_epoch',
    'ip.src',
    'ipv6.src',
    'udp.dstport',
    'sip.Method',
    'sip.Status-Code',
    '_ws.malformed',
  ];
  const output = execFileSync(
    tshark ?? 'tshark',
    // prettier-ignore
    ['-r', file, '-o', 'udp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE', '-T', 'fields', '-E', 'separator=,',
      ...[...fields, 'udp.checksum.status', 'ip.checksum.status'].flatMap((field) => ['-e', field])],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  rmSync(folder, { recursive: true });
  expect(output.trim().split('\n')).toEqual([
    '1764000000.123000000,192.0.2.7,,5060,OPTIONS,,,1,1',
    '1764000000.150000000,198.51.100.2,,51344,,200,,1,1',
    '1764000001.000000000,,2001:db8::7,5061,OPTIONS,,,1,',
  ]);
});
