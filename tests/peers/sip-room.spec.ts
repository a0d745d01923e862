// The SIP room against software that we did not write: Kamailio as registrar and proxy, baresip as the other phone.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import {
  dominantFrequency,
  freePort,
  longestGap,
  missingPrograms,
  power,
  readWav,
  rms,
  startBaresip,
  startKamailio,
  startTrapezoid,
  trapezoidUnavailable,
  until,
  writeTone,
  type Baresip,
  type Child,
  type Kamailio,
  type Trapezoid,
} from './support/index.ts';
import { phoneOf, plainSdp, startPhone, type Phone, type PhoneOptions } from './support/room.ts';

const missing = missingPrograms('kamailio', 'baresip', 'openssl');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

const transports = ['udp', 'tcp', 'tls', 'ws', 'wss'] as const;

/** Starts a phone, hands it over registered, and closes it whatever happens. */
async function withPhone(options: PhoneOptions, run: (phone: Phone) => Promise<void>): Promise<void> {
  const phone = startPhone(options);
  try {
    await phone.state('available');
    await run(phone);
  } finally {
    await phone.close();
  }
}

test('the instruments measure what was put in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hs-tone-'));
  const file = join(folder, 'tone.wav');
  writeTone(file, 697, 2, 16_000);
  const sound = readWav(file);
  rmSync(folder, { recursive: true });
  expect(sound.seconds).toBe(2);
  expect(Math.abs(dominantFrequency(sound) - 697)).toBeLessThan(1);
  expect(rms(sound)).toBeCloseTo(8485, -2);
  expect(power(sound, 697) / power(sound, 770)).toBeGreaterThan(1000);
  expect(longestGap(sound)).toBe(0);
  sound.samples.fill(0, 16_000, 17_600);
  expect(longestGap(sound)).toBe(100);
});

