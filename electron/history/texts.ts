// Text messages that were sent and came, by conversation. Lives in the library's worker thread.
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import * as v from 'valibot';
import { messageStateSchema, type Conversation, type PageOf, type TextMessage } from '../../contract/index.ts';
import { number, optional, text, type Row } from '../store/index.ts';

/** More are not kept: a stranger can send as many as they like. */
export const MOST_MESSAGES = 20_000;

export interface Texts {
  /** Writes a message; the same id again replaces what became of it. */
  add(message: TextMessage): void;
  /** The newest of each conversation, the newest first. */
  conversations(page: { offset: number; limit: number }): PageOf<Conversation>;
  /** Messages with this number, the newest first. */
  page(query: { number: string; offset: number; limit: number }): PageOf<TextMessage>;
  one(id: string): TextMessage | null;
  markSeen(number: string): void;
  unread(): number;
  remove(number: string): void;
  /** What was being sent when the phone stopped was never sent. */
  giveUp(reason: string): void;
}

/** Opens the messages over a migrated database. `most`: how many are kept. */
export function createTexts(db: DatabaseSync, most = MOST_MESSAGES): Texts {
  const add = db.prepare(
    `INSERT INTO messages (id, account, number, name, text, at, state, reason, seen)
     VALUES (:id, :account, :number, :name, :text, :at, :state, :reason, :seen)
     ON CONFLICT (id) DO UPDATE SET name = :name, at = :at, state = :state, reason = :reason, seen = max(seen, :seen)`,
  );
  const forget = db.prepare('DELETE FROM messages WHERE key <= (SELECT max(key) FROM messages) - ?');
  const newest = db.prepare(
    `SELECT *, (SELECT count(*) FROM messages AS new WHERE new.number = m.number AND new.seen = 0) AS unread
     FROM messages AS m
     WHERE key = (SELECT key FROM messages AS other WHERE other.number = m.number ORDER BY at DESC, key DESC LIMIT 1)
     ORDER BY at DESC, key DESC LIMIT ? OFFSET ?`,
  );
  const conversations = db.prepare('SELECT count(DISTINCT number) AS total FROM messages');
  const page = db.prepare('SELECT * FROM messages WHERE number = ? ORDER BY at DESC, key DESC LIMIT ? OFFSET ?');
  const total = db.prepare('SELECT count(*) AS total FROM messages WHERE number = ?');
  const one = db.prepare('SELECT * FROM messages WHERE id = ?');
  const seen = db.prepare('UPDATE messages SET seen = 1 WHERE number = ? AND seen = 0');
  const unread = db.prepare('SELECT count(*) AS unread FROM messages WHERE seen = 0');
  const remove = db.prepare('DELETE FROM messages WHERE number = ?');
  const giveUp = db.prepare("UPDATE messages SET state = 'failed', reason = ? WHERE state = 'sending'");

  return {
    add(message) {
      add.run(parameters(message));
      forget.run(most);
    },
    conversations: ({ offset, limit }) => ({
      rows: newest.all(limit, offset).map((row) => ({ last: message(row), unread: number(row['unread']) })),
      total: number(conversations.get()?.['total']),
    }),
    page: ({ number: with_, offset, limit }) => ({
      rows: page.all(with_, limit, offset).map(message),
      total: number(total.get(with_)?.['total']),
    }),
    one(id) {
      const row = one.get(id);
      return row ? message(row) : null;
    },
    markSeen: (with_) => void seen.run(with_),
    unread: () => number(unread.get()?.['unread']),
    remove: (with_) => void remove.run(with_),
    giveUp: (reason) => void giveUp.run(reason),
  };
}

function parameters(sent: TextMessage): Record<string, SQLInputValue> {
  return {
    id: sent.id,
    account: sent.accountId,
    number: sent.number,
    name: sent.name ?? null,
    text: sent.text,
    at: Math.round(sent.at),
    state: sent.state,
    reason: sent.reason ?? null,
    seen: Number(sent.seen),
  };
}

function message(row: Row): TextMessage {
  return {
    id: text(row['id']),
    accountId: text(row['account']),
    number: text(row['number']),
    ...optional('name', row['name'], text),
    text: text(row['text']),
    at: number(row['at']),
    state: v.parse(messageStateSchema, row['state']),
    ...optional('reason', row['reason'], text),
    seen: row['seen'] === 1,
  };
}
