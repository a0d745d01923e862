// Subscriptions, publications and messages against software that we did not write: Kamailio's presence server, baresip, SIPp.
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import type { TransportName } from '../../contract/index.ts';
import type {
  DialogInfo,
  EventPackageName,
  EventSubscription,
  EventValues,
  IncomingMessage,
  MessageSummary,
  Presence,
  RegInfo,
  SubscriptionState,
} from '../../electron/sip/index.ts';
import { missingPrograms, startBaresip, startKamailio, startLinphone, until, type Kamailio } from './support/index.ts';
import { publish } from './support/publish.ts';
import { phoneOf, startPhone, type Phone } from './support/room.ts';
import { startSippServer } from './support/sipp-server.ts';

const missing = missingPrograms('kamailio', 'openssl');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

interface Watch<Value> {
  readonly subscription: EventSubscription;
  readonly states: SubscriptionState[];
  readonly values: Value[];
  /** The first value past number `from` that fits. */
  value(what: string, fits: (value: Value) => boolean, ms?: number): Promise<Value>;
  state(name: SubscriptionState['name'], from?: number): Promise<SubscriptionState>;
}

function watch<P extends EventPackageName>(phone: Phone, event: P, target: string): Watch<EventValues[P]> {
  const states: SubscriptionState[] = [];
  const values: EventValues[P][] = [];
  const subscription = phone.sip.subscribe(phone.id, event, target, {
    state: (state) => states.push(state),
    changed: (value) => values.push(value),
  });
  return {
    subscription,
    states,
    values,
    value: (what, fits, ms) => until(what, () => values.findLast(fits) ?? null, ms),
    state: (name, from = 0) => until(name, () => states.slice(from).find((state) => state.name === name) ?? null),
  };
}

async function withPhone(
  server: Kamailio,
  transport: TransportName,
  user: string,
  run: (phone: Phone) => Promise<void>,
) {
  const phone = startPhone(phoneOf(server, transport, user));
  try {
    await phone.state('available');
    await run(phone);
  } finally {
    await phone.close();
  }
}

const busy = (presence: Presence): boolean => presence.activities.includes('on-the-phone');

test.describe('with Kamailio', () => {
  let server: Kamailio;

  test.beforeAll(async () => {
    server = await startKamailio();
  });
  test.afterAll(() => server?.stop());

  for (const transport of ['udp', 'tcp', 'tls', 'ws', 'wss'] as const) {
    test(`over ${transport}: what one phone publishes of itself another one sees, and sees it go`, async () => {
      await withPhone(server, transport, 'alice', async (alice) => {
        await withPhone(server, transport, 'bob', async (bob) => {
          const seen = watch(alice, 'presence', 'bob');
          await seen.state('active');
          const publication = bob.sip.publish('bob', 'presence', { basic: 'open' });
          await seen.value('open', ({ basic, activities }) => basic === 'open' && activities.length === 0);
          publication.update({ basic: 'open', activities: ['on-the-phone'], note: 'bis später' });
          expect(await seen.value('on the phone', busy)).toMatchObject({ basic: 'open', note: 'bis später' });
          await publication.close();
          await until('it to go', () => (busy(seen.values.at(-1) ?? nobody) ? null : true));
          await seen.subscription.close();
        });
      });
    });
  }

  test("a colleague's calls are seen while they stand, with what a pick-up needs", async () => {
    await withPhone(server, 'udp', 'alice', async (alice) => {
      await withPhone(server, 'tcp', 'bob', async (bob) => {
        const seen: Watch<DialogInfo> = watch(alice, 'dialog', 'bob');
        await seen.state('active');
        const dialog = { id: 'd1', callId: 'c1', localTag: 'l1', remoteTag: 'r1', direction: 'recipient' } as const;
        const remote = { identity: 'sip:carol@test.local', display: 'Carol <3' };
        const publication = bob.sip.publish('bob', 'dialog', [{ ...dialog, state: 'early', remote }]);
        const ringing = await seen.value('ringing', ({ dialogs }) => dialogs[0]?.state === 'early');
        expect(ringing.dialogs).toMatchObject([{ ...dialog, remote }]);
        publication.update([{ ...dialog, state: 'confirmed', remote }]);
        await seen.value('talking', ({ dialogs }) => dialogs[0]?.state === 'confirmed');
        publication.update([{ ...dialog, state: 'terminated', remote }]);
        await until('the call to go', () => (seen.values.at(-1)?.dialogs.length === 0 ? true : null));
        await publication.close();
      });
    });
  });

  test('voicemail is counted', async () => {
    await withPhone(server, 'udp', 'alice', async (alice) => {
      const seen: Watch<MessageSummary> = watch(alice, 'message-summary', '');
      await seen.state('active');
      const body = 'Messages-Waiting: yes\r\nMessage-Account: sip:vm@test.local\r\nVoice-Message: 2/5 (1/0)\r\n';
      expect(await publish(server, 'alice', 'message-summary', 'application/simple-message-summary', body)).toBe(200);
      const summary = await seen.value('voicemail', ({ waiting }) => waiting);
      expect(summary.messages.get('voice-message')).toEqual({ new: 2, old: 5, newUrgent: 1, oldUrgent: 0 });
    });
  });

  test('the phones of an address are listed', async () => {
    await withPhone(server, 'udp', 'alice', async (alice) => {
      const seen: Watch<RegInfo> = watch(alice, 'reg', '');
      await seen.state('active');
      const contact = '<contact id="1" state="active" event="registered"><uri>sip:alice@192.0.2.7</uri></contact>';
      const body = `<?xml version="1.0"?><reginfo xmlns="urn:ietf:params:xml:ns:reginfo" version="0" state="full"><registration aor="sip:alice@test.local" id="r" state="active">${contact}</registration></reginfo>`;
      expect(await publish(server, 'alice', 'reg', 'application/reginfo+xml', body)).toBe(200);
      const info = await seen.value('contact', ({ registrations }) => registrations.length > 0);
      expect(info.registrations[0]?.contacts).toMatchObject([{ uri: 'sip:alice@192.0.2.7', state: 'active' }]);
    });
  });

  test('texts go both ways as they were typed, and one to nobody comes back as not available', async () => {
    await withPhone(server, 'udp', 'alice', async (alice) => {
      await withPhone(server, 'ws', 'bob', async (bob) => {
        for (const [from, to, text] of [
          [alice, bob, 'Grüße <b>aus</b> Zürich 👋'],
          [bob, alice, 'zurück\nin zwei Zeilen'],
        ] as const) {
          const heard: IncomingMessage[] = [];
          const dispose = to.sip.listen({ registration() {}, incoming() {}, message: (one) => heard.push(one) });
          expect(await from.sip.message(from.id, to.id, text)).toEqual({ name: 'delivered' });
          expect(heard).toMatchObject([{ text, from: { uri: `sip:${from.id}@test.local` } }]);
          dispose();
        }
        expect(await alice.sip.message('alice', 'dave', 'hallo?')).toMatchObject({
          name: 'failed',
          cause: { code: 'not-available' },
        });
      });
    });
  });

  test('the presence that baresip publishes is read', async () => {
    const without = missingPrograms('baresip');
    test.skip(without.length > 0, `not installed: ${without.join(', ')}`);
    const carol = await startBaresip({
      user: 'carol',
      domain: server.domain,
      proxy: server.server('udp'),
      presence: true,
    });
    try {
      await withPhone(server, 'udp', 'alice', async (alice) => {
        const seen = watch(alice, 'presence', 'carol');
        await seen.state('active');
        const open = (): Promise<Presence | null> =>
          seen.value('open', ({ basic }) => basic === 'open', 1500).catch(() => null);
        // It forgets a change while its own PUBLISH is under way, and sends none for what it believes to be said.
        await until('presence', async () => {
          await carol.command('presence_offline');
          await carol.command('presence_online');
          return open();
        });
      });
    } finally {
      await carol.stop();
    }
  });
});