test.describe('with Kamailio and baresip', () => {
  let server: Kamailio;
  let bob: Baresip;

  test.beforeAll(async () => {
    server = await startKamailio();
    bob = await startBaresip({ user: 'bob', domain: server.domain, proxy: server.server('udp') });
  });

  test.afterAll(async () => {
    await bob?.stop();
    await server?.stop();
  });

  for (const transport of transports) {
    test(`over ${transport}: registers, calls and is called, both hang up, and leaves nothing behind`, async () => {
      await withPhone(phoneOf(server, transport), async (phone) => {
        expect(await server.contacts('alice')).toHaveLength(1);

        let seen = bob.events.length;
        const out = await phone.call('bob');
        await out.event('accepted');
        await bob.event('CALL_ESTABLISHED', { from: seen });
        out.hangUp();
        await bob.event('CALL_CLOSED', { from: seen });

        const again = await phone.call('sip:bob@test.local');
        await again.event('accepted');
        await bob.hangUp();
        expect(await again.end()).toMatchObject({ by: 'them', result: 'completed' });

        for (const who of ['we', 'they'] as const) {
          seen = bob.events.length;
          await bob.dial('sip:alice@test.local');
          const session = await phone.incoming();
          expect(session.remote.uri).toBe('sip:bob@test.local');
          session.ring();
          await bob.event('CALL_RINGING', { from: seen });
          const answered = await phone.answer(session);
          await bob.event('CALL_ESTABLISHED', { from: seen });
          if (who === 'we') answered.hangUp();
          else await bob.hangUp();
          await bob.event('CALL_CLOSED', { from: seen });
          expect(await answered.end()).toMatchObject({ by: who === 'we' ? 'us' : 'them', result: 'completed' });
        }
      });
      expect(await server.contacts('alice')).toEqual([]);
    });
  }

  test('hold goes both ways by re-INVITE, and keys arrive by INFO', async () => {
    await withPhone(phoneOf(server, 'udp'), async (phone) => {
      const call = await phone.call('bob');
      await call.event('accepted');
      expect(await call.reoffer(plainSdp('127.0.0.1', 'sendonly'))).toContain('a=recvonly');
      expect(await call.reoffer(plainSdp('127.0.0.1'))).toContain('m=audio');
      await bob.hold();
      await call.event('reoffered sendonly');
      await bob.resume();
      await call.event('reoffered sendrecv');
      const seen = bob.events.length;
      await call.info('application/dtmf-relay', 'Signal=7\r\nDuration=160\r\n');
      expect((await bob.event('CALL_DTMF_START', { from: seen })).param).toBe('7');
      call.hangUp();
      await bob.event('CALL_CLOSED', { from: seen });
    });
  });

  test('a call that is not answered is cancelled, and one that is declined says so', async () => {
    const carol = await startBaresip({
      user: 'carol',
      domain: server.domain,
      proxy: server.server('udp'),
      answer: 'manual',
    });
    try {
      await withPhone(phoneOf(server, 'tcp'), async (phone) => {
        const given = await phone.call('carol');
        await carol.event('CALL_INCOMING');
        await given.event('progress 180');
        let seen = carol.events.length;
        given.hangUp();
        expect(await given.end()).toMatchObject({ by: 'us', result: 'cancelled' });
        await carol.event('CALL_CLOSED', { from: seen });

        seen = carol.events.length;
        const declined = await phone.call('carol');
        await carol.event('CALL_INCOMING', { from: seen });
        await carol.hangUp();
        expect((await declined.end()).result).toMatch(/^(busy|declined|no-answer)$/);

        seen = bob.events.length;
        await bob.dial('sip:alice@test.local');
        const session = await phone.incoming();
        session.ring();
        session.reject(486);
        expect((await bob.event('CALL_CLOSED', { from: seen })).param).toContain('486');
      });
    } finally {
      await carol.stop();
    }
  });

  test('of two phones that both answer at once one has the call', async () => {
    const carol = await startBaresip({ user: 'carol', domain: server.domain, proxy: server.server('udp') });
    try {
      await withPhone(phoneOf(server, 'udp'), async (phone) => {
        const [bobSeen, carolSeen] = [bob.events.length, carol.events.length];
        const call = await phone.call('fork');
        await call.event('accepted');
        call.hangUp();
        await Promise.all([
          bob.event('CALL_CLOSED', { from: bobSeen }),
          carol.event('CALL_CLOSED', { from: carolSeen }),
        ]);
      });
    } finally {
      await carol.stop();
    }
  });

  for (const [number, result, code] of [
    ['busy', 'busy', undefined],
    ['dave', 'no-answer', undefined],
    ['redirect', 'failed', 'call-redirected'],
  ] as const) {
    test(`a call to ${number} ends as ${result}`, async () => {
      await withPhone(phoneOf(server, 'udp'), async (phone) => {
        const call = await phone.call(number);
        const end = await call.end();
        expect(end.result).toBe(result);
        expect(end.reason?.code).toBe(code);
      });
    });
  }

  for (const [what, change, code] of [
    ['a wrong password', { password: 'guess' }, 'password-not-accepted'],
    ['a port where nobody listens', { server: '127.0.0.1:9', transport: 'tcp' }, 'connection-refused'],
    ['a port where nobody listens, over UDP', { server: '127.0.0.1:9' }, 'connection-refused'],
    ['a host that does not exist', { server: 'no-such-host.invalid' }, 'host-unknown'],
    ['a certificate of an unknown authority', { transport: 'tls', caFile: undefined }, 'certificate-not-trusted'],
    ['a certificate for another name', { transport: 'tls', domain: 'other.local' }, 'certificate-not-trusted'],
  ] as const) {
    test(`${what} is told in a sentence (${code})`, async () => {
      const transport = 'transport' in change ? change.transport : 'udp';
      const phone = startPhone({ ...phoneOf(server, transport), ...change });
      try {
        const state = await phone.state('offline');
        expect(state).toMatchObject({ cause: { code, message: expect.stringMatching(/^[A-Z\w.-]+ .*\.$/) } });
      } finally {
        await phone.close();
      }
    });
  }
});

test('a registrar that wants SHA-256 and counts nonces gets both', async () => {
  const server = await startKamailio({ algorithm: 'SHA-256', nonceExpire: 2, nonceCount: true });
  try {
    await withPhone(phoneOf(server, 'tcp'), async (phone) => {
      const busy = await phone.call('busy');
      expect((await busy.end()).result).toBe('busy');
      const again = await phone.call('busy');
      expect((await again.end()).result).toBe('busy');
      expect(phone.trace.some((entry) => entry.text.includes('algorithm=SHA-256'))).toBe(true);
    });
  } finally {
    await server.stop();
  }
});

