// The search over people in memory, held against the plainest search there is.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PeopleIndex, type Entry } from './people-index.ts';
import { searchText, tokens, type Token } from './search-text.ts';

function entry(key: number, name: string, more: { company?: string; email?: string; numbers?: string[] } = {}): Entry {
  const { company, email, numbers = [] } = more;
  const person = {
    name,
    ...(company === undefined ? {} : { company }),
    ...(email === undefined ? {} : { email }),
    numbers: numbers.map((value) => ({ value, kind: 'work' as const })),
  };
  return { key, ...searchText(person), favourite: false, usedAt: 0 };
}

const people = [
  entry(1, 'Nora Keller', {
    company: 'Globex AG',
    email: 'nora.keller@globex.example',
    numbers: ['+41 44 123 45 67', '4410'],
  }),
  entry(2, 'Łukasz Weiß', { company: 'Østfold', numbers: ['030 1234 5678'] }),
  entry(3, 'Ana Kern', { company: 'Nordwind' }),
  entry(4, 'Anastasia Ek', { numbers: ['sip:ana@kern.example'] }),
  entry(5, 'Jürgen Müller'),
  entry(6, "Miles O'Brien"),
  entry(7, '李明'),
  entry(8, '3M Service', { company: '4 Seasons' }),
];

function index(entries: readonly Entry[] = people): PeopleIndex {
  const made = new PeopleIndex();
  made.load(entries);
  return made;
}

function find(query: string, made = index()): number[] {
  return made.search(query, tokens(query), 0, 100).keys;
}

test.each([
  ['the beginning of a first name', 'nor', [1, 3]],
  ['the beginning of a last name', 'kel', [1]],
  ['one letter, at the beginning of words only', 'k', [3, 1, 4]],
  ['two letters, at the beginning of words only', 'ke', [3, 1, 4]],
  ['three letters inside a word, after those that begin one', 'ern', [3, 4]],
  ['two words in any order', 'kel no', [1]],
  ['name and company', 'nora glo', [1]],
  ['no accents', 'lukasz', [2]],
  ['accents', 'Łukasz WEIß', [2]],
  ['ss for ß', 'weiss', [2]],
  ['o for ø', 'ostf', [2]],
  ['ue for ü', 'mueller', [5]],
  ['u for ü', 'muller', [5]],
  ['an apostrophe left out', 'obrien', [6]],
  ['an apostrophe', "o'brien", [6]],
  ['what follows an apostrophe', 'brien', [6]],
  ['the second character of a Chinese name', '明', [7]],
  ['an e-mail address', 'nora.keller@glo', [1]],
  ['a SIP address', 'sip:ana@kern.example', [3, 4]],
  ['a whole e-mail address', 'nora.keller@globex.example', [1]],
  ['an extension', '4410', [1]],
  ['an international number', '+41 44 123', [1]],
  ['its national form', '044 123', [1]],
  ['the beginning of its national form', '044', [1]],
  ['the beginning of its national form without 0', '44', [1]],
  ['its 00 form', '0041441234567', [1]],
  ['a part of it', '123 45', [2, 1]],
  ['a national number by its international form', '+49 30 1234', [2]],
  ['a digit that is a word', '4 sea', [8]],
  ['a name and a number', 'nora 044', [1]],
  ['nobody', 'xyz', []],
  ['nobody with both words', 'nora weiss', []],
  ['nothing but signs', '--', []],
])('finds by %s', (_what, query, keys) => {
  expect(find(query)).toEqual(keys);
});

test.each([
  ['initials, after those whose words begin or hold them', 'nk', [1]],
  ['the dial pad, first name', '6672', [1]],
  ['the dial pad, last name', '53553', [1]],
  ['a letter too few', 'kller', [1]],
  ['a letter too many', 'kelller', [1]],
  ['nothing two errors away', 'kelkar', []],
  ['a wrong letter', 'kaller', [1]],
  ['two letters swapped', 'kelelr', [1]],
  ['an error in one of two words', 'nora kleler', [1]],
  ['an error at the beginning of a longer word', 'anatas', [4]],
  ['an error in a word of three letters', 'nra', []],
])('finds by %s', (_what, query, keys) => {
  expect(find(query)).toEqual(keys);
});

test('who was mistyped is found after being added, and not after being removed', () => {
  const made = index([]);
  const wisniewski = entry(1, 'Agnieszka Wiśniewski');
  made.add(wisniewski);
  expect(find('wisneiwski', made)).toEqual([1]);
  made.remove(wisniewski);
  expect(find('wisneiwski', made)).toEqual([]);
});

test('the top-level domain of an address finds nobody', () => {
  expect(find('example')).toEqual([]);
});

test('favourites come first, then those called last, then the alphabet', () => {
  const many = ['Ann A', 'Ann B', 'Ann C', 'Ann D'].map((name, key) => entry(key, name));
  const [a, b, c, d] = many;
  if (!a || !b || !c || !d) throw new Error('four');
  expect(find('ann', index([a, { ...b, usedAt: 5 }, { ...c, usedAt: 9 }, { ...d, favourite: true }]))).toEqual([
    3, 2, 1, 0,
  ]);
});

test('the name counts before the company', () => {
  expect(find('glo', index([entry(1, 'Adam Smith', { company: 'Globex' }), entry(2, 'Zoe Glock')]))).toEqual([2, 1]);
});

