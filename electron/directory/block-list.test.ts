// Who is on the block list does not ring, however their number is written.
import { expect, test } from 'vitest';
import { BlockList } from './block-list.ts';

const list = new BlockList(['+41 44 123 45 67', '4410', 'sip:Nora@Example.com']);

test.each([
  ['+41441234567', true],
  ['0041 44 123 45 67', true],
  ['044 123 45 67', true],
  ['+41441234567@provider.example', true],
  ['4410', true],
  ['nora@example.com', true],
  ['+41441234568', false],
  ['4411', false],
  ['4410@elsewhere.example', false],
  ['nora@elsewhere.example', false],
  ['anonymous', false],
  ['', false],
])('%s is blocked: %s', (caller, isBlocked) => {
  expect(list.has(caller)).toBe(isBlocked);
});

test('nobody is blocked on an empty list', () => {
  expect(new BlockList().has('+41441234567')).toBe(false);
});
