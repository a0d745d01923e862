// Files of people: read with their lines, written without formulas.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from './csv.ts';
import { writeCsv, writeVcard } from './export.ts';
import { readVcard } from './vcard.ts';

test('a card is read with folded lines, groups, types and escapes', () => {
  const text =
    'BEGIN:VCARD\r\nVERSION:3.0\r\nN:Keller;Nora;;;\r\nORG:Hill\\; Sons;Sales\r\nitem1.TEL;TYPE="cell,voice":+41 79\r\n  123\r\nTEL;VALUE=uri;TYPE=work:tel:+41-44;ext=2\r\nIMPP:sip:nora@example.com\r\nEND:VCARD\r\n';
  const numbers = [
    { value: '+41 79 123', kind: 'mobile' },
    { value: '+41-44', kind: 'work' },
    { value: 'nora@example.com', kind: 'sip' },
  ];
  expect(readVcard(text)).toEqual({
    entries: [{ line: 1, person: { name: 'Nora Keller', company: 'Hill; Sons', numbers } }],
    faults: [],
  });
});

test('a card without an end, and one without a name, are faults with their lines', () => {
  const text = 'BEGIN:VCARD\nFN:Nora\nBEGIN:VCARD\nTEL:1\nEND:VCARD\nhello';
  expect(readVcard(text).faults.map(({ line }) => line)).toEqual([1, 3, 6]);
});

test('rows are read with quotes, line breaks and semicolons', () => {
  const text = 'First name;Last name;Mobile;Note\n"No""ra";Keller;079;"a\nb"\n;;1;\nx;y;z;1;2';
  const { entries, faults } = readCsv(text);
  expect(entries).toEqual([
    { line: 2, person: { name: 'No"ra Keller', note: 'a\nb', numbers: [{ value: '079', kind: 'mobile' }] } },
  ]);
  expect(faults.map(({ line }) => line)).toEqual([4, 5]);
});

test('a cell that is a formula is exported harmless, and read back as it was', () => {
  const people = [{ name: '=HYPERLINK("x")', numbers: [{ value: '+41 44', kind: 'work' as const }] }];
  const csv = writeCsv(people);
  expect(csv).toContain(`"'=HYPERLINK(""x"")",,,,+41 44`);
  expect(readCsv(csv).entries.map(({ person }) => person)).toEqual(people);
});

test('a card that is written is read as it was', () => {
  const people = [{ name: 'A; B, C\\', note: 'one\ntwo', numbers: [{ value: '+41 44', kind: 'work' as const }] }];
  expect(readVcard(writeVcard(people)).entries.map(({ person }) => person)).toEqual(people);
});

test('nothing in a file makes it throw', () => {
  const text = fc.string({
    unit: fc.constantFrom('BEGIN:VCARD\n', 'END:VCARD\n', 'Name,', '"', ';', '\\', '\n', 'FN:a', '\0'),
  });
  fc.assert(fc.property(text, (file) => void [readVcard(file), readCsv(file)]));
});
