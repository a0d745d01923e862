// Dialogs against software that we did not write: SIPp message by message, baresip for transfers, Kamailio in between.
import { expect, test } from 'playwright/test';
import {
  missingPrograms,
  startBaresip,
  startKamailio,
  startScenario,
  until,
  type Baresip,
  type Kamailio,
  type Scenario,
  type ScenarioOptions,
} from './support/index.ts';
import { phoneOf, plainSdp, startPhone, type Phone, type PhoneCall, type PhoneOptions } from './support/room.ts';

const missing = missingPrograms('kamailio', 'baresip', 'sipp', 'openssl');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let server: Kamailio;

test.beforeAll(async () => {
  server = await startKamailio();
});

test.afterAll(async () => {
  await server?.stop();
});

/** Alice's phone, registered; closed whatever happens, and nothing may be left of its calls. */
async function withPhone(run: (phone: Phone) => Promise<void>, options: Partial<PhoneOptions> = {}): Promise<void> {
  const phone = startPhone({ ...phoneOf(server, 'udp'), ...options });
  try {
    await phone.state('available');
    await run(phone);
    expect(phone.sip.counts.sessions).toBe(0);
  } finally {
    await phone.close();
  }
}

/** Runs a scenario beside `run`; both have to succeed. */
async function withSipp(name: string, options: ScenarioOptions, run: (sipp: Scenario) => Promise<void>): Promise<void> {
  const sipp = await startScenario(name, options);
  try {
    const done = sipp.done();
    // SIPp's own words say more than a wait of ours that nothing ended.
    await Promise.race([run(sipp), done.then(() => new Promise<void>(() => {}))]);
    await done;
  } finally {
    await sipp.stop();
  }
}

/** UPDATEs of the other side's that the phone has accepted. */
function updatesAnswered(phone: Phone): number {
  return phone.trace.filter(({ direction, text }) => direction === 'out' && /^SIP\/2\.0 200 [^]*UPDATE\r\n/.test(text))
    .length;
}

/** The phone calls a SIPp that follows this scenario. */
async function calls(
  name: string,
  run: (call: PhoneCall, phone: Phone) => Promise<void>,
  options: Partial<PhoneOptions> & { late?: boolean } = {},
): Promise<void> {
  const { late = false, ...phoneOptions } = options;
  await withPhone(async (phone) => {
    await withSipp(name, {}, async (sipp) => run(await phone.call(`sip:sipp@${sipp.address}`, { late }), phone));
  }, phoneOptions);
}

/** A SIPp that follows this scenario calls the phone. */
async function isCalled(
  name: string,
  run: (phone: Phone) => Promise<void>,
  options: Partial<PhoneOptions> & { keys?: Record<string, string> } = {},
): Promise<void> {
  const { keys = {}, ...phoneOptions } = options;
  const target = server.server('udp');
  await withPhone((phone) => withSipp(name, { target, user: 'alice', keys }, () => run(phone)), phoneOptions);
}

