// Nothing is left of calls that are over (64*T1 later): maps and timers back to where they began.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { remember, sdp } from '../testing/scripted-server.ts';
import { inside, toCaller, useStage } from '../testing/use-stage.ts';
import { createRequest, serialize } from '../wire/index.ts';

// Before the room opens, so that all of its timers are counted.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

const stage = useStage();

/** One of each way that a call can go. */
async function everyWay(): Promise<void> {
  const { server, room } = stage;
  const answered = await stage.answeredCall([
    ['Supported', 'timer'],
    ['Session-Expires', '600'],
  ]);
  server.send('UPDATE', { headers: inside(answered.invite, answered.ok), sdp });
  await server.response('final');
  server.send('REFER', { headers: [...inside(answered.invite, answered.ok), ['Refer-To', '<sip:x@y>']] });
  (await answered.listener.refer()).refuse();
  await server.response(603);
  server.send('BYE', { headers: inside(answered.invite, answered.ok) });
  await server.response('final');

  const placed = await stage.placedCall([['Session-Expires', '600;refresher=uac']]);
  const refused = placed.session.refer('4411');
  server.reply(await server.request('REFER'), 603);
  await refused;
  placed.session.hangUp();
  server.reply(await server.request('BYE'), 200);

  const forked = room.sip.invite('alice', '4410', sdp);
  const listener = remember();
  forked.listen(listener);
  const invite = await server.request('INVITE');
  for (const toTag of ['one', 'two', 'three']) server.reply(invite, 180, { headers: [stage.contact()], toTag });
  server.reply(invite, 200, { headers: [stage.contact()], sdp, toTag: 'two' });
  await listener.event('accepted with sdp');
  await server.request('ACK');
  server.send('BYE', { headers: toCaller(invite, 'two') });
  await server.response('final');

  const cancelled = room.sip.invite('alice', '4410', sdp);
  cancelled.listen(remember());
  const second = await server.request('INVITE');
  server.reply(second, 180, { headers: [stage.contact()] });
  cancelled.hangUp();
  server.reply(await server.request('CANCEL'), 200);
  server.reply(second, 487);
  await server.request('ACK');

  const missed = server.send('INVITE', { sdp, headers: [['Require', '100rel']] });
  const incoming = await room.incoming();
  incoming.listen(remember());
  incoming.ring();
  await server.response(180);
  const same = ['Via', 'From', 'To', 'Call-ID'].map((name): [string, string] => [name, missed.headers.get(name) ?? '']);
  const cseq = (missed.headers.get('CSeq') ?? '').replace('INVITE', 'CANCEL');
  server.sendRaw(serialize(createRequest('CANCEL', missed.uri, [...same, ['CSeq', cseq]])));
  await server.response(487);
}

/** The account leaves, and 64*T1 and a second pass: with it goes what it asks its server now and then. */
async function leave(): Promise<number> {
  await stage.room.sip.removeAccount('alice');
  vi.advanceTimersByTime(34_000);
  return vi.getTimerCount();
}

describe('calls that are over', () => {
  it('leave no dialog, no transaction and no timer', async () => {
    const { room } = stage;
    const counts = { sessions: 0, dialogs: 0, clientTransactions: 0, serverTransactions: 0 };
    const timers = await leave();
    expect(room.sip.counts).toMatchObject(counts);
    room.sip.setAccount(room.account);
    await room.state('available');
    await everyWay();
    expect(room.sip.counts.sessions).toBe(0);
    expect(room.sip.counts.dialogs).toBeGreaterThan(0);
    expect(vi.getTimerCount()).toBeGreaterThan(timers);
    expect(await leave()).toBe(timers);
    expect(room.sip.counts).toMatchObject(counts);
    vi.useRealTimers();
  });
});
