// LDIF files of people.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLdif } from './ldif.ts';

test('records are read with folded and encoded values', () => {
  const text = 'version: 1\n\ndn: cn=n\ncn:: TsO2cmE=\ntelephoneNumber: +41 44\n  123\nmobile: 079\n';
  const numbers = [
    { value: '+41 44 123', kind: 'work' },
    { value: '079', kind: 'mobile' },
  ];
  expect(readLdif(text)).toEqual({ entries: [{ line: 3, person: { name: 'Nöra', numbers } }], faults: [] });
});

test('faults carry their lines, and no other file is opened', () => {
  const text = 'dn: x\nnonsense\ncn:< file:///etc/passwd\n';
  expect(readLdif(text).faults.map(({ line }) => line)).toEqual([2, 3, 1]);
});

test('nothing in a file makes it throw', () => {
  const text = fc.string({ unit: fc.constantFrom('cn', ':', '::', ' ', '\n', '=', 'a', '<', '\0') });
  fc.assert(fc.property(text, (file) => void readLdif(file)));
});
