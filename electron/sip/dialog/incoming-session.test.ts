// Calls to us, from a scripted server over real UDP on loopback.
import { describe, expect, it, vi } from 'vitest';
import { remember, sdp } from '../testing/scripted-server.ts';
import { ackOf, inside, useStage } from '../testing/use-stage.ts';
import { createRequest, serialize } from '../wire/index.ts';

const stage = useStage();

describe('a call to us', () => {
  it('rings, whoever of us it names', async () => {
    // A DID that our server sends to our contact, in a Request-URI that names neither our user nor our token.
    stage.server.send('INVITE', { sdp, uri: stage.server.contact.replace(/sip:[^@]+@/, 'sip:+41445550100@') });
    const session = await stage.room.incoming();
    session.listen(remember());
    session.ring();
    await stage.server.response(180);
    expect(session.remote).toEqual({
      displayName: 'Bob',
      uri: 'sip:bob@example.com',
      asserted: false,
      anonymous: false,
    });
    expect(session.offer).toBe(sdp);
    session.reject(486);
    expect((await stage.server.response('final')).status).toBe(486);
  });

  it('is sent on to another number, and the server is told why', async () => {
    stage.server.send('INVITE', { sdp });
    const session = await stage.room.incoming();
    const listener = remember();
    session.listen(listener);
    session.ring();
    await stage.server.response(180);
    session.redirect('4411', 'no-answer');
    const response = await stage.server.response('final');
    expect(response.status).toBe(302);
    expect(response.headers.get('Contact')).toBe('<sip:4411@example.com>');
    expect(response.headers.get('Diversion')).toMatch(/^<sip:.*@example\.com>;reason=no-answer$/);
    expect(await listener.end()).toMatchObject({ by: 'us', status: 302 });
  });

  it('is refused with a sentence in one line', async () => {
    stage.server.send('INVITE', { sdp });
    const session = await stage.room.incoming();
    session.listen(remember());
    session.reject(603, 'In a meeting.\r\nX-Evil: yes');
    const response = await stage.server.response('final');
    expect([response.status, response.reason]).toEqual([603, 'In a meeting. X-Evil: yes']);
    expect(response.headers.has('X-Evil')).toBe(false);
  });

  it('that is answered elsewhere says so, and one that is given up does not', async () => {
    for (const [reason, result] of [
      ['SIP;cause=200;text="Call completed elsewhere"', 'answered-elsewhere'],
      [null, 'cancelled'],
    ] as const) {
      const invite = stage.server.send('INVITE', { sdp });
      const session = await stage.room.incoming();
      const listener = remember();
      session.listen(listener);
      session.ring();
      await stage.server.response(180);
      const same = ['Via', 'From', 'To', 'Call-ID'].map((name): [string, string] => [
        name,
        invite.headers.get(name) ?? '',
      ]);
      const cseq = `${invite.headers.get('CSeq')?.split(' ')[0]} CANCEL`;
      const cancel = createRequest('CANCEL', invite.uri, [...same, ['CSeq', cseq]]);
      if (reason !== null) cancel.headers.append('Reason', reason);
      stage.server.sendRaw(serialize(cancel));
      expect(await listener.end()).toMatchObject({ by: 'them', result });
      await stage.server.response(200);
      await stage.server.response(487);
    }
  });

  it('is answered, hears digits, and ends with their BYE', async () => {
    const { invite, ok, listener } = await stage.answeredCall();
    const headers = inside(invite, ok);
    stage.server.send('INFO', {
      headers: [...headers, ['Content-Type', 'application/dtmf-relay']],
      body: 'Signal=5\r\nDuration=160',
    });
    await listener.event('digit 5');
    await stage.server.response(200);
    stage.server.send('INFO', { headers: [...headers, ['Content-Type', 'text/html']], body: '<b>' });
    await stage.server.response(415);
    stage.server.send('BYE', { headers });
    expect(await listener.end()).toEqual({ by: 'them', result: 'completed', reason: null });
    await stage.server.response(200);
  });

  it('without an offer is answered with ours, and the ACK brings their answer', async () => {
    const invite = stage.server.send('INVITE');
    const session = await stage.room.incoming();
    expect(session.offer).toBeNull();
    session.listen(remember());
    const accepted = session.accept(sdp);
    const ok = await stage.server.response(200);
    const cseq = ackOf(invite);
    stage.server.send('ACK', { headers: [...inside(invite, ok), ['CSeq', cseq]], sdp: `${sdp}a=x:theirs\r\n` });
    expect(await accepted).toContain('a=x:theirs');
  });

  it('is ended by us only after its ACK has come', async () => {
    const invite = stage.server.send('INVITE', { sdp });
    const session = await stage.room.incoming();
    const listener = remember();
    session.listen(listener);
    void session.accept(sdp);
    const ok = await stage.server.response(200);
    session.hangUp();
    expect(await listener.end()).toMatchObject({ by: 'us', result: 'completed' });
    expect(stage.server.untaken('BYE')).toBe(0);
    const cseq = ackOf(invite);
    stage.server.send('ACK', { headers: [...inside(invite, ok), ['CSeq', cseq]] });
    stage.server.reply(await stage.server.request('BYE'), 200);
  });

  it('whose 200 is never acknowledged is ended after 32 s, and the phone lives on', async () => {
    vi.useFakeTimers();
    try {
      stage.server.send('INVITE', { sdp });
      const session = await stage.room.incoming();
      const listener = remember();
      session.listen(listener);
      const accepted = session.accept(sdp);
      await stage.server.response(200);
      const refused = expect(accepted).rejects.toThrow(/did not confirm the call/);
      vi.advanceTimersByTime(33_000);
      await refused;
      expect(await listener.end()).toMatchObject({ by: 'network', result: 'failed' });
      stage.server.reply(await stage.server.request('BYE'), 200);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is changed by their re-INVITE, with an offer and without', async () => {
    const { invite, ok, listener } = await stage.answeredCall();
    const again = stage.server.send('INVITE', { headers: inside(invite, ok), sdp });
    expect((await stage.server.response('final')).body.toString()).toBe(sdp);
    stage.server.send('ACK', {
      headers: [...inside(invite, ok), ['CSeq', ackOf(again)]],
    });
    const late = stage.server.send('INVITE', { headers: inside(invite, ok) });
    await stage.server.response('final');
    stage.server.send('ACK', {
      headers: [...inside(invite, ok), ['CSeq', ackOf(late)]],
      sdp,
    });
    await listener.event('answered');
  });

  it.each([
    ['with a body that we cannot read', [['Content-Type', 'application/unknown']], 'x', 415],
    ['that takes no session description for an answer', [['Accept', 'text/plain']], '', 406],
    ['in a coding that we do not know', [['Content-Encoding', 'gzip']], '', 415],
  ] as [string, [string, string][], string, number][])('%s is refused', async (_what, headers, body, status) => {
    stage.server.send('INVITE', { headers, body });
    expect((await stage.server.response('final')).status).toBe(status);
  });

  it('without a Contact rings: the caller is where the From says', async () => {
    stage.server.send('INVITE', { sdp, headers: [['Contact', '*']] });
    const session = await stage.room.incoming();
    session.listen(remember());
    session.ring();
    await stage.server.response(180);
    session.reject(603);
    await stage.server.response(603);
  });

  it('rings once, though its INVITE comes again after the ACK', async () => {
    const { invite, ok } = await stage.answeredCall();
    stage.server.sendRaw(serialize(invite));
    stage.server.send('OPTIONS', { headers: inside(invite, ok) });
    const answer = await stage.server.response('final');
    expect(answer.headers.get('CSeq')).toContain('OPTIONS');
    expect(stage.room.sip.counts.sessions).toBe(1);
  });

  it('is refused with 420 when it requires what we do not have', async () => {
    stage.server.send('INVITE', { sdp, headers: [['Require', 'foo, bar']] });
    const refusal = await stage.server.response(420);
    expect(refusal.headers.all('Unsupported')).toEqual(['foo', 'bar']);
  });
});
