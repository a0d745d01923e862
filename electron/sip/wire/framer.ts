// Messages out of a byte stream (RFC 3261 18.3): framed by Content-Length, with the CRLF keep-alive of RFC 5626 3.5.1.
import { HeaderFields } from './headers.ts';
import { MAX_HEADER, MAX_MESSAGE, MAX_SKIPPED } from './limits.ts';
import { contentLength, findHeaderEnd, indexLines, lineAt } from './parse.ts';

export type FrameEvent =
  /**
   * One whole message; only its header when it is larger than we read, which the parser then refuses. The bytes are its
   * own: nobody overwrites them.
   */
  | { kind: 'message'; bytes: Buffer }
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

/** A framer for one connection. */
export function createFramer(): Framer {
  // `buffer[0, used)` is what is not framed yet; it grows by doubling, so that single bytes cost no quadratic copying.
  let buffer: Buffer = Buffer.alloc(0);
  let used = 0;
  let searched = 0;
  let needed = 0;
  let skipping = 0;
  let broken = false;

  function add(chunk: Buffer): void {
    if (used === 0) {
      buffer = chunk;
      used = chunk.length;
      return;
    }
    if (used + chunk.length > buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(2048, 2 * (used + chunk.length)));
      buffer.copy(larger, 0, 0, used);
      buffer = larger;
    }
    chunk.copy(buffer, used);
    used += chunk.length;
  }

  function drop(count: number): void {
    buffer = buffer.subarray(count, used);
    used = buffer.length;
    searched = 0;
    needed = 0;
  }

  function fail(reason: string): FrameEvent {
    broken = true;
    buffer = Buffer.alloc(0);
    used = 0;
    return { kind: 'error', reason };
  }

  /** Passes over a body that nobody will read. */
  function skip(): void {
    const passed = Math.min(skipping, used);
    if (passed > 0) drop(passed);
    skipping -= passed;
  }

  /** The next event in the buffer, or null when more bytes are needed. */
  function next(): FrameEvent | null {
    skip();
    if (broken || used === 0) return null;
    if (buffer[0] === 0x0d || buffer[0] === 0x0a) {
      if (buffer[0] === 0x0d && used === 1) return null;
      if (buffer[0] === 0x0d && buffer[1] !== 0x0a) return fail('carriage return between messages');
      drop(buffer[0] === 0x0d ? 2 : 1);
      return { kind: 'crlf' };
    }
    if (needed === 0) {
      const end = findHeaderEnd(used === buffer.length ? buffer : buffer.subarray(0, used), searched);
      if ((end ? end.body : used) > MAX_MESSAGE) return fail('header larger than 64 kB');
      if (!end) {
        searched = Math.max(0, used - 2);
        return null;
      }
      const length = lengthOf(buffer.toString('latin1', 0, end.header));
      if (length === null) return fail('bad Content-Length');
      if (length > MAX_SKIPPED) return fail('message larger than 1 MB');
      const fits = end.header <= MAX_HEADER && end.body + length <= MAX_MESSAGE;
      needed = fits ? end.body + length : end.body;
      skipping = fits ? 0 : length;
    }
    if (used < needed) return null;
    const bytes = Buffer.from(buffer.subarray(0, needed));
    drop(needed);
    return { kind: 'message', bytes };
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
      return used > 0 || skipping > 0;
    },
  };
}

/** Content-Length of a header section; 0 when absent, null when it is wrong. Other lines may be as odd as they like. */
function lengthOf(head: string): number | null {
  const headers = new HeaderFields();
  for (let at = head.indexOf('\n') + 1; at > 0 && at < head.length; at = head.indexOf('\n', at) + 1) {
    // `l`, or the `l` of `content-length`: of the lines that begin like it, one is left to look at.
    const letter = head.charCodeAt(at) | 0x20;
    if (letter !== 0x6c && (letter !== 0x63 || (head.charCodeAt(at + 8) | 0x20) !== 0x6c)) continue;
    const line = lineAt(head, at);
    if (/^(?:content-length|l)[ \t]*:/i.test(line)) indexLines(line, 0, headers);
  }
  const length = contentLength(headers);
  return length === undefined ? 0 : length;
}
