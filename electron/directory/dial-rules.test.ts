// What an account's exchange is sent instead of the number as written.
import { expect, test } from 'vitest';
import type { DialRule } from '../../contract/index.ts';
import { dialled, dialPreview } from './dial-preview.ts';

const dialRules: DialRule[] = [
  { does: 'replace', starts: '+41', digits: '0' },
  { does: 'replace', starts: '+', digits: '000' },
  { does: 'strip', starts: '99' },
  { does: 'prefix', starts: '0', digits: '0' },
];

test.each([
  ['+41 44 123 45 67', '0441234567', '+41441234567'],
  ['+49 241 12345', '0004924112345', '+4924112345'],
  ['044 123 45 67', '00441234567', '0441234567'],
  ['99 044 123 45 67', '0441234567', '990441234567'],
  ['99 112 112', '99112112', '99112112'],
  ['4410', '4410', '4410'],
  ['112', '112', '112'],
  ['*21*0441234567#', '*21*0441234567#', '*21*0441234567#'],
])('%s is dialled as %s and kept as %s', (text, sent, number) => {
  expect(dialled(text, { dialRules })).toEqual({ number, dialled: sent, keys: '' });
});

test('the preview shows the digits that are sent, and its target is dialled the same again', () => {
  const context = { country: 'CH', dialRules: [{ does: 'prefix', starts: '+', digits: '+' } as const, ...dialRules] };
  const preview = dialPreview('044 123 45 67,, 12#', { country: 'CH', dialRules });
  expect(preview).toEqual({ dialable: true, target: '+41441234567,,12#', shown: '0441234567,,12#' });
  expect(dialPreview('+41441234567,,12#', { country: 'CH', dialRules })).toEqual(preview);
  // "++41..." is no number, so that rule is not followed.
  expect(dialPreview('044 123 45 67', context)).toMatchObject({ shown: '+41 44 123 45 67' });
});

test('no rule turns a number into a short one, or into none', () => {
  const one = (dialRules: DialRule[]) => ({ dialRules });
  expect(dialled('0441121', one([{ does: 'strip', starts: '0441' }]))).toMatchObject({ dialled: '0441121' });
  expect(dialled('+41441234567', one([{ does: 'prefix', starts: '', digits: '9' }]))).toMatchObject({
    dialled: '+41441234567',
  });
});

test("a company's own emergency number is dialled as it is, however long", () => {
  const context = {
    country: 'CH',
    asTyped: ['04412345'],
    dialRules: [{ does: 'prefix', starts: '', digits: '0' } as const],
  };
  expect(dialled('044 123 45', context)).toMatchObject({ number: '04412345', dialled: '04412345' });
  expect(dialled('044 123 46', context)).toMatchObject({ dialled: '004412346' });
});
