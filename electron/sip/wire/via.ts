// Via (RFC 3261 20.42): the way back, one element a hop.
import { formatParams, parseParams, skipSpace } from './scan.ts';
import type { Via } from './types.ts';
import { formatHostPort, parseHostPort } from './uri.ts';

const HEAD = /^\s*SIP\s*\/\s*\d+\.\d+\s*\/\s*([^\s/;,]+)\s+/i;

/** Reads one Via element; null when it is not one. Spaces are allowed where the grammar has LWS (RFC 4475 3.1.1.1); any version, so that 505 finds its way back. */
export function parseVia(text: string): Via | null {
  const head = HEAD.exec(text);
  const transport = head?.[1];
  if (!head || transport === undefined) return null;
  const start = head[0].length;
  const semicolon = text.indexOf(';', start);
  const end = semicolon < 0 ? text.length : semicolon;
  const sentBy = text.slice(start, end);
  const place = parseHostPort(/\s/.test(sentBy) ? sentBy.replace(/\s+/g, '') : sentBy);
  const params = parseParams(text, skipSpace(text, end));
  if (!place || !params) return null;
  const via: Via = { transport: transport.toUpperCase(), host: place.host, params };
  if (place.port !== undefined) via.port = place.port;
  return via;
}

/** Writes a Via element. */
export function formatVia(via: Via): string {
  return `SIP/2.0/${via.transport} ${formatHostPort(via.host, via.port)}${formatParams(via.params)}`;
}
