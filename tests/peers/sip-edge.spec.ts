// GRUU, Path and outbound with Kamailio (RFC 5627, RFC 3327, RFC 5626): a registrar behind an edge proxy, and connections that are
// lost in a call.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from 'playwright/test';
import { missingPrograms, startBaresip, startKamailio, until, type Baresip, type Kamailio } from './support/index.ts';
import { phoneOf, startPhone, type Phone, type PhoneOptions } from './support/room.ts';

const missing = missingPrograms('kamailio', 'baresip', 'openssl');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let home: Kamailio;
let edge: Kamailio;
let bob: Baresip;

test.beforeAll(async () => {
  home = await startKamailio();
  edge = await startKamailio({ edgeOf: home.server('udp') });
  bob = await startBaresip({ user: 'bob', domain: home.domain, proxy: home.server('udp') });
});

test.afterAll(async () => {
  await bob?.stop();
  await edge?.stop();
  await home?.stop();
});

async function withPhone(options: PhoneOptions, run: (phone: Phone) => Promise<void>): Promise<void> {
  const phone = startPhone(options);
  try {
    await phone.state('available');
    await run(phone);
  } finally {
    await phone.close();
  }
}

/** Bob calls, the phone answers, bob hangs up: INVITE, ACK and BYE all have to find the phone. */
async function isCalledAndLeft(phone: Phone): Promise<void> {
  const seen = bob.events.length;
  await bob.dial('sip:alice@test.local');
  const call = await phone.answer(await phone.incoming());
  await bob.event('CALL_ESTABLISHED', { from: seen });
  await bob.hangUp();
  expect(await call.end()).toMatchObject({ by: 'them', result: 'completed' });
}

for (const transport of ['udp', 'tcp', 'tls', 'ws', 'wss'] as const) {
  test(`behind an edge, over ${transport}: found by Path and flow token, calls, and comes back as the same contact`, async () => {
    await withPhone({ ...phoneOf(edge, transport), domain: home.domain }, async (phone) => {
      const stored = await home.command('ul.lookup', 'location', `alice@${home.domain}`);
      expect(stored).toMatch(/Path: <sip:[\w+/=-]+@127\.0\.0\.1:\d+.*;lr.*;ob/);
      expect(stored).toMatch(/Reg-Id: 1/);
      expect(phone.trace.some(({ text }) => /^SIP\/2\.0 200 [^]*^Require: outbound\r$/m.test(text))).toBe(true);

      await isCalledAndLeft(phone);
      const seen = bob.events.length;
      const call = await phone.call('bob');
      await call.event('accepted');
      await bob.event('CALL_ESTABLISHED', { from: seen });
      call.hangUp();
      await bob.event('CALL_CLOSED', { from: seen });

      // The flow fails; the new one takes its place at the registrar by instance and reg-id (RFC 5626 4.4, 6).
      await edge.kill();
      await phone.state('offline');
      await edge.start();
      await phone.state('available', 20_000);
      expect(await home.contacts('alice')).toHaveLength(1);
      await isCalledAndLeft(phone);
    });
  });
}

test('over TLS a call outlives its connection, for the other phone finds us by our GRUU', async () => {
  const relay = await startRelay(home.ports.tls);
  try {
    await withPhone({ ...phoneOf(home, 'tls'), server: `127.0.0.1:${relay.port}` }, async (phone) => {
      const call = await phone.call('bob');
      await call.event('accepted');
      const invite = phone.trace.findLast(({ direction, text }) => direction === 'out' && text.startsWith('INVITE '));
      expect(invite?.text).toMatch(/^Contact: <sip:alice@test\.local;gr=urn:uuid:[\w-]+>\r$/m);
      const states = phone.states.length;
      relay.cut();
      await until(
        'the new connection',
        () => phone.states.slice(states).some(({ name }) => name === 'available') || null,
      );
      await bob.hangUp();
      expect(await call.end()).toMatchObject({ by: 'them', result: 'completed' });
    });
  } finally {
    relay.close();
  }
});

/** Carries TCP to a port of loopback, until its connections are cut. */
async function startRelay(port: number): Promise<{ port: number; cut(): void; close(): void }> {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('error', () => from.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    close() {
      server.close();
      cut();
    },
  };
}
