// What typed text would dial.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dialPreview } from './dial-preview.ts';

test.each([
  // As typed: extensions, short and emergency numbers, service codes
  ['4410', '4410', '4410'],
  ['112', '112', '112'],
  ['911', '911', '911'],
  ['0', '0', '0'],
  ['*21*4410#', '*21*4410#', '*21*4410#'],
  ['**61', '**61', '**61'],
  ['#31#044 123 45 67', '#31#0441234567', '#31#0441234567'],
  ['044 123 45 67', '0441234567', '0441234567'],
  ['00 41 44 123 45 67', '0041441234567', '0041441234567'],
  // Separators
  ['+41 44 123 45 67', '+41441234567', '+41 44 123 45 67'],
  ['+41-44-123-45-67', '+41441234567', '+41 44 123 45 67'],
  ['+41.44.123.45.67', '+41441234567', '+41 44 123 45 67'],
  ['+41 (0)44 123 45 67', '+41441234567', '+41 44 123 45 67'],
  ['(+41) 44/123 45 67', '+41441234567', '+41 44 123 45 67'],
  ['0041 (0)44 123 45 67', '0041441234567', '0041441234567'],
  ['(0)44 123 45 67', '0441234567', '0441234567'],
  ['+1 (415) 555-0123', '+14155550123', '+1 415 555 0123'],
  ['+49 (241) 12', '+4924112', '+49 24112'],
  ['+39 06 1234 5678', '+390612345678', '+39 06 1234 5678'],
  ['+41\u00A044\u2011123\u201345\u221267', '+41441234567', '+41 44 123 45 67'],
  ['\u202A+41441234567\u202C', '+41441234567', '+41 44 123 45 67'],
  ['٠٤٤١٢٣', '044123', '044123'],
  ['＋４１４４１２３４５６７', '+41441234567', '+41 44 123 45 67'],
  ['+41', '+41', '+41'],
  // Keyed later
  ['+41 44 123 45 67,, 12#', '+41441234567,,12#', '+41 44 123 45 67,,12#'],
  ['044 123 45 67 ext. 12', '0441234567,12', '0441234567,12'],
  ['0441234567x12', '0441234567,12', '0441234567,12'],
  // Addresses
  ['nora@example.com', 'nora@example.com', 'nora@example.com'],
  ['sip:Nora@Example.COM;transport=tcp', 'Nora@example.com', 'Nora@example.com'],
  ['sips:nora@example.com', 'sips:nora@example.com', 'sips:nora@example.com'],
  ['<sip:nora@example.com>', 'nora@example.com', 'nora@example.com'],
  ['"Nora Keller" <sip:nora@example.com>', 'nora@example.com', 'nora@example.com'],
  ['nora@192.0.2.1:5080', 'nora@192.0.2.1:5080', 'nora@192.0.2.1:5080'],
  ['nora@[2001:db8::1]', 'nora@[2001:db8::1]', 'nora@[2001:db8::1]'],
  ['4410@localhost', '4410@localhost', '4410@localhost'],
  ['tel:+41-44-123-45-67', '+41441234567', '+41 44 123 45 67'],
  ['callto:4410', '4410', '4410'],
])('%j dials %s, shown as %s', (typed, target, shown) => {
  expect(dialPreview(typed)).toEqual({ dialable: true, target, shown });
});

test.each([[''], ['   '], ['Nora'], ['nora keller'], ['1-800-FLOWERS'], ['李明'], ['+41 44 CALL'], ['12 x 4']])(
  '%j is nothing to dial, and there is nothing to say about it',
  (typed) => {
    expect(dialPreview(typed)).toEqual({ dialable: false, why: null });
  },
);

test.each([
  ['nora@', 'An address needs a server after the @: name@company.com.'],
  ['@example.com', 'An address needs a name before the @: name@company.com.'],
  ['nora keller@example.com', 'An address has no spaces: name@company.com.'],
  ['nora@exa_mple..com', '"exa_mple..com" is not the name of a server.'],
  ['nora@example.com:99999', '"example.com:99999" is not the name of a server.'],
  ['no"ra@example.com', '"no"ra" cannot stand before the @ of an address.'],
  ['---', 'There is no digit in it.'],
  ['()', 'There is no digit in it.'],
  ['+', 'A number follows the +.'],
  ['41+44', 'A + belongs only at the start of a number.'],
  ['+41*', 'After a + there are only digits.'],
  [`0441234567,${'1'.repeat(40)}`, 'After the comma there are up to 32 digits, * or #, which are keyed later.'],
  ['0441234567,,', 'After the comma there are up to 32 digits, * or #, which are keyed later.'],
  [',123', '"," cannot be dialled.'],
  ['1'.repeat(60), 'This is too long for a number: it has 60 digits.'],
  [`${'n'.repeat(300)}@example.com`, 'This is too long for an address.'],
  ['tel:', 'There is nothing to dial in this tel: address.'],
])('%j cannot be dialled: %s', (typed, why) => {
  expect(dialPreview(typed)).toEqual({ dialable: false, why });
});

test('what is shown has every digit that is dialled, and dialling what is shown dials the same', () => {
  const typed = fc.string({ unit: fc.constantFrom(...'0123456789+*# -.()/'.split('')), maxLength: 24 });
  fc.assert(
    fc.property(typed, (text) => {
      const preview = dialPreview(text);
      if (!preview.dialable) return;
      expect(preview.shown.replace(/\s/g, '')).toBe(preview.target);
      expect(dialPreview(preview.target)).toEqual(preview);
      expect(dialPreview(preview.shown)).toEqual(preview);
    }),
  );
});

test('an address dials itself again', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (text) => {
      const preview = dialPreview(text);
      if (preview.dialable) expect(dialPreview(preview.target)).toEqual(preview);
    }),
  );
});

/** Any code point, surrogates too. fast-check's own unit for this first lists all of them, which takes a second. */
const codePoint = fc.integer({ min: 0, max: 0x10_ffff }).map((code) => String.fromCodePoint(code));

test('nothing that can be typed makes it throw', () => {
  fc.assert(fc.property(fc.string({ unit: codePoint }), (text) => void dialPreview(text)));
});
