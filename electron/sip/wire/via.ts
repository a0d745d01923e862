// Via (RFC 3261 20.42): the way back, one element a hop.
import { formatParams, isParams, isSpace, isTokenIn, parseParams } from './scan.ts';
import type { Via } from './types.ts';
import { formatHostPort, parseHostPort } from './uri.ts';

/** `SIP/2.0/UDP ` with all the spaces that are allowed, and in any version, so that 505 finds its way back. */
const ODD_PROTOCOL = /^\s*SIP\s*\/\s*\d+\.\d+\s*\/\s*([^\s/;,]+)\s+/i;

/** As everybody writes it, up to the transport. */
const PROTOCOL = 'SIP/2.0/';

/** Reads one Via element; null when it is not one. Spaces are allowed where the grammar has LWS (RFC 4475 3.1.1.1). */
export function parseVia(text: string): Via | null {
  const protocol = readProtocol(text);
  if (!protocol) return null;
  const end = endOfSentBy(text);
  const place = readSentBy(text.slice(protocol.length, end));
  const params = parseParams(text, end);
  if (!place || !params) return null;
  const via: Via = { transport: protocol.transport.toUpperCase(), host: place.host, params };
  if (place.port !== undefined) via.port = place.port;
  return via;
}

/** True for what {@link parseVia} reads. */
export function isVia(text: string): boolean {
  const protocol = readProtocol(text);
  const end = endOfSentBy(text);
  return protocol !== null && readSentBy(text.slice(protocol.length, end)) !== null && isParams(text, end);
}

/** Writes a Via element. */
export function formatVia(via: Via): string {
  return `SIP/2.0/${via.transport} ${formatHostPort(via.host, via.port)}${formatParams(via.params)}`;
}

/** The transport, and the length of all that stands before sent-by. */
function readProtocol(text: string): { transport: string; length: number } | null {
  const space = text.indexOf(' ', PROTOCOL.length);
  if (text.startsWith(PROTOCOL) && isTokenIn(text, PROTOCOL.length, space) && !isSpace(text.charCodeAt(space + 1))) {
    return { transport: text.slice(PROTOCOL.length, space), length: space + 1 };
  }
  const odd = ODD_PROTOCOL.exec(text);
  return odd?.[1] === undefined ? null : { transport: odd[1], length: odd[0].length };
}

function endOfSentBy(text: string): number {
  const semicolon = text.indexOf(';');
  return semicolon < 0 ? text.length : semicolon;
}

function readSentBy(text: string): ReturnType<typeof parseHostPort> {
  return parseHostPort(text) ?? parseHostPort(text.replace(/\s+/g, ''));
}
