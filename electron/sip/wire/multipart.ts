// Bodies with several parts (RFC 2046 5.1, RFC 5621), cut apart as bytes: parts may be binary (RFC 4475 3.1.1.11).
import { indexLines } from './head.ts';
import { HeaderFields } from './headers.ts';
import { findLines, linesWithin } from './lines.ts';
import { parseParams } from './scan.ts';
import type { Headers } from './types.ts';

/** A body, or a part of one. */
export interface BodyPart {
  /** `type/subtype` in lower case; `text/plain` for a part that does not say. */
  type: string;
  /** Headers of the part; those of the message when it has one part only. */
  headers: Headers;
  body: Buffer;
}

/** Parts inside parts inside parts: nested deeper than anyone means it. */
const MAX_DEPTH = 3;

/** Parts of one body; the rest is not looked at. */
const MAX_PARTS = 32;

/** Every part of a body that is no multipart itself, in order; the body alone when there is but one. Never throws. */
export function bodyParts(message: { headers: Headers; body: Buffer }): BodyPart[] {
  return message.body.length === 0 ? [] : leaves(message.headers, message.body, 0);
}

/** `type/subtype` in lower case, without parameters. */
export function mediaType(contentType: string): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
}

function leaves(headers: Headers, body: Buffer, depth: number): BodyPart[] {
  const contentType = headers.get('Content-Type') ?? (depth === 0 ? '' : 'text/plain');
  const type = mediaType(contentType);
  if (!type.startsWith('multipart/')) return [{ type, headers, body }];
  const boundary = boundaryOf(contentType);
  if (boundary === null || depth >= MAX_DEPTH) return [];
  return split(body, boundary).flatMap((part) => leaves(...readPart(part), depth + 1));
}

function boundaryOf(contentType: string): string | null {
  const semicolon = contentType.indexOf(';');
  const boundary = semicolon < 0 ? undefined : parseParams(contentType, semicolon)?.get('boundary');
  return boundary === undefined || boundary === '' || boundary.length > 70 ? null : boundary;
}

/** What stands between the delimiter lines; the line break before a delimiter belongs to it. */
function split(body: Buffer, boundary: string): Buffer[] {
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Buffer[] = [];
  let start = -1;
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + delimiter.length)) {
    const last = body.toString('latin1', at + delimiter.length, at + delimiter.length + 2) === '--';
    const next = last ? 0 : lineAfter(body, at + delimiter.length);
    // Not at the start of a line, or the start of a longer boundary: that of a part inside.
    if ((at > 0 && body[at - 1] !== 0x0a) || next < 0) continue;
    if (start >= 0) parts.push(body.subarray(start, Math.max(start, withoutLineBreak(body, at))));
    if (last || parts.length >= MAX_PARTS) return parts;
    start = next;
  }
  // The closing delimiter is missing: the part reaches to the end.
  if (start >= 0) parts.push(body.subarray(start));
  return parts;
}

/** Where the line after a delimiter begins; -1 when something else than white space follows it. */
function lineAfter(body: Buffer, from: number): number {
  let at = from;
  while (body[at] === 0x20 || body[at] === 0x09) at++;
  if (body[at] === 0x0d) at++;
  return body[at] === 0x0a ? at + 1 : -1;
}

function withoutLineBreak(body: Buffer, delimiter: number): number {
  if (body[delimiter - 1] !== 0x0a) return delimiter;
  return body[delimiter - 2] === 0x0d ? delimiter - 2 : delimiter - 1;
}

function readPart(part: Buffer): [Headers, Buffer] {
  if (part[0] === 0x0a) return [new HeaderFields(), part.subarray(1)];
  if (part[0] === 0x0d && part[1] === 0x0a) return [new HeaderFields(), part.subarray(2)];
  const lines = findLines(part, 0, part.length) ?? linesWithin(part, 0, part.length);
  const headers = new HeaderFields(lines);
  // A header line that cannot be read ends the reading of headers, not that of the part.
  indexLines(lines, 0, lines.end, headers);
  return [headers, part.subarray(lines.body)];
}
