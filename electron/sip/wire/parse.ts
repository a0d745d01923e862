// Bytes -> message (RFC 3261 section 7). Indexes the header lines once; what they mean is read when asked for.
import { isUtf8 } from 'node:buffer';
import { headerName } from './header-names.ts';
import { HeaderFields } from './headers.ts';
import { MAX_HEADER, MAX_MESSAGE } from './limits.ts';
import { isToken, parseNumber } from './scan.ts';
import type { SipMessage, SipRequest } from './types.ts';

/** What could not be read. `request` is there when enough was read to answer with `status`. */
export interface Malformed {
  kind: 'malformed';
  reason: string;
  status: 400 | 505 | 513;
  request?: SipRequest;
}

/** Bytes in which Via, From, To, Call-ID and CSeq are likely to stand. */
const ENOUGH_TO_ANSWER = 2048;

const NONE: Buffer = Buffer.alloc(0);

/**
 * Reads one message. `stream` (TCP, TLS: framed by Content-Length) makes a missing Content-Length mean an empty body;
 * elsewhere the body then reaches to the end of the datagram (RFC 3261 18.3). Never throws.
 */
export function parseMessage(bytes: Buffer, options: { stream?: boolean } = {}): SipMessage | Malformed {
  const start = skipLineBreaks(bytes);
  if (bytes.length > MAX_MESSAGE) return oversized(bytes, start, 'message larger than 64 kB');
  const end = findHeaderEnd(bytes, start) ?? wholeDatagram(bytes, start, options.stream);
  if (!end) return malformed('no empty line after the header');
  if (end.header - start > MAX_HEADER) return oversized(bytes, start, 'header larger than 16 kB');

  const text = decode(bytes.subarray(start, end.header));
  const lineEnd = endOfLine(text, 0);
  const headers = new HeaderFields();
  const badLine = indexLines(text, lineEnd.next, headers);
  const message = parseStartLine(text.slice(0, lineEnd.end).trimEnd(), headers);
  if (message.kind === 'malformed') return message;

  const fail = (reason: string, status?: Malformed['status']): Malformed =>
    message.kind === 'request' ? { ...malformed(reason, status), request: message } : malformed(reason, status);
  if (badLine !== null) return fail(badLine);

  const available = bytes.length - end.body;
  const declared = contentLength(headers);
  if (declared === null) return fail('bad Content-Length');
  if (declared !== undefined && end.body - start + declared > MAX_MESSAGE)
    return fail('message larger than 64 kB', 513);
  if (declared !== undefined && declared > available) return fail('body shorter than Content-Length');
  const length = declared ?? (options.stream ? 0 : available);
  if (length > 0) message.body = bytes.subarray(end.body, end.body + length);
  return message;
}

/** Where the header ends and the body begins; null while there is no empty line. A bare LF counts as a line end. */
export function findHeaderEnd(bytes: Buffer, from: number): { header: number; body: number } | null {
  const crlf = bytes.indexOf('\n\r\n', from, 'latin1');
  const lf = (crlf < 0 ? bytes : bytes.subarray(0, crlf)).indexOf('\n\n', from, 'latin1');
  if (lf >= 0) return { header: lf + 1, body: lf + 2 };
  return crlf < 0 ? null : { header: crlf + 1, body: crlf + 3 };
}

/** A datagram whose last header line is complete but whose empty line was left away (RFC 5118 4.10) is still clear. */
function wholeDatagram(bytes: Buffer, start: number, stream = false): { header: number; body: number } | null {
  const complete = !stream && bytes.length > start && bytes[bytes.length - 1] === 0x0a;
  return complete ? { header: bytes.length, body: bytes.length } : null;
}

/**
 * The value of Content-Length: undefined when absent, null when it is no number or two of them disagree
 * (RFC 4475 3.3.9).
 */
export function contentLength(headers: HeaderFields): number | undefined | null {
  let length: number | undefined;
  for (const value of headers.all('Content-Length')) {
    const number = parseNumber(value, Number.MAX_SAFE_INTEGER);
    if (number === null || (length !== undefined && length !== number)) return null;
    length = number;
  }
  return length;
}

/** The header line that starts at `at`, with the lines folded into it. */
export function lineAt(text: string, at: number): string {
  let line = endOfLine(text, at);
  while (line.next < text.length && isSpace(text.charCodeAt(line.next))) line = endOfLine(text, line.next);
  return text.slice(at, line.next);
}

