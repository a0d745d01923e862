// Transfers in both roles, and calls that take another one's place (RFC 3515, 3891, 3892, 4488).
import { describe, expect, it, vi } from 'vitest';
import { remember, sdp } from '../testing/scripted-server.ts';
import { ackOf, inside, toCaller, useStage } from '../testing/use-stage.ts';
import { tagOf, type SipRequest } from '../wire/index.ts';

const stage = useStage();

const news = (status: number, state: string): { headers: [string, string][]; body: string } => ({
  headers: [
    ['Event', 'refer'],
    ['Subscription-State', state],
    ['Content-Type', 'message/sipfrag;version=2.0'],
  ],
  body: `SIP/2.0 ${status} Whatever\r\n`,
});

async function notify(invite: SipRequest, status: number, state = 'active;expires=60'): Promise<number> {
  const { headers, body } = news(status, state);
  stage.server.send('NOTIFY', { headers: [...toCaller(invite), ...headers], body });
  return (await stage.server.response('final')).status;
}

describe('a transfer that we ask for', () => {
  it('is told from the first ringing to the end', async () => {
    const { invite, session } = await stage.placedCall();
    const progress: number[] = [];
    const outcome = session.refer('4411', { progress: (status) => progress.push(status) });
    const refer = await stage.server.request('REFER');
    expect(refer.headers.get('Refer-To')).toBe('<sip:4411@example.com>');
    expect(refer.headers.get('Referred-By')).toBe('<sip:alice@example.com>');
    stage.server.reply(refer, 202, { headers: [stage.contact()] });
    expect(await notify(invite, 100)).toBe(200);
    expect(await notify(invite, 180)).toBe(200);
    expect(await notify(invite, 200, 'terminated;reason=noresource')).toBe(200);
    expect(await outcome).toEqual({ result: 'completed', status: 200, reason: null });
    expect(progress).toEqual([100, 180, 200]);
    // Nothing more is awaited, but what comes late is taken.
    expect(await notify(invite, 200, 'terminated')).toBe(200);
  });

  it.each([
    [486, 'failed', 'transfer-failed'],
    [603, 'failed', 'transfer-failed'],
  ])('that ends with %i has failed, in a sentence', async (status, result, code) => {
    const { invite, session } = await stage.placedCall();
    const outcome = session.refer('4411');
    stage.server.reply(await stage.server.request('REFER'), 202, { headers: [stage.contact()] });
    await notify(invite, status, 'terminated;reason=noresource');
    expect(await outcome).toMatchObject({ result, status, reason: { code } });
  });

  it.each([
    [603, 'transfer-refused'],
    [405, 'transfer-unsupported'],
  ])('that is refused with %i says so', async (status, code) => {
    const { session } = await stage.placedCall();
    const outcome = session.refer('4411');
    stage.server.reply(await stage.server.request('REFER'), status);
    expect(await outcome).toMatchObject({ result: 'refused', status, reason: { code } });
  });

  it('of which no news comes, or none will, ends all the same', async () => {
    const { session } = await stage.placedCall();
    const silent = session.refer('4411');
    stage.server.reply(await stage.server.request('REFER'), 202, {
      headers: [stage.contact(), ['Refer-Sub', 'false']],
    });
    expect(await silent).toEqual({ result: 'unknown', reason: null });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const mute = session.refer('4411');
      stage.server.reply(await stage.server.request('REFER'), 202, { headers: [stage.contact()] });
      // The 202 has arrived when something later is answered.
      const info = session.info('application/dtmf', '1');
      stage.server.reply(await stage.server.request('INFO'), 200);
      await info;
      await expect(session.refer('4412')).rejects.toThrow(/being transferred already/);
      vi.advanceTimersByTime(32_000);
      expect(await mute).toEqual({ result: 'unknown', reason: null });
    } finally {
      vi.useRealTimers();
    }
  });

  it('goes on when the other side hangs up meanwhile', async () => {
    const { invite, session, listener } = await stage.placedCall();
    const outcome = session.refer('4411');
    stage.server.reply(await stage.server.request('REFER'), 202, { headers: [stage.contact()] });
    await notify(invite, 100);
    stage.server.send('BYE', { headers: toCaller(invite) });
    await stage.server.response('final');
    await listener.end();
    expect(stage.room.sip.counts.sessions).toBe(0);
    expect(await notify(invite, 200, 'terminated;reason=noresource')).toBe(200);
    expect(await outcome).toMatchObject({ result: 'completed' });
    expect(await notify(invite, 200, 'terminated;reason=noresource')).toBe(481);
  });

  it('to a person who is on the line names that call by its dialog', async () => {
    const { session } = await stage.placedCall();
    const { invite, session: other } = await stage.placedCall();
    void session.refer(other.remote.uri, { replaces: other });
    const refer = await stage.server.request('REFER');
    const [uri, replaces = ''] = (refer.headers.get('Refer-To') ?? '').slice(1, -1).split('?Replaces=');
    expect(uri).toBe('sip:4410@example.com');
    const from = tagOf(invite.headers.get('From')) ?? '';
    expect(decodeURIComponent(replaces)).toBe(`${invite.headers.get('Call-ID')};to-tag=server;from-tag=${from}`);
    stage.server.reply(refer, 603);
  });

  it('needs a call that stands', async () => {
    const session = stage.room.sip.invite('alice', '4410', sdp);
    session.listen(remember());
    await stage.server.request('INVITE');
    await expect(session.refer('4411')).rejects.toThrow(/not connected/);
  });
});

