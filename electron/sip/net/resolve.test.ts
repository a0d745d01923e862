// RFC 3263 against a real DNS server on loopback where dnsmasq is installed, and against broken DNS.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import dgram from 'node:dgram';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseUri } from '../wire/index.ts';
import type { Dns } from './dns.ts';
import { createResolver, ResolveError, type Resolver } from './resolve.ts';
import { handClock, realClock } from './testing.ts';
import type { Target } from './types.ts';

const DNSMASQ = ['/usr/sbin/dnsmasq', 'dnsmasq'].find((name) => spawnSync(name, ['--version']).status === 0);

async function resolve(resolver: Resolver, text: string, preferred?: Target['transport']): Promise<string[]> {
  const uri = parseUri(text);
  if (!uri) throw new Error(`not a URI: ${text}`);
  const targets = await resolver.resolve(uri, preferred);
  return targets.map((target) => `${target.transport} ${target.host} ${target.port} for ${target.domain}`);
}

const RECORDS = [
  '--host-record=sip1.a.test,192.0.2.1',
  '--host-record=sip2.a.test,192.0.2.2,2001:db8::2',
  '--host-record=plain.test,192.0.2.9,2001:db8::9',
  '--host-record=b.test,192.0.2.8',
  '--naptr-record=a.test,20,10,s,SIP+D2T,,_sip._tcp.a.test',
  '--naptr-record=a.test,10,10,s,SIP+D2U,,_sip._udp.a.test',
  '--naptr-record=secure.test,10,10,s,SIPS+D2T,,_sips._tcp.a.test',
  '--srv-host=_sip._udp.a.test,sip2.a.test,5062,20,0',
  '--srv-host=_sip._udp.a.test,sip1.a.test,5061,10,0',
  '--srv-host=_sip._tcp.a.test,sip1.a.test,5070,10,0',
  '--srv-host=_sips._tcp.a.test,sip1.a.test,5071,10,0',
  '--srv-host=_sip._tcp.b.test,sip1.a.test,5080,10,0',
];

describe.skipIf(!DNSMASQ)('with a DNS server (dnsmasq)', () => {
  let server: ChildProcess;
  let resolver: Resolver;

  beforeAll(async () => {
    const port = await freeUdpPort();
    const options = ['--keep-in-foreground', '--conf-file=/dev/null', '--no-resolv', '--no-hosts', '--log-facility=-'];
    const place = [
      `--port=${port}`,
      '--listen-address=127.0.0.1',
      '--bind-interfaces',
      '--local=/test/',
      '--user=root',
    ];
    server = spawn(DNSMASQ ?? '', [...options, ...place, ...RECORDS], { stdio: ['ignore', 'ignore', 'pipe'] });
    await new Promise<void>((ready, reject) => {
      server.stderr?.on('data', (chunk: Buffer) => {
        if (chunk.includes('started')) ready();
        if (chunk.includes('failed')) reject(new Error(chunk.toString()));
      });
    });
    resolver = createResolver({ clock: realClock, servers: [`127.0.0.1:${port}`], random: () => 0.5 });
  });
  afterAll(() => void server.kill());

  test.each<[string, Target['transport'] | undefined, string[]]>([
    [
      'sip:x@a.test',
      undefined,
      ['udp 192.0.2.1 5061 for a.test', 'udp 192.0.2.2 5062 for a.test', 'udp 2001:db8::2 5062 for a.test'],
    ],
    ['sip:x@a.test;transport=tcp', undefined, ['tcp 192.0.2.1 5070 for a.test']],
    ['sip:x@a.test', 'tls', ['tls 192.0.2.1 5071 for a.test']],
    ['sips:x@a.test', undefined, ['tls 192.0.2.1 5071 for a.test']],
    ['sip:x@secure.test', undefined, ['tls 192.0.2.1 5071 for secure.test']],
    ['sip:x@b.test', undefined, ['tcp 192.0.2.1 5080 for b.test']],
    ['sip:x@b.test', 'udp', ['udp 192.0.2.8 5060 for b.test']],
    ['sip:x@b.test:5999', undefined, ['udp 192.0.2.8 5999 for b.test']],
    ['sip:x@plain.test', undefined, ['udp 192.0.2.9 5060 for plain.test', 'udp 2001:db8::9 5060 for plain.test']],
    ['sip:x@plain.test', 'wss', ['wss 192.0.2.9 443 for plain.test', 'wss 2001:db8::9 443 for plain.test']],
    ['sip:x@a.test;maddr=192.0.2.77', undefined, ['udp 192.0.2.77 5060 for a.test']],
  ])('%s, preferring %s', async (uri, preferred, targets) => {
    expect(await resolve(resolver, uri, preferred)).toEqual(targets);
  });

  test('a name that does not exist is unknown', async () => {
    await expect(resolve(resolver, 'sip:x@nobody.test')).rejects.toMatchObject({
      kind: 'unknown',
      host: 'nobody.test',
    });
  });

  test('nobody but the server that was given is asked, though the system would know', async () => {
    await expect(resolve(resolver, `sip:x@${hostname()}`)).rejects.toMatchObject({ kind: 'unknown' });
  });
});