/** Fills `headers` from the lines that start at `at`; returns what is wrong with them, or null. */
export function indexLines(text: string, at: number, headers: HeaderFields): string | null {
  const length = text.length;
  let start = at;
  while (start < length) {
    let line = endOfLine(text, start);
    while (line.next < length && isSpace(text.charCodeAt(line.next))) line = endOfLine(text, line.next);
    const colon = text.indexOf(':', start);
    if (colon < 0 || colon >= line.end) return 'header line without a colon';
    const header = headerName(text.slice(start, colon).trimEnd());
    if (!header.known && !isToken(header.name)) return 'header name with characters that are not allowed';
    const value = text.slice(colon + 1, line.end);
    if (hasStrayReturn(value)) return 'carriage return inside a header';
    headers.addRaw(header, value);
    start = line.next;
  }
  return null;
}

/** Reads no more of too large a message than it takes to say so. */
function oversized(bytes: Buffer, start: number, reason: string): Malformed {
  const refusal = malformed(reason, 513);
  const head = bytes.subarray(start, start + ENOUGH_TO_ANSWER);
  const end = findHeaderEnd(head, 0)?.header ?? head.lastIndexOf(0x0a) + 1;
  const text = decode(head.subarray(0, end));
  const lineEnd = endOfLine(text, 0);
  const headers = new HeaderFields();
  indexLines(text, lineEnd.next, headers);
  const message = parseStartLine(text.slice(0, lineEnd.end).trimEnd(), headers);
  return message.kind === 'request' ? { ...refusal, request: message } : refusal;
}

/** SIP is UTF-8 (RFC 3261 7.3.1); what is not comes from old devices and is Latin-1, which loses no byte. */
function decode(head: Buffer): string {
  return head.toString(isUtf8(head) ? 'utf8' : 'latin1');
}

function parseStartLine(line: string, headers: HeaderFields): (SipMessage & { body: Buffer }) | Malformed {
  if (/^SIP\//i.test(line)) return parseStatusLine(line, headers);
  const first = line.indexOf(' ');
  const last = line.lastIndexOf(' ');
  if (first <= 0 || first === last) return malformed('no start line');
  const version = line.slice(last + 1).toUpperCase();
  if (!/^SIP\/\d+\.\d+$/.test(version)) return malformed('not SIP');
  const method = line.slice(0, first);
  if (!isToken(method)) return malformed('method is not a token');
  const request: SipRequest = { kind: 'request', method, uri: line.slice(first + 1, last), headers, body: NONE };
  if (version !== 'SIP/2.0') return { ...malformed(`version ${version}`, 505), request };
  if (/[\s<>"]/.test(request.uri)) return { ...malformed('bad Request-URI'), request };
  return request;
}

function parseStatusLine(line: string, headers: HeaderFields): SipMessage | Malformed {
  if (!/^SIP\/2\.0 /i.test(line)) return malformed('status line of another version');
  if (hasStrayReturn(line)) return malformed('carriage return inside the status line');
  const digits = line.slice(8, 11);
  const status = parseNumber(digits, 699);
  if (status === null || status < 100 || (line.length > 11 && line[11] !== ' ')) return malformed('bad status code');
  return { kind: 'response', status, reason: line.slice(12), headers, body: NONE };
}

function malformed(reason: string, status: Malformed['status'] = 400): Malformed {
  return { kind: 'malformed', reason, status };
}

/** RFC 3261 7.5: empty lines before the start line are ignored. */
function skipLineBreaks(bytes: Buffer): number {
  let i = 0;
  while (bytes[i] === 0x0d || bytes[i] === 0x0a) i++;
  return i;
}

function endOfLine(text: string, at: number): { end: number; next: number } {
  const lf = text.indexOf('\n', at);
  if (lf < 0) return { end: text.length, next: text.length };
  return { end: lf > at && text.charCodeAt(lf - 1) === 0x0d ? lf - 1 : lf, next: lf + 1 };
}

function hasStrayReturn(value: string): boolean {
  let i = value.indexOf('\r');
  while (i >= 0) {
    if (value.charCodeAt(i + 1) !== 0x0a) return true;
    i = value.indexOf('\r', i + 1);
  }
  return false;
}

function isSpace(c: number): boolean {
  return c === 0x20 || c === 0x09;
}
