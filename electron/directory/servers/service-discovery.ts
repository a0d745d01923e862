// Where the CardDAV server of a domain is, by what DNS says about it (RFC 6764): decisions, without DNS itself.
import type { SrvRecord } from 'node:dns';
import { elsewhere, noService } from './problems.ts';

/** Where to begin, in the order to try: the first that can be reached is the domain's server. */
export interface DavPlace {
  /** Its host is the only one that the password may go to. */
  url: URL;
  /** Links on it that may lead to the books; the first that does counts. */
  links: readonly string[];
}

/** `records`: SRV of `_carddavs._tcp.DOMAIN`; `texts`: its TXT records, each joined to one string. */
export interface ServiceRecords {
  records: readonly SrvRecord[];
  texts: readonly string[];
}

export const wellKnown = '/.well-known/carddav';
/** Targets that are tried: a person waits for them. */
const mostTargets = 3;

/**
 * The servers of `domain`; none where DNS has no SRV record. `random` gives numbers from 0 to below 1. Throws ProblemError when
 * the domain has no such service, and when its server is in another domain.
 *
 * RFC 6764 section 8, RFC 6125 section 6.2.1: an SRV record that DNSSEC does not secure may be anybody's, and the name that it
 * gives proves nothing: a thief has a valid certificate for his own host. Nothing here checks DNSSEC. So the password goes only
 * to a host below the domain that was typed, whose names none but the domain's owner can get a certificate for, and only when
 * its certificate is valid for that very host. A target in another domain is named to the person, who knows whether to type it.
 */
export function davPlaces(domain: string, { records, texts }: ServiceRecords, random: () => number): DavPlace[] {
  if (records.length === 0) return [];
  const targets = inOrder(records, random);
  // RFC 2782: a target of "." says that the service is decidedly not there.
  if (targets.length === 0) throw noService(domain);
  const path = contextPath(texts);
  const urls = targets.flatMap((target) => urlOf(target) ?? []);
  const own = urls.filter(({ hostname }) => isWithin(hostname, domain)).slice(0, mostTargets);
  // Section 6: a path that leads nowhere is followed by the well-known one.
  if (own.length > 0) return own.map((url) => ({ url, links: path === null ? [wellKnown, '/'] : [path, wellKnown] }));
  const [stranger] = urls;
  throw stranger
    ? elsewhere(domain, path === null ? stranger.origin : new URL(path, stranger).href)
    : noService(domain);
}

/** RFC 2782: by priority, then by chance in proportion to weight. */
function inOrder(records: readonly SrvRecord[], random: () => number): SrvRecord[] {
  const left = records.filter(({ name }) => name !== '' && name !== '.').sort((a, b) => a.weight - b.weight);
  const ordered: SrvRecord[] = [];
  while (left.length > 0) {
    const priority = Math.min(...left.map((record) => record.priority));
    const pool = left.filter((record) => record.priority === priority);
    const mark = Math.floor(random() * (pool.reduce((sum, { weight }) => sum + weight, 0) + 1));
    let sum = 0;
    const chosen = pool.find(({ weight }) => (sum += weight) >= mark) ?? pool[0];
    if (!chosen) break;
    ordered.push(chosen);
    left.splice(left.indexOf(chosen), 1);
  }
  return ordered;
}

/** null: no host name. DNS may answer with any bytes, such as `thief.net/.company.com`, which is another host in a URL. */
function urlOf({ name, port }: SrvRecord): URL | null {
  const host = name.replace(/\.$/, '').toLowerCase();
  const text = `https://${host}:${port}`;
  if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(host) || port === 0 || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.hostname === host ? url : null;
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** RFC 6764 section 4: the value of the key `path` (RFC 6763 section 6: in any case, the first one counts). */
function contextPath(texts: readonly string[]): string | null {
  const value = texts.find((text) => /^path=/i.test(text))?.slice('path='.length);
  // Two slashes at the beginning would name another host.
  return value !== undefined && /^\/(?![/\\])[\x21-\x7e]{0,1000}$/.test(value) ? value : null;
}
