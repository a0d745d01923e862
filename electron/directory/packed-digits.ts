// The beginning of a number as one double, so that "begins with" is a comparison of two doubles.

/** Digits, * and # have the values 1 to 12, nothing is 0; thirteen to the fourteenth is less than 2^53. */
const base = 13;
const most = 14;

/** The value of a character in a number: 1 to 10 for digits, 11 for *, 12 for #; 0 for all else. */
export function digitCode(character: number): number {
  if (character >= 48 && character <= 57) return character - 47;
  if (character === 42) return 11;
  return character === 35 ? 12 : 0;
}

/** The first fourteen characters of `text` from `at` on. */
export function packed(text: string, at = 0): number {
  let value = 0;
  let end = at;
  for (; end < text.length && end < at + most; end += 1) {
    const code = digitCode(text.charCodeAt(end));
    if (code === 0) break;
    value = value * base + code;
  }
  return value * (powers[at + most - end] ?? 1);
}

/** Where the packed numbers lie that begin so. Not sure: this is longer than what is packed. */
export function packedRange(start: string): { from: number; to: number; isSure: boolean } {
  const from = packed(start);
  return { from, to: from + (powers[Math.max(most - start.length, 0)] ?? 1), isSure: start.length <= most };
}

const powers = Array.from({ length: most + 1 }, (_, exponent) => base ** exponent);
