import { expect, test } from 'vitest';
import type { TraceRow } from '../../../../contract/index.ts';
import { ladderOf } from './ladder.ts';

let id = 0;
function row(direction: 'in' | 'out', line: string, more: Partial<TraceRow> = {}): TraceRow {
  id += 1;
  return {
    id,
    at: id * 100,
    direction,
    transport: 'udp',
    local: '10.0.0.2:5060',
    peer: '192.0.2.1:5060',
    line,
    method: 'INVITE',
    ...more,
  };
}

test('we, the server and who speaks besides it have a lane each; ports make none', () => {
  const { lanes, steps } = ladderOf([
    row('out', 'INVITE sip:4417@example.com SIP/2.0'),
    row('in', 'SIP/2.0 200 OK', { peer: '192.0.2.1:39000' }),
    row('out', 'ACK sip:4417@192.0.2.9 SIP/2.0', { peer: '[2001:db8::9]:5060' }),
  ]);
  expect(lanes).toEqual([
    { kind: 'us', address: '10.0.0.2' },
    { kind: 'server', address: '192.0.2.1' },
    { kind: 'other', address: '2001:db8::9' },
  ]);
  expect(steps.map(({ from, to }) => [from, to])).toEqual([
    [0, 1],
    [1, 0],
    [0, 2],
  ]);
  expect(steps.map(({ first, after }) => [first, after])).toEqual([
    ['INVITE', null],
    ['200 OK', 100],
    ['ACK', 100],
  ]);
});

test('a message said twice in a row is a repeat; with an answer between it is a new try', () => {
  const invite = 'INVITE sip:4417@example.com SIP/2.0';
  const { steps } = ladderOf([
    row('out', invite),
    row('out', invite),
    row('in', 'SIP/2.0 407 Proxy Authentication Required'),
    row('out', invite),
  ]);
  expect(steps.map(({ repeated }) => repeated)).toEqual([false, true, false, false]);
});

test('a refusal is marked, an everyday 407 is not', () => {
  const { steps } = ladderOf([
    row('in', 'SIP/2.0 486 Busy Here'),
    row('in', 'SIP/2.0 407 Proxy Authentication Required'),
  ]);
  expect(steps.map(({ refused }) => refused)).toEqual([true, false]);
});

test('no message, no lane but ours', () => {
  expect(ladderOf([])).toEqual({ lanes: [{ kind: 'us', address: '' }], steps: [] });
});