describe('a transfer that the other side asks for', () => {
  const wanted: [string, string][] = [
    ['Refer-To', '<sip:4411@example.com?Replaces=call%3Bto-tag%3D1%3Bfrom-tag%3D2>'],
    ['Referred-By', '<sip:bob@example.com>'],
  ];

  it('happens with consent, and the other side is told how it goes', async () => {
    const { invite, ok, listener } = await stage.answeredCall();
    const refer = stage.server.send('REFER', { headers: [...inside(invite, ok), ...wanted] });
    const request = await listener.refer();
    expect(request).toMatchObject({
      target: 'sip:4411@example.com',
      replaces: 'call;to-tag=1;from-tag=2',
      referredBy: '<sip:bob@example.com>',
    });
    const progress = request.accept();
    expect((await stage.server.response('final')).status).toBe(202);
    const { replaces = '', referredBy = '' } = request;
    stage.room.sip.invite('alice', request.target, sdp, { replaces, referredBy });
    const call = await stage.server.request('INVITE');
    expect(call.uri).toBe('sip:4411@example.com');
    expect(call.headers.get('Replaces')).toBe('call;to-tag=1;from-tag=2');
    expect(call.headers.get('Referred-By')).toBe('<sip:bob@example.com>');
    progress.report(180);
    progress.report(200);
    progress.report(200);
    const id = refer.headers.get('CSeq')?.split(' ')[0];
    for (const [status, state] of [
      [100, 'active;expires=180'],
      [180, 'active;expires=180'],
      [200, 'terminated;reason=noresource'],
    ]) {
      const sent = await stage.server.request('NOTIFY');
      expect(sent.headers.get('Event')).toBe(`refer;id=${id}`);
      expect(sent.headers.get('Subscription-State')).toBe(state);
      expect(sent.body.toString()).toMatch(new RegExp(`^SIP/2\\.0 ${status} .*\\r\\n$`));
      stage.server.reply(sent, 200);
    }
    expect(stage.server.untaken('NOTIFY')).toBe(0);
  });

  it('is refused with 603, and nothing follows', async () => {
    const { invite, ok, listener } = await stage.answeredCall();
    stage.server.send('REFER', { headers: [...inside(invite, ok), ...wanted] });
    const request = await listener.refer();
    request.refuse();
    expect((await stage.server.response('final')).status).toBe(603);
    request.accept().report(200);
    expect(stage.server.untaken('NOTIFY') + stage.server.untaken('INVITE')).toBe(0);
  });

  it('may take a person longer than a request can wait', async () => {
    const { invite, ok, listener } = await stage.answeredCall();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      stage.server.send('REFER', { headers: [...inside(invite, ok), ...wanted] });
      const request = await listener.refer();
      vi.advanceTimersByTime(15_000);
      expect((await stage.server.response('final')).status).toBe(202);
      stage.server.reply(await stage.server.request('NOTIFY'), 200);
      request.refuse();
      const last = await stage.server.request('NOTIFY');
      expect(last.body.toString()).toMatch(/^SIP\/2\.0 603 /);
      expect(last.headers.get('Subscription-State')).toMatch(/^terminated/);
      stage.server.reply(last, 200);
    } finally {
      vi.useRealTimers();
    }
  });

  it('wants no news when it says so (RFC 4488)', async () => {
    const { invite, ok, listener } = await stage.answeredCall();
    stage.server.send('REFER', { headers: [...inside(invite, ok), ...wanted, ['Refer-Sub', 'false']] });
    (await listener.refer()).accept().report(200);
    const accepted = await stage.server.response('final');
    expect([accepted.status, accepted.headers.get('Refer-Sub')]).toEqual([202, 'false']);
    expect(stage.server.untaken('NOTIFY')).toBe(0);
  });

  it('is refused by itself where nobody listens for it, and a second one while the first waits', async () => {
    const { invite, ok, session } = await stage.answeredCall();
    stage.server.send('REFER', { headers: [...inside(invite, ok), ...wanted] });
    stage.server.send('REFER', { headers: [...inside(invite, ok), ...wanted] });
    expect((await stage.server.response('final')).status).toBe(603);
    // The call ends while the first waits for consent.
    stage.server.send('BYE', { headers: inside(invite, ok) });
    const answers = [await stage.server.response('final'), await stage.server.response('final')];
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 487]);
    expect(session.id).not.toBe('');
    const next = await stage.answeredCall();
    next.session.listen({ reoffered: () => Promise.resolve(sdp), ended: () => {} });
    stage.server.send('REFER', { headers: [...inside(next.invite, next.ok), ...wanted] });
    expect((await stage.server.response('final')).status).toBe(603);
  });
});

