// The lines of a header section (RFC 3261 7.5): where they end, and what stands in them.
import { isAscii, isUtf8 } from 'node:buffer';

const LF = 0x0a;
const CR = 0x0d;

/** Bytes that hold most headers; only the others are looked for further. */
const FIRST_LOOK = 2048;

/** Lines as text. All offsets are octets: one character of `latin1` each. */
export interface Lines {
  /** The lines, and some of what follows. */
  readonly latin1: string;
  /** True when the lines are UTF-8 and not just ASCII. */
  readonly utf8: boolean;
  /** Where the last line ends. */
  readonly end: number;
  /** Where the body begins. */
  readonly body: number;
}

/** The lines from `from` to the first empty one; null while there is none before `to`. */
export function findLines(bytes: Buffer, from: number, to: number): Lines | null {
  let latin1 = bytes.toString('latin1', from, Math.min(to, from + FIRST_LOOK));
  let end = beforeEmptyLine(latin1);
  if (end < 0 && to - from > FIRST_LOOK) {
    latin1 = bytes.toString('latin1', from, to);
    end = beforeEmptyLine(latin1);
  }
  if (end < 0) return null;
  // Whoever keeps a value keeps the text that it was cut from: without a large body or the messages behind it.
  if (latin1.length > 2 * end) latin1 = bytes.toString('latin1', from, from + end + 1);
  const body = latin1.charCodeAt(end) === LF ? end + 1 : end + 2;
  return { latin1, utf8: isUtf8Text(bytes, from, from + end), end, body };
}

/** All lines between two offsets. */
export function linesWithin(bytes: Buffer, from: number, to: number): Lines {
  const end = to - from;
  return { latin1: bytes.toString('latin1', from, to), utf8: isUtf8Text(bytes, from, to), end, body: end };
}

/** The line feed of the start line, or the end of the lines. */
export function startLineEnd(lines: Lines): number {
  const lf = lines.latin1.indexOf('\n');
  return lf < 0 || lf > lines.end ? lines.end : lf;
}

/** The characters between two offsets, neither of which may lie inside of one. */
export function textOf(lines: Pick<Lines, 'latin1' | 'utf8'>, start: number, end: number): string {
  const text = lines.latin1.slice(start, end);
  return lines.utf8 ? Buffer.from(text, 'latin1').toString() : text;
}

/** The line feed that ends the line at `at` and the lines folded into it; `to` when there is none. */
export function endOfLine(text: string, at: number, to: number): number {
  let lf = text.indexOf('\n', at);
  while (lf >= 0 && lf + 1 < to && isBlank(text.charCodeAt(lf + 1))) lf = text.indexOf('\n', lf + 1);
  return lf < 0 || lf > to ? to : lf;
}

/** Where the last line before the first empty line ends, a bare line feed being an end too; -1 without an empty line. */
function beforeEmptyLine(text: string): number {
  for (let lf = text.indexOf('\n'); lf >= 0; lf = text.indexOf('\n', lf + 1)) {
    const next = text.charCodeAt(lf + 1);
    if (next === LF || (next === CR && text.charCodeAt(lf + 2) === LF)) return lf + 1;
  }
  return -1;
}

/** SIP is UTF-8 (RFC 3261 7.3.1); what is not comes from old devices and is Latin-1, which loses no byte. */
function isUtf8Text(bytes: Buffer, from: number, to: number): boolean {
  const part = bytes.subarray(from, to);
  return !isAscii(part) && isUtf8(part);
}

function isBlank(c: number): boolean {
  return c === 0x20 || c === 0x09;
}
