// Dial rules of an account: what its exchange wants instead of the number as written. Extensions, short and emergency
// numbers and service codes are never rewritten.
import { isSupportedCountry, parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/max';
import type { DialRule } from '../../contract/index.ts';

export interface Rewriting {
  /** ISO 3166 of the account. */
  country?: string | undefined;
  dialRules?: readonly DialRule[] | undefined;
  /** Dialled as typed, whatever their length: the person's own emergency numbers. */
  asTyped?: readonly string[];
}

/** Six digits and fewer are extensions, service and emergency numbers everywhere. */
const longestShort = 6;

/** E.164, where the number is a complete one of the country, or an international one with the country's 00; else as it is. */
export function completed(target: string, { country, asTyped = [] }: Rewriting): string {
  if (!isRewritable(target, asTyped) || target.startsWith('+') || country === undefined) return target;
  if (!isSupportedCountry(country)) return target;
  // The exact table: with the short one, seven digits of a company's own would be a number of some country.
  const parsed = parsePhoneNumberFromString(target, country);
  return parsed?.isValid() && isComplete(target, parsed) ? parsed.number : target;
}

/**
 * Whether it is written as it is dialled inside the country, or behind its 00. Without the 0 of the trunk it is a number of the
 * same town, or of the company: nobody knows which town.
 */
function isComplete(target: string, number: PhoneNumber): boolean {
  if (number.formatNational().replace(/\D/g, '') === target) return true;
  const digits = number.number.slice(1);
  // North America's trunk prefix is its country code.
  return target.endsWith(digits) && (target.length > digits.length || number.countryCallingCode === '1');
}

/** The digits to dial for `target`, as {@link completed} gives it. */
export function applyRules(target: string, { dialRules = [], asTyped = [] }: Rewriting): string {
  if (!isRewritable(target, asTyped)) return target;
  const rule = dialRules.find(({ starts }) => target.startsWith(starts));
  if (!rule) return target;
  const rest = target.slice(rule.starts.length);
  const dialled = rule.does === 'prefix' ? rule.digits + target : rule.does === 'strip' ? rest : rule.digits + rest;
  // A rule that leaves nothing to dial, or what is no number (9+41), or a short number that nobody typed (112), is not followed.
  return /^\+?\d+$/.test(dialled) && dialled.length > longestShort ? dialled : target;
}

function isRewritable(target: string, asTyped: readonly string[]): boolean {
  if (!/^\+?\d+$/.test(target) || asTyped.includes(target)) return false;
  return target.startsWith('+') || target.length > longestShort;
}
