// Text messages in a real database.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TextMessage } from '../../contract/index.ts';
import { openDatabase } from '../store/database.ts';
import { createTexts, type Texts } from './texts.ts';

let folder: string;
let db: DatabaseSync;
let texts: Texts;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'texts-'));
  db = openDatabase(join(folder, 'hookswitch.db')).db;
  texts = createTexts(db, 5);
});

afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

function sent(id: string, changes: Partial<TextMessage> = {}): TextMessage {
  return { id, accountId: 'work', number: '4411', text: id, at: 1000, state: 'sending', seen: true, ...changes };
}
const received = { state: 'received', seen: false } as const;

test('a message comes back as it was written, and what became of it replaces what was', () => {
  texts.add(sent('1'));
  const failed = sent('1', { state: 'failed', reason: 'Nobody there.', name: 'Nora' });
  texts.add(failed);
  expect(texts.one('1')).toEqual(failed);
  expect(texts.page({ number: '4411', offset: 0, limit: 9 })).toEqual({ rows: [failed], total: 1 });
});

test('conversations stand by their newest message, with what is unread', () => {
  texts.add(sent('a', { at: 1 }));
  texts.add(sent('b', { at: 2, number: '4412', ...received }));
  texts.add(sent('c', { at: 3, number: '4412', ...received }));
  texts.add(sent('d', { at: 4 }));
  const { rows, total } = texts.conversations({ offset: 0, limit: 9 });
  expect(rows.map(({ last, unread }) => [last.id, unread])).toEqual([
    ['d', 0],
    ['c', 2],
  ]);
  expect(total).toBe(2);
  expect(texts.unread()).toBe(2);
  texts.markSeen('4412');
  expect(texts.unread()).toBe(0);
});

test('a conversation is removed as a whole, and no other', () => {
  texts.add(sent('a'));
  texts.add(sent('b', { number: '4412' }));
  texts.remove('4411');
  expect(texts.conversations({ offset: 0, limit: 9 }).rows.map(({ last }) => last.id)).toEqual(['b']);
});

test('what was being sent when the phone stopped is said to have failed', () => {
  texts.add(sent('a'));
  texts.add(sent('b', { state: 'delivered' }));
  texts.giveUp('The phone was closed.');
  expect(texts.one('a')).toMatchObject({ state: 'failed', reason: 'The phone was closed.' });
  expect(texts.one('b')).toMatchObject({ state: 'delivered' });
});

test('the oldest make room for the newest', () => {
  for (let count = 0; count < 8; count += 1) texts.add(sent(String(count), { at: count }));
  expect(texts.page({ number: '4411', offset: 0, limit: 9 }).rows.map(({ id }) => id)).toEqual([
    '7',
    '6',
    '5',
    '4',
    '3',
  ]);
});
