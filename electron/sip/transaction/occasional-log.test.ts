import { expect, test } from 'vitest';
import type { Logger } from '../../../contract/index.ts';
import { handClock } from '../net/testing.ts';
import { createOccasionalLog } from './occasional-log.ts';

test('one line a minute for each kind, with how many were left out', () => {
  const lines: string[] = [];
  const log: Logger = {
    debug() {},
    info: (message, details) => void lines.push(`${message} ${JSON.stringify(details)}`),
    warn() {},
    error() {},
    child: () => log,
  };
  const clock = handClock();
  const occasional = createOccasionalLog(log, clock);
  for (let i = 0; i < 1000; i++) occasional('stranger', { from: i });
  occasional('malformed', { from: 'x' });
  expect(lines).toEqual(['stranger {"from":0}', 'malformed {"from":"x"}']);
  clock.turn(60_000);
  occasional('stranger', { from: 'later' });
  expect(lines.at(-1)).toBe('stranger {"from":"later","andBefore":999}');
  clock.turn(60_000);
  occasional('stranger', { from: 'again' });
  expect(lines.at(-1)).toBe('stranger {"from":"again"}');
});
