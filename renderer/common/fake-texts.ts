// Text messages in conversations, for the fake bridge. Not in the product.
import type { Conversation, PageOf, TextMessage } from '../../contract/index.ts';

/** @param texts the newest first */
export function fakeConversations(texts: readonly TextMessage[]): PageOf<Conversation> {
  const last = texts.filter((text, index) => texts.findIndex(({ number }) => number === text.number) === index);
  return { rows: last.map((text) => ({ last: text, unread: 0 })), total: last.length };
}

export function fakeMessages(texts: readonly TextMessage[], number: string): PageOf<TextMessage> {
  const rows = texts.filter((text) => text.number === number);
  return { rows, total: rows.length };
}
