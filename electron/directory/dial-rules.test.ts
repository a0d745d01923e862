// What an account's exchange is sent instead of the number as written.
import { expect, test } from 'vitest';
import { dialledWith, type DialRule } from './dial-rules.ts';

const rules: DialRule[] = [
  { does: 'replace', starts: '+41', digits: '0' },
  { does: 'replace', starts: '+', digits: '000' },
  { does: 'strip', starts: '99' },
  { does: 'prefix', starts: '0', digits: '0' },
];

test.each([
  ['+41 44 123 45 67', '0441234567', '0441234567', ''],
  ['+49 241 12345', '0004924112345', '0004924112345', ''],
  ['044 123 45 67', '00441234567', '00441234567', ''],
  ['99 044 123 45 67', '0441234567', '0441234567', ''],
  ['99 112 112', '99112112', '99112112', ''],
  ['4410', '4410', '4410', ''],
  ['112', '112', '112', ''],
  ['*21*0441234567#', '*21*0441234567#', '*21*0441234567#', ''],
  ['+41 44 123 45 67,, 12#', '0441234567', '0441234567,,12#', ',,12#'],
])('%s is dialled as %s and shown as %s', (text, target, shown, after) => {
  expect(dialledWith(text, rules)).toEqual({ target, shown, after });
});

test('no rule turns a number into a short one, or into none', () => {
  expect(dialledWith('0441121', [{ does: 'strip', starts: '0441' }])?.target).toBe('0441121');
  expect(dialledWith('+41441234567', [{ does: 'prefix', starts: '', digits: '9' }])?.target).toBe('+41441234567');
});

test.each([[''], ['Nora'], [',12'], ['044,x'], ['sip:nora@example.com']])('%j is no number', (text) => {
  expect(dialledWith(text, [])).toBeNull();
});