test('the presence that linphonec publishes is read', async () => {
  const without = missingPrograms('linphonec');
  test.skip(without.length > 0, `not installed: ${without.join(', ')}`);
  const server = await startKamailio();
  const dave = await startLinphone({
    user: 'dave',
    domain: server.domain,
    proxy: server.server('udp'),
    presence: true,
  });
  try {
    await withPhone(server, 'udp', 'alice', async (alice) => {
      const seen = watch(alice, 'presence', 'dave');
      await seen.value('open', ({ basic }) => basic === 'open');
    });
  } finally {
    await dave.stop();
    await server.stop();
  }
});

for (const transport of ['udp', 'tcp'] as const) {
  test(`over ${transport}: a server that was killed and comes back knows again what is watched and published`, async () => {
    const server = await startKamailio();
    try {
      await withPhone(server, transport, 'alice', async (alice) => {
        await withPhone(server, transport, 'bob', async (bob) => {
          const seen = watch(alice, 'presence', 'bob');
          await seen.state('active');
          bob.sip.publish('bob', 'presence', { basic: 'open', activities: ['on-the-phone'] });
          await seen.value('on the phone', busy);
          await server.kill();
          await alice.state('offline');
          const before = seen.values.length;
          await server.start();
          await until('the news', () => (seen.values.slice(before).some(busy) ? true : null), 20_000);
          expect(seen.states.at(-1)?.name).toBe('active');
        });
      });
    } finally {
      await server.stop();
    }
  });
}

test.describe('with SIPp as the notifier', () => {
  const without = missingPrograms('sipp');
  test.skip(without.length > 0, `not installed: ${without.join(', ')}`);

  /** Subscribes to a mailbox that SIPp plays; how SIPp found it, and the Call-IDs of the phone's SUBSCRIBEs. */
  async function play(scenario: string, calls: number) {
    const server = await startSippServer(join(import.meta.dirname, 'scenarios', scenario), calls);
    const phone = startPhone({ user: 'alice', domain: 'test.local', server: server.address, transport: 'udp' });
    const subscribes = (): Set<string> =>
      new Set(
        phone.trace
          .filter(({ direction, text }) => direction === 'out' && text.startsWith('SUBSCRIBE'))
          .map(({ text }) => /^Call-ID: (.*)$/m.exec(text)?.[1] ?? ''),
      );
    try {
      await phone.state('available');
      const seen = watch(phone, 'message-summary', '');
      await seen.value('voicemail', ({ messages }) => messages.get('voice-message')?.new === 3);
      const result = await server.done;
      await until('a subscription of its own', () => (subscribes().size >= 2 ? true : null));
      return { ...result, subscribes: subscribes().size };
    } finally {
      await phone.close();
      await server.stop();
    }
  }

  test('NOTIFY before the 2xx, deactivated at once, and a late NOTIFY', async () => {
    // REGISTER, and two subscriptions that end the same way: the second one comes soon, and is none of a storm.
    const { ok, output, subscribes } = await play('notify-deactivated.xml', 3);
    expect(ok, output).toBe(true);
    expect(subscribes).toBeLessThanOrEqual(3);
  });

  test('a refresh that is answered with 481 is followed by a subscription of its own', async () => {
    const { ok, output } = await play('subscribe-481.xml', 2);
    expect(ok, output).toBe(true);
  });
});

const nobody: Presence = { entity: '', basic: null, activities: [], note: null };
