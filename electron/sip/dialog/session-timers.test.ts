// Session timers on the wire, in both roles (RFC 4028).
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { remember, sdp } from '../testing/scripted-server.ts';
import { inside, toCaller, useStage } from '../testing/use-stage.ts';

const stage = useStage({ sessionExpires: 600 });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
});

const updates: [string, string] = ['Allow', 'INVITE, ACK, BYE, UPDATE'];
const agreed = (who: 'uac' | 'uas'): [string, string] => ['Session-Expires', `600;refresher=${who}`];

describe('a call of ours', () => {
  it('asks for the interval of the account, and again with a longer one after 422', async () => {
    const session = stage.room.sip.invite('alice', '4410', sdp);
    const listener = remember();
    session.listen(listener);
    const first = await stage.server.request('INVITE');
    expect(first.headers.get('Session-Expires')).toBe('600');
    expect(first.headers.all('Supported')).toContain('timer');
    stage.server.reply(first, 422, { headers: [['Min-SE', '900']] });
    const second = await stage.server.request('INVITE');
    expect(second.headers.get('Session-Expires')).toBe('900');
    expect(second.headers.get('Min-SE')).toBe('900');
    expect(second.headers.get('Call-ID')).toBe(first.headers.get('Call-ID'));
    expect(second.headers.get('CSeq')).toBe('2 INVITE');
    // One that demands what was given already will demand it for ever.
    stage.server.reply(second, 422, { headers: [['Min-SE', '900']] });
    expect(await listener.end()).toMatchObject({ by: 'them', status: 422 });
  });

  it('is refreshed at half time by UPDATE where the other side takes it', async () => {
    const { session } = await stage.placedCall([updates, agreed('uac')]);
    for (let i = 0; i < 2; i += 1) {
      vi.advanceTimersByTime(300_000);
      const update = await stage.server.request('UPDATE');
      expect(update.headers.get('Session-Expires')).toBe('600;refresher=uac');
      expect(update.body).toHaveLength(0);
      stage.server.reply(update, 200, { headers: [stage.contact(), agreed('uac')] });
      // The 200 has arrived when something later is answered.
      const info = session.info('application/dtmf', '1');
      stage.server.reply(await stage.server.request('INFO'), 200);
      await info;
    }
    session.hangUp();
    stage.server.reply(await stage.server.request('BYE'), 200);
  });

  it('keeps the interval that was agreed on, not the one that was asked for', async () => {
    await stage.placedCall([updates, ['Session-Expires', '100;refresher=uac']]);
    vi.advanceTimersByTime(50_000);
    const update = await stage.server.request('UPDATE');
    expect(update.headers.get('Session-Expires')).toBe('100;refresher=uac');
    stage.server.reply(update, 422, { headers: [['Min-SE', '200']] });
    const longer = await stage.server.request('UPDATE');
    expect(longer.headers.get('Session-Expires')).toBe('200;refresher=uac');
    stage.server.reply(longer, 200, { headers: [stage.contact(), agreed('uac')] });
  });

  it('is refreshed by re-INVITE with the same description otherwise', async () => {
    const { invite } = await stage.placedCall([['Allow', 'INVITE, ACK, BYE'], agreed('uac')]);
    vi.advanceTimersByTime(300_000);
    const again = await stage.server.request('INVITE');
    expect(again.body.toString()).toBe(invite.body.toString());
    stage.server.reply(again, 200, { headers: [stage.contact(), agreed('uac')], sdp });
    await stage.server.request('ACK');
  });

  it('falls back to re-INVITE when UPDATE is not taken after all', async () => {
    await stage.placedCall([updates, agreed('uac')]);
    vi.advanceTimersByTime(300_000);
    stage.server.reply(await stage.server.request('UPDATE'), 405);
    stage.server.reply(await stage.server.request('INVITE'), 200, { headers: [stage.contact(), agreed('uac')], sdp });
    await stage.server.request('ACK');
  });

  it('that the other side should refresh, and does not, is ended a little before the time', async () => {
    const { listener } = await stage.placedCall([agreed('uas')]);
    vi.advanceTimersByTime(567_000);
    expect(listener.log).toEqual(['accepted with sdp']);
    vi.advanceTimersByTime(2000);
    const bye = await stage.server.request('BYE');
    expect(bye.headers.get('Reason')).toContain('Session expired');
    expect(await listener.end()).toMatchObject({ by: 'network', reason: { code: 'connection-lost' } });
    stage.server.reply(bye, 200);
  });

  it('that the other side refreshes goes on', async () => {
    const { invite, listener } = await stage.placedCall([agreed('uas')]);
    vi.advanceTimersByTime(500_000);
    stage.server.send('UPDATE', { headers: [...toCaller(invite), ['Supported', 'timer'], agreed('uac')] });
    const ok = await stage.server.response('final');
    expect(ok.headers.get('Session-Expires')).toBe('600;refresher=uac');
    expect(ok.headers.all('Require')).toEqual(['timer']);
    vi.advanceTimersByTime(500_000);
    expect(listener.log).toEqual(['accepted with sdp']);
  });

  it('whose refresh gets 481 is over', async () => {
    const { listener } = await stage.placedCall([updates, agreed('uac')]);
    vi.advanceTimersByTime(300_000);
    stage.server.reply(await stage.server.request('UPDATE'), 481);
    expect(await listener.end()).toMatchObject({ by: 'network', status: 481 });
    stage.server.reply(await stage.server.request('BYE'), 481);
  });
});

describe('a call to us', () => {
  it('with too short an interval gets 422, and says how long', async () => {
    stage.server.send('INVITE', {
      sdp,
      headers: [
        ['Supported', 'timer'],
        ['Session-Expires', '30'],
      ],
    });
    const refusal = await stage.server.response('final');
    expect([refusal.status, refusal.headers.get('Min-SE')]).toEqual([422, '90']);
  });

  it('is refreshed by us where the caller leaves it to us', async () => {
    const { invite, ok } = await stage.answeredCall([['Supported', 'timer'], updates, agreed('uas')]);
    expect(ok.headers.get('Session-Expires')).toBe('600;refresher=uas');
    vi.advanceTimersByTime(300_000);
    const update = await stage.server.request('UPDATE');
    expect(update.headers.get('Session-Expires')).toBe('600;refresher=uac');
    stage.server.reply(update, 200, { headers: [stage.contact(), agreed('uac')] });
    // A change of theirs in between takes part, and a short one is refused.
    stage.server.send('UPDATE', {
      headers: [...inside(invite, ok), ['Supported', 'timer'], ['Session-Expires', '10']],
    });
    expect((await stage.server.response('final')).status).toBe(422);
    stage.server.send('INVITE', {
      headers: [...inside(invite, ok), ['Supported', 'timer'], ['Session-Expires', '10']],
      sdp,
    });
    expect((await stage.server.response('final')).status).toBe(422);
  });
});
