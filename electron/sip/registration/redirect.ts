// 3xx to a REGISTER (RFC 3261 8.1.3.4): followed within the account's own domain, for the password goes where this leads.
import { isIP } from 'node:net';
import { parseNameAddr, parseUri, type SipResponse, type SipUri } from '../wire/index.ts';

export interface Own {
  domain: string;
  /** The server that the person typed, or the domain. */
  host: string;
  /** Addresses that we know as the server's. */
  addresses: readonly string[];
}

export type Redirection =
  | { kind: 'own'; uri: SipUri }
  /** Where it would lead, for the sentence. */
  | { kind: 'foreign'; host: string }
  /** No Contact that makes sense. */
  | { kind: 'nowhere' };

/** Where a 3xx leads: the best of its Contacts that is the account's own. */
export function redirection(response: SipResponse, own: Own): Redirection {
  const uris = response.headers
    .all('Contact')
    .flatMap((value) => parseNameAddr(value) ?? [])
    .toSorted((a, b) => preference(b.params.get('q')) - preference(a.params.get('q')))
    .flatMap((contact) => parseUri(contact.uri) ?? [])
    .filter((uri) => uri.scheme !== 'tel' && uri.host !== '');
  const uri = uris.find((one) => isOwn(one.host.toLowerCase(), own));
  if (uri !== undefined) return { kind: 'own', uri };
  const [first] = uris;
  return first === undefined ? { kind: 'nowhere' } : { kind: 'foreign', host: first.host };
}

function isOwn(host: string, own: Own): boolean {
  if (isIP(host) !== 0) return own.addresses.includes(host) || host === own.host;
  return [own.domain, own.host].some((name) => {
    const ours = name.toLowerCase();
    return host === ours || (isIP(ours) === 0 && host.endsWith(`.${ours}`));
  });
}

/** Without q a Contact is as good as any (RFC 3261 20.10). */
function preference(q: string | undefined): number {
  const value = Number(q ?? '1');
  return Number.isFinite(value) ? value : 0;
}
