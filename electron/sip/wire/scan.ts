// Reading of structured header values (RFC 3261 25.1): tokens, quoted strings, comma lists, parameters.

/** Splits at `separator` outside of quoted strings and `<>`; elements are trimmed, empty ones kept. */
export function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  if (!text.includes(separator)) return [text.trim()];
  const mark = separator.charCodeAt(0);
  const parts: string[] = [];
  let start = 0;
  let inQuotes = false;
  let inAngles = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (inQuotes) {
      if (c === 0x5c) i++;
      else if (c === 0x22) inQuotes = false;
    } else if (c === 0x22) inQuotes = true;
    else if (c === 0x3c) inAngles = true;
    else if (c === 0x3e) inAngles = false;
    else if (c === mark && !inAngles) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}

/** Reads the quoted string that starts at `at`; null when it never ends. `end` is the index after the closing quote. */
export function readQuoted(text: string, at: number): { value: string; end: number } | null {
  const end = endOfQuoted(text, at);
  return end < 0 ? null : { value: text.slice(at + 1, end - 1).replace(/\\([^])/g, '$1'), end };
}

/** The index after the closing quote of the quoted string that starts at `at`; -1 when it never ends. */
export function endOfQuoted(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) return i + 1;
    if (c === 0x5c) i++;
  }
  return -1;
}

/** Writes a quoted string, escaping what must be. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/**
 * Parameters from `at` on: `;name=value;name`. Names become lower case, quoted values lose their quotes, a parameter
 * without value is ''. Empty parameters (`;;`) are passed over; null when it is not a list of parameters.
 */
export function parseParams(text: string, at: number): Map<string, string> | null {
  const params = new Map<string, string>();
  const fits = scanParams(text, at, (nameStart, nameEnd, valueStart, valueEnd) => {
    const name = text.slice(nameStart, nameEnd).toLowerCase();
    // The first of two wins, as with libre and sofia-sip: what a proxy appended cannot replace what the sender wrote.
    if (params.has(name)) return;
    const quoted = valueEnd > valueStart && text.charCodeAt(valueStart) === 0x22 ? readQuoted(text, valueStart) : null;
    params.set(name, quoted ? quoted.value : text.slice(valueStart, valueEnd).trimEnd());
  });
  return fits ? params : null;
}

/** True for what {@link parseParams} reads. */
export function isParams(text: string, at: number): boolean {
  return scanParams(text, at, null);
}

type FoundParam = (nameStart: number, nameEnd: number, valueStart: number, valueEnd: number) => void;

/** Tells where each parameter lies; false when it is not a list of parameters. */
function scanParams(text: string, at: number, found: FoundParam | null): boolean {
  const length = text.length;
  let i = skipSpace(text, at);
  while (i < length) {
    if (text.charCodeAt(i) !== 0x3b) return false;
    i = skipSpace(text, i + 1);
    if (i >= length || text.charCodeAt(i) === 0x3b) continue;
    const nameStart = i;
    while (i < length && !isParamEnd(text.charCodeAt(i))) i++;
    const nameEnd = i;
    if (nameEnd === nameStart) return false;
    i = skipSpace(text, i);
    let valueStart = i;
    let valueEnd = i;
    if (i < length && text.charCodeAt(i) === 0x3d) {
      valueStart = skipSpace(text, i + 1);
      valueEnd = text.charCodeAt(valueStart) === 0x22 ? endOfQuoted(text, valueStart) : endOfValue(text, valueStart);
      if (valueEnd < 0) return false;
      i = skipSpace(text, valueEnd);
    }
    found?.(nameStart, nameEnd, valueStart, valueEnd);
  }
  return true;
}

function endOfValue(text: string, at: number): number {
  const semicolon = text.indexOf(';', at);
  return semicolon < 0 ? text.length : semicolon;
}

/** Writes `;name=value` for each; a value that is neither token nor host is quoted. */
export function formatParams(params: ReadonlyMap<string, string>): string {
  let text = '';
  for (const [name, value] of params) text += value === '' ? `;${name}` : `;${name}=${plainOrQuoted(value)}`;
  return text;
}

function plainOrQuoted(value: string): string {
  // gen-value = token / host / quoted-string; host brings ":" and "[]" of IPv6.
  return /^[\w\-.!%*+`'~:[\]]+$/.test(value) ? value : quote(value);
}

/** Index of the first character at or after `at` that is no space or tab. */
export function skipSpace(text: string, at: number): number {
  let i = at;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (c !== 0x20 && c !== 0x09) break;
    i++;
  }
  return i;
}

function isParamEnd(c: number): boolean {
  return c === 0x3b || c === 0x3d || c === 0x20 || c === 0x09;
}

/** Marks the characters of `members`, all ASCII, for {@link isAll}. */
export function asciiSet(members: string): Uint8Array {
  const set = new Uint8Array(128);
  for (let i = 0; i < members.length; i++) set[members.charCodeAt(i)] = 1;
  return set;
}

/** True when each of the characters from `start` to `end` is in `set`, and there is one. */
export function isAll(set: Uint8Array, text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (set[text.charCodeAt(i)] !== 1) return false;
  return end > start;
}

export const ALPHA = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
export const DIGITS = '0123456789';
const TOKEN = asciiSet(`${ALPHA}${DIGITS}-.!%*_+\`'~`);
const SPACES = asciiSet('\t\n\v\f\r ');

/** True for white space as `\s` and `trim` have it. */
export function isSpace(c: number): boolean {
  return c < 128 ? SPACES[c] === 1 : /\s/.test(String.fromCharCode(c));
}

/** RFC 3261 25.1 `token`. */
export function isToken(text: string): boolean {
  return isTokenIn(text, 0, text.length);
}

/** True when a token, and nothing else, lies between two offsets. */
export function isTokenIn(text: string, start: number, end: number): boolean {
  return isAll(TOKEN, text, start, end);
}

/** A number of digits only, at most `max`; null otherwise. */
export function parseNumber(text: string, max: number): number | null {
  if (text === '' || text.length > 15) return null;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value <= max ? value : null;
}
