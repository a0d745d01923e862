// Text messages without a server or a database.
import { describe, expect, it } from 'vitest';
import type { Clock, Logger, TextMessage } from '../../contract/index.ts';
import type { MessageDelivery, SipListener } from '../sip/index.ts';
import { Texts, type TextLibrary } from './texts.ts';

const log: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => log };
const clock: Clock = { now: () => 7000, monotonic: () => 0, after: () => () => {} };
const party = { number: '4411', uri: 'sip:4411@example.com' };

function useTexts(delivery: MessageDelivery | Error) {
  const kept = new Map<string, TextMessage>();
  const history: string[] = [];
  const library: TextLibrary = {
    addText: async (message) => {
      kept.set(message.id, message);
      history.push(message.state);
    },
    textMessage: async (id) => kept.get(id) ?? null,
    markTextsSeen: async (number) => {
      for (const message of kept.values()) if (message.number === number) message.seen = true;
    },
    removeTexts: async () => kept.clear(),
    unreadTexts: async () => [...kept.values()].filter(({ seen }) => !seen).length,
  };
  let listener: SipListener | undefined;
  const working: Promise<unknown>[] = [];
  const texts = new Texts({
    sip: {
      listen: (one) => {
        listener = one;
        return () => {};
      },
      message: async () => {
        if (delivery instanceof Error) throw delivery;
        return delivery;
      },
    },
    library: Promise.resolve(library),
    clock,
    log,
    account: () => undefined,
    identify: async () => null,
    isBlocked: (number) => number === 'pest@example.net',
    changed: () => {},
    background: (work) => void working.push(work),
  });
  const settled = async () => {
    await Promise.all(working);
    return [...kept.values()];
  };
  const comes = (text: string, uri = 'sip:nora@example.net') =>
    listener?.message?.({ accountId: 'work', from: { uri, displayName: 'Nora\u202E' }, text, at: 5 });
  return { texts, settled, comes, history };
}

describe('a message that is sent', () => {
  it('is kept while it is on its way, and then as delivered', async () => {
    const { texts, settled, history } = useTexts({ name: 'delivered' });
    await texts.send('work', party, 'Lunch?');
    expect(await settled()).toMatchObject([{ number: '4411', text: 'Lunch?', state: 'delivered', at: 7000 }]);
    expect(history).toEqual(['sending', 'delivered']);
  });

  it('says why it was not delivered, and can be sent again', async () => {
    const cause = { code: 'x', message: 'Nobody there.' };
    const { texts, settled, history } = useTexts({ name: 'failed', cause });
    const { id = '' } = await texts.send('work', party, 'Lunch?');
    expect(await settled()).toMatchObject([{ state: 'failed', reason: 'Nobody there.' }]);
    await texts.retry(id, () => party.uri);
    expect(await settled()).toHaveLength(1);
    expect(history).toEqual(['sending', 'failed', 'sending', 'failed']);
  });

  it('fails in words when it could not be sent at all', async () => {
    const { texts, settled } = useTexts(new Error('too long'));
    await texts.send('work', party, 'x'.repeat(20_000));
    const [message] = await settled();
    expect(message?.state).toBe('failed');
    expect(message?.text).toHaveLength(8000);
  });
});

describe('a message that comes', () => {
  it('is unread and harmless until it was looked at', async () => {
    const { texts, settled, comes } = useTexts({ name: 'delivered' });
    comes('<b>Hi</b>\u0007\r\n\u202Eexe.piz');
    expect(await settled()).toMatchObject([
      { number: 'nora@example.net', name: 'Nora', text: '<b>Hi</b>\nexe.piz', state: 'received', seen: false },
    ]);
    expect(texts.unread).toBe(1);
    await texts.markSeen('nora@example.net');
    expect(texts.unread).toBe(0);
  });

  it('that has nothing to show is not kept', async () => {
    const { settled, comes } = useTexts({ name: 'delivered' });
    comes('\u200b\r\n \u0000');
    expect(await settled()).toEqual([]);
  });

  it('from somebody on the block list is not kept', async () => {
    const { texts, settled, comes } = useTexts({ name: 'delivered' });
    comes('Buy now', 'sip:pest@example.net');
    expect(await settled()).toEqual([]);
    expect(texts.unread).toBe(0);
  });
});
