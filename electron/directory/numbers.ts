// Numbers as people write them, and as they are compared: RFC 3966 visual separators, E.164, extensions, service codes.
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { typable } from './harmless.ts';

/** Spaces, all dashes, dots, slashes, brackets: they group digits and mean nothing (RFC 3966 section 5.1.1). */
const separators = /[\s.\-‐-―−/()[\]·•]/gu;
/** "+41 (0)44": the bracketed zero is dialled inside the country only. */
const optionalTrunk = /\(\s*0\s*\)/gu;

/** Most numbers are; nothing in them has to be looked up in Unicode's tables. */
const ascii = /^[\u0020-\u007e]*$/;
/** Written as it is dialled. */
const bareNumber = /^(?:\+\d+|[\d*#]+)$/;

/** Characters that print as digits in other scripts (Arabic-Indic, Devanagari, full width) as 0 to 9. */
export function westernDigits(text: string): string {
  if (ascii.test(text)) return text;
  return text.normalize('NFKC').replace(/[\p{Nd}]/gu, (digit) => String(digitValue(digit)));
}

/** In every script the ten digits follow each other, and blocks of them begin at their zero. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (code - zero) % 10;
}

/**
 * The digits to dial in a number as written: separators gone, a leading + kept, * and # kept, "(0)" after a country
 * code dropped. null when there is anything else in it.
 */
export function dialable(text: string): string | null {
  if (bareNumber.test(text)) return text;
  const plain = westernDigits(typable(text)).trim();
  const international = /^(?:\(?\+|00[\s.-]*[1-9])/.test(plain);
  const bare = (international ? plain.replace(optionalTrunk, '') : plain).replace(separators, '');
  return bareNumber.test(bare) ? bare : null;
}

/** A number in the form in which numbers are compared. */
export interface ComparableNumber {
  /** Digits with * and #; of an international number without its + or 00. */
  digits: string;
  /** Written with + or 00: complete, with its country. */
  international: boolean;
}

/** null when the text is no number. */
export function comparable(text: string): ComparableNumber | null {
  const dialled = dialable(text);
  if (dialled === null) return null;
  if (dialled.startsWith('+')) return { digits: dialled.slice(1), international: true };
  if (/^00[1-9]\d{6,}$/.test(dialled)) return { digits: dialled.slice(2), international: true };
  return { digits: dialled, international: false };
}

/** How many last digits must agree where the country of one number is not known. */
const telling = 9;
/** Shorter ones are extensions and service numbers, which belong to no country. */
const shortestNational = 6;
const tailLength = 5;

/**
 * How surely two numbers are one: 3 digit by digit, 2 one is the other's national form, 1 the last nine digits agree;
 * 0 they are not. Extensions and short numbers only ever agree digit by digit.
 */
export function sameness(one: ComparableNumber, other: ComparableNumber): 0 | 1 | 2 | 3 {
  if (one.digits === other.digits) return 3;
  if (one.international && other.international) return 0;
  if (one.international) return nationalSameness(one, other);
  if (other.international) return nationalSameness(other, one);
  return suffixSameness(one, other);
}

function nationalSameness(international: ComparableNumber, other: ComparableNumber): 0 | 1 | 2 {
  if (other.digits.length < shortestNational) return 0;
  const country = parsePhoneNumberFromString(`+${international.digits}`)?.countryCallingCode;
  if (country !== undefined) {
    // Knows each country's trunk prefix: 0 in most, 8 in Russia, 06 in Hungary, none in Italy.
    const completed = parsePhoneNumberFromString(other.digits, { defaultCallingCode: country })?.number;
    if (completed === `+${international.digits}`) return 2;
  }
  return suffixSameness(international, other);
}

function suffixSameness(one: ComparableNumber, other: ComparableNumber): 0 | 1 {
  // Of equal length and yet different: two countries or two areas, not two spellings.
  if (one.digits.length === other.digits.length) return 0;
  if (Math.min(one.digits.length, other.digits.length) < telling) return 0;
  return one.digits.slice(-telling) === other.digits.slice(-telling) ? 1 : 0;
}

/** The part of a number by which candidates are looked up; null for extensions, which are looked up whole. */
export function tail(number: ComparableNumber): string | null {
  return number.digits.length > tailLength ? number.digits.slice(-tailLength) : null;
}

/** `sip:Nora@Example.com:5060;transport=tcp` -> `Nora@example.com`; null when there is no user@host in it. RFC 3261 19.1. */
export function address(text: string): string | null {
  if (!text.includes('@')) return null;
  const bare = typable(text)
    .trim()
    .replace(/^sips?:/i, '')
    .replace(/[?].*$/, '');
  const at = bare.lastIndexOf('@');
  if (at < 1) return null;
  const user = bare.slice(0, at).split(';')[0]?.split(':')[0] ?? '';
  const host = (bare.slice(at + 1).split(';')[0] ?? '').replace(/:\d+$/, '').toLowerCase();
  return user === '' || host === '' || /[\s<>"]/.test(user + host) ? null : `${user}@${host}`;
}

/** As a person reads it: "+41 44 123 45 67". Numbers without + stay as they are, and so does what would change a digit. */
export function readable(dialled: string): string {
  if (!dialled.startsWith('+')) return dialled;
  const shown = parsePhoneNumberFromString(dialled)?.format('INTERNATIONAL');
  return shown !== undefined && shown.replace(/\s/gu, '') === dialled ? shown : dialled;
}
