// `"Name" <uri>;params` as in From, To, Contact, Route (RFC 3261 20.10, 25.1).
import { endOfQuoted, formatParams, isParams, parseParams, quote, readQuoted, skipSpace } from './scan.ts';
import type { NameAddr } from './types.ts';

/**
 * Reads a name-addr or addr-spec with its parameters; null when it is neither (`*` of Contact, an open quote, ...).
 * Without `<>` all parameters belong to the header (RFC 3261 20.10). Names that should have been quoted are taken as
 * they are: they are common, and UTF-8 in them is harmless.
 */
export function parseNameAddr(text: string): NameAddr | null {
  const parts = findParts(text);
  const params = parts && parseParams(text, parts.params);
  if (!params) return null;
  const { uri, name } = parts;
  const quoted = name.startsWith('"') ? readQuoted(name, 0) : null;
  const displayName = quoted ? quoted.value : name;
  return displayName === '' ? { uri, params } : { displayName, uri, params };
}

/** True for what {@link parseNameAddr} reads. */
export function isNameAddr(text: string): boolean {
  const parts = findParts(text);
  return parts !== null && isParams(text, parts.params);
}

/** Writes it with `<>` always, so that parameters cannot move. */
export function formatNameAddr(address: NameAddr): string {
  const name = address.displayName === undefined ? '' : `${quote(address.displayName)} `;
  return `${name}<${address.uri}>${formatParams(address.params)}`;
}

/** The `tag` of a From or To value; undefined when it has none or cannot be read. */
export function tagOf(value: string | undefined): string | undefined {
  return value === undefined ? undefined : parseNameAddr(value)?.params.get('tag');
}

/** The name as it stands there, the URI, and where the parameters begin. */
function findParts(text: string): { name: string; uri: string; params: number } | null {
  const start = skipSpace(text, 0);
  const quoted = text.charCodeAt(start) === 0x22;
  const nameEnd = quoted ? endOfQuoted(text, start) : start;
  if (nameEnd < 0) return null;
  const angle = text.indexOf('<', nameEnd);
  const semicolon = text.indexOf(';', nameEnd);
  if (quoted && skipSpace(text, nameEnd) !== angle) return null;
  if (angle < 0 || (semicolon >= 0 && semicolon < angle)) {
    const end = semicolon < 0 ? text.length : semicolon;
    return asParts('', text.slice(start, end), end);
  }
  const close = text.indexOf('>', angle);
  return close < 0 ? null : asParts(text.slice(start, angle), text.slice(angle + 1, close), close + 1);
}

function asParts(name: string, uri: string, params: number): ReturnType<typeof findParts> {
  const trimmed = uri.trim();
  return /^[A-Za-z][A-Za-z0-9+.-]*:\S/.test(trimmed) ? { name: name.trim(), uri: trimmed, params } : null;
}
