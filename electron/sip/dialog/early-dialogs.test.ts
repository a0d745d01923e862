// What comes before an answer to our call: several phones, early media, PRACK, late offers (RFC 3261 13.2, 3262, 3960).
import { describe, expect, it } from 'vitest';
import { remember, sdp } from '../testing/scripted-server.ts';
import { toCaller, useStage } from '../testing/use-stage.ts';
import { tagOf } from '../wire/index.ts';

const stage = useStage();

const described = (name: string): string => `${sdp}a=x:${name}\r\n`;
const reliable = (rseq: number): [string, string][] => [
  stage.contact(),
  ['Require', '100rel'],
  ['RSeq', String(rseq)],
  ['Allow', 'INVITE, ACK, BYE, CANCEL, PRACK, UPDATE'],
];

async function calling(offer: string | null = sdp) {
  const session = stage.room.sip.invite('alice', '4410', offer);
  const listener = remember();
  session.listen(listener);
  return { session, listener, invite: await stage.server.request('INVITE') };
}

describe('a call of ours that forks', () => {
  it('tells the early media of each phone, and in the end that of the one that answered', async () => {
    const { session, listener, invite } = await calling();
    const early = { headers: [stage.contact()] };
    stage.server.reply(invite, 183, { ...early, sdp: described('one'), toTag: 'one' });
    await listener.event('progress 183 with sdp');
    stage.server.reply(invite, 183, { ...early, sdp: described('two'), toTag: 'two' });
    await listener.event('progress 183 with sdp');
    stage.server.reply(invite, 180, { ...early, toTag: 'three' });
    await listener.event('progress 180');
    // The 200 says nothing: what this phone had described before holds.
    stage.server.reply(invite, 200, { headers: [stage.contact()], toTag: 'one' });
    await listener.event('accepted with sdp');
    expect(listener.described.map((text) => /x:(\w+)/.exec(text)?.[1])).toEqual(['one', 'two', 'one']);
    await stage.server.request('ACK');
    session.hangUp();
    const bye = await stage.server.request('BYE');
    expect(tagOf(bye.headers.get('To'))).toBe('one');
    stage.server.reply(bye, 200);
  });

  it('tells the second phone that answers that the call was answered elsewhere', async () => {
    const { listener, invite } = await calling();
    stage.server.reply(invite, 200, { headers: [stage.contact()], sdp, toTag: 'one' });
    await listener.event('accepted with sdp');
    stage.server.reply(invite, 200, { headers: [stage.contact()], sdp, toTag: 'two' });
    const bye = await stage.server.request('BYE');
    expect(tagOf(bye.headers.get('To'))).toBe('two');
    expect(bye.headers.get('Reason')).toContain('SIP;cause=200');
    stage.server.reply(bye, 200);
  });
});

describe('a phone without a tag (RFC 2543)', () => {
  it('rings, answers, and is talked to without one', async () => {
    const { session, listener, invite } = await calling();
    const untagged = (status: number, body?: string): void => {
      const headers: [string, string][] = [stage.contact()];
      stage.server.reply(invite, status, { headers, toTag: '', ...(body === undefined ? {} : { sdp: body }) });
    };
    untagged(183, sdp);
    await listener.event('progress 183 with sdp');
    untagged(200, sdp);
    await listener.event('accepted with sdp');
    expect((await stage.server.request('ACK')).headers.get('To')).not.toContain('tag=');
    const from = invite.headers.get('To') ?? '';
    stage.server.send('OPTIONS', {
      headers: [...toCaller(invite).slice(0, 1), ['From', from], ['To', invite.headers.get('From') ?? '']],
    });
    expect((await stage.server.response('final')).status).toBe(200);
    session.hangUp();
    const bye = await stage.server.request('BYE');
    expect(bye.headers.get('To')).not.toContain('tag');
    stage.server.reply(bye, 200);
  });
});

describe('a reliable response (RFC 3262)', () => {
  it('is acknowledged once, in order, and repeats and gaps are passed over', async () => {
    const { listener, invite } = await calling();
    expect(invite.headers.all('Supported')).toContain('100rel');
    stage.server.reply(invite, 180, { headers: reliable(5) });
    const prack = await stage.server.request('PRACK');
    expect(prack.headers.get('RAck')).toBe('5 1 INVITE');
    expect(prack.headers.get('CSeq')).toBe('2 PRACK');
    stage.server.reply(prack, 200);
    stage.server.reply(invite, 180, { headers: reliable(5) });
    stage.server.reply(invite, 183, { headers: reliable(7), sdp });
    stage.server.reply(invite, 183, { headers: reliable(6), sdp });
    const second = await stage.server.request('PRACK');
    expect(second.headers.get('RAck')).toBe('6 1 INVITE');
    stage.server.reply(second, 200);
    await listener.event('progress 183 with sdp');
    expect(listener.log).toEqual(['progress 180', 'progress 183 with sdp']);
    expect(stage.server.untaken('PRACK')).toBe(0);
  });

  it('carries the answer for good: the 200 cannot change it', async () => {
    const { listener, invite } = await calling();
    stage.server.reply(invite, 183, { headers: reliable(1), sdp: described('agreed') });
    stage.server.reply(await stage.server.request('PRACK'), 200);
    stage.server.reply(invite, 200, { headers: [stage.contact()], sdp: described('other') });
    await listener.event('accepted with sdp');
    expect(listener.described.at(-1)).toContain('x:agreed');
  });

  it('lets the phone that rings change the media by UPDATE, and us as well', async () => {
    const { session, listener, invite } = await calling();
    stage.server.reply(invite, 183, { headers: reliable(1), sdp });
    stage.server.reply(await stage.server.request('PRACK'), 200);
    await listener.event('progress 183 with sdp');
    stage.server.send('UPDATE', { headers: toCaller(invite), sdp: described('moved') });
    expect((await stage.server.response('final')).body.toString()).toBe(sdp);
    const answer = session.reoffer(described('ours'));
    const update = await stage.server.request('UPDATE');
    expect(update.body.toString()).toContain('x:ours');
    stage.server.reply(update, 200, { headers: [stage.contact()], sdp: described('theirs') });
    expect(await answer).toContain('x:theirs');
  });
});

