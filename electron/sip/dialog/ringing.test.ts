// Ringing that the caller must confirm: 100rel as callee (RFC 3262 3), and the early dialog of a call to us.
import { describe, expect, it, vi } from 'vitest';
import { remember, sdp } from '../testing/scripted-server.ts';
import { ackOf, inside, useStage } from '../testing/use-stage.ts';
import type { SipRequest, SipResponse } from '../wire/index.ts';

const stage = useStage();
const required: [string, string] = ['Require', '100rel'];

function pracked(invite: SipRequest, ringing: SipResponse, body?: string): void {
  const rack = `${ringing.headers.get('RSeq')} ${invite.headers.get('CSeq')}`;
  stage.server.send('PRACK', {
    headers: [...inside(invite, ringing), ['RAck', rack]],
    ...(body === undefined ? {} : { sdp: body }),
  });
}

describe('ringing for a caller that requires 100rel', () => {
  it('is repeated until the PRACK comes, and then not', async () => {
    const invite = stage.server.send('INVITE', { sdp, headers: [required] });
    const session = await stage.room.incoming();
    session.listen(remember());
    session.ring();
    const ringing = await stage.server.response(180);
    expect(ringing.headers.all('Require')).toEqual(['100rel']);
    const again = await stage.server.response(180);
    expect(again.headers.get('RSeq')).toBe(ringing.headers.get('RSeq'));
    stage.server.send('PRACK', { headers: [...inside(invite, ringing), ['RAck', '1 1 INVITE']] });
    expect((await stage.server.response('final')).status).toBe(481);
    pracked(invite, ringing);
    expect((await stage.server.response('final')).status).toBe(200);
    void session.accept(sdp);
    const ok = await stage.server.response('final');
    expect([ok.status, ok.body.toString()]).toEqual([200, sdp]);
    stage.server.send('ACK', { headers: [...inside(invite, ok), ['CSeq', ackOf(invite)]] });
  });

  it('that never confirms gets 504, and the call is over', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      stage.server.send('INVITE', { sdp, headers: [required] });
      const session = await stage.room.incoming();
      const listener = remember();
      session.listen(listener);
      session.ring();
      await stage.server.response(180);
      vi.advanceTimersByTime(33_000);
      expect((await stage.server.response('final')).status).toBe(504);
      expect(await listener.end()).toMatchObject({ by: 'network', status: 504 });
    } finally {
      vi.useRealTimers();
    }
  });

  it('with early media holds the answer back until that has arrived, and does not change it', async () => {
    const invite = stage.server.send('INVITE', { sdp, headers: [required] });
    const session = await stage.room.incoming();
    session.listen(remember());
    session.ring(`${sdp}a=x:early\r\n`);
    const early = await stage.server.response(183);
    expect(early.body.toString()).toContain('x:early');
    const accepted = session.accept(`${sdp}a=x:late\r\n`);
    pracked(invite, early);
    const [prack, ok] = [await stage.server.response('final'), await stage.server.response('final')];
    expect([prack.headers.get('CSeq'), ok.headers.get('CSeq')]).toEqual([
      expect.stringContaining('PRACK'),
      invite.headers.get('CSeq'),
    ]);
    expect(ok.body.toString()).not.toContain('x:late');
    stage.server.send('ACK', { headers: [...inside(invite, ok), ['CSeq', ackOf(invite)]] });
    await accepted;
  });

  it('takes a further offer in the PRACK, once the first is settled', async () => {
    const invite = stage.server.send('INVITE', { sdp, headers: [required] });
    const session = await stage.room.incoming();
    session.listen(remember((offer) => Promise.resolve(`${offer ?? ''}a=x:answer\r\n`)));
    session.ring(sdp);
    pracked(invite, await stage.server.response(183), `${sdp}a=x:second\r\n`);
    expect((await stage.server.response('final')).body.toString()).toContain('x:second\r\na=x:answer');
    session.reject(486);
    await stage.server.response(486);
  });

  it('without an offer of the caller makes one, and the PRACK answers it', async () => {
    const invite = stage.server.send('INVITE', { headers: [required] });
    const session = await stage.room.incoming();
    session.ring();
    const listener = remember(() => Promise.resolve(`${sdp}a=x:ours\r\n`));
    session.listen(listener);
    const ringing = await stage.server.response(180);
    expect(ringing.body.toString()).toContain('x:ours');
    pracked(invite, ringing, `${sdp}a=x:theirs\r\n`);
    await listener.event('answered');
    await stage.server.response(200);
    const accepted = session.accept(sdp);
    const ok = await stage.server.response(200);
    expect(ok.body).toHaveLength(0);
    stage.server.send('ACK', { headers: [...inside(invite, ok), ['CSeq', ackOf(invite)]] });
    expect(await accepted).toContain('x:theirs');
  });
});

