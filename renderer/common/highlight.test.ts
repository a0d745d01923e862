// Where a search matched.
import { expect, test } from 'vitest';
import { highlight, highlightNumber, type Piece } from './highlight.ts';

const drawn = (pieces: Piece[]) => pieces.map(({ text, match }) => (match ? `[${text}]` : text)).join('');

test('the letters that match are marked, case aside', () => {
  expect(drawn(highlight('Nora Keller', 'kel'))).toBe('Nora [Kel]ler');
});

test('a match at the start of a word goes before one inside', () => {
  expect(drawn(highlight('Mikel Keller', 'kel'))).toBe('Mikel [Kel]ler');
  expect(drawn(highlight('Mikel Holm', 'kel'))).toBe('Mi[kel] Holm');
});

test('each word of the query is marked on its own', () => {
  expect(drawn(highlight('Nora Keller', 'kel no'))).toBe('[No]ra [Kel]ler');
});

test('accents need not be typed, and what is marked is what is written', () => {
  expect(drawn(highlight('Jonas Bärtschi', 'bart'))).toBe('Jonas [Bärt]schi');
  expect(drawn(highlight('Weiß & Co', 'weiss'))).toBe('[Weiß] & Co');
});

test('nothing is marked where nothing matches', () => {
  expect(drawn(highlight('Tom Weber', 'kel'))).toBe('Tom Weber');
  expect(drawn(highlight('', 'kel'))).toBe('');
});

test('a number is found through its spaces, without its trunk zero', () => {
  expect(drawn(highlightNumber('+41 44 123 45 67', '044 123 45 67'))).toBe('+41 [44 123 45 67]');
  expect(drawn(highlightNumber('4403', '44'))).toBe('[44]03');
});

test('a typed plus is marked with its digits', () => {
  expect(drawn(highlightNumber('+49 30 23125 014', '+49 30 2312'))).toBe('[+49 30 2312]5 014');
});

test('letters mark nothing in a number', () => {
  expect(drawn(highlightNumber('4403', 'kel'))).toBe('4403');
});
