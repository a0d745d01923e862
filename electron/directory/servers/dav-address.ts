// What a person typed as the address of a CardDAV server: a URL, or a domain alone, which is asked where its server is.
import net from 'node:net';
import type { CardDavServer } from '../../../contract/index.ts';
import { serverError } from './problems.ts';

export interface DavAddress {
  /** As it was typed, with https where there was no scheme. */
  url: URL;
  /** Typed alone or behind an @, without scheme, port and path: DNS is asked for its server. null: the URL is the server. */
  domain: string | null;
  user: string | undefined;
}

/** Throws ProblemError for an address that is none, or not encrypted. */
export function davAddress({ url: typed, user, allowPlain }: CardDavServer): DavAddress {
  // RFC 6764 section 6: with a mailbox, its domain names the server, and the whole of it is the name to try.
  const mailDomain = /^[^\s/:?#@]+@([^\s/:?#@]+)$/.exec(typed)?.[1];
  const place = mailDomain ?? typed;
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(place) ? place : `https://${place}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw serverError('server-address', 'An address looks like https://dav.company.com.', 'url');
  }
  if (url.username !== '' || url.password !== '') {
    throw serverError(
      'server-address',
      'Leave name and password out of the address: they have fields of their own.',
      'url',
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && allowPlain !== true) {
    throw serverError(
      'server-not-encrypted',
      'This address is not encrypted: your password could be read on the way. Use https, or allow it below.',
      'url',
    );
  }
  const isAlone = !/[/:?#@]/.test(place);
  return { url, domain: isAlone ? domainOf(url.hostname) : null, user: user || (mailDomain && typed) };
}

/** null for an address and for a name of one label: a computer of this network, or a whole top-level domain. */
function domainOf(hostname: string): string | null {
  const name = hostname.replace(/\.$/, '');
  return net.isIP(name) === 0 && /^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/.test(name) ? name : null;
}

function isLoopback(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return bare === 'localhost' || bare === '::1' || (net.isIPv4(bare) && bare.startsWith('127.'));
}
