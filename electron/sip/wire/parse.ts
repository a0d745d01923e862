// Bytes -> message (RFC 3261 section 7). Indexes the header lines once; what they mean is read when asked for.
import { readHead, type Head } from './head.ts';
import type { HeaderFields } from './headers.ts';
import { MAX_HEADER, MAX_MESSAGE } from './limits.ts';
import { findLines, linesWithin, startLineEnd, textOf, type Lines } from './lines.ts';
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
 * elsewhere the body then reaches to the end of the datagram (RFC 3261 18.3). `head` is what the framer has read of this
 * very message already. Never throws.
 */
export function parseMessage(
  bytes: Buffer,
  options: { stream?: boolean; head?: Head | undefined } = {},
): SipMessage | Malformed {
  const start = skipLineBreaks(bytes);
  if (bytes.length > MAX_MESSAGE) return oversized(bytes, start, 'message larger than 64 kB');
  const head = options.head ?? findHead(bytes, start, options.stream);
  if (!head) return malformed('no empty line after the header');
  const { lines, headers, problem } = head;
  if (lines.end > MAX_HEADER) return oversized(bytes, start, 'header larger than 16 kB');
  const message = parseStartLine(lines, headers);
  if (message.kind === 'malformed') return message;

  const fail = (reason: string, status?: Malformed['status']): Malformed =>
    message.kind === 'request' ? { ...malformed(reason, status), request: message } : malformed(reason, status);
  if (problem !== null) return fail(problem);

  const body = start + lines.body;
  const available = bytes.length - body;
  const declared = contentLength(headers);
  if (declared === null) return fail('bad Content-Length');
  if (declared !== undefined && lines.body + declared > MAX_MESSAGE) return fail('message larger than 64 kB', 513);
  if (declared !== undefined && declared > available) return fail('body shorter than Content-Length');
  const length = declared ?? (options.stream ? 0 : available);
  if (length > 0) message.body = bytes.subarray(body, body + length);
  return message;
}

/** A datagram whose last header line is complete but whose empty line was left away (RFC 5118 4.10) is still clear. */
function findHead(bytes: Buffer, start: number, stream = false): Head | null {
  const complete = !stream && bytes.length > start && bytes[bytes.length - 1] === 0x0a;
  const lines = findLines(bytes, start, bytes.length) ?? (complete ? linesWithin(bytes, start, bytes.length) : null);
  return lines && readHead(lines);
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

/** Reads no more of too large a message than it takes to say so. */
function oversized(bytes: Buffer, start: number, reason: string): Malformed {
  const refusal = malformed(reason, 513);
  const enough = bytes.subarray(start, start + ENOUGH_TO_ANSWER);
  const lines = findLines(enough, 0, enough.length) ?? linesWithin(enough, 0, enough.lastIndexOf(0x0a) + 1);
  const message = parseStartLine(lines, readHead(lines).headers);
  return message.kind === 'request' ? { ...refusal, request: message } : refusal;
}

function parseStartLine(lines: Lines, headers: HeaderFields): SipMessage | Malformed {
  const line = textOf(lines, 0, startLineEnd(lines)).trimEnd();
  if (/^SIP\//i.test(line)) return parseStatusLine(line, headers);
  const first = line.indexOf(' ');
  const last = line.lastIndexOf(' ');
  if (first <= 0 || first === last) return malformed('no start line');
  const version = line.slice(last + 1);
  if (version !== 'SIP/2.0' && !/^SIP\/\d+\.\d+$/i.test(version)) return malformed('not SIP');
  const method = line.slice(0, first);
  if (!isToken(method)) return malformed('method is not a token');
  const request: SipRequest = { kind: 'request', method, uri: line.slice(first + 1, last), headers, body: NONE };
  if (!version.endsWith('/2.0')) return { ...malformed(`version ${version.toUpperCase()}`, 505), request };
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

function hasStrayReturn(value: string): boolean {
  let i = value.indexOf('\r');
  while (i >= 0) {
    if (value.charCodeAt(i + 1) !== 0x0a) return true;
    i = value.indexOf('\r', i + 1);
  }
  return false;
}
