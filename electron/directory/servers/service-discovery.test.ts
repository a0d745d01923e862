// From a domain to its CardDAV server: what was typed, what DNS says, and whom the password may go to.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { SrvRecord } from 'node:dns';
import { describe, expect, test } from 'vitest';
import type { CardDavServer } from '../../../contract/index.ts';
import { davAddress } from './dav-address.ts';
import { davPlaces } from './service-discovery.ts';
import { createServiceDns } from './service-dns.ts';

const typed = (url: string, more: Partial<CardDavServer> = {}) =>
  davAddress({ kind: 'carddav', id: 'a', name: 'A', url, ...more });
const srv = (name: string, priority = 0, weight = 0, port = 443): SrvRecord => ({ name, priority, weight, port });
const places = (records: SrvRecord[], texts: string[] = [], random = 0.5) =>
  davPlaces('a.test', { records, texts }, () => random).map(({ url, links }) => [url.host, ...links]);
const hosts = (records: SrvRecord[], random?: number) => places(records, [], random).map(([host]) => host);

describe('what is typed', () => {
  test.each([
    ['Company.com', 'company.com'],
    ['dav.company.com.', 'dav.company.com'],
    ['münchen.example', 'xn--mnchen-3ya.example'],
    ['nora@company.com', 'company.com'],
  ])('%s is a domain', (url, domain) => expect(typed(url).domain).toBe(domain));

  test.each(['https://company.com', 'company.com/dav', 'company.com:8443', '127.0.0.1', '[::1]', 'nas', 'localhost'])(
    '%s is the server itself',
    (url) => expect(typed(url).domain).toBeNull(),
  );

  test('a mailbox is the name as well, unless there is another', () => {
    expect(typed('nora@company.com').user).toBe('nora@company.com');
    expect(typed('nora@company.com', { user: 'nora' }).user).toBe('nora');
    expect(typed('nora@company.com').url.href).toBe('https://company.com/');
  });

  test('a password in the address is refused still', () => {
    for (const url of ['nora:secret@company.com', 'https://nora@company.com', 'nora@company.com/dav']) {
      expect(() => typed(url)).toThrow(/Leave name and password out/);
    }
  });
});

describe('of the servers that a domain has', () => {
  test('the lowest priority comes first, and within it chance goes by weight', () => {
    expect(hosts([srv('b.a.test', 20), srv('a.a.test', 10)])).toEqual(['a.a.test', 'b.a.test']);
    const pool = [srv('heavy.a.test', 0, 90), srv('light.a.test', 0, 10)];
    expect(hosts(pool, 0.05)).toEqual(['light.a.test', 'heavy.a.test']);
    expect(hosts(pool, 0.5)).toEqual(['heavy.a.test', 'light.a.test']);
  });

  test('those of the domain and below it are asked, at their ports, in any spelling', () => {
    expect(hosts([srv('DAV.A.test.', 1, 0, 8443), srv('a.test', 2)])).toEqual(['dav.a.test:8443', 'a.test']);
  });

  test('none is asked that is of another domain, whatever else is there', () => {
    expect(hosts([srv('thief.test', 1), srv('dav.a.test', 2)])).toEqual(['dav.a.test']);
    for (const name of ['thief.test', 'a.test.thief.test', 'nota.test', 'test']) {
      expect(() => places([srv(name, 0, 0, 8443)])).toThrow(`a.test names https://${name}:8443 as its`);
    }
  });

  test('a target that is no host name is nobody', () => {
    for (const name of ['thief.test/.a.test', 'thief.test#.a.test', 'thief.test\\.a.test', 'x@thief.test', '1.2']) {
      expect(() => places([srv(name)])).toThrow(/has no address book server/);
    }
  });

  test('the one elsewhere is named with its path, in every language', () => {
    const problem = { values: { domain: 'a.test', address: 'https://dav.b.test/dav/' }, field: 'url' };
    expect(() => places([srv('dav.b.test')], ['path=/dav/'])).toThrow(
      expect.objectContaining({ problem: expect.objectContaining(problem) }),
    );
  });

  test('a target of "." says that there is none', () => {
    for (const name of ['', '.']) expect(() => places([srv(name)])).toThrow(/a\.test says that it has no address book/);
    expect(places([])).toEqual([]);
  });

  test('the path of TXT comes before the well-known one', () => {
    const usual = ['dav.a.test', '/.well-known/carddav', '/'];
    expect(places([srv('dav.a.test')])).toEqual([usual]);
    expect(places([srv('dav.a.test')], ['x=1', 'PATH=/dav/', 'path=/2/'])).toEqual([
      ['dav.a.test', '/dav/', '/.well-known/carddav'],
    ]);
    for (const path of ['//thief.test/', '/\\thief.test/', 'https://thief.test/', '', '/a b']) {
      expect(places([srv('dav.a.test')], [`path=${path}`])).toEqual([usual]);
    }
  });
});

test('a DNS server that says nothing is waited for a short time', async () => {
  const silent = createSocket('udp4').bind(0, '127.0.0.1');
  await once(silent, 'listening');
  const asked = once(silent, 'message');
  const found = await createServiceDns([`127.0.0.1:${silent.address().port}`], 60).service('a.test');
  expect(found).toEqual({ records: [], texts: [] });
  await asked;
  silent.close();
});
