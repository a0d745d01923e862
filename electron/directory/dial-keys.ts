// The letters on a dial pad's keys (ITU-T E.161): names typed as digits.

const keys = 'abc2def3ghi4jkl5mno6pqrs7tuv8wxyz9';

/** Folded words as the keys that type them, spaces kept: ` nora keller` -> ` 6672 535537`. What no key types is a `1`. */
export function keysOf(words: string): string {
  let found = '';
  for (let at = 0; at < words.length; at += 1) found += keyByCode[words.charCodeAt(at)] ?? '1';
  return found;
}

const keyByCode: (string | undefined)[] = [];
keyByCode[32] = ' ';
for (let digit = 0; digit <= 9; digit += 1) keyByCode[48 + digit] = String(digit);
for (const [group = ''] of keys.matchAll(/[a-z]+\d/g)) {
  for (const letter of group.slice(0, -1)) keyByCode[letter.charCodeAt(0)] = group.slice(-1);
}