test.describe('with SIPp as the phone that is called', () => {
  test('a reliable 183 is acknowledged, and its answer holds', async () => {
    await calls('callee-prack', async (call) => {
      await call.event('progress 183');
      await call.event('accepted');
      call.hangUp();
    });
  });

  test('UPDATE changes the media while it rings and after', async () => {
    await calls('callee-update', async (call, phone) => {
      await call.event('accepted');
      await until('three UPDATEs', () => (updatesAnswered(phone) === 3 ? true : null));
      call.hangUp();
    });
  });

  test('after 422 the call is made with a longer interval, and refreshed', async () => {
    await calls(
      'callee-session-timer',
      async (call, phone) => {
        await call.event('accepted');
        await until('the refresh', () => (phone.trace.some(({ text }) => text.startsWith('UPDATE ')) ? true : null));
        await until('its answer', () => (phone.trace.at(-1)?.direction === 'in' ? true : null));
        call.hangUp();
      },
      { sessionExpires: 100, haste: 15 },
    );
  });

  test('a session that nobody refreshes ends', async () => {
    await calls(
      'callee-session-expired',
      async (call) => expect(await call.end()).toMatchObject({ by: 'network', reason: { code: 'connection-lost' } }),
      { haste: 15 },
    );
  });

  test('a redirection is told and not followed', async () => {
    await calls('callee-redirect', async (call) => {
      const end = await call.end();
      expect(end).toMatchObject({ status: 302, redirect: ['sip:first@192.0.2.1', 'sip:second@192.0.2.1'] });
    });
  });

  test('of two phones that both answer one is kept', async () => {
    await calls('callee-two-phones', async (call, phone) => {
      await call.event('accepted');
      const ended = (): boolean => phone.trace.some(({ text }) => /^SIP\/2\.0 200 [^]*BYE\r\n/.test(text));
      await until('the second one to be sent away', () => (ended() ? true : null));
      expect(call.events).toEqual(['progress 183', 'progress 180', 'accepted']);
      call.hangUp();
    });
  });

  test('a call without an offer answers theirs in the ACK', async () => {
    await calls(
      'callee-late-offer',
      async (call) => {
        await call.event('accepted');
        call.hangUp();
      },
      { late: true },
    );
  });

  test('a phone that gives no tag is talked to without one', async () => {
    await calls('callee-untagged', async (call) => {
      await call.event('progress 183');
      await call.event('accepted');
      call.hangUp();
    });
  });

  test('a change that meets 491 is made all the same', async () => {
    await calls('callee-glare', async (call) => {
      await call.event('accepted');
      expect(await call.reoffer(plainSdp('127.0.0.1', 'sendonly'))).toContain('m=audio');
      call.hangUp();
    });
  });

  test('of two changes that cross the other one gets 491', async () => {
    await calls('callee-crossing', async (call) => {
      await call.event('accepted');
      expect(await call.reoffer(plainSdp('127.0.0.1'))).toContain('m=audio');
      call.hangUp();
    });
  });

  test('a phone that never ends a cancelled INVITE is given up', async () => {
    await calls(
      'callee-silent-cancel',
      async (call, phone) => {
        await call.event('progress 180');
        call.session.hangUp({ elsewhere: true });
        expect(await call.end()).toMatchObject({ by: 'us', result: 'cancelled' });
        await until('64*T1', () => (phone.sip.counts.dialogs === 0 ? true : null));
      },
      { haste: 20 },
    );
  });

  test('a transfer is told to its end', async () => {
    await calls('callee-transferred', async (call) => {
      await call.event('accepted');
      const progress: number[] = [];
      const outcome = await call.session.refer('carol', { progress: (status) => progress.push(status) });
      expect(outcome).toEqual({ result: 'completed', status: 200, reason: null });
      expect(progress).toEqual([100, 180, 200]);
      call.hangUp();
    });
  });

  test('a transfer to a person on another line names that call, and a refusal is told', async () => {
    await calls('callee-attended', async (call, phone) => {
      await call.event('accepted');
      await withSipp('callee-untagged', {}, async (sipp) => {
        const other = await phone.call(`sip:sipp@${sipp.address}`);
        await other.event('accepted');
        const outcome = await call.session.refer(other.session.remote.uri, { replaces: other.session });
        expect(outcome).toMatchObject({ result: 'refused', status: 603 });
        other.hangUp();
      });
      call.hangUp();
    });
  });

  test('a strict route is the Request-URI of ACK and BYE', async () => {
    await calls('callee-strict-route', async (call) => {
      await call.event('accepted');
      call.hangUp();
    });
  });
});

test.describe('with SIPp as the phone that calls', () => {
  test('ringing is confirmed where the caller requires it', async () => {
    await isCalled('caller-prack', async (phone) => {
      const session = await phone.incoming();
      session.ring();
      await until('PRACK', () => (phone.trace.some(({ text }) => text.startsWith('PRACK ')) ? true : null));
      await (await phone.answer(session)).end();
    });
  });

  test('UPDATE of the caller changes the media', async () => {
    await isCalled('caller-update', async (phone) => {
      const call = await phone.answer(await phone.incoming());
      await call.end();
      expect(updatesAnswered(phone)).toBe(2);
    });
  });

  test('too short an interval gets 422, and the phone refreshes where it is left to it', async () => {
    await isCalled(
      'caller-session-timer',
      async (phone) => {
        const call = await phone.answer(await phone.incoming());
        expect(await call.end()).toMatchObject({ by: 'them', result: 'completed' });
      },
      { haste: 15 },
    );
  });

  test('a call and a change without an offer get ours', async () => {
    await isCalled('caller-late-offer', async (phone) => {
      const session = await phone.incoming();
      expect(session.offer).toBeNull();
      const call = await phone.answer(session);
      await call.event('answered');
      await call.end();
    });
  });

  test('CANCEL says that another phone has answered', async () => {
    await isCalled('caller-elsewhere', async (phone) => {
      const session = await phone.incoming();
      const ended = new Promise((resolve) => {
        session.listen({ reoffered: () => Promise.resolve(''), ended: resolve });
      });
      session.ring();
      expect(await ended).toMatchObject({ result: 'answered-elsewhere', said: 'Call completed elsewhere' });
    });
  });

  test('BYE ends a call that rings', async () => {
    await isCalled('caller-early-bye', async (phone) => {
      const session = await phone.incoming();
      const ended = new Promise((resolve) => {
        session.listen({ reoffered: () => Promise.resolve(''), ended: resolve });
      });
      session.ring();
      expect(await ended).toMatchObject({ by: 'them', result: 'cancelled' });
    });
  });

  test('a transfer happens with consent, and is told', async () => {
    await isCalled('caller-transfers', async (phone) => {
      const call = await phone.answer(await phone.incoming());
      const request = await call.referred();
      expect(request).toMatchObject({ target: 'sip:bob@test.local', referredBy: '<sip:sipp@elsewhere.invalid>' });
      const progress = request.accept();
      progress.report(180);
      progress.report(200);
      await call.end();
    });
  });

  test('a transfer without consent is refused', async () => {
    await isCalled('caller-refused-transfer', async (phone) => {
      const call = await phone.answer(await phone.incoming());
      (await call.referred()).refuse();
      await call.end();
      expect(phone.trace.some(({ direction, text }) => direction === 'out' && text.startsWith('INVITE '))).toBe(false);
    });
  });

  test('a call that wants the place of none gets 481 and does not ring', async () => {
    await isCalled('caller-replaces-nothing', async () => {});
  });
});

