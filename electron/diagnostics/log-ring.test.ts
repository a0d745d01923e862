// The log's last lines, as the view asks for them.
import { expect, test } from 'vitest';
import type { LogLevel } from '../../contract/index.ts';
import { LogRing } from './log-ring.ts';

function filled(...lines: readonly (readonly [LogLevel, string])[]): LogRing {
  const ring = new LogRing(10);
  for (const [level, text] of lines) ring.add({ at: 1, level, room: 'sip', text });
  return ring;
}

test('a level shows what is as grave and graver', () => {
  const ring = filled(['debug', 'a'], ['info', 'b'], ['warn', 'c'], ['error', 'd']);
  const texts = (level: LogLevel) => ring.page({ level, text: '', after: 0, limit: 9 }).rows.map(({ text }) => text);
  expect(texts('debug')).toEqual(['a', 'b', 'c', 'd']);
  expect(texts('info')).toEqual(['b', 'c', 'd']);
  expect(texts('warn')).toEqual(['c', 'd']);
  expect(texts('error')).toEqual(['d']);
});

test('it has pages, finds what a line or its room says, and forgets the oldest', () => {
  const ring = filled(...Array.from({ length: 30 }, (_, index) => ['info', `line ${index}`] as const));
  const first = ring.page({ level: 'info', text: '', after: 0, limit: 3 });
  expect(first.rows).toHaveLength(3);
  expect(first.oldest).toBeGreaterThan(18);
  const second = ring.page({ level: 'info', text: '', after: first.next, limit: 99 });
  expect(second.rows.at(-1)?.text).toBe('line 29');
  expect(ring.page({ level: 'info', text: '', after: second.next, limit: 9 }).rows).toEqual([]);
  expect(ring.page({ level: 'info', text: 'LINE 28', after: 0, limit: 9 }).rows).toHaveLength(1);
  expect(ring.page({ level: 'info', text: 'sip', after: 0, limit: 99 }).rows.length).toBeGreaterThan(9);
});
