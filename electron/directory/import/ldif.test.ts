// LDIF files of people.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLdif } from './ldif.ts';
import type { Parsed } from './types.ts';

function read(text: string): Parsed {
  const parsed: Parsed = { entries: [], faults: [] };
  Array.from(readLdif(text, parsed));
  return parsed;
}

test('records are read with folded and encoded values', () => {
  const text = 'version: 1\n\ndn: cn=n\ncn:: TsO2cmE=\ntelephoneNumber: +41 44\n  123\nmobile: 079\n';
  const numbers = [
    { value: '+41 44 123', kind: 'work' },
    { value: '079', kind: 'mobile' },
  ];
  expect(read(text)).toEqual({ entries: [{ line: 3, person: { name: 'Nöra', numbers } }], faults: [] });
});

test('faults carry their lines, and no other file is opened', () => {
  const text = 'dn: x\nnonsense\ncn:< file:///etc/passwd\n';
  expect(read(text).faults.map(({ line }) => line)).toEqual([2, 3, 1]);
});

test('nothing in a file makes it throw', () => {
  const text = fc.string({ unit: fc.constantFrom('cn', ':', '::', ' ', '\n', '=', 'a', '<', '\0') });
  fc.assert(fc.property(text, (file) => void read(file)));
});
