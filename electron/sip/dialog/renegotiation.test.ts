// Changes of a session that stands: re-INVITE and UPDATE in both roles (RFC 3261 14, RFC 3311), and what must always be answered.
import { describe, expect, it, vi } from 'vitest';
import { remember, sdp } from '../testing/scripted-server.ts';
import { ackOf, inside, toCaller, useStage } from '../testing/use-stage.ts';
import { createRequest, serialize } from '../wire/index.ts';

const stage = useStage();
/** A listener that is asked for an answer and never gives one; `asked` resolves when it was asked. */
function silent(): { listener: ReturnType<typeof remember>; asked: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const listener = remember(() => {
    resolve();
    return new Promise<string>(() => {});
  });
  return { listener, asked: promise };
}

const described = (name: string): string => `${sdp}a=x:${name}\r\n`;

describe('UPDATE', () => {
  it('of theirs moves the dialog, with an offer and without', async () => {
    const { invite, ok, session } = await stage.answeredCall();
    stage.server.send('UPDATE', { headers: [...inside(invite, ok), ['Contact', '<sip:moved@127.0.0.1:9>']] });
    const plain = await stage.server.response('final');
    expect([plain.status, plain.body.length]).toEqual([200, 0]);
    expect(plain.headers.get('Contact')).toMatch(/^<sip:[0-9a-f]{24}@127\.0\.0\.1/);
    stage.server.send('UPDATE', { headers: inside(invite, ok), sdp: described('theirs') });
    expect((await stage.server.response('final')).body.toString()).toBe(sdp);
    session.hangUp();
    expect((await stage.server.request('BYE')).uri).toBe(`sip:bob@127.0.0.1:${stage.server.port}`);
  });

  it('of theirs on top of one that we have not answered gets 500 and a time', async () => {
    const { invite, ok, session } = await stage.answeredCall();
    let answer = (_sdp: string): void => {};
    session.listen(remember(() => new Promise((resolve) => (answer = resolve))));
    const headers = inside(invite, ok);
    stage.server.send('UPDATE', { headers, sdp });
    stage.server.send('UPDATE', { headers, sdp });
    const refusal = await stage.server.response('final');
    expect(refusal.status).toBe(500);
    expect(Number(refusal.headers.get('Retry-After'))).toBeLessThanOrEqual(10);
    stage.server.send('INVITE', { headers, sdp });
    expect((await stage.server.response('final')).status).toBe(500);
    answer(sdp);
    expect((await stage.server.response('final')).status).toBe(200);
  });

  it('of theirs that we cannot answer in time gets 504, and one that does not fit 488', async () => {
    const { invite, ok, session } = await stage.answeredCall();
    const headers = inside(invite, ok);
    session.listen(remember(() => Promise.reject(new Error('no'))));
    stage.server.send('UPDATE', { headers, sdp });
    expect((await stage.server.response('final')).status).toBe(488);
    const { listener, asked } = silent();
    session.listen(listener);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      stage.server.send('UPDATE', { headers, sdp });
      await asked;
      vi.advanceTimersByTime(10_000);
      vi.useRealTimers();
      expect((await stage.server.response('final')).status).toBe(504);
    } finally {
      vi.useRealTimers();
    }
  });

  it('of theirs while ours is on its way gets 491', async () => {
    const { invite, session } = await stage.placedCall();
    const answer = session.reoffer(described('ours'));
    const again = await stage.server.request('INVITE');
    stage.server.send('UPDATE', { headers: toCaller(invite), sdp });
    expect((await stage.server.response('final')).status).toBe(491);
    stage.server.send('INVITE', { headers: toCaller(invite), sdp });
    expect((await stage.server.response('final')).status).toBe(491);
    // Without an offer there is nothing to collide with.
    stage.server.send('UPDATE', { headers: toCaller(invite) });
    expect((await stage.server.response('final')).status).toBe(200);
    stage.server.reply(again, 200, { headers: [stage.contact()], sdp: described('theirs') });
    expect(await answer).toContain('x:theirs');
  });
});