describe('a call of ours without an offer', () => {
  it('gets theirs in the 200, and answers in the ACK', async () => {
    const { listener, invite } = await calling(null);
    expect(invite.body).toHaveLength(0);
    stage.server.reply(invite, 200, { headers: [stage.contact()], sdp: described('theirs') });
    const ack = await stage.server.request('ACK');
    expect(ack.body.toString()).toBe(sdp);
    expect(ack.headers.get('Content-Type')).toBe('application/sdp');
    await listener.event('accepted with sdp');
    expect(listener.described).toEqual([described('theirs')]);
  });

  it('gets theirs in a reliable 183, and answers in the PRACK', async () => {
    const { listener, invite } = await calling(null);
    stage.server.reply(invite, 183, { headers: reliable(1), sdp: described('early') });
    const prack = await stage.server.request('PRACK');
    expect(prack.body.toString()).toBe(sdp);
    stage.server.reply(prack, 200);
    await listener.event('progress 183 with sdp');
    stage.server.reply(invite, 200, { headers: [stage.contact()] });
    expect((await stage.server.request('ACK')).body).toHaveLength(0);
    await listener.event('accepted with sdp');
  });

  it('that gets none either is ended with a sentence', async () => {
    const { listener, invite } = await calling(null);
    stage.server.reply(invite, 200, { headers: [stage.contact()] });
    await stage.server.request('ACK');
    stage.server.reply(await stage.server.request('BYE'), 200);
    expect(await listener.end()).toMatchObject({ reason: { code: 'no-sdp-in-answer' } });
  });
});

describe('requests of a phone that rings', () => {
  it('are answered whatever they are', async () => {
    const { listener, invite } = await calling();
    stage.server.reply(invite, 180, { headers: [stage.contact()] });
    await listener.event('progress 180');
    const answers: [string, number, [string, string][]][] = [
      ['INVITE', 491, []],
      ['OPTIONS', 200, []],
      ['REFER', 603, [['Refer-To', '<sip:0900@toll.example>']]],
      ['PRACK', 481, [['RAck', '1 1 INVITE']]],
      ['SUBSCRIBE', 489, [['Event', 'dialog']]],
      ['PUBLISH', 405, []],
      ['INFO', 420, [['Require', 'magic']]],
    ];
    for (const [method, status, headers] of answers) {
      stage.server.send(method, {
        headers: [...toCaller(invite), ...headers],
        ...(method === 'INVITE' ? { sdp } : {}),
      });
      expect((await stage.server.response('final')).status, method).toBe(status);
    }
    stage.server.send('UPDATE', { headers: toCaller(invite), sdp });
    // Our own offer is not answered yet (RFC 3311 5.2).
    expect((await stage.server.response('final')).status).toBe(491);
  });

  it('and a BYE that it must not send takes only its own dialog', async () => {
    const { listener, invite } = await calling();
    stage.server.reply(invite, 180, { headers: [stage.contact()], toTag: 'one' });
    await listener.event('progress 180');
    stage.server.send('BYE', { headers: toCaller(invite, 'one') });
    expect((await stage.server.response('final')).status).toBe(200);
    stage.server.reply(invite, 200, { headers: [stage.contact()], sdp, toTag: 'two' });
    await listener.event('accepted with sdp');
  });
});

describe('a redirection', () => {
  it('is told with its targets, and a call to one of them remembers where it came from', async () => {
    const { session, listener, invite } = await calling();
    stage.server.reply(invite, 302, { headers: [['Contact', '<sip:4410@example.com>;q=0.1, <sip:4411@example.com>']] });
    const end = await listener.end();
    expect(end).toMatchObject({ status: 302, redirect: ['sip:4411@example.com', 'sip:4410@example.com'] });
    expect(end.reason?.message).toContain('sip:4411@example.com');
    const [next = '', back = ''] = end.redirect ?? [];
    const second = stage.room.sip.invite('alice', next, sdp, { redirectedFrom: session });
    expect((await stage.server.request('INVITE')).uri).toBe(next);
    expect(() => stage.room.sip.invite('alice', back, sdp, { redirectedFrom: second })).toThrow(
      /keeps sending calls on/,
    );
  });
});

describe('a call that is cancelled', () => {
  it('says so to phones that ring when somebody else has it', async () => {
    const { session, listener, invite } = await calling();
    stage.server.reply(invite, 180, { headers: [stage.contact()] });
    await listener.event('progress 180');
    session.hangUp({ elsewhere: true });
    const cancel = await stage.server.request('CANCEL');
    expect(cancel.headers.get('Reason')).toBe('SIP;cause=200;text="Call completed elsewhere"');
    stage.server.reply(cancel, 200);
    stage.server.reply(invite, 487);
    await stage.server.request('ACK');
  });
});

describe('who is at the other end', () => {
  it('is told by our server while it rings', async () => {
    const { session, listener, invite } = await calling();
    stage.server.reply(invite, 180, {
      headers: [stage.contact(), ['P-Asserted-Identity', '"Queue" <sip:900@example.com>']],
    });
    await listener.event('identified sip:900@example.com');
    expect(session.remote).toMatchObject({ displayName: 'Queue', asserted: true });
  });
});
