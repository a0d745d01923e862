// SIP, SIPS and tel URIs (RFC 3261 19.1, RFC 3966).
import { ALPHA, asciiSet, DIGITS, isAll, parseNumber } from './scan.ts';
import type { SipUri } from './types.ts';

const LETTERS = asciiSet(ALPHA);
const SCHEME = asciiSet(`${ALPHA}${DIGITS}+.-`);
const HOST = asciiSet(`${ALPHA}${DIGITS}_.-`);

/**
 * Reads a URI without angle brackets; null when it is none of sip:, sips:, tel: or is not well formed.
 * `user` stays escaped as on the wire (with a password, should there be one): see {@link unescapeUser}.
 */
export function parseUri(text: string): SipUri | null {
  const scheme = schemeOf(text);
  if (scheme === 'tel') return parseTel(text.slice(4));
  if (scheme !== 'sip' && scheme !== 'sips') return null;
  const rest = text.slice(scheme.length + 1);
  if (/[\s<>"]/.test(rest)) return null;

  // A user part may hold ";" and "?"; nothing after it may hold "@".
  const at = rest.indexOf('@');
  const afterUser = at + 1;
  const question = rest.indexOf('?', afterUser);
  const main = question < 0 ? rest : rest.slice(0, question);
  const semicolon = main.indexOf(';', afterUser);
  const place = parseHostPort(main.slice(afterUser, semicolon < 0 ? main.length : semicolon));
  if (!place || at === 0) return null;
  const params = semicolon < 0 ? new Map<string, string>() : parseUriParams(main.slice(semicolon + 1));
  const uri: SipUri = { scheme, host: place.host, params };
  if (at > 0) uri.user = rest.slice(0, at);
  if (place.port !== undefined) uri.port = place.port;
  if (question >= 0) uri.headers = rest.slice(question + 1);
  return uri;
}

/** Writes a URI as {@link parseUri} reads it. */
export function formatUri(uri: SipUri): string {
  let text = `${uri.scheme}:`;
  if (uri.scheme === 'tel') text += uri.user ?? '';
  else text += (uri.user === undefined ? '' : `${uri.user}@`) + formatHostPort(uri.host, uri.port);
  for (const [name, value] of uri.params) text += value === '' ? `;${name}` : `;${name}=${value}`;
  return uri.headers === undefined ? text : `${text}?${uri.headers}`;
}

/** Lower-case scheme of any URI, or null. */
export function schemeOf(uri: string): string | null {
  const colon = uri.indexOf(':');
  return isAll(SCHEME, uri, 0, colon) && isAll(LETTERS, uri, 0, 1) ? uri.slice(0, colon).toLowerCase() : null;
}

/** `host`, `host:port`, `[v6]`, `[v6]:port`; the host comes back without brackets. Null when it is none of these. */
export function parseHostPort(text: string): { host: string; port?: number } | null {
  const bracket = text.startsWith('[');
  const end = bracket ? text.indexOf(']') : colonOrEnd(text);
  if (end < 0 || !(bracket ? /^\[[0-9A-Fa-f:.]+(%[\w.-]+)?\]/.test(text) : isAll(HOST, text, 0, end))) return null;
  const host = text.slice(bracket ? 1 : 0, end);
  const rest = bracket ? end + 1 : end;
  if (rest === text.length) return { host };
  const port = text[rest] === ':' ? parseNumber(text.slice(rest + 1), 65_535) : null;
  return port === null ? null : { host, port };
}

/** Puts the brackets of IPv6 back. */
export function formatHostPort(host: string, port?: number): string {
  const shown = host.includes(':') ? `[${host}]` : host;
  return port === undefined ? shown : `${shown}:${port}`;
}

/** User part as a person reads it. An escape that is not UTF-8 is left as it stands. */
export function unescapeUser(user: string): string {
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}

/** Escapes what a user part may not hold (RFC 3261 25.1 `user`). */
export function escapeUser(text: string): string {
  return encodeURIComponent(text).replace(/%(26|3D|2B|24|2C|3B|3F|2F)/g, (escape) => decodeURIComponent(escape));
}

function parseTel(rest: string): SipUri | null {
  const semicolon = rest.indexOf(';');
  const number = semicolon < 0 ? rest : rest.slice(0, semicolon);
  if (!/^\+?[0-9A-Fa-f*#().-]+$/.test(number)) return null;
  const params = semicolon < 0 ? new Map<string, string>() : parseUriParams(rest.slice(semicolon + 1));
  return { scheme: 'tel', user: number, host: '', params };
}

function parseUriParams(text: string): Map<string, string> {
  const params = new Map<string, string>();
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).toLowerCase();
    if (name !== '' && !params.has(name)) params.set(name, equals < 0 ? '' : part.slice(equals + 1));
  }
  return params;
}

function colonOrEnd(text: string): number {
  const colon = text.indexOf(':');
  return colon < 0 ? text.length : colon;
}
