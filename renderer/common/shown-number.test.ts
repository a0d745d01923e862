// Numbers in groups.
import { expect, test } from 'vitest';
import { shownNumber } from './shown-number.ts';

test.each([
  ['+41441234567', '+41 44 123 45 67'],
  ['+442079460112', '+44 20 7946 0112'],
  ['+4570101155', '+45 70 10 11 55'],
])('an international number stands in its groups: %s', (number, shown) => {
  expect(shownNumber(number)).toBe(shown);
});

test.each(['4410', '0441234567', '*21*4410#', '+41 44 123 45 67', 'nora@example.com', '+4410', ''])(
  'all else stays as it is: %s',
  (number) => {
    expect(shownNumber(number)).toBe(number);
  },
);
