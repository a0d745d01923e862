// What the phone derives from its calls and clock.
import { describe, expect, it } from 'vitest';
import { newCall, type AccountState, type Call, type CallPhase } from '../../contract/index.ts';
import { activeCallId, shouldRing } from './active-call.ts';
import { doNotDisturbUntil, isDoNotDisturbOn } from './do-not-disturb.ts';
import { offlineNotices } from './notices.ts';

function call(id: string, phase: CallPhase): Call {
  const party = { number: '4410', uri: 'sip:4410@example.com' };
  return newCall({ id, accountId: 'a', direction: 'incoming', party, phase, startedAt: 0 });
}

const waiting = call('waiting', { name: 'incoming', silenced: false });
const silenced = call('silenced', { name: 'incoming', silenced: true });
const talking = call('talking', { name: 'connected', since: 0, hold: { byUs: false, byThem: false, since: null } });
const held = call('held', { name: 'connected', since: 0, hold: { byUs: true, byThem: false, since: null } });
const ended = call('ended', { name: 'ended', at: 0, result: 'answered', reason: null });

describe('the active call', () => {
  it('is the one that somebody hears, before one that waits, before a held one only when nothing else is there', () => {
    expect(activeCallId([waiting, held, talking])).toBe('talking');
    expect(activeCallId([held, waiting])).toBe('held');
    expect(activeCallId([waiting, ended])).toBe('waiting');
    expect(activeCallId([ended])).toBeNull();
  });
});

describe('the ring tone', () => {
  it('sounds while somebody waits, and never into a conversation', () => {
    expect(shouldRing([waiting], false)).toBe(true);
    expect(shouldRing([waiting, talking], false)).toBe(false);
    expect(shouldRing([silenced], false)).toBe(false);
    expect(shouldRing([silenced, waiting], false)).toBe(true);
    expect(shouldRing([waiting], true)).toBe(false);
  });
});

describe('do not disturb', () => {
  const evening = new Date(2026, 10, 22, 20, 0).getTime();

  it('until tomorrow ends in the morning', () => {
    expect(new Date(doNotDisturbUntil('until-tomorrow', evening)).getHours()).toBe(7);
    expect(new Date(doNotDisturbUntil('until-tomorrow', evening)).getDate()).toBe(23);
  });

  it('is on until its time, for ever at -1, and off at 0', () => {
    expect(isDoNotDisturbOn(doNotDisturbUntil(30, evening), evening)).toBe(true);
    expect(isDoNotDisturbOn(doNotDisturbUntil(30, evening), evening + 30 * 60_000)).toBe(false);
    expect(isDoNotDisturbOn(doNotDisturbUntil(-1, evening), evening + 1e12)).toBe(true);
    expect(isDoNotDisturbOn(doNotDisturbUntil(0, evening), evening)).toBe(false);
  });
});

describe('notices', () => {
  const account = (code: string): AccountState => ({
    config: {
      id: 'a',
      label: 'Work',
      displayName: '',
      address: 'mara@example.com',
      transport: 'udp',
      expires: 300,
      media: 'auto',
      encryption: 'off',
      ringHere: true,
      enabled: true,
    },
    hasPassword: true,
    registration: { name: 'offline', cause: { code, message: 'Why.' }, retryAt: null },
  });

  it('say that nobody can call, and what to do about it', () => {
    expect(offlineNotices([account('server-unreachable')])).toMatchObject([
      { title: 'You cannot be called right now', text: 'Why.', action: { command: 'retry-registration' } },
    ]);
    expect(offlineNotices([account('password-not-accepted')])[0]?.action?.command).toBe('open-accounts');
  });

  it('say that calls may be missed where the server keeps the phone only briefly', () => {
    const caution = { code: 'registration-brief', message: 'For only 5 s.', detail: '5 s' };
    const brief: AccountState = { ...account(''), registration: { name: 'available', since: 0, caution } };
    expect(offlineNotices([brief])).toMatchObject([{ kind: 'warning', text: 'For only 5 s.' }]);
    expect(offlineNotices([{ ...brief, registration: { name: 'available', since: 0 } }])).toEqual([]);
  });
});
