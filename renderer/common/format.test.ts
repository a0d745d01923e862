// Times, durations and days as people read them.
import { expect, test } from 'vitest';
import { dayHeading, formatDuration, formatPercent, formatTime } from './format.ts';

const at = (year: number, month: number, day: number, hours = 0, minutes = 0) =>
  new Date(year, month - 1, day, hours, minutes).getTime();

test('a call of under an hour is minutes and seconds, a longer one has hours', () => {
  expect(formatDuration(18_000)).toBe('0:18');
  expect(formatDuration(767_999)).toBe('12:47');
  expect(formatDuration(3_767_000)).toBe('1:02:47');
});

test('a clock that was set back does not make a negative length', () => {
  expect(formatDuration(-5_000)).toBe('0:00');
});

test('the time of day has two digits each and 24 hours', () => {
  expect(formatTime(at(2026, 11, 16, 9, 2))).toBe('09:02');
  expect(formatTime(at(2026, 11, 16, 0, 5))).toBe('00:05');
  expect(formatTime(at(2026, 11, 16, 17, 58))).toBe('17:58');
});

test('days are calendar days, whatever the hour', () => {
  const now = at(2026, 11, 22, 0, 10);
  expect(dayHeading(at(2026, 11, 22, 0, 1), now)).toBe('Today');
  expect(dayHeading(at(2026, 11, 21, 23, 59), now)).toBe('Yesterday');
  expect(dayHeading(at(2026, 11, 16, 9, 2), now)).toBe('Mon 16 Nov');
});

test('another year is said', () => {
  expect(dayHeading(at(2025, 12, 31, 12), at(2026, 1, 2, 12))).toBe('Wed 31 Dec 2025');
});

test('a zoom is per cent', () => {
  expect([formatPercent(67), formatPercent(200)]).toEqual(['67%', '200%']);
});