describe('a call that wants to take the place of another (RFC 3891)', () => {
  it('is told which, and ends it when it is answered', async () => {
    const { invite, session, listener } = await stage.placedCall();
    const own = tagOf(invite.headers.get('From')) ?? '';
    const replaces = `${invite.headers.get('Call-ID')};from-tag=server;to-tag=${own}`;
    const second = stage.server.send('INVITE', {
      sdp,
      headers: [
        ['Replaces', replaces],
        ['Require', 'replaces'],
      ],
    });
    const incoming = await stage.room.incoming();
    expect(incoming.replaces).toBe(session.id);
    incoming.listen(remember());
    const accepted = incoming.accept(sdp);
    const ok = await stage.server.response('final');
    stage.server.send('ACK', { headers: [...inside(second, ok), ['CSeq', ackOf(second)]] });
    await accepted;
    expect(await listener.end()).toMatchObject({ by: 'them', result: 'completed', replacedBy: incoming.id });
    const bye = await stage.server.request('BYE');
    expect(bye.headers.get('Call-ID')).toBe(invite.headers.get('Call-ID'));
    stage.server.reply(bye, 200);
  });

  it('and cancels one of ours that still rings', async () => {
    const session = stage.room.sip.invite('alice', '4410', sdp);
    const listener = remember();
    session.listen(listener);
    const invite = await stage.server.request('INVITE');
    stage.server.reply(invite, 180, { headers: [stage.contact()] });
    await listener.event('progress 180');
    const own = tagOf(invite.headers.get('From')) ?? '';
    const headers: [string, string][] = [
      ['Replaces', `${invite.headers.get('Call-ID')};from-tag=server;to-tag=${own};early-only`],
    ];
    stage.server.send('INVITE', { sdp, headers });
    const incoming = await stage.room.incoming();
    incoming.listen(remember());
    void incoming.accept(sdp).catch(() => {});
    stage.server.reply(await stage.server.request('CANCEL'), 200);
    stage.server.reply(invite, 487);
    expect(await listener.end()).toMatchObject({ replacedBy: incoming.id });
  });

  it('that names none, or one that may not be taken, is refused and never rings', async () => {
    const { invite, ok } = await stage.answeredCall();
    const own = tagOf(ok.headers.get('To')) ?? '';
    const id = invite.headers.get('Call-ID');
    const ringing = stage.server.send('INVITE', { sdp });
    const incoming = await stage.room.incoming();
    incoming.listen(remember());
    incoming.ring();
    const early = await stage.server.response(180);
    for (const [values, status] of [
      [['nobody;to-tag=1;from-tag=2'], 481],
      [[`${id};to-tag=bob;from-tag=${own}`], 481],
      [[`${id};to-tag=${own};from-tag=bob;early-only`], 486],
      // A call that rings here is not ours to give away.
      [[`${ringing.headers.get('Call-ID')};to-tag=${tagOf(early.headers.get('To'))};from-tag=bob`], 481],
      [['nonsense'], 400],
      [[`${id};to-tag=${own};from-tag=bob`, 'a;to-tag=1;from-tag=2'], 400],
    ] as [string[], number][]) {
      stage.server.send('INVITE', { sdp, headers: values.map((value) => ['Replaces', value]) });
      expect((await stage.server.response('final')).status, values.join()).toBe(status);
    }
    incoming.reject(486);
    await stage.server.response(486);
  });
});
