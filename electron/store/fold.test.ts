// The plain letters by which people are found.
import { expect, test } from 'vitest';
import { fold, initial, otherSpelling, words } from './fold.ts';

test.each([
  ['Łukasz', 'lukasz'],
  ['Weiß', 'weiss'],
  ['Sørensen', 'sorensen'],
  ['Ægir Œuvre', 'aegir oeuvre'],
  ['İbrahim Yılmaz', 'ibrahim yilmaz'],
  ['Þóra Đức', 'thora duc'],
  ['Nguyễn Thị', 'nguyen thi'],
  ['ﬁsher Ｎｏｒａ', 'fisher nora'],
  ['Ёлка', 'елка'],
])('%s folds to %s', (text, folded) => {
  expect(fold(text)).toBe(folded);
  expect(fold(text.normalize('NFD'))).toBe(folded);
});

test('words are split at everything that is not a letter or a digit, except apostrophes', () => {
  expect(words("Anne-Marie O'Brien (Müller & Co.)")).toEqual(['anne', 'marie', 'obrien', 'muller', 'co']);
  expect(words('  ')).toEqual([]);
});

test('Latin letters, which have a table of their own, become the words that their decomposed spelling becomes', () => {
  for (let code = 0x20; code < 0x180; code += 1) {
    const text = `a${String.fromCodePoint(code)}b ${String.fromCodePoint(code)}`;
    // A Chinese character keeps the whole text out of the table.
    expect(words(text), text).toEqual(words(`${text.normalize('NFD')} 李`).slice(0, -1));
  }
});

test('each Chinese or Japanese character begins a word', () => {
  expect(words('李明')).toEqual(['李', '明']);
});

test('umlauts are found the way they are spelled out', () => {
  expect(otherSpelling('Jürgen Müller')).toEqual(['juergen', 'mueller']);
  expect(otherSpelling('Jürgen Müller'.normalize('NFD'))).toEqual(['juergen', 'mueller']);
  expect(otherSpelling('\u212bse SØREN ÖZ')).toEqual(['aase', 'soeren', 'oez']);
  expect(otherSpelling('Nora Keller')).toEqual([]);
  expect(otherSpelling('Élodie')).toEqual([]);
});

test('names are filed under A to Z, or #', () => {
  expect(['Ångström', 'łukasz', '3M', '李明', '(Nora)'].map((name) => initial(words(name).join(' ')))).toEqual([
    'A',
    'L',
    '#',
    '#',
    'N',
  ]);
});