describe('a re-INVITE', () => {
  it('of ours that gets 500 with a time is sent again then', async () => {
    const { session } = await stage.placedCall();
    const answer = session.reoffer(sdp);
    stage.server.reply(await stage.server.request('INVITE'), 500, { headers: [['Retry-After', '0']] });
    stage.server.reply(await stage.server.request('INVITE'), 200, { headers: [stage.contact()], sdp: described('x') });
    expect(await answer).toContain('x:x');
  });

  it('of ours that is refused leaves the call as it was', async () => {
    const { session, listener } = await stage.placedCall();
    const answer = session.reoffer(sdp);
    stage.server.reply(await stage.server.request('INVITE'), 488);
    await expect(answer).rejects.toThrow(/did not accept the change/);
    expect(listener.log.some((event) => event.startsWith('ended'))).toBe(false);
    const again = session.reoffer(sdp);
    stage.server.reply(await stage.server.request('INVITE'), 200, { headers: [stage.contact()], sdp });
    expect(await again).toBe(sdp);
  });

  it('of ours that gets 481 ends the call', async () => {
    const { session, listener } = await stage.placedCall();
    const answer = session.reoffer(sdp);
    stage.server.reply(await stage.server.request('INVITE'), 481);
    await expect(answer).rejects.toThrow(/did not accept the change/);
    expect(await listener.end()).toMatchObject({ by: 'network', status: 481, reason: { code: 'connection-lost' } });
    stage.server.reply(await stage.server.request('BYE'), 481);
  });

  it('of ours takes a reliable response too', async () => {
    const { session } = await stage.placedCall();
    const answer = session.reoffer(sdp);
    const again = await stage.server.request('INVITE');
    stage.server.reply(again, 183, {
      headers: [stage.contact(), ['Require', '100rel'], ['RSeq', '9']],
      sdp: described('early'),
    });
    const prack = await stage.server.request('PRACK');
    expect(prack.headers.get('RAck')).toBe(`9 ${again.headers.get('CSeq')}`);
    stage.server.reply(prack, 200);
    stage.server.reply(again, 200, { headers: [stage.contact()] });
    expect(await answer).toContain('x:early');
  });

  it('of theirs that is cancelled gets 487, and the call goes on', async () => {
    const { invite, ok, session } = await stage.answeredCall();
    const { listener, asked } = silent();
    session.listen(listener);
    const again = stage.server.send('INVITE', { headers: inside(invite, ok), sdp });
    await asked;
    const same = ['Via', 'From', 'To', 'Call-ID'].map((name): [string, string] => [
      name,
      again.headers.get(name) ?? '',
    ]);
    const cseq = (again.headers.get('CSeq') ?? '').replace('INVITE', 'CANCEL');
    stage.server.sendRaw(serialize(createRequest('CANCEL', again.uri, [...same, ['CSeq', cseq]])));
    await stage.server.response(200);
    await stage.server.response(487);
    session.hangUp();
    stage.server.reply(await stage.server.request('BYE'), 200);
  });

  it('of theirs is refused while the ACK to the one before is missing', async () => {
    const { invite, ok } = await stage.answeredCall();
    const headers = inside(invite, ok);
    const first = stage.server.send('INVITE', { headers, sdp });
    await stage.server.response('final');
    stage.server.send('INVITE', { headers, sdp });
    const refusal = await stage.server.response('final');
    expect(refusal.status).toBe(500);
    expect(refusal.headers.has('Retry-After')).toBe(true);
    stage.server.send('ACK', { headers: [...headers, ['CSeq', ackOf(first)]] });
  });

  it('is what ends with the call: theirs gets 487', async () => {
    const { invite, ok, session } = await stage.answeredCall();
    const { listener, asked } = silent();
    session.listen(listener);
    stage.server.send('INVITE', { headers: inside(invite, ok), sdp });
    await asked;
    stage.server.send('BYE', { headers: inside(invite, ok) });
    const answers = [await stage.server.response('final'), await stage.server.response('final')];
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 487]);
  });
});

describe('other requests within a call', () => {
  it('are answered as they should be', async () => {
    const { invite, ok, listener } = await stage.answeredCall();
    const cases: [string, number, [string, string][], string][] = [
      ['INFO', 200, [], ''],
      ['INFO', 469, [['Info-Package', 'conference']], ''],
      ['INFO', 415, [['Content-Type', 'application/media_control+xml']], '<x/>'],
      ['OPTIONS', 200, [], ''],
      ['NOTIFY', 481, [['Event', 'refer']], ''],
      ['NOTIFY', 481, [['Event', 'dialog']], ''],
      ['SUBSCRIBE', 489, [['Event', 'refer']], ''],
      ['PRACK', 481, [['RAck', '1 1 INVITE']], ''],
      ['PUBLISH', 405, [], ''],
      ['INVENTED', 405, [], ''],
      ['REFER', 400, [], ''],
      ['REFER', 416, [['Refer-To', '<http://x>']], ''],
      ['REFER', 603, [['Refer-To', '<sip:x@y;method=BYE>']], ''],
      ['MESSAGE', 200, [['Content-Type', 'text/plain']], 'hello'],
    ];
    for (const [method, status, headers, body] of cases) {
      stage.server.send(method, { headers: [...inside(invite, ok), ...headers], body });
      expect((await stage.server.response('final')).status, `${method} ${headers.join()}`).toBe(status);
    }
    expect(listener.log).toContain('message text/plain hello');
    expect(listener.log.some((event) => event.startsWith('ended'))).toBe(false);
  });

  it('tell who is there now, if it is our server that says so', async () => {
    const { invite, ok, listener } = await stage.answeredCall();
    stage.server.send('UPDATE', {
      headers: [...inside(invite, ok), ['P-Asserted-Identity', '<sip:carol@example.com>']],
    });
    await listener.event('identified sip:carol@example.com');
  });

  it('a BYE may say why', async () => {
    const { invite, ok, listener } = await stage.answeredCall();
    stage.server.send('BYE', { headers: [...inside(invite, ok), ['Reason', 'Q.850;cause=16;text="Normal clearing"']] });
    expect(await listener.end()).toEqual({ by: 'them', result: 'completed', reason: null, said: 'Normal clearing' });
  });
});

describe('a strict router (RFC 3261 16.12.1.1)', () => {
  it('gets the request in its own name, and the target comes last', async () => {
    const route = `<sip:127.0.0.1:${stage.server.port};x=y>`;
    const session = stage.room.sip.invite('alice', '4410', sdp);
    session.listen(remember());
    const invite = await stage.server.request('INVITE');
    stage.server.reply(invite, 200, {
      headers: [
        ['Contact', '<sip:bob@192.0.2.1>'],
        ['Record-Route', `<sip:192.0.2.9;lr>, ${route}`],
      ],
      sdp,
    });
    const ack = await stage.server.request('ACK');
    expect(ack.uri).toBe(`sip:127.0.0.1:${stage.server.port};x=y`);
    expect(ack.headers.all('Route')).toEqual(['<sip:192.0.2.9;lr>', '<sip:bob@192.0.2.1>']);
  });
});
