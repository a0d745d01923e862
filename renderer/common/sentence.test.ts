// Sentences of the catalogs, filled in.
import { expect, test } from 'vitest';
import { isCount, isPlain, sentenceOf } from './sentence.ts';

const asIs = (value: string) => value;

test('values stand where the sentence names them, each marked, and those that look like names of values stay as they are', () => {
  const sentence = sentenceOf('Calls {{name}}, {{ number }}.');
  expect(sentence?.({ name: '{{number}}', number: '41' }, (value) => `<${value}>`)).toBe('Calls <{{number}}>, <41>.');
  expect(sentenceOf('No number')?.({}, asIs)).toBe('No number');
});

test('what i18next has to say itself is left to it: formats, sentences in sentences, values that are missing', () => {
  expect(sentenceOf('New {{count, number}}')).toBeNull();
  expect(sentenceOf('$t(main:people)')).toBeNull();
  expect(sentenceOf('Calls {{name}}')?.({}, asIs)).toBeUndefined();
});

test('a number may make another sentence of it, a text does not', () => {
  expect(isPlain({ name: 'Nora' })).toBe(true);
  expect(isPlain({ name: 'Nora', context: 'male' })).toBe(false);
  expect(isPlain({ count: 3 })).toBe(false);
  expect(isPlain(null)).toBe(false);
});

test('a count is one where it stands alone', () => {
  expect(isCount({ count: 3 })).toBe(true);
  expect(isCount({ count: '3' })).toBe(false);
  expect(isCount({ count: 3, name: 'Nora' })).toBe(false);
  expect(isCount({})).toBe(false);
  expect(isCount(undefined)).toBe(false);
});