describe('without asking anybody', () => {
  const resolver = createResolver({
    clock: realClock,
    createDns: () => ({
      naptr: () => Promise.reject(new Error('asked')),
      srv: () => Promise.reject(new Error('asked')),
      addresses: (name) => Promise.resolve([name === 'practice.localhost' ? '127.0.0.1' : name]),
    }),
  });

  test.each([
    ['sip:x@192.0.2.1', 'udp 192.0.2.1 5060 for 192.0.2.1'],
    ['sip:x@[2001:db8::1]:5070;transport=tcp', 'tcp 2001:db8::1 5070 for 2001:db8::1'],
    ['sips:x@192.0.2.1', 'tls 192.0.2.1 5061 for 192.0.2.1'],
    ['sip:x@practice.localhost', 'udp 127.0.0.1 5060 for practice.localhost'],
    ['sips:x@192.0.2.1;transport=ws', 'wss 192.0.2.1 443 for 192.0.2.1'],
  ])('%s', async (uri, target) => {
    expect(await resolve(resolver, uri)).toEqual([target]);
  });

  test('a telephone number has no server', async () => {
    await expect(resolve(resolver, 'tel:+1')).rejects.toBeInstanceOf(ResolveError);
  });
});

describe('a question whose answer is not needed', () => {
  test('is not waited for: servers are found by SRV while nobody tells the domain’s own address', async () => {
    const resolver = createResolver({
      clock: realClock,
      createDns: () => ({
        naptr: () => Promise.resolve([]),
        srv: (name) =>
          Promise.resolve(name.includes('udp') ? [{ name: 'sip.a.test', port: 5070, priority: 1, weight: 1 }] : []),
        addresses: (name) => (name === 'a.test' ? new Promise(() => {}) : Promise.resolve(['192.0.2.1'])),
      }),
    });
    expect(await resolve(resolver, 'sip:x@a.test')).toEqual(['udp 192.0.2.1 5070 for a.test']);
  });
});

describe('when DNS breaks', () => {
  const timeout = (): Promise<never> =>
    Promise.reject(Object.assign(new Error('queryA ETIMEOUT'), { code: 'ETIMEOUT' }));
  const good: Dns = {
    naptr: () => Promise.resolve([]),
    srv: (name) =>
      Promise.resolve(name.includes('udp') ? [{ name: 'sip.a.test', port: 5070, priority: 1, weight: 1 }] : []),
    addresses: () => Promise.resolve(['192.0.2.1']),
  };

  test('the last good answer goes on being used, and comes back fresh afterwards', async () => {
    const clock = handClock();
    let dns: Dns = good;
    let asked = 0;
    const resolver = createResolver({ clock, createDns: () => (asked++, dns) });
    const first = await resolve(resolver, 'sip:x@a.test');
    clock.turn(60_000);
    dns = { naptr: timeout, srv: timeout, addresses: timeout };
    expect(await resolve(resolver, 'sip:x@a.test')).toEqual(first);
    // Not a timeout for each call.
    expect(await resolve(resolver, 'sip:x@a.test')).toEqual(first);
    expect(asked).toBe(2);
    // SRV fails, addresses are known: still not the domain's own host.
    clock.turn(60_000);
    dns = { ...good, srv: timeout };
    expect(await resolve(resolver, 'sip:x@a.test')).toEqual(first);
    clock.turn(60_000);
    dns = { ...good, addresses: () => Promise.resolve(['192.0.2.2']) };
    expect(await resolve(resolver, 'sip:x@a.test')).toEqual(['udp 192.0.2.2 5070 for a.test']);
  });

  test('a network change asks anew at once', async () => {
    let asked = 0;
    const resolver = createResolver({ clock: handClock(), createDns: () => (asked++, good) });
    await resolve(resolver, 'sip:x@a.test');
    await resolve(resolver, 'sip:x@a.test');
    expect(asked).toBe(1);
    resolver.forget();
    await resolve(resolver, 'sip:x@a.test');
    expect(asked).toBe(2);
  });

  test('without a last good answer it is unavailable, not unknown', async () => {
    const dns = { naptr: timeout, srv: timeout, addresses: timeout };
    const resolver = createResolver({ clock: handClock(), createDns: () => dns });
    await expect(resolve(resolver, 'sip:x@a.test')).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

async function freeUdpPort(): Promise<number> {
  const socket = dgram.createSocket('udp4');
  await new Promise<void>((bound) => socket.bind(0, '127.0.0.1', bound));
  const { port } = socket.address();
  await new Promise<void>((closed) => socket.close(closed));
  return port;
}
