// The gate: what RFC 3261 refuses before anything above may see it (8.2, 16.3, 18.1.2; RFC 4475 has the examples).
import { parseCSeq } from './cseq.ts';
import { headerName, type HeaderName } from './header-names.ts';
import { HeaderFields } from './headers.ts';
import { isNameAddr } from './name-addr.ts';
import { parseNumber } from './scan.ts';
import type { Headers, SipRequest, SipResponse } from './types.ts';
import { parseUri, schemeOf } from './uri.ts';
import { isVia } from './via.ts';

/** How a request is turned away. `why` is for the log; the phrase of the status goes on the wire. */
export interface Refusal {
  status: number;
  why: string;
  headers?: readonly (readonly [string, string])[];
}

export interface GateOptions {
  /** Option tags understood by the user agent above. Absent: Require is left to it (RFC 3261 8.2.2.3). */
  extensions?: ReadonlySet<string>;
}

/** Headers that a message has once (RFC 4475 3.3.8). */
const SINGLETONS = ['From', 'To', 'Call-ID', 'CSeq', 'Max-Forwards', 'Content-Type'].map(headerName);

/**
 * Looks at a request that has a readable top Via. Null when it may pass. An ACK that is refused here must simply be
 * dropped: nothing ever answers an ACK (RFC 3261 17.1.1.3).
 */
export function checkRequest(request: SipRequest, options: GateOptions = {}): Refusal | null {
  const { headers } = request;
  const bad = checkMandatory(headers);
  if (bad) return refuse(400, bad);
  const cseq = parseCSeq(headers.get('CSeq'));
  if (!cseq) return refuse(400, 'bad CSeq');
  if (cseq.method !== request.method) return refuse(400, 'CSeq names another method');
  const maxForwards = headers.get('Max-Forwards');
  // Zero is fine: we are where the request goes, nobody forwards here (RFC 4475 3.3.11).
  if (maxForwards !== undefined && parseNumber(maxForwards, 255) === null) return refuse(400, 'bad Max-Forwards');
  return checkUri(request.uri) ?? checkRequire(request, options.extensions);
}

/** True when a response may pass: exactly one Via (RFC 3261 8.1.3.3) and what is needed to match it. */
export function checkResponse(response: SipResponse): boolean {
  const vias = response.headers.all('Via');
  return (
    vias.length === 1 && checkMandatory(response.headers) === null && parseCSeq(response.headers.get('CSeq')) !== null
  );
}

function checkMandatory(headers: Headers): string | null {
  for (const header of SINGLETONS) if (countOf(headers, header) > 1) return `more than one ${header.name}`;
  if (!headers.get('Call-ID')) return 'no Call-ID';
  for (const name of ['From', 'To']) {
    const value = headers.get(name);
    if (value === undefined) return `no ${name}`;
    if (!isNameAddr(value)) return `bad ${name}`;
  }
  return headers.all('Via').every(isVia) ? null : 'bad Via';
}

function checkUri(uri: string): Refusal | null {
  const scheme = schemeOf(uri);
  if (scheme === null) return refuse(400, 'bad Request-URI');
  if (scheme !== 'sip' && scheme !== 'sips' && scheme !== 'tel') return refuse(416, `scheme ${scheme}`);
  return parseUri(uri) ? null : refuse(400, 'bad Request-URI');
}

function checkRequire(request: SipRequest, extensions: ReadonlySet<string> | undefined): Refusal | null {
  if (!extensions || request.method === 'ACK' || request.method === 'CANCEL') return null;
  // Proxy-Require is for proxies; still, whoever asks a phone for it gets an honest answer (RFC 4475 3.3.15).
  const asked = [...request.headers.all('Require'), ...request.headers.all('Proxy-Require')];
  const unknown = asked.filter((tag) => !extensions.has(tag.toLowerCase()));
  if (unknown.length === 0) return null;
  return { ...refuse(420, 'extension not understood'), headers: [['Unsupported', unknown.join(', ')]] };
}

function countOf(headers: Headers, header: HeaderName): number {
  return headers instanceof HeaderFields ? headers.count(header) : headers.all(header.name).length;
}

function refuse(status: number, why: string): Refusal {
  return { status, why };
}
