// Finding the place where JSON breaks.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJsonError } from './json-position.ts';

test.each([
  ['{"a": 1,}', 1, 9, 'The name of a field is missing here, in double quotes.'],
  ['{"a": 1\n "b": 2}', 2, 2, 'A comma or } is missing here.'],
  ['{\r\n  "a" 1}', 2, 7, 'A colon is missing here.'],
  ['[1, 2', 1, 6, 'The file ends too early. A comma or ] is missing here.'],
  ['{"a": }', 1, 7, 'A value is missing here.'],
  ["{'a': 1}", 1, 2, 'The name of a field is missing here, in double quotes.'],
  ['"abc', 1, 5, 'The file ends too early. The closing quote is missing.'],
  ['"a\nb"', 1, 3, 'This cannot stand in a text in quotes.'],
  ['"\\x"', 1, 2, 'This cannot stand in a text in quotes.'],
  ['{} {}', 1, 4, 'There is something after the end.'],
  ['// note\n{}', 1, 1, 'A value is missing here.'],
  ['', 1, 1, 'The file ends too early. A value is missing here.'],
  ['01', 1, 2, 'There is something after the end.'],
])('%j breaks in line %i, column %i', (text, line, column, sentence) => {
  expect(findJsonError(text)).toEqual({ line, column, sentence });
});

test('it agrees with JSON.parse about what is JSON', () => {
  const almost = fc
    .tuple(
      fc.json({ maxDepth: 4 }),
      fc.nat(),
      fc.constantFrom('', '{', '}', '[', ']', ',', ':', '"', '\\', '0', '-', 'e', '\n', 'true'),
    )
    .map(([json, at, extra]) => {
      const position = at % (json.length + 1);
      return json.slice(0, position) + extra + json.slice(position + (at % 2));
    });
  const pieces = fc.array(
    fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '"a"', '1', '-0.5e3', 'true', 'null', ' ', '\n'),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        almost,
        pieces.map((list) => list.join('')),
      ),
      (text) => {
        expect(findJsonError(text) === null).toBe(isJson(text));
      },
    ),
    { numRuns: 3000 },
  );
});

test('a hundred thousand open brackets are no trouble', () => {
  expect(findJsonError('['.repeat(100_000))).toMatchObject({ column: 100_001 });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
