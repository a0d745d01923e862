// The screen that is shown in a call.
import { expect, it } from 'vitest';
import { sourceOf } from './screen-to-show.ts';

it('is that of the display, else the first of the system, and none where there is none', () => {
  const [one, two] = [{ display_id: '1' }, { display_id: '2' }];
  expect(sourceOf([one, two], 2)).toBe(two);
  expect(sourceOf([one, two], 3)).toBe(one);
  expect(sourceOf([{ display_id: '' }], 2)).toEqual({ display_id: '' });
  expect(sourceOf([], 2)).toBeNull();
});
