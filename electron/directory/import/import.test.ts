// Files of people: read with their lines, written without formulas.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeCsv, writeVcard } from './export.ts';
import { readFile } from './read-file.ts';
import type { Parsed } from './types.ts';

function read(text: string | Uint8Array, name = 'people'): Parsed {
  const parsed: Parsed = { entries: [], faults: [] };
  const shares = [...readFile(name, typeof text === 'string' ? Buffer.from(text) : text, parsed)];
  expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  return parsed;
}

test('a card is read with folded lines, groups, types and escapes', () => {
  const text =
    'BEGIN:VCARD\r\nVERSION:3.0\r\nN:Keller;Nora;;;\r\nORG:Hill\\; Sons;Sales\r\nitem1.TEL;TYPE="cell,voice":+41 79\r\n  123\r\nTEL;VALUE=uri;TYPE=work:tel:+41-44;ext=2\r\nIMPP:sip:nora@example.com\r\nEND:VCARD\r\n';
  const numbers = [
    { value: '+41 79 123', kind: 'mobile' },
    { value: '+41-44', kind: 'work' },
    { value: 'nora@example.com', kind: 'sip' },
  ];
  expect(read(text)).toEqual({
    entries: [{ line: 1, person: { name: 'Nora Keller', company: 'Hill; Sons', numbers } }],
    faults: [],
  });
});

test('a colon in quotes belongs to the parameter; quotes that do not end make it no line of a card', () => {
  const card = (line: string) => read(`BEGIN:VCARD\nFN:Nora\n${line}\nEND:VCARD`);
  const numbers = (line: string) => card(line).entries[0]?.person.numbers;
  expect(numbers('TEL;X="a:b";TYPE="cell:c":+41 "79"')).toEqual([{ value: '+41 "79"', kind: 'mobile' }]);
  expect(numbers('TEL:"12:34"')).toEqual([{ value: '"12:34"', kind: 'other' }]);
  expect(card('TEL;X="a:079').faults).toMatchObject([{ line: 3 }]);
});

test('a card without an end, and one without a name, are faults with their lines', () => {
  const text = 'BEGIN:VCARD\nFN:Nora\nBEGIN:VCARD\nTEL:1\nEND:VCARD\nhello';
  expect(read(text).faults.map(({ line }) => line)).toEqual([1, 3, 6]);
});

test('rows are read with quotes, line breaks and semicolons', () => {
  const text = 'First name;Last name;Mobile;Note\n"No""ra";Keller;079;"a\nb"\n;;1;\nx;y;z;1;2';
  const { entries, faults } = read(text);
  expect(entries).toEqual([
    { line: 2, person: { name: 'No"ra Keller', note: 'a\nb', numbers: [{ value: '079', kind: 'mobile' }] } },
  ]);
  expect(faults.map(({ line }) => line)).toEqual([4, 5]);
});

test('a cell that is a formula is exported harmless, and read back as it was', () => {
  const people = [{ name: '=HYPERLINK("x")', numbers: [{ value: '+41 44', kind: 'work' as const }] }];
  const csv = writeCsv(people);
  expect(csv).toContain(`"'=HYPERLINK(""x"")",,,,,+41 44`);
  expect(read(csv).entries.map(({ person }) => person)).toEqual(people);
});

test('a card that is written is read as it was', () => {
  const people = [{ name: 'A; B, C\\', note: 'one\ntwo', numbers: [{ value: '+41 44', kind: 'work' as const }] }];
  expect(read(writeVcard(people)).entries.map(({ person }) => person)).toEqual(people);
});

test('nothing in a file makes it throw', () => {
  const text = fc.string({
    unit: fc.constantFrom('BEGIN:VCARD\n', 'END:VCARD\n', 'Name,', '"', ';', '\\', '\n', 'FN:a', '\0'),
  });
  fc.assert(fc.property(text, (file) => void [read(file, 'a.vcf'), read(file, 'a.csv')]));
});

test('pictures and groups of both versions are read; one from the network is not', () => {
  const card = (lines: string) => `BEGIN:VCARD\nFN:Nora\n${lines}\nEND:VCARD\n`;
  const { entries } = read(
    card('PHOTO;ENCODING=b;TYPE=JPEG:AAAA\n BBBB\nCATEGORIES:Team,A\\, B') +
      card('PHOTO:data:image/png;base64\\,AAAA') +
      card('PHOTO;VALUE=uri:http://example.com/nora.jpg'),
  );
  expect(entries.map(({ person }) => person.picture)).toEqual([
    'data:image/jpeg;base64,AAAABBBB',
    'data:image/png;base64,AAAA',
    undefined,
  ]);
  expect(entries[0]?.person.groups).toEqual(['Team', 'A, B']);
});

test.each([
  [
    'UTF-16 as Excel writes it',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Name\tTel\nZoë\t1\n', 'utf16le')]),
  ],
  ['Windows-1252 as Outlook writes it', Buffer.from('Name;Tel\nZoë;1\n', 'latin1')],
  ['UTF-8 with a mark', Buffer.from('\uFEFFName,Tel\nZoë,1\n')],
])('names keep their letters in %s', (_encoding, bytes) => {
  expect(read(bytes, 'people.csv').entries.map(({ person }) => person.name)).toEqual(['Zoë']);
});

test.each([
  ['a workbook', Buffer.from('PK\u0003\u0004...'), 'Save it as CSV first'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), 'This is no text'],
  ['nothing', Buffer.from(''), 'There is nobody'],
  ['a heading alone', Buffer.from('Name,Work\n'), 'There is nobody'],
])('%s is refused in words', (_what, bytes, why) => {
  expect(read(bytes).faults).toMatchObject([{ line: 1, why: expect.stringContaining(why) as string }]);
});

test('a hostile name is harmless once it is read, and one that cannot be seen is a fault', () => {
  const { entries, faults } = read('Name,Work\n\u202Eexe.nora\u0007,1\n\u200B,2\n', 'a.csv');
  expect(entries.map(({ person }) => person.name)).toEqual(['exe.nora']);
  expect(faults).toMatchObject([{ line: 3 }]);
});

test('lines are counted alike with any line end', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const { entries, faults } = read(['Name,Work', 'Nora,1', ',2', 'Miles,3'].join(end), 'a.csv');
    expect([...entries, ...faults].map(({ line }) => line)).toEqual([2, 4, 3]);
  }
});
