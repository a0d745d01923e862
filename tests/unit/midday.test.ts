// Specs run in a zone where it is midday, whatever the hour.
import { expect, it } from 'vitest';
import { middayZone } from '../support/midday.ts';

it.each([0, 1, 11, 12, 13, 23])('at %i o’clock UTC there is a zone where it is noon', (hour) => {
  const at = new Date(Date.UTC(2026, 10, 30, hour, 59, 59));
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: middayZone(at), timeStyle: 'medium' });
  expect(clock.format(at)).toBe('12:59:59');
});
