// The SIP trace.
import { expect, test } from 'vitest';
import type { TraceEntry } from '../../contract/index.ts';
import { createTrace } from './trace.ts';

function entry(text: string): TraceEntry {
  return { at: 1, direction: 'out', transport: 'udp', peer: '192.0.2.1:5060', local: '192.0.2.7:40123', text };
}

test('messages are kept in order, without credentials', () => {
  const trace = createTrace();
  trace.record(entry('one'));
  trace.record({ ...entry('Authorization: Digest username="nora", response="canary"'), accountId: 'work' });
  expect(trace.entries()).toEqual([
    { ...entry('one'), id: 1 },
    { ...entry('Authorization: Digest username="nora", response="[redacted]"'), accountId: 'work', id: 2 },
  ]);
});

test('the oldest go when there are too many', () => {
  const trace = createTrace({ entries: 10 });
  for (let index = 0; index < 95; index += 1) trace.record(entry(String(index)));
  expect(trace.entries().map(({ text }) => text)).toEqual(['85', '86', '87', '88', '89', '90', '91', '92', '93', '94']);
});

test('the oldest go when they are too long together', () => {
  const trace = createTrace({ characters: 1000 });
  for (let index = 0; index < 50; index += 1) trace.record(entry(`${index} ${'x'.repeat(97)}`.slice(0, 100)));
  expect(trace.entries()).toHaveLength(10);
  expect(trace.entries().at(-1)?.text).toMatch(/^49 /);
});

test('a listener hears each message as it comes, until it is disposed of', () => {
  const trace = createTrace();
  const heard: string[] = [];
  const dispose = trace.listen(({ text }) => heard.push(text));
  trace.record(entry('sip:nora:canary@example.com'));
  dispose();
  trace.record(entry('two'));
  expect(heard).toEqual(['sip:nora:[redacted]@example.com']);
});

test('cleared, it is empty, and starts again', () => {
  const trace = createTrace({ entries: 2 });
  trace.record(entry('one'));
  trace.clear();
  expect(trace.entries()).toEqual([]);
  trace.record(entry('two'));
  expect(trace.entries()).toHaveLength(1);
});

const options = 'OPTIONS sip:nora@example.com SIP/2.0\r\nCSeq: 1 OPTIONS\r\n\r\n';
const ok = 'SIP/2.0 200 OK\r\nCSeq: 1 OPTIONS\r\n\r\n';

test('its list has pages, and finds what a message says, between whom and by what', () => {
  const trace = createTrace();
  trace.record(entry(options));
  trace.record({ ...entry(ok), direction: 'in', peer: '[2001:db8::1]:5061', transport: 'tls' });
  const first = trace.page('', 0, 1);
  expect(first).toMatchObject({ oldest: 1, next: 1, rows: [{ id: 1, line: 'OPTIONS sip:nora@example.com SIP/2.0' }] });
  expect(trace.page('', first.next, 9)).toMatchObject({
    next: 2,
    rows: [{ line: 'SIP/2.0 200 OK', method: 'OPTIONS' }],
  });
  expect(trace.page('', 2, 9)).toEqual({ oldest: 1, next: 2, rows: [] });
  for (const [text, ids] of [
    ['NORA', [1]],
    ['2001:db8', [2]],
    ['tls', [2]],
    ['nobody', []],
  ] as const) {
    expect(trace.page(text, 0, 9).rows.map(({ id }) => id)).toEqual(ids);
  }
  expect(trace.message(2)?.text).toBe(ok);
  expect(trace.message(3)).toBeNull();
});

test('numbers rise on after it was cleared, so that no list mixes up two messages', () => {
  const trace = createTrace();
  trace.record(entry('one'));
  trace.clear();
  expect(trace.page('', 1, 9)).toEqual({ oldest: 2, next: 1, rows: [] });
  trace.record(entry('two'));
  expect(trace.entries().map(({ id }) => id)).toEqual([2]);
});

test('as a text it says when, which way and between whom', () => {
  const trace = createTrace();
  trace.record(entry(options));
  trace.record({ ...entry(ok), at: 1_764_000_000_123, direction: 'in' });
  expect(trace.export('text', '200').toString()).toBe(
    '2025-11-24T16:00:00.123Z UDP 192.0.2.7:40123 <-- 192.0.2.1:5060\nSIP/2.0 200 OK\nCSeq: 1 OPTIONS\n',
  );
  expect(trace.export('text', '').toString().split('\n\n')).toHaveLength(2);
});

test('a call’s own messages are those with its Call-IDs, in either spelling of the header', () => {
  const trace = createTrace();
  trace.record(entry('INVITE sip:a SIP/2.0\r\nCall-ID: one\r\nCSeq: 1 INVITE\r\n\r\n'));
  trace.record(entry('SIP/2.0 200 OK\r\ni: two\r\nCSeq: 1 INVITE\r\n\r\n'));
  trace.record(entry('OPTIONS sip:a SIP/2.0\r\nCall-ID: three\r\n\r\n'));
  expect(trace.page('', 0, 9, ['one', 'two']).rows.map(({ id }) => id)).toEqual([1, 2]);
  expect(trace.page('200', 0, 9, ['one', 'two']).rows.map(({ id }) => id)).toEqual([2]);
  expect(trace.page('', 0, 9, []).rows).toEqual([]);
  expect(trace.export('text', '', ['three']).toString()).toContain('OPTIONS');
  expect(trace.export('text', '', ['three']).toString()).not.toContain('INVITE');
});
