// Links that other programs hand over: tel: (RFC 3966), sip: and sips: (RFC 3261 section 19.1), callto:.
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { typable } from './harmless.ts';
import { dialable } from './numbers.ts';

/** Longest link that is looked at, characters. */
const longest = 512;

/**
 * The text that a link puts into the field, where it waits for a click (RFC 3966 section 11: no call without consent).
 * Parameters and headers are dropped, escapes decoded, control and direction characters removed. null: not a link of
 * these schemes, longer than 512 characters, badly escaped, or empty.
 */
export function parseLink(url: string): string | null {
  return url.length > longest ? null : linkText(url);
}

/** {@link parseLink} without its limit, for text that a person typed. */
export function linkText(url: string): string | null {
  const match = /^(sips?|tel|callto):(?:\/\/)?(.*)$/is.exec(url.trim());
  const rest = match?.[2]?.trim() ?? '';
  switch (match?.[1]?.toLowerCase()) {
    case 'tel':
      return telephone(rest);
    case 'callto':
      // Skype's callto: carries a number, an address or a whole link of another scheme.
      return /^(?:tel|sips?):/i.test(rest) ? linkText(rest) : rest.includes('@') ? sip(rest, '') : telephone(rest);
    case 'sip':
      return sip(rest, '');
    case 'sips':
      return sip(rest, 'sips:');
    default:
      return null;
  }
}

/** RFC 3966 section 3: digits, then parameters; the context says where a local number is valid. */
function telephone(rest: string): string | null {
  const withoutQuery = rest.split('?')[0] ?? '';
  const [subscriber = '', ...parameters] = withoutQuery.split(';');
  const number = decode(subscriber)?.trim() ?? null;
  if (number === null || number === '') return null;
  const keys = keysAfter(parameters);
  const context = parameters.map((parameter) => /^phone-context=(.+)$/i.exec(parameter)?.[1]).find(Boolean);
  return (context === undefined ? number : inContext(number, decode(context)?.trim() ?? '')) + keys;
}

/** An extension (RFC 3966 section 5.3), or what is dialled later (RFC 2806 section 2.2: `p` and `w` are pauses). */
function keysAfter(parameters: readonly string[]): string {
  for (const parameter of parameters) {
    const [, extension, later] =
      /^(?:ext=([\d*#().-]{1,16})|postd=([\d*#pw,().-]{1,32}))$/i.exec(decode(parameter) ?? '') ?? [];
    const keys = (extension === undefined ? (later ?? '') : `,${extension}`)
      .replace(/[pw]/gi, ',')
      .replace(/[().-]/g, '');
    if (keys !== '') return keys.startsWith(',') ? keys : `,${keys}`;
  }
  return '';
}

/**
 * RFC 3966 section 5.1.5. A domain: the number is that domain's. A country: its national numbers are completed; digits
 * are never just put together, for 911 in +1 is not +1911.
 */
function inContext(number: string, context: string): string {
  const digits = dialable(number);
  if (digits === null || digits.startsWith('+')) return number;
  if (!context.startsWith('+')) return /^[\p{L}\p{N}][\p{L}\p{N}.-]*$/u.test(context) ? `${digits}@${context}` : number;
  const country = dialable(context)?.slice(1) ?? '';
  if (!/^\d{1,3}$/.test(country)) return number;
  const completed = parsePhoneNumberFromString(digits, { defaultCallingCode: country });
  return completed?.isValid() ? completed.number : number;
}

/** RFC 3261 section 19.1.1: user:password@host:port;parameters?headers. */
function sip(rest: string, scheme: '' | 'sips:'): string | null {
  const withoutHeaders = rest.replace(/\?(?=[^@]*$).*$/s, '').replace(/^<|>$/g, '');
  const at = withoutHeaders.lastIndexOf('@');
  if (at === -1) return telephone(withoutHeaders.replace(/:\d+$/, ''));
  const [host = '', ...parameters] = withoutHeaders.slice(at + 1).split(';');
  const user = (withoutHeaders.slice(0, at).split(':')[0] ?? '').trim();
  // user=phone: the user part is a tel: number with tel: parameters (RFC 3261 section 19.1.6).
  const phone = parameters.some((parameter) => /^user=phone$/i.test(parameter));
  const name = userText((phone ? user.split(';')[0] : user) ?? '');
  const server = decode(host)?.trim();
  if (name === null || name === '' || !server) return null;
  return `${scheme}${name}@${server}`;
}

/** Escapes are decoded where the character may stand in a user part; `%40` and `%23` stay escaped, or they would mean more. */
function userText(user: string): string | null {
  if (decode(user) === null) return null;
  const decoded = user.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) => {
    const text = decode(escaped) ?? '';
    return /^[\p{L}\p{N}\-_.!~*'()&=+$,;?/]*$/u.test(text) ? text : escaped;
  });
  return typable(decoded);
}

/** Percent-decoded and typable; null for escapes that are none. */
function decode(text: string): string | null {
  try {
    return typable(decodeURIComponent(text));
  } catch {
    return null;
  }
}
