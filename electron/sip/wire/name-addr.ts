// `"Name" <uri>;params` as in From, To, Contact, Route (RFC 3261 20.10, 25.1).
import { formatParams, parseParams, quote, readQuoted, skipSpace } from './scan.ts';
import type { NameAddr } from './types.ts';

/**
 * Reads a name-addr or addr-spec with its parameters; null when it is neither (`*` of Contact, an open quote, ...).
 * Without `<>` all parameters belong to the header (RFC 3261 20.10). Names that should have been quoted are taken as
 * they are: they are common, and UTF-8 in them is harmless.
 */
export function parseNameAddr(text: string): NameAddr | null {
  const start = skipSpace(text, 0);
  if (text.charCodeAt(start) === 0x22) {
    const quoted = readQuoted(text, start);
    if (!quoted) return null;
    const angle = skipSpace(text, quoted.end);
    return text[angle] === '<' ? parseAngle(text, angle, quoted.value) : null;
  }
  const angle = text.indexOf('<', start);
  const semicolon = text.indexOf(';', start);
  if (angle >= 0 && (semicolon < 0 || angle < semicolon))
    return parseAngle(text, angle, text.slice(start, angle).trim());
  const end = semicolon < 0 ? text.length : semicolon;
  return finish('', text.slice(start, end).trim(), parseParams(text, end));
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

function parseAngle(text: string, angle: number, displayName: string): NameAddr | null {
  const close = text.indexOf('>', angle);
  if (close < 0) return null;
  return finish(displayName, text.slice(angle + 1, close).trim(), parseParams(text, close + 1));
}

function finish(displayName: string, uri: string, params: Map<string, string> | null): NameAddr | null {
  if (!params || !/^[A-Za-z][A-Za-z0-9+.-]*:\S/.test(uri)) return null;
  return displayName === '' ? { uri, params } : { displayName, uri, params };
}
