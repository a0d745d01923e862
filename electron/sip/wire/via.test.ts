import { expect, test } from 'vitest';
import { formatVia, isVia, parseVia } from './via.ts';

test.each([
  ['SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport', 'UDP', '192.0.2.1', 5060],
  ['SIP / 2.0 / tcp  host.example : 5060 ; branch=z9hG4bK1', 'TCP', 'host.example', 5060],
  ['\tsip/3.10/\u00a0tcp\u3000host.example ;branch=z9hG4bK1', 'TCP', 'host.example', undefined],
  ['SIP/2.0/TLS [2001:db8::9:1];branch=x', 'TLS', '2001:db8::9:1', undefined],
  ['SIP/2.0/WS df7jal23ls0d.invalid;branch=x', 'WS', 'df7jal23ls0d.invalid', undefined],
  ['SIP/2.0/UDP h;received=2001:db8::9:255;branch=x', 'UDP', 'h', undefined],
])('%s is read', (text, transport, host, port) => {
  const via = parseVia(text);
  expect([via?.transport, via?.host, via?.port]).toEqual([transport, host, port]);
  expect(via?.params.has('branch')).toBe(true);
  expect(isVia(text)).toBe(true);
});

test('received may be IPv6 with and without brackets, and is written as it came', () => {
  for (const received of ['2001:db8::9:255', '[2001:db8::9:255]']) {
    const text = `SIP/2.0/UDP [2001:db8::1]:5060;received=${received};branch=x;rport`;
    const via = parseVia(text);
    expect(via?.params.get('received')).toBe(received);
    expect(via && formatVia(via)).toBe(text);
  }
});

test.each([
  '',
  ';',
  'SIP/2.0/UDP',
  'SIP/2.0 UDP h',
  'HTTP/1.1/UDP h',
  'SIP/2.0/UDP h:port',
  'SIP/2.0/UDP h;=x',
  'SIP/2.0/U/D h',
  'SIP/2.0/ h',
])('"%s" is none', (text) => {
  expect(parseVia(text)).toBeNull();
  expect(isVia(text)).toBe(false);
});
