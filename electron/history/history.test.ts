// Calls in a real database.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallRecord } from '../../contract/index.ts';
import { openDatabase } from '../store/database.ts';
import { createHistory, type History } from './history.ts';

let folder: string;
let db: DatabaseSync;
let history: History;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
  db = openDatabase(join(folder, 'hookswitch.db')).db;
  history = createHistory(db);
});

afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

function call(id: string, changes: Partial<CallRecord> = {}): CallRecord {
  return {
    id,
    accountId: 'work',
    direction: 'incoming',
    number: '+41441234567',
    result: 'answered',
    startedAt: 1000,
    endedAt: 2000,
    seen: true,
    ...changes,
  };
}

const missed = { result: 'missed', seen: false } as const;

function ids(filter: 'all' | 'missed' | 'incoming' | 'outgoing' = 'all', text = ''): string[] {
  return history.page({ filter, text, offset: 0, limit: 100 }).rows.map(({ id }) => id);
}

test('a call comes back as it was written', () => {
  const plain = call('1');
  const full = call('2', {
    name: 'Nora Keller',
    personId: 'p',
    result: 'failed',
    reason: 'This number does not exist.',
    reasonCode: 'number-unknown',
    startedAt: 5000,
    connectedAt: 5500,
    endedAt: 6000,
    seen: false,
    recordings: ['one.wav', 'two.wav'],
    quality: { mos: 4.2, worstMos: 3.1, lossIn: 0.5, lossOut: null, jitter: 3, roundTrip: 40 },
  });
  history.add(plain);
  history.add(full);
  expect(history.page({ filter: 'all', offset: 0, limit: 10 })).toEqual({ rows: [full, plain], total: 2 });
});

test('a call is there once, however often it is written, and a seen one stays seen', () => {
  history.add(call('1', missed));
  history.markSeen();
  history.add(call('1', { ...missed, endedAt: 9000 }));
  expect(history.page({ filter: 'all', offset: 0, limit: 10 })).toMatchObject({
    rows: [{ id: '1', endedAt: 9000, seen: true }],
    total: 1,
  });
});

test('the newest is first, and of two at once the one written last', () => {
  history.add(call('b', { startedAt: 2 }));
  history.add(call('a', { startedAt: 1 }));
  history.add(call('c', { startedAt: 2 }));
  expect(ids()).toEqual(['c', 'b', 'a']);
});

test('filters show missed, incoming and outgoing calls', () => {
  history.add(call('in', { startedAt: 1 }));
  history.add(call('miss', { ...missed, startedAt: 2 }));
  history.add(call('out', { direction: 'outgoing', result: 'no-answer', startedAt: 3 }));
  history.add(call('else', { result: 'answered-elsewhere', startedAt: 4 }));
  expect(ids('missed')).toEqual(['miss']);
  expect(ids('incoming')).toEqual(['else', 'miss', 'in']);
  expect(ids('outgoing')).toEqual(['out']);
});

test('missed calls are counted until they were seen or removed', () => {
  for (const id of ['1', '2', '3']) history.add(call(id, missed));
  history.add(call('4', { result: 'declined', seen: false }));
  expect(history.missed()).toBe(3);
  history.remove('2');
  expect(history.missed()).toBe(2);
  history.markSeen();
  expect(history.missed()).toBe(0);
  expect(ids()).toEqual(['4', '3', '1']);
});

test('pages follow each other, and the total is that of all', () => {
  for (let at = 0; at < 25; at += 1) history.add(call(String(at), { startedAt: at }));
  const pages = [0, 10, 20].map((offset) => history.page({ filter: 'all', offset, limit: 10 }));
  expect(pages.flatMap(({ rows }) => rows.map(({ startedAt }) => startedAt))).toEqual(
    Array.from({ length: 25 }, (_, index) => 24 - index),
  );
  expect(pages.map(({ total }) => total)).toEqual([25, 25, 25]);
});

test.each([
  ['name without accents', 'lukasz', ['pole']],
  ['two words in any order', 'weiss łuk', ['pole']],
  ['number', '044 123', ['number']],
  ['number in its other spelling', '+41 44 123', ['number']],
  ['address', 'nora@example', ['address']],
  ['what nobody has', 'xyz', []],
])('text finds by %s', (_what, text, found) => {
  history.add(call('pole', { name: 'Łukasz Weiß', number: '4410' }));
  history.add(call('number', { number: '+41 44 123 45 67' }));
  history.add(call('address', { number: 'nora@example.com' }));
  expect(ids('all', text)).toEqual(found);
});

test('what is exported is what the filter and the search show', () => {
  history.add(call('one', { name: 'Nora Keller', ...missed }));
  history.add(call('two', { name: 'Miles' }));
  expect(history.export({ filter: 'missed' }).split('\r\n')).toHaveLength(3);
  expect(history.export({ filter: 'all', text: 'mil' })).toContain('Miles');
  expect(history.export({ filter: 'all', text: 'mil' })).not.toContain('Nora');
});

test('calls are kept for some days after their end, and the others are forgotten, also later', () => {
  const day = 86_400_000;
  let now = 100 * day;
  const kept = createHistory(db, () => now);
  kept.add(call('old', { endedAt: now - 31 * day }));
  kept.add(call('new', { endedAt: now - 29 * day }));
  expect(kept.keepFor(30)).toBe(1);
  expect(ids()).toEqual(['new']);
  now += 2 * day;
  kept.add(call('newest', { startedAt: now, endedAt: now }));
  expect(ids()).toEqual(['newest']);
  expect(kept.keepFor(null)).toBe(0);
});

test('one account has its own calls', () => {
  history.add(call('one'));
  history.add(call('two', { accountId: 'support', name: 'Nora' }));
  const query = { filter: 'all', accountId: 'support', offset: 0, limit: 10 } as const;
  expect(history.page(query)).toMatchObject({ rows: [{ id: 'two' }], total: 1 });
  expect(history.page({ ...query, text: 'miles' }).total).toBe(0);
  expect(history.export({ filter: 'all', accountId: 'work' })).not.toContain('Nora');
});

test('how a call was heard is kept apart from its record, and goes with it', () => {
  const series = {
    every: 1,
    mos: [4.4, null],
    lossIn: [0, null],
    lossOut: [null, null],
    jitter: [3, null],
    roundTrip: [24, null],
  };
  history.add(call('one'), series);
  history.add(call('two'));
  expect(history.series('one')).toEqual(series);
  expect(history.series('two')).toBeNull();
  expect(JSON.stringify(history.page({ filter: 'all', offset: 0, limit: 9 }).rows)).not.toContain('every');
  // Written again, such as with its name from the directory, it is still heard as it was.
  history.add(call('one', { name: 'Nora' }));
  expect(history.series('one')).toEqual(series);
  history.remove('one');
  expect(history.series('one')).toBeNull();
  expect(db.prepare('SELECT count(*) AS kept FROM call_quality').get()).toEqual({ kept: 0 });
});

test('a note is kept with its call, stays when the call is written again, and can be taken away', () => {
  history.add(call('1', { note: 'Sends the contract on Monday.' }));
  history.add(call('1', { endedAt: 9000 }));
  expect(history.page({ filter: 'all', offset: 0, limit: 1 }).rows[0]?.note).toBe('Sends the contract on Monday.');
  history.setNote('1', '');
  expect(history.page({ filter: 'all', offset: 0, limit: 1 }).rows[0]).not.toHaveProperty('note');
});
