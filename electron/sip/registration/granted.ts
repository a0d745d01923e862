// What a registrar's 2xx grants (RFC 3261 10.2.4, RFC 3608).
import { parseNameAddr, parseNumber, parseUri, type SipResponse } from '../wire/index.ts';

/** Larger numbers are no times. */
const MAX_SECONDS = 0xffff_ffff;

/**
 * Seconds until our contact expires: its own `expires`, else the Expires header, else what we asked for. Other devices'
 * contacts, readable or not, do not matter.
 */
export function grantedSeconds(response: SipResponse, contactUser: string, asked: number): number {
  for (const value of response.headers.all('Contact')) {
    const contact = parseNameAddr(value);
    if (contact === null || parseUri(contact.uri)?.user !== contactUser) continue;
    const expires = contact.params.get('expires');
    if (expires !== undefined) return parseNumber(expires, MAX_SECONDS) ?? asked;
  }
  const header = response.headers.get('Expires');
  return header === undefined ? asked : (parseNumber(header, MAX_SECONDS) ?? asked);
}

/** Route values that requests outside a dialog must carry from now on (RFC 3608 5.1). */
export function serviceRoute(response: SipResponse): readonly string[] {
  return response.headers.all('Service-Route').filter((value) => parseNameAddr(value) !== null);
}

/** Retry-After in seconds; undefined when absent or unreadable (RFC 3261 20.33 allows a comment after it). */
export function retryAfter(response: SipResponse): number | undefined {
  const text = /^\s*(\d+)/.exec(response.headers.get('Retry-After') ?? '')?.[1];
  return text === undefined ? undefined : Number(text);
}
