// The voicemail lamp, from what servers say (RFC 3842).
import { describe, expect, it } from 'vitest';
import { accountDefaults, type AccountState } from '../../contract/index.ts';
import type { MessageSummary } from '../sip/index.ts';
import { Voicemail, voicemailOf } from './voicemail.ts';

const two: MessageSummary = {
  waiting: true,
  account: 'sip:*97@example.com',
  messages: new Map([['voice-message', { new: 2, old: 1, newUrgent: 1, oldUrgent: 0 }]]),
};
const available: AccountState = {
  config: { ...accountDefaults, id: 'work', label: 'Work', address: 'mara@example.com' },
  hasPassword: true,
  registration: { name: 'available', since: 0 },
};

function lamp() {
  const listeners: ((summary: MessageSummary) => void)[] = [];
  const closed: string[] = [];
  const voicemail = new Voicemail({
    sip: { listen: () => () => {} },
    changed: () => {},
    watch: (accountId, heard) => {
      listeners.push(heard);
      const close = () => {
        closed.push(accountId);
        return Promise.resolve();
      };
      return { accountId, close };
    },
  });
  return { voicemail, listeners, closed };
}

describe('the voicemail lamp', () => {
  it('counts new voice messages, urgent ones among them', () => {
    expect(voicemailOf('work', two)).toEqual({
      accountId: 'work',
      waiting: true,
      fresh: 3,
      target: 'sip:*97@example.com',
    });
  });

  it('says that messages wait also where the server does not count them', () => {
    expect(voicemailOf('work', { waiting: true, messages: new Map() })).toMatchObject({ waiting: true, fresh: null });
  });

  it('is asked for once for an account that is available, and let go of when the account goes', () => {
    const { voicemail, listeners, closed } = lamp();
    voicemail.follow([{ ...available, registration: { name: 'connecting' } }]);
    expect(listeners).toHaveLength(0);
    voicemail.follow([available]);
    voicemail.follow([available]);
    expect(listeners).toHaveLength(1);
    listeners[0]?.(two);
    expect(voicemail.states).toMatchObject([{ fresh: 3 }]);
    voicemail.follow([]);
    expect(closed).toEqual(['work']);
    expect(voicemail.states).toEqual([]);
  });
});
