// What a registrar's 2xx grants (RFC 3261 10.2.4, RFC 3608, RFC 5626, RFC 5627).
import {
  formatHostPort,
  parseNameAddr,
  parseNumber,
  parseUri,
  type NameAddr,
  type SipResponse,
} from '../wire/index.ts';

/** Larger numbers are no times. */
const MAX_SECONDS = 0xffff_ffff;

/**
 * Seconds until our contact expires: its own `expires`, else the Expires header, else what we asked for. Other devices'
 * contacts, readable or not, do not matter.
 */
export function grantedSeconds(response: SipResponse, contactUser: string, asked: number): number {
  for (const contact of contactsOf(response)) {
    if (parseUri(contact.uri)?.user !== contactUser) continue;
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

/**
 * The GRUU that the registrar gave our contact (RFC 5627 4.2), the public one: it stays the same. Null when it gave none. The
 * temporary one would serve calls that hide their caller, which this phone does not make.
 */
export function gruuOf(response: SipResponse, contactUser: string): string | null {
  const own = contactsOf(response).find((contact) => parseUri(contact.uri)?.user === contactUser);
  const value = own?.params.get('pub-gruu')?.replace(/^"|"$/g, '') ?? '';
  return /^sips?$/.test(parseUri(value)?.scheme ?? '') && !/[<>"\s]/.test(value) ? value : null;
}

/** The registrar took our flow for one of outbound's, so that its edge answers STUN (RFC 5626 4.4, 6). */
export function knowsOutbound(response: SipResponse): boolean {
  return response.headers.all('Require').some((value) => /(^|[\s,])outbound($|[\s,])/i.test(value));
}

/**
 * Contacts of ours, by user part or instance, that name another place than `place` (host:port). None where our present
 * contact is not among the answer's as we sent it: then the server writes contacts in its own way.
 */
export function staleContacts(
  response: SipResponse,
  own: { contactUser: string; instanceId: string; place: string },
): string[] {
  const ours = contactsOf(response).flatMap((contact) => {
    const uri = parseUri(contact.uri);
    const instance = (contact.params.get('+sip.instance') ?? '').toLowerCase();
    const isOurs = uri?.user === own.contactUser || instance.includes(`urn:uuid:${own.instanceId.toLowerCase()}`);
    if (uri === null || !isOurs) return [];
    return [
      { uri: contact.uri, isPresent: formatHostPort(uri.host, uri.port).toLowerCase() === own.place.toLowerCase() },
    ];
  });
  if (!ours.some((contact) => contact.isPresent)) return [];
  return ours.filter((contact) => !contact.isPresent).map((contact) => contact.uri);
}

function contactsOf(response: SipResponse): NameAddr[] {
  return response.headers.all('Contact').flatMap((value) => parseNameAddr(value) ?? []);
}