describe('ringing for a caller that only knows 100rel', () => {
  it('is plain, unless the account wants it confirmed', async () => {
    stage.server.send('INVITE', { sdp, headers: [['Supported', '100rel']] });
    const session = await stage.room.incoming();
    session.listen(remember());
    session.ring();
    expect((await stage.server.response(180)).headers.has('RSeq')).toBe(false);
    session.reject(486);
    await stage.server.response(486);
    stage.room.sip.setAccount({ ...stage.room.account, reliableRinging: true });
    await stage.room.state('connecting');
    await stage.room.state('available');
    stage.server.send('INVITE', { sdp, headers: [['Supported', '100rel']] });
    const second = await stage.room.incoming();
    second.listen(remember());
    second.ring();
    expect((await stage.server.response(180)).headers.has('RSeq')).toBe(true);
    second.reject(486);
    await stage.server.response(486);
  });
});

describe('while a call to us rings', () => {
  it('it says so each minute, so that no proxy gives it up', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      stage.server.send('INVITE', { sdp });
      const session = await stage.room.incoming();
      session.listen(remember());
      session.ring();
      await stage.server.response(180);
      vi.advanceTimersByTime(60_000);
      await stage.server.response(180);
      session.reject(480);
      await stage.server.response(480);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([
    ['BYE', null, 'cancelled'],
    ['BYE with the Reason', 'Q.850;cause=26', 'answered-elsewhere'],
  ] as const)('a %s ends it', async (_what, reason, result) => {
    const invite = stage.server.send('INVITE', { sdp });
    const session = await stage.room.incoming();
    const listener = remember();
    session.listen(listener);
    session.ring();
    const ringing = await stage.server.response(180);
    stage.server.send('BYE', {
      headers: [...inside(invite, ringing), ...(reason === null ? [] : ([['Reason', reason]] as [string, string][]))],
    });
    expect(await listener.end()).toMatchObject({ by: 'them', result });
    const answers = [await stage.server.response('final'), await stage.server.response('final')];
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 487]);
  });

  it('a second INVITE gets 500, an UPDATE with an offer too, and one without 200', async () => {
    const invite = stage.server.send('INVITE', { sdp });
    const session = await stage.room.incoming();
    session.listen(remember());
    session.ring();
    const headers = inside(invite, await stage.server.response(180));
    for (const [method, body, status] of [
      ['INVITE', sdp, 500],
      ['UPDATE', sdp, 500],
      ['UPDATE', undefined, 200],
    ] as const) {
      stage.server.send(method, { headers, ...(body === undefined ? {} : { sdp: body }) });
      const answer = await stage.server.response('final');
      expect([answer.status, answer.headers.has('Retry-After')]).toEqual([status, status === 500]);
    }
    session.reject(603);
    await stage.server.response(603);
  });

  it('what it says of itself is there to read, and has no effect', async () => {
    stage.server.send('INVITE', {
      sdp,
      headers: [
        ['Diversion', '"Desk" <sip:4410@example.com>'],
        ['Alert-Info', '<urn:alert:source:external>'],
        ['Call-Info', '<sip:x>;answer-after=0'],
        ['P-Asserted-Identity', '"Boss" <sip:1@example.com>'],
      ],
    });
    const session = await stage.room.incoming();
    expect(session).toMatchObject({
      remote: { displayName: 'Boss', uri: 'sip:1@example.com', asserted: true },
      divertedFrom: 'Desk',
      alertInfo: 'urn:alert:source:external',
      autoAnswerAfter: 0,
    });
    session.listen(remember());
    session.reject(486);
    expect((await stage.server.response('final')).status).toBe(486);
  });
});
