// The SIP trace.
import { expect, test } from 'vitest';
import type { TraceEntry } from '../../contract/index.ts';
import { createTrace } from './trace.ts';

function entry(text: string): TraceEntry {
  return { at: 1, direction: 'out', transport: 'udp', peer: '192.0.2.1:5060', text };
}

test('messages are kept in order, without credentials', () => {
  const trace = createTrace();
  trace.record(entry('one'));
  trace.record({ ...entry('Authorization: Digest username="nora", response="canary"'), accountId: 'work' });
  expect(trace.entries()).toEqual([
    entry('one'),
    { ...entry('Authorization: Digest username="nora", response="[redacted]"'), accountId: 'work' },
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
