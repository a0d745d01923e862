// Sentences that go by a count: each count has its own form, in each language.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { showLanguage, t } from './i18n.ts';

beforeAll(() => vi.stubGlobal('document', { documentElement: {} }));
afterAll(() => vi.unstubAllGlobals());

const more = (count: number) => t('main:moreNumbers', { count });

test('a count is said in the form that goes with it, asked once or often, and anew in another language', async () => {
  expect([1, 2, 1, 2].map(more)).toEqual([', 1 more', ', 2 more', ', 1 more', ', 2 more']);
  await showLanguage('it');
  expect([1, 2, 1, 2].map(more)).toEqual([', 1 altro', ', altri 2', ', 1 altro', ', altri 2']);
  await showLanguage('en');
  expect([1, 2].map(more)).toEqual([', 1 more', ', 2 more']);
});

test('of a thousand counts each is said as it is', () => {
  for (let round = 0; round < 2; round += 1) {
    for (let count = 0; count < 1_000; count += 1) expect(more(count)).toBe(`, ${count} more`);
  }
});

test('a count beside another value, or with nothing to count, is not mistaken for it', () => {
  const found = (values: object): unknown => Reflect.apply(t, undefined, ['main:moreNumbers', values]);
  expect(found({ count: 1 })).toBe(', 1 more');
  expect(found({ count: 1, defaultValue: 'none' })).toBe(', 1 more');
  expect(found({})).not.toBe(', 1 more');
});
