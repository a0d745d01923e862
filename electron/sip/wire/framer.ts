// Messages out of a byte stream (RFC 3261 18.3): framed by Content-Length, with the CRLF keep-alive of RFC 5626 3.5.1.
import { indexLines, readHead, type Head } from './head.ts';
import { headerName, headerNameIn } from './header-names.ts';
import { HeaderFields } from './headers.ts';
import { MAX_HEADER, MAX_MESSAGE, MAX_SKIPPED } from './limits.ts';
import { endOfLine, findLines, startLineEnd, type Lines } from './lines.ts';
import { contentLength } from './parse.ts';

export type FrameEvent =
  /**
   * One whole message; only its header when it is larger than we read, which the parser then refuses. The bytes are its
   * own: nobody overwrites them. `head` is for the parser, which need not read it again.
   */
  | { kind: 'message'; bytes: Buffer; head: Head }
  /** A CRLF between messages: half a ping, or a pong. */
  | { kind: 'crlf' }
  /** The stream cannot be understood any more; close this connection, and only this one. */
  | { kind: 'error'; reason: string };

export interface Framer {
  /** Takes what came off the socket, in pieces of any size. */
  push(chunk: Buffer): FrameEvent[];
  /** True while a message is only half here. */
  readonly waiting: boolean;
}

const NOTHING: Buffer = Buffer.alloc(0);
const CR = 0x0d;
const LF = 0x0a;
const CONTENT_LENGTH = headerName('Content-Length');

/** A framer for one connection. */
export function createFramer(): Framer {
  // `buffer[begin, used)` is what is not framed yet; it grows by doubling, so that single bytes cost no quadratic copying.
  let buffer: Buffer = NOTHING;
  let begin = 0;
  let used = 0;
  /** Counted from `begin`, as is `needed`. */
  let searched = 0;
  let head: Head | null = null;
  let needed = 0;
  let skipping = 0;
  let broken = false;

  function add(chunk: Buffer): void {
    const kept = used - begin;
    if (kept === 0) {
      buffer = chunk;
      begin = 0;
      used = chunk.length;
      return;
    }
    if (used + chunk.length > buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(2048, 2 * (kept + chunk.length)));
      buffer.copy(larger, 0, begin, used);
      buffer = larger;
      begin = 0;
      used = kept;
    }
    chunk.copy(buffer, used);
    used += chunk.length;
  }

  function drop(count: number): void {
    begin += count;
    searched = 0;
    head = null;
  }

  function fail(reason: string): FrameEvent {
    broken = true;
    buffer = NOTHING;
    begin = 0;
    used = 0;
    return { kind: 'error', reason };
  }

  /** Passes over a body that nobody will read. */
  function skip(): void {
    const passed = Math.min(skipping, used - begin);
    if (passed > 0) drop(passed);
    skipping -= passed;
  }

  /** The next event in the buffer, or null when more bytes are needed. */
  function next(): FrameEvent | null {
    skip();
    if (broken || used === begin) return null;
    const first = buffer[begin];
    if (first === CR || first === LF) {
      if (first === CR && used - begin === 1) return null;
      if (first === CR && buffer[begin + 1] !== LF) return fail('carriage return between messages');
      drop(first === CR ? 2 : 1);
      return { kind: 'crlf' };
    }
    if (!head) {
      const there = searched === 0 || findLines(buffer, begin + searched, used) !== null;
      const lines = there ? findLines(buffer, begin, used) : null;
      if ((lines?.body ?? used - begin) > MAX_MESSAGE) return fail('header larger than 64 kB');
      if (!lines) {
        searched = Math.max(0, used - begin - 2);
        return null;
      }
      head = readHead(lines);
      const length = lengthOf(head);
      if (length === null) return fail('bad Content-Length');
      if (length > MAX_SKIPPED) return fail('message larger than 1 MB');
      const fits = lines.end <= MAX_HEADER && lines.body + length <= MAX_MESSAGE;
      needed = lines.body + (fits ? length : 0);
      skipping = fits ? 0 : length;
    }
    if (used - begin < needed) return null;
    const bytes = Buffer.allocUnsafe(needed);
    buffer.copy(bytes, 0, begin, begin + needed);
    const event: FrameEvent = { kind: 'message', bytes, head };
    drop(needed);
    return event;
  }

  return {
    push(chunk) {
      if (broken) return [];
      add(chunk);
      const events: FrameEvent[] = [];
      for (let event = next(); event; event = next()) events.push(event);
      return events;
    },
    get waiting() {
      return used > begin || skipping > 0;
    },
  };
}

/** Content-Length of a message; 0 when absent, null when it is wrong. Other lines may be as odd as they like. */
function lengthOf({ lines, headers, problem }: Head): number | null {
  const length = contentLength(problem === null ? headers : onlyLengths(lines));
  return length === undefined ? 0 : length;
}

/** The lines that are Content-Lengths, of whatever others there are. */
function onlyLengths(lines: Lines): HeaderFields {
  const text = lines.latin1;
  const headers = new HeaderFields(lines);
  let colon = -1;
  for (let at = startLineEnd(lines) + 1; at < lines.end; at = text.indexOf('\n', at) + 1) {
    if (colon < at) colon = text.indexOf(':', at);
    if (colon < 0) break;
    // Looked for once only, and on this line, or lines without a colon would take their time.
    if (colon > text.indexOf('\n', at) || headerNameIn(text, at, colon) !== CONTENT_LENGTH) continue;
    indexLines(lines, at, endOfLine(text, at, lines.end), headers);
  }
  return headers;
}
