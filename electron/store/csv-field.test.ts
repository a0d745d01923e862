// Fields of CSV files: quoting, and names that want to be formulas.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvField, unguarded } from './csv-field.ts';

test.each(['=1+1', '+cmd|calc', '-2+3', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', "'=1", '|calc', '%0A', '+A1'])(
  'a formula is text: %j',
  (hostile) => {
    expect(csvField(hostile).replace(/^"/, '').startsWith("'")).toBe(true);
  },
);

test.each([
  ['+41 44 123 45 67', '+41 44 123 45 67'],
  ['Nora Keller', 'Nora Keller'],
  ['Keller, Nora', '"Keller, Nora"'],
  ['the "boss"', '"the ""boss"""'],
  ['two\nlines', '"two\nlines"'],
  ['', ''],
])('%j is written as %j', (value, written) => {
  expect(csvField(value)).toBe(written);
});

test('what was guarded is read as it was', () => {
  const text = fc.string({ unit: fc.constantFrom('=', "'", '+', '-', ' ', 'a', '1', '@', '"') });
  const guarded = (value: string) => csvField(value).replace(/^"|"$/g, '').replaceAll('""', '"');
  fc.assert(
    fc.property(text, (value) => {
      fc.pre(!value.startsWith("'") || guarded(value) !== value);
      return unguarded(guarded(value)) === value;
    }),
  );
});
