// Which language a person gets, and whose rules its dates follow.
import { expect, it } from 'vitest';
import { chooseLanguage, directionOf } from './language.ts';

it("is the first of the system's languages that there are words in, with that system's rules", () => {
  expect(chooseLanguage('system', ['de-CH', 'en-GB'])).toEqual({ language: 'de', locale: 'de-CH' });
  expect(chooseLanguage('system', ['rm-CH', 'it_CH'])).toEqual({ language: 'it', locale: 'it-CH' });
});

it('is English where none fits', () => {
  expect(chooseLanguage('system', ['fi-FI'])).toEqual({ language: 'en', locale: 'en-GB' });
  expect(chooseLanguage('system', [])).toEqual({ language: 'en', locale: 'en-GB' });
});

it('is the chosen one whatever the system speaks', () => {
  expect(chooseLanguage('pl', ['de-DE'])).toEqual({ language: 'pl', locale: 'pl' });
  expect(chooseLanguage('en', ['de-DE', 'en-US'])).toEqual({ language: 'en', locale: 'en-US' });
});

it('writes Arabic from the right, with the digits of telephone numbers', () => {
  expect(directionOf('ar')).toBe('rtl');
  expect(directionOf('ja')).toBe('ltr');
  const { locale } = chooseLanguage('system', ['ar-EG']);
  expect(new Intl.NumberFormat(locale).format(12)).toBe('12');
});
