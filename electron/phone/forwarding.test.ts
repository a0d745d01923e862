// Forwarding as a person sets it, without a server.
import { describe, expect, it } from 'vitest';
import { accountDefaults, defaultPreferences, type CallRecord, type Preferences } from '../../contract/index.ts';
import { ForwardChoice, forwardingOf } from './forwarding.ts';
import { Notices } from './notices.ts';

const account = { ...accountDefaults, id: 'work', label: 'Work', address: '4410@example.com' };

function useChoice(start: Partial<Preferences> = {}) {
  let preferences: Preferences = { ...defaultPreferences, ...start };
  const dialled: string[] = [];
  const notices = new Notices(() => {});
  const choice = new ForwardChoice({
    preferences: () => preferences,
    account: () => account,
    place: (target) => {
      dialled.push(target);
      return { id: `call-${dialled.length}` };
    },
    keep: async (changes) => {
      preferences = { ...preferences, ...changes };
    },
    notices,
    background: (work) => void work,
  });
  return { choice, dialled, notices, preferences: () => preferences };
}

function ended(id: string, result: CallRecord['result']): CallRecord {
  return { id, accountId: 'work', direction: 'outgoing', number: '', result, startedAt: 0, endedAt: 0, seen: true };
}

describe('forwarding by this phone', () => {
  it('is kept at once, and leads where the account would dial', async () => {
    const { choice, preferences, dialled } = useChoice();
    await choice.choose('no-answer', '4411');
    expect(dialled).toEqual([]);
    expect(forwardingOf({ ...preferences(), forwardNoAnswerSeconds: 7 }, { domain: 'example.com' })).toEqual({
      targets: { 'no-answer': { number: '4411', uri: 'sip:4411@example.com' } },
      noAnswerAfter: 7000,
    });
    await choice.choose('no-answer', null);
    expect(preferences().forwardNoAnswer).toBeUndefined();
  });

  it('goes neither to a name nor to the phone itself', async () => {
    const { choice } = useChoice();
    await expect(choice.choose('always', 'Nora Keller')).rejects.toThrow();
    await expect(choice.choose('always', '4410')).rejects.toThrow(/your own number/);
  });
});

describe('forwarding by the server', () => {
  it('is a code that is dialled, and counts once the server took it', async () => {
    const { choice, preferences, dialled, notices } = useChoice({ forwardBy: 'server' });
    await choice.choose('always', '4411');
    expect(dialled).toEqual(['*21*4411#']);
    expect(preferences().forwardAlways).toBeUndefined();
    choice.callEnded(ended('call-1', 'answered'));
    expect(preferences().forwardAlways).toBe('4411');
    expect(forwardingOf(preferences(), { domain: 'example.com' }).targets).toEqual({});
    await choice.choose('always', null);
    expect(dialled.at(-1)).toBe('#21#');
    choice.callEnded(ended('call-2', 'failed'));
    expect(preferences().forwardAlways).toBe('4411');
    expect(notices.said).toMatchObject([{ title: 'Forwarding was not changed' }]);
  });
});
