// Whether a hit's number is the one that would be dialled.
import { expect, test } from 'vitest';
import type { DialPreview, PersonRow } from '../../../contract/index.ts';
import { isSameNumber, ownerOf } from './dial-words.ts';

const row = (value: string): PersonRow => ({
  id: 'a',
  name: 'Nora Keller',
  number: { value, kind: 'work' },
  numberCount: 1,
  favourite: false,
  source: 'local',
});
const dials = (target: string): DialPreview => ({ dialable: true, target, shown: target });

test('spaces and a trunk zero do not make another number', () => {
  expect(isSameNumber(row('+41 44 123 45 67'), dials('0441234567'))).toBe(true);
  expect(isSameNumber(row('+41 44 123 45 67'), dials('+41441234567'))).toBe(true);
});

test('a part of a number is not the number', () => {
  expect(isSameNumber(row('+49 30 23125 014'), dials('+49302312'))).toBe(false);
  expect(isSameNumber(row('4410'), dials('0'))).toBe(false);
});

test('an address is compared as it is', () => {
  expect(isSameNumber(row('kelvin.osei@example.com'), dials('kelvin.osei@example.com'))).toBe(true);
  expect(isSameNumber(row('4410'), dials('4410@example.com'))).toBe(false);
});

test('the preview says whose number it is', () => {
  expect(ownerOf('Nora Keller', 'work')).toBe('Nora Keller, work');
  expect(ownerOf('Kelvin Osei', 'sip')).toBe('Kelvin Osei, SIP address');
});