test.describe('with baresip', () => {
  let bob: Baresip;
  let carol: Baresip;

  test.beforeAll(async () => {
    bob = await startBaresip({ user: 'bob', domain: server.domain, proxy: server.server('udp') });
    carol = await startBaresip({ user: 'carol', domain: server.domain, proxy: server.server('udp') });
  });

  test.afterAll(async () => {
    await bob?.stop();
    await carol?.stop();
  });

  test('a call takes the place of one that stands, with SIPp as the one who takes it', async () => {
    await withPhone(async (phone) => {
      const seen = bob.events.length;
      const first = await phone.call('bob');
      await first.event('accepted');
      const ok = phone.trace.findLast(
        ({ direction, text }) => direction === 'in' && /^SIP\/2\.0 200 .*\r\n/.test(text),
      );
      const value = (name: string): string => new RegExp(`^${name}: (.*)\r`, 'm').exec(ok?.text ?? '')?.[1] ?? '';
      const tag = (name: string): string => /tag=([^;\s]+)/.exec(value(name))?.[1] ?? '';
      const replaced = `${value('Call-ID')};to-tag=${tag('From')};from-tag=${tag('To')}`;
      const target = server.server('udp');
      await withSipp('caller-replaces', { target, user: 'alice', keys: { replaced } }, async () => {
        const session = await phone.incoming();
        expect(session.replaces).toBe(first.session.id);
        const second = await phone.answer(session);
        expect(await first.end()).toMatchObject({ by: 'them', replacedBy: session.id });
        await bob.event('CALL_CLOSED', { from: seen });
        await second.end();
      });
    });
  });

  test('the phone transfers baresip to a third', async () => {
    await withPhone(async (phone) => {
      const [bobSeen, carolSeen] = [bob.events.length, carol.events.length];
      const call = await phone.call('bob');
      await call.event('accepted');
      const outcome = await call.session.refer('carol');
      expect(outcome.result).toBe('completed');
      await carol.event('CALL_ESTABLISHED', { from: carolSeen });
      call.hangUp();
      await bob.hangUp();
      await carol.event('CALL_CLOSED', { from: carolSeen });
      await bob.event('CALL_CLOSED', { from: bobSeen });
    });
  });

  test('a transfer to a number that is busy has failed, and baresip is still there', async () => {
    await withPhone(async (phone) => {
      const seen = bob.events.length;
      const call = await phone.call('bob');
      await call.event('accepted');
      expect(await call.session.refer('busy')).toMatchObject({ result: 'failed', status: 486 });
      call.hangUp();
      await bob.event('CALL_CLOSED', { from: seen });
    });
  });

  test('baresip transfers the phone to a third, with consent', async () => {
    await withPhone(async (phone) => {
      const [bobSeen, carolSeen] = [bob.events.length, carol.events.length];
      await bob.dial('sip:alice@test.local');
      const call = await phone.answer(await phone.incoming());
      await bob.event('CALL_ESTABLISHED', { from: bobSeen });
      await bob.command('transfer', 'sip:carol@test.local');
      const request = await call.referred();
      expect(request.target).toBe('sip:carol@test.local');
      const progress = request.accept();
      const next = phone.sip.invite(phone.id, request.target, plainSdp('127.0.0.1'));
      await new Promise<void>((resolve) => {
        next.listen({
          progress: (status) => progress.report(status),
          accepted() {
            progress.report(200);
            resolve();
          },
          reoffered: () => Promise.resolve(plainSdp('127.0.0.1')),
          ended: () => {},
        });
      });
      await carol.event('CALL_ESTABLISHED', { from: carolSeen });
      await bob.event('CALL_CLOSED', { from: bobSeen });
      await call.end();
      next.hangUp();
      await carol.event('CALL_CLOSED', { from: carolSeen });
    });
  });

  test('of two that both answer at once one has the call', async () => {
    await withPhone(async (phone) => {
      const seen = [bob.events.length, carol.events.length];
      const call = await phone.call('fork');
      await call.event('accepted');
      call.hangUp();
      await bob.event('CALL_CLOSED', { from: seen[0] ?? 0 });
      await carol.event('CALL_CLOSED', { from: seen[1] ?? 0 });
    });
  });
});