test('pages follow each other, and the total is that of all', () => {
  const made = index(Array.from({ length: 30 }, (_, key) => entry(key, `Ann ${String(key).padStart(2, '0')}`)));
  const pages = [0, 10, 20, 30].map((offset) => made.search('ann', tokens('ann'), offset, 10));
  expect(pages.flatMap(({ keys }) => keys)).toEqual(Array.from({ length: 30 }, (_, key) => key));
  expect(pages.map(({ total }) => total)).toEqual([30, 30, 30, 30]);
});

test('however many are added one by one, they are found, and those who are removed are not', () => {
  const made = index([entry(0, 'Ann 0')]);
  const added = Array.from({ length: 1100 }, (_, more) =>
    entry(more + 1, `Ann ${more + 1}`, { numbers: [`${7000 + more}`] }),
  );
  for (const one of added) made.add(one);
  for (const one of added) if (one.key % 2 === 1) made.remove(one);
  expect(made.search('ann', tokens('ann'), 0, 10).total).toBe(551);
  expect([find('7001', made), find('8097', made), find('7000', made)]).toEqual([[2], [1098], []]);
});

test('letters say where each begins, and # is last', () => {
  const made = index();
  expect(made.page(0, 100)).toEqual([3, 4, 5, 2, 6, 1, 8, 7]);
  expect(made.letters()).toEqual([
    { letter: 'A', index: 0 },
    { letter: 'J', index: 2 },
    { letter: 'L', index: 3 },
    { letter: 'M', index: 4 },
    { letter: 'N', index: 5 },
    { letter: '#', index: 6 },
  ]);
  expect(index([]).letters()).toEqual([]);
});

/** The keys of the letters that the names below are made of. */
const plainKeys: Record<string, string> = { a: '2', b: '2', n: '6', s: '7', o: '6', '9': '9' };

/** What the index has to find before the mistyped, the slow way. */
function plainly(entries: readonly Entry[], wanted: readonly Token[]): Set<number> {
  const has = (texts: string, part: string) => texts.includes(` ${part}`) || (part.length >= 3 && texts.includes(part));
  const initials = ({ words, nameLength }: Entry) =>
    Array.from(words.slice(0, nameLength).matchAll(/ (.)/gu), ([, letter]) => letter).join('');
  const keys = ({ words, nameLength }: Entry) =>
    words.slice(0, nameLength).replace(/[^ ]/g, (letter) => plainKeys[letter] ?? '1');
  const matches = (one: Entry) =>
    wanted.length > 0 &&
    wanted.every(
      (token) =>
        token.digits.some((form) => has(one.digits, form)) ||
        token.keys.some((typed) => keys(one).includes(` ${typed}`)) ||
        token.initials.some((letters) => initials(one).startsWith(letters)) ||
        (token.words.length > 0 && token.words.every((word) => has(one.words, word))),
    );
  return new Set(entries.filter(matches).map(({ key }) => key));
}

const someName = fc
  .array(fc.string({ unit: fc.constantFrom(...'aábnßo 李9-'.split('')), minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.join(' '));
const someNumber = fc.string({ unit: fc.constantFrom(...'01234*#+'.split('')), minLength: 1, maxLength: 11 });
const somebody = fc.record({ name: someName, company: someName, numbers: fc.array(someNumber, { maxLength: 3 }) });
const someQuery = fc.oneof(
  someName,
  someNumber,
  fc.tuple(someName, someNumber).map((both) => both.join(' ')),
);

test('it finds whom the plain search finds, and only then the mistyped, through additions and removals', () => {
  fc.assert(
    fc.property(
      fc.array(somebody, { maxLength: 40 }),
      fc.array(fc.nat(39), { maxLength: 10 }),
      fc.array(someQuery, { minLength: 1, maxLength: 8 }),
      (list, removed, queries) => {
        const entries = list.map(({ name, ...more }, key) => entry(key, name, more));
        const half = entries.length >> 1;
        const made = index(entries.slice(0, half));
        for (const one of entries.slice(half)) made.add(one);
        const gone = new Set(removed);
        for (const one of entries) if (gone.has(one.key)) made.remove(one);
        const left = entries.filter(({ key }) => !gone.has(key));
        expect(made.size).toBe(left.length);
        expect(made.page(0, 100)).toEqual(index(left).page(0, 100));
        for (const query of queries) {
          const found = find(query, made);
          const exact = plainly(left, tokens(query));
          expect(new Set(found.slice(0, exact.size))).toEqual(exact);
          expect(found.length).toBe(new Set(found).size);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('the answer to one letter is that of people as they are, whatever was searched since', () => {
  const made = index();
  expect(find('k', made)).toEqual([3, 1, 4]);
  expect(find('mul', made)).toEqual([5]);
  expect(find('k', made)).toEqual([3, 1, 4]);
  const karl = entry(9, 'Karl Abel');
  made.add(karl);
  expect(find('k', made)).toEqual([3, 9, 1, 4]);
  made.remove(karl);
  expect(find('k', made)).toEqual([3, 1, 4]);
});

test('the lists, too, are made in steps: nobody waits until all of them are there', () => {
  const many = Array.from({ length: 10_000 }, (_, key) => entry(key, `Person ${key}`, { numbers: [String(key)] }));
  const parts = 5;
  const steps = Array.from(
    new PeopleIndex().loading(Array.from({ length: parts }, (_, at) => many.slice(at * 2000, at * 2000 + 2000))),
  );
  // Read, sorted, listed, their words and their numbers, twice each: not one of these in one go.
  expect(steps.length).toBeGreaterThan(6 * parts);
});
