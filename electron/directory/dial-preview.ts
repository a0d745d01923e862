// What typed text would dial: the number or address, shown before anything is dialled, or why nothing can be.
import type { DialPreview } from '../../contract/index.ts';
import { areKeys, splitKeys } from './after-keys.ts';
import { applyRules, completed, type Rewriting } from './dial-rules.ts';
import { typable } from './harmless.ts';
import { linkText } from './links.ts';
import { dialable, readable, westernDigits } from './numbers.ts';

export interface DialContext extends Rewriting {
  /** Domain of the account that would call. */
  domain?: string;
}

/** E.164 allows 15 digits; prefixes, calling cards and service codes make it longer, a paragraph is something else. */
const longestNumber = 48;
const longestAddress = 256;

/** RFC 3261 section 25.1 `user`: unreserved, escaped and user-unreserved; the rest would have to be escaped. */
const userPart = /^(?:[\p{L}\p{N}\-_.!~*'()&=+$,;?/#]|%[0-9a-f]{2})+$/iu;
const hostName =
  /^(?=.{1,253}$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?\.)*[\p{L}\p{N}](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?\.?$/u;
const ipv6 = /^\[[0-9a-f:.]{2,45}\]$/i;

/** What is dialled, in its parts. */
export interface Dialled {
  /** The number as it is kept and called again: E.164 where the account has a country, else as typed; or an address. */
  number: string;
  /** What goes to the exchange: `number` after the account's rules. */
  dialled: string;
  /** Keyed once somebody answers; each comma is a pause of two seconds. */
  keys: string;
}

type Outcome = Dialled | { why: string | null };

/**
 * What the text in the field would dial. Numbers are cleared of separators, completed with the account's country and
 * rewritten by its rules; extensions, short and emergency numbers and service codes are dialled as typed. Letters are
 * dialable only in an address (user@host, sip:, sips:, tel:). `why` is null where the text is simply a name, or empty: the
 * window has its own words for that.
 */
export function dialPreview(text: string, context: DialContext = {}): DialPreview {
  const outcome = dialled(text, context);
  if ('why' in outcome) return { dialable: false, why: outcome.why };
  const { number, dialled: sent, keys } = outcome;
  return { dialable: true, target: number + keys, shown: readable(sent) + keys };
}

/** As {@link dialPreview} shows it, in its parts. */
export function dialled(text: string, context: DialContext = {}): Outcome {
  const plain = typable(text).trim();
  // Pasted from a message: "Nora Keller" <sip:nora@example.com> (RFC 3261 section 25.1, name-addr).
  const typed = (/<([^<>]*)>$/.exec(plain)?.[1] ?? plain).trim();
  if (typed === '') return no(null);
  const scheme = /^(sips?|tel|callto):/i.exec(typed)?.[1]?.toLowerCase();
  if (scheme !== undefined) {
    const inside = linkText(typed);
    if (inside === null) return no(`There is nothing to dial in this ${scheme}: address.`);
    return plainText(inside, context);
  }
  return plainText(typed, context);
}

function plainText(typed: string, context: DialContext): Outcome {
  if (/^sips:/i.test(typed)) return address(typed.slice(5), 'sips:');
  return typed.includes('@') ? address(typed, '') : number(typed, context);
}

function number(text: string, context: DialContext): Outcome {
  const { number: typed, keys } = splitKeys(westernDigits(text));
  if (/\p{L}/u.test(typed)) return no(null);
  const written = dialable(typed);
  if (written === null) return no(whyNoNumber(typed));
  if (written.length > longestNumber) return no(`This is too long for a number: it has ${written.length} digits.`);
  if (keys !== '' && !areKeys(keys))
    return no('After the comma there are up to 32 digits, * or #, which are keyed later.');
  const target = completed(written, context);
  return { number: target, dialled: applyRules(target, context), keys };
}

function whyNoNumber(typed: string): string {
  if (!/[\d*#]/.test(typed)) return typed.includes('+') ? 'A number follows the +.' : 'There is no digit in it.';
  if (/.\+/.test(typed.replace(/^[\s(]*/u, ''))) return 'A + belongs only at the start of a number.';
  if (typed.includes('+')) return 'After a + there are only digits.';
  const odd = /[^\d*#+\s.\-‐-―−/()[\]·•]/u.exec(typed)?.[0];
  return odd === undefined ? 'This is not a number.' : `"${odd}" cannot be dialled.`;
}

function address(typed: string, scheme: '' | 'sips:'): Outcome {
  const trimmed = typed.trim();
  if (trimmed.length > longestAddress) return no('This is too long for an address.');
  const at = trimmed.lastIndexOf('@');
  const user = trimmed.slice(0, Math.max(at, 0));
  const host = trimmed.slice(at + 1);
  if (/\s/.test(trimmed)) return no('An address has no spaces: name@company.com.');
  if (at < 1) return no('An address needs a name before the @: name@company.com.');
  if (host === '') return no('An address needs a server after the @: name@company.com.');
  if (!userPart.test(user)) return no(`"${user}" cannot stand before the @ of an address.`);
  if (!isHost(host)) return no(`"${host}" is not the name of a server.`);
  const target = `${scheme}${user}@${host.toLowerCase()}`;
  return { number: target, dialled: target, keys: '' };
}

function isHost(host: string): boolean {
  const port = /:(\d{1,5})$/.exec(host);
  if (port && (Number(port[1]) > 65_535 || Number(port[1]) === 0)) return false;
  const name = port ? host.slice(0, port.index) : host;
  return ipv6.test(name) || hostName.test(name);
}

function no(why: string | null): Outcome {
  return { why };
}
