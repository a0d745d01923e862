// Start line and header fields of a message (RFC 3261 7.3): where each line and its value lie.
import { headerName, headerNameIn, type HeaderName } from './header-names.ts';
import { HeaderFields } from './headers.ts';
import { MAX_HEADER } from './limits.ts';
import { endOfLine, startLineEnd, textOf, type Lines } from './lines.ts';
import { isToken } from './scan.ts';

const LF = 0x0a;

/** Start line and header of one message. */
export interface Head {
  readonly lines: Lines;
  /** Up to the line that has a problem. */
  readonly headers: HeaderFields;
  readonly problem: string | null;
}

/** Reads what stands in the lines of a message, once and for all who want to know; their values stay as they are. */
export function readHead(lines: Lines): Head {
  const headers = new HeaderFields(lines);
  if (lines.end > MAX_HEADER) return { lines, headers, problem: 'header larger than 16 kB' };
  return { lines, headers, problem: indexLines(lines, startLineEnd(lines) + 1, lines.end, headers) };
}

/** Fills `headers` with the lines between two offsets; returns what is wrong with them, or null. */
export function indexLines(lines: Lines, from: number, to: number, headers: HeaderFields): string | null {
  const text = lines.latin1;
  let cr = -1;
  for (let at = from; at < to;) {
    const end = endOfLine(text, at, to);
    const colon = text.indexOf(':', at);
    if (colon < 0 || colon >= end) return 'header line without a colon';
    const header = headerNameIn(text, at, colon) ?? unusualName(textOf(lines, at, colon));
    if (!header) return 'header name with characters that are not allowed';
    // Each line is searched once, also where lines end without a carriage return.
    if (cr < colon) cr = indexOrEnd(text, '\r', colon);
    for (; cr < end; cr = indexOrEnd(text, '\r', cr + 1)) {
      if (text.charCodeAt(cr + 1) !== LF) return 'carriage return inside a header';
    }
    headers.addLine(header, colon + 1, end);
    at = end + 1;
  }
  return null;
}

/** A name that is not registered, or is not written as such; null when it is no name. */
function unusualName(written: string): HeaderName | null {
  const header = headerName(written.trimEnd());
  return header.known || isToken(header.name) ? header : null;
}

function indexOrEnd(text: string, mark: string, from: number): number {
  const index = text.indexOf(mark, from);
  return index < 0 ? text.length : index;
}
