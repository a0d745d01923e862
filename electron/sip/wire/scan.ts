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
  let value = '';
  let start = at + 1;
  for (let i = start; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x5c) {
      if (i + 1 >= text.length) return null;
      value += text.slice(start, i);
      i++;
      start = i;
    } else if (c === 0x22) {
      return { value: value + text.slice(start, i), end: i + 1 };
    }
  }
  return null;
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
  const length = text.length;
  let i = skipSpace(text, at);
  while (i < length) {
    if (text.charCodeAt(i) !== 0x3b) return null;
    i = skipSpace(text, i + 1);
    if (i >= length || text.charCodeAt(i) === 0x3b) continue;
    const nameStart = i;
    while (i < length && !isParamEnd(text.charCodeAt(i))) i++;
    const name = text.slice(nameStart, i).toLowerCase();
    if (name === '') return null;
    i = skipSpace(text, i);
    let value = '';
    if (i < length && text.charCodeAt(i) === 0x3d) {
      i = skipSpace(text, i + 1);
      if (text.charCodeAt(i) === 0x22) {
        const quoted = readQuoted(text, i);
        if (!quoted) return null;
        value = quoted.value;
        i = quoted.end;
      } else {
        const end = text.indexOf(';', i);
        const stop = end < 0 ? length : end;
        value = text.slice(i, stop).trimEnd();
        i = stop;
      }
      i = skipSpace(text, i);
    }
    // The first of two wins, as with libre and sofia-sip: what a proxy appended cannot replace what the sender wrote.
    if (!params.has(name)) params.set(name, value);
  }
  return params;
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

const TOKEN = new Uint8Array(128);
for (const c of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~") TOKEN[c.charCodeAt(0)] = 1;

/** RFC 3261 25.1 `token`. */
export function isToken(text: string): boolean {
  if (text === '') return false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c > 127 || TOKEN[c] !== 1) return false;
  }
  return true;
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
