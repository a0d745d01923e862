// What typed text would dial: the number or address, shown before anything is dialled, or why nothing can be.
import type { DialPreview } from '../../contract/index.ts';
import { typable } from './harmless.ts';
import { linkText } from './links.ts';
import { dialable, readable, westernDigits } from './numbers.ts';

export interface DialContext {
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

/**
 * What the text in the field would dial. Numbers are cleared of separators and otherwise never rewritten: extensions,
 * service codes and emergency numbers are dialled as typed. Letters are dialable only in an address (user@host, sip:,
 * sips:, tel:). `why` is null where the text is simply a name, or empty: the window has its own words for that.
 */
export function dialPreview(text: string, _context: DialContext = {}): DialPreview {
  const plain = typable(text).trim();
  // Pasted from a message: "Nora Keller" <sip:nora@example.com> (RFC 3261 section 25.1, name-addr).
  const typed = (/<([^<>]*)>$/.exec(plain)?.[1] ?? plain).trim();
  if (typed === '') return no(null);
  const scheme = /^(sips?|tel|callto):/i.exec(typed)?.[1]?.toLowerCase();
  if (scheme !== undefined) {
    const inside = linkText(typed);
    if (inside === null) return no(`There is nothing to dial in this ${scheme}: address.`);
    return plainText(inside);
  }
  return plainText(typed);
}

function plainText(typed: string): DialPreview {
  if (/^sips:/i.test(typed)) return address(typed.slice(5), 'sips:');
  return typed.includes('@') ? address(typed, '') : number(typed);
}

function number(typed: string): DialPreview {
  if (/\p{L}/u.test(westernDigits(typed))) return no(null);
  const target = dialable(typed);
  if (target === null) return no(whyNoNumber(westernDigits(typed)));
  if (target.length > longestNumber) return no(`This is too long for a number: it has ${target.length} digits.`);
  return { dialable: true, target, shown: readable(target) };
}

function whyNoNumber(typed: string): string {
  if (!/[\d*#]/.test(typed)) return typed.includes('+') ? 'A number follows the +.' : 'There is no digit in it.';
  if (/.\+/.test(typed.replace(/^[\s(]*/u, ''))) return 'A + belongs only at the start of a number.';
  if (typed.includes('+')) return 'After a + there are only digits.';
  const odd = /[^\d*#+\s.\-‐-―−/()[\]·•]/u.exec(typed)?.[0];
  return odd === undefined ? 'This is not a number.' : `"${odd}" cannot be dialled.`;
}

function address(typed: string, scheme: '' | 'sips:'): DialPreview {
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
  return { dialable: true, target, shown: target };
}

function isHost(host: string): boolean {
  const port = /:(\d{1,5})$/.exec(host);
  if (port && (Number(port[1]) > 65_535 || Number(port[1]) === 0)) return false;
  const name = port ? host.slice(0, port.index) : host;
  return ipv6.test(name) || hostName.test(name);
}

function no(why: string | null): DialPreview {
  return { dialable: false, why };
}