for (const transport of ['udp', 'tcp', 'tls', 'ws', 'wss'] as const) {
  const limit = transport === 'udp' ? 5000 : 2000;
  test(`over ${transport}: a server that was killed and comes back is registered with again within ${limit / 1000} s`, async () => {
    const server = await startKamailio();
    try {
      await withPhone(phoneOf(server, transport), async (phone) => {
        await server.kill();
        await phone.state('connecting');
        await phone.state('offline');
        await server.start();
        const up = performance.now();
        await phone.state('available');
        expect(performance.now() - up).toBeLessThan(limit);
        expect(await server.contacts('alice')).toHaveLength(1);
      });
    } finally {
      await server.stop();
    }
  });
}

test('a server that never answers is called unreachable, and is not waited for when leaving', async () => {
  const silent = await freePort();
  const { createSocket } = await import('node:dgram');
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(silent, '127.0.0.1', resolve));
  const phone = startPhone({ user: 'alice', domain: 'test.local', server: `127.0.0.1:${silent}`, transport: 'udp' });
  try {
    expect(await phone.state('offline', 12_000)).toMatchObject({ cause: { code: 'server-unreachable' } });
    const leaving = performance.now();
    await phone.close();
    expect(performance.now() - leaving).toBeLessThan(2500);
  } finally {
    socket.close();
  }
});

const noTrapezoid = trapezoidUnavailable();
for (const mode of ['norr', 'rr'] as const) {
  test.describe(`the trapezoid, proxies ${mode === 'rr' ? 'that record-route' : 'that do not record-route'}`, () => {
    test.skip(noTrapezoid !== null, noTrapezoid ?? '');
    let net: Trapezoid;
    let y: Baresip;

    test.beforeAll(async () => {
      net = await startTrapezoid(mode);
      y = await startBaresip({ user: 'y', domain: 'b.test', netns: net.namespaces.phoneY });
    });

    test.afterAll(async () => {
      await y?.stop();
      await net?.stop();
    });

    /** Our phone as x@a.test, found by DNS, in its own namespace. */
    async function startX(transport: 'udp' | 'tcp' | 'tls'): Promise<Child> {
      const options = {
        user: 'x',
        domain: 'a.test',
        transport,
        ...(transport === 'tls' ? { caFile: net.caFile } : {}),
      };
      const script = new URL('support/room-process.ts', import.meta.url).pathname;
      const x = net.run(
        'phoneX',
        process.execPath,
        ['--disable-warning=ExperimentalWarning', script, JSON.stringify(options)],
        {
          stdin: true,
        },
      );
      await x.waitFor(/^available$/m);
      return x;
    }

    for (const transport of ['udp', 'tcp', 'tls'] as const) {
      test(`x calls y over ${transport}, and ACK and BYE take the right way`, async () => {
        const x = await startX(transport);
        const seen = y.events.length;
        x.write('call sip:y@b.test');
        await x.waitFor(/^accepted$/m);
        await y.event('CALL_ESTABLISHED', { from: seen });
        x.write('hang-up');
        await x.waitFor(/^ended us completed$/m);
        await y.event('CALL_CLOSED', { from: seen });
        const [, sent = ''] = /^sent (.*)$/m.exec(x.output()) ?? [];
        const port = transport === 'tls' ? 5061 : 5060;
        // Without Record-Route straight to y's phone, which said UDP; else by the way that the call came.
        const way = mode === 'norr' ? 'udp:10.77.0.21:5070' : `${transport}:10.77.0.10:${port}`;
        expect(sent).toContain(`ACK>${way}`);
        x.write('quit');
        await until('x to leave', () => (x.exited ? true : null));
      });
    }

    for (const transport of mode === 'rr' ? (['udp', 'tcp', 'tls'] as const) : (['udp', 'tcp'] as const)) {
      test(`y calls x over ${transport}, and x answers`, async () => {
        const x = await startX(transport);
        const seen = y.events.length;
        x.write('answer');
        await y.dial('sip:x@a.test');
        await x.waitFor(/^answered$/m);
        await y.event('CALL_ESTABLISHED', { from: seen });
        await y.hangUp();
        await x.waitFor(/^ended them completed$/m);
        const [, heard = ''] = /^heard (.*)$/m.exec(x.output()) ?? [];
        expect(heard).toMatch(mode === 'norr' ? /ACK<\w+:10\.77\.0\.21:/ : /ACK<\w+:10\.77\.0\.10:/);
        x.write('quit');
        await until('x to leave', () => (x.exited ? true : null));
      });
    }
  });
}
