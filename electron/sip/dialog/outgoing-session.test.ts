// Calls of ours, to a scripted server over real UDP on loopback.
import { describe, expect, it } from 'vitest';
import { remember, sdp } from '../testing/scripted-server.ts';
import { useStage } from '../testing/use-stage.ts';
import { createRequest, serialize, tagOf } from '../wire/index.ts';

const stage = useStage();

describe('a call of ours', () => {
  it('is challenged, rings, is answered, acknowledged at the 200 Contact, and ends', async () => {
    const session = stage.room.sip.invite('alice', '4410', sdp);
    const listener = remember();
    session.listen(listener);
    const first = await stage.server.request('INVITE');
    stage.server.reply(first, 407, {
      headers: [['Proxy-Authenticate', 'Digest realm="example.com", nonce="n", qop="auth"']],
    });
    await stage.server.request('ACK');
    const invite = await stage.server.request('INVITE');
    expect(invite.uri).toBe('sip:4410@example.com');
    expect(invite.headers.get('Proxy-Authorization')).toContain('username="alice"');
    stage.server.reply(invite, 100);
    stage.server.reply(invite, 180, { headers: [['Contact', '<sip:bob@127.0.0.1:1>']] });
    await listener.event('progress 180');
    stage.server.reply(invite, 183, { headers: [stage.contact()], sdp });
    await listener.event('progress 183 with sdp');
    stage.server.reply(invite, 200, { headers: [stage.contact()], sdp });
    await listener.event('accepted with sdp');
    expect((await stage.server.request('ACK')).uri).toBe(`sip:bob@127.0.0.1:${stage.server.port}`);
    session.hangUp();
    const bye = await stage.server.request('BYE');
    expect(bye.headers.get('CSeq')).toBe('3 BYE');
    // Inside a dialog nobody asked for credentials, so nobody gets them.
    expect(bye.headers.has('Proxy-Authorization')).toBe(false);
    stage.server.reply(bye, 200);
    expect(await listener.end()).toMatchObject({ by: 'us', result: 'completed' });
  });

  it('shows nobody when it is anonymous, and asks the server to keep it so', async () => {
    const session = stage.room.sip.invite('alice', '4410', sdp, { anonymous: true });
    session.listen(remember());
    const { headers } = await stage.server.request('INVITE');
    expect(headers.get('From')).toMatch(/^"Anonymous" <sip:anonymous@anonymous\.invalid>;tag=/);
    expect(headers.get('Privacy')).toBe('id');
    expect(headers.get('Contact')).not.toContain('alice');
    session.hangUp();
  });

  it('that is hung up before anything came is cancelled as soon as something does', async () => {
    const session = stage.room.sip.invite('alice', '4410', sdp);
    const listener = remember();
    session.listen(listener);
    const invite = await stage.server.request('INVITE');
    session.hangUp();
    expect(await listener.end()).toMatchObject({ by: 'us', result: 'cancelled' });
    expect(stage.server.untaken('CANCEL')).toBe(0);
    stage.server.reply(invite, 180, { headers: [stage.contact()] });
    const cancel = await stage.server.request('CANCEL');
    stage.server.reply(cancel, 200);
    stage.server.reply(invite, 487);
    await stage.server.request('ACK');
  });

  it('that is answered all the same after CANCEL is acknowledged and ended', async () => {
    const session = stage.room.sip.invite('alice', '4410', sdp);
    session.listen(remember());
    const invite = await stage.server.request('INVITE');
    stage.server.reply(invite, 180, { headers: [stage.contact()] });
    session.hangUp();
    await stage.server.request('CANCEL');
    stage.server.reply(invite, 200, { headers: [stage.contact()], sdp });
    await stage.server.request('ACK');
    stage.server.reply(await stage.server.request('BYE'), 200);
  });

  it('that two phones answer goes to the first; the second is acknowledged and ended', async () => {
    const session = stage.room.sip.invite('alice', '4410', sdp);
    const listener = remember();
    session.listen(listener);
    const invite = await stage.server.request('INVITE');
    stage.server.reply(invite, 200, { headers: [stage.contact()], sdp, toTag: 'one' });
    stage.server.reply(invite, 200, { headers: [stage.contact()], sdp, toTag: 'two' });
    await listener.event('accepted with sdp');
    const acks = [await stage.server.request('ACK'), await stage.server.request('ACK')];
    expect(new Set(acks.map((ack) => tagOf(ack.headers.get('To'))))).toEqual(new Set(['one', 'two']));
    const bye = await stage.server.request('BYE');
    expect(tagOf(bye.headers.get('To'))).toBe('two');
    stage.server.reply(bye, 200);
    expect(listener.log).not.toContain('ended completed');
  });

  it('rings though the 180 has neither tag nor Contact', async () => {
    const session = stage.room.sip.invite('alice', '4410', sdp);
    const listener = remember();
    session.listen(listener);
    const invite = await stage.server.request('INVITE');
    const bare = serialize({
      kind: 'response',
      status: 180,
      reason: 'Ringing',
      headers: createRequest(
        'x',
        'x',
        ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => [name, invite.headers.get(name) ?? ''] as const),
      ).headers,
      body: Buffer.alloc(0),
    });
    stage.server.sendRaw(bare);
    await listener.event('progress 180');
    session.hangUp();
    stage.server.reply(await stage.server.request('CANCEL'), 200);
    stage.server.reply(invite, 487);
  });

  it('offers again after 491, and takes the answer', async () => {
    const session = stage.room.sip.invite('alice', '4410', sdp);
    session.listen(remember());
    stage.server.reply(await stage.server.request('INVITE'), 200, { headers: [stage.contact()], sdp });
    await stage.server.request('ACK');
    const answer = session.reoffer(sdp);
    stage.server.reply(await stage.server.request('INVITE'), 491);
    await stage.server.request('ACK');
    // RFC 3261 14.1: 2.1 to 4 s, since the Call-ID is ours.
    stage.clock.skip(2100, 4000);
    stage.server.reply(await stage.server.request('INVITE'), 200, {
      headers: [stage.contact()],
      sdp: `${sdp}a=x:second\r\n`,
    });
    expect(await answer).toContain('a=x:second');
    await stage.server.request('ACK');
  });

  it('does not follow a redirection', async () => {
    const session = stage.room.sip.invite('alice', '4410', sdp);
    const listener = remember();
    session.listen(listener);
    stage.server.reply(await stage.server.request('INVITE'), 302, {
      headers: [['Contact', '<sip:0900@toll.example>']],
    });
    expect(await listener.end()).toMatchObject({ result: 'failed', reason: { code: 'call-redirected' } });
  });

  it('gives its password to no other realm, in or out of a dialog', async () => {
    const evil: [string, string][] = [['Proxy-Authenticate', 'Digest realm="evil.example", nonce="n"']];
    const refused = stage.room.sip.invite('alice', '4410', sdp);
    const listener = remember();
    refused.listen(listener);
    stage.server.reply(await stage.server.request('INVITE'), 407, { headers: evil });
    expect(await listener.end()).toMatchObject({ reason: { code: 'realm-changed' } });
    const { invite } = await stage.answeredCall();
    stage.room.sip.close().catch(() => {});
    const bye = await stage.server.request('BYE');
    stage.server.reply(bye, 407, { headers: evil });
    expect(stage.server.untaken('BYE')).toBe(0);
    expect(invite.method).toBe('INVITE');
    expect(stage.room.trace.some((entry) => entry.direction === 'out' && /Authorization/.test(entry.text))).toBe(false);
  });

  it('to what cannot be dialled is refused with a sentence', () => {
    expect(() => stage.room.sip.invite('alice', 'two words', sdp)).toThrow(/neither a number nor an address/);
    expect(() => stage.room.sip.invite('nobody', '4410', sdp)).toThrow(/not set up any more/);
  });
});
