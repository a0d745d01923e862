// Ids made from addresses.
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { accountConfigSchema } from '../../contract/index.ts';
import { madeId } from './made-id.ts';

test('the same address gives the same id, however it is written', () => {
  expect(madeId('Nora.Keller@Example.com')).toBe(madeId(' nora.keller@example.com '));
  expect(madeId('nora.keller@example.com')).toMatch(/^nora-keller-example-com-[0-9a-f]{8}$/);
});

test('different addresses give different ids, even when they read alike', () => {
  expect(madeId('nora.keller@example.com')).not.toBe(madeId('nora-keller@example.com'));
});

test.each(['4410@pbx', 'Łukasz@example.com', '李明@例え.jp', `${'n'.repeat(300)}@example.com`])(
  '%s gives an id that accounts may have',
  (address) => {
    expect(v.is(accountConfigSchema.entries.id, madeId(address))).toBe(true);
  },
);
