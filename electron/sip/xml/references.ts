// Character and entity references (XML 1.0 section 4.1): numbers and the five names; there are no others without a DTD.

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['apos', "'"],
  ['gt', '>'],
  ['lt', '<'],
  ['quot', '"'],
]);

/** The longest is `&#x10FFFF;`, with leading zeros to spare. */
const LONGEST = 16;

/** Replaces every reference, once (`&amp;lt;` becomes `&lt;`); null when one cannot be read or is not known. */
export function expandReferences(text: string): string | null {
  let at = text.indexOf('&');
  if (at < 0) return text;
  let expanded = '';
  let start = 0;
  while (at >= 0) {
    const end = text.slice(at, at + LONGEST).indexOf(';');
    const value = end < 0 ? null : valueOf(text.slice(at + 1, at + end));
    if (value === null) return null;
    expanded += text.slice(start, at) + value;
    start = at + end + 1;
    at = text.indexOf('&', start);
  }
  return expanded + text.slice(start);
}

function valueOf(reference: string): string | null {
  if (!reference.startsWith('#')) return NAMED.get(reference) ?? null;
  const digits = /^#(?:x([0-9A-Fa-f]+)|([0-9]+))$/.exec(reference);
  if (!digits) return null;
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
  return isCharacter(code) ? String.fromCodePoint(code) : null;
}

/** XML 1.0 production [2] `Char`. */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
