import { describe, expect, test } from 'vitest';
import { escapeUser, formatUri, parseHostPort, parseUri, unescapeUser } from './uri.ts';

describe('a URI', () => {
  test.each([
    ['sip:alice@example.com', { scheme: 'sip', user: 'alice', host: 'example.com' }],
    ['SIPS:alice@example.com:5071', { scheme: 'sips', user: 'alice', host: 'example.com', port: 5071 }],
    ['sip:example.com', { scheme: 'sip', host: 'example.com' }],
    ['sip:a@[2001:db8::1]:5070', { scheme: 'sip', user: 'a', host: '2001:db8::1', port: 5070 }],
    ['sip:[2001:db8::10:5070]', { scheme: 'sip', host: '2001:db8::10:5070' }],
    ['sip:user;par=u%40example.net@example.com', { user: 'user;par=u%40example.net', host: 'example.com' }],
    ['sip:a:secret@h', { user: 'a:secret', host: 'h' }],
    ['sip:a@under_score.lan', { user: 'a', host: 'under_score.lan' }],
    ['sip:a@h?Subject=x&y=z', { host: 'h', headers: 'Subject=x&y=z' }],
    ['tel:+41-44-123', { scheme: 'tel', user: '+41-44-123', host: '' }],
  ])('%s is read', (text, parts) => {
    expect(parseUri(text)).toMatchObject(parts);
  });

  test.each([
    'sip:alice@example.com;transport=tcp;lr',
    'sip:a@[2001:db8::1]:5070;maddr=192.0.2.1?Route=x',
    'tel:+1-201-555-0123;phone-context=example.com',
    'sips:%61lice:pw@example.com',
  ])('%s is written as it was', (text) => {
    const uri = parseUri(text);
    expect(uri && formatUri(uri)).toBe(text);
  });

  test('parameters have lower-case names, and the first of two counts', () => {
    expect([...(parseUri('sip:a@h;Transport=TCP;lr;transport=udp')?.params ?? [])]).toEqual([
      ['transport', 'TCP'],
      ['lr', ''],
    ]);
  });

  test.each([
    '',
    'sip:',
    'sip:@h',
    'sip:2001:db8::10',
    'sip:a@h:99999',
    'sip:a@h:x',
    'sip:a b@h',
    'sip:a@[::1',
    'sip:a@<h>',
    'sip:a@b@c',
    'http://example.com',
    'tel:',
    'tel:nobody',
  ])('"%s" is none', (text) => {
    expect(parseUri(text)).toBeNull();
  });
});

describe('a user part', () => {
  test('is escaped where it must be, and read again', () => {
    expect(escapeUser('+41 44#1@x')).toBe('+41%2044%231%40x');
    expect(unescapeUser(escapeUser('+41 44#1@x'))).toBe('+41 44#1@x');
  });

  test('with a bad escape stays as it is', () => {
    expect(unescapeUser('a%ff%')).toBe('a%ff%');
  });
});

test('host and port', () => {
  expect(parseHostPort('h:1')).toEqual({ host: 'h', port: 1 });
  expect(parseHostPort('[::1]')).toEqual({ host: '::1' });
  expect(parseHostPort('h:')).toBeNull();
});
