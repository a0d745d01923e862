// CardDAV (RFC 6352): finds the person's address books, and tells what changed in them since the last time.
import * as v from 'valibot';
import { personDraftSchema, ProblemError, type CardDavServer, type PersonDraft } from '../../../contract/index.ts';
import type { Parsed } from '../import/types.ts';
import { readVcard } from '../import/vcard.ts';
import { fromBytes, sourceVersionsSchema, toBytes, type SourceChanges } from './changes.ts';
import { davAddress } from './dav-address.ts';
import { DavClient } from './dav-client.ts';
import { mostPeople, syncLimit } from './limits.ts';
import type { Multistatus, Property, Resource } from './multistatus.ts';
import { serverError, serverProblem, silent, tooMuch } from './problems.ts';
import { davPlaces, wellKnown } from './service-discovery.ts';
import type { ServiceDns } from './service-dns.ts';

interface AddressBook {
  url: URL;
  /** Changes with each change of the book: its sync-token (RFC 6578), or getctag; null: the server has neither. */
  state: string | null;
  canSync: boolean;
}

const namespaces = 'xmlns="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav" xmlns:cs="http://calendarserver.org/ns/"';
const propfind = (properties: string) =>
  `<?xml version="1.0" encoding="utf-8"?><propfind ${namespaces}><prop>${properties}</prop></propfind>`;
const addressBookType = '{urn:ietf:params:xml:ns:carddav}addressbook';
/** Cards that are asked for at once. */
const cardsAtOnce = 100;
/** Parts in which one sync-collection may come. */
const mostParts = 1000;

/** The next of a domain's servers may be there. */
const outOfReach = new Set(['directory-refused', 'server-silent', 'server-unknown', 'server-hung-up']);

const marksSchema = v.record(v.string(), v.string());

/** A server as it was typed, and what its name and host are looked up with. */
export interface CardDavAccess {
  server: CardDavServer;
  password: string | null;
  dns: ServiceDns;
}

/** JSON of {@link SourceChanges}. Throws ProblemError; then nothing changed. */
export function syncAddressBooks(access: CardDavAccess, knownBytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const known = fromBytes(sourceVersionsSchema, knownBytes);
  const marks = marksOf(known.mark);
  return withBooks(access, syncLimit, async (client, books) => {
    const changes: SourceChanges = { mark: null, changed: [], removed: [] };
    const next: Record<string, string> = {};
    const places = books.map(({ url }) => url.pathname);
    // A book that is gone takes its people along.
    for (const key of Object.keys(known.versions)) {
      if (!places.some((place) => key.startsWith(place))) changes.removed.push(key);
    }
    for (const book of books) {
      const place = book.url.pathname;
      const versions = new Map(Object.entries(known.versions).filter(([key]) => key.startsWith(place)));
      const mark = marks[place];
      const end = await syncBook(client, book, mark ?? null, versions, changes);
      if (end !== null) next[place] = end;
    }
    changes.mark = JSON.stringify(next);
    return toBytes(changes);
  });
}

/** Each book and how many cards it has. Throws ProblemError. */
export function addressBooks(access: CardDavAccess): Promise<{ name: string; cards: number }[]> {
  return withBooks(access, syncLimit / 10, async (client, found) => {
    const books: { name: string; cards: number }[] = [];
    for (const { url } of found) books.push({ name: url.pathname, cards: (await listed(client, url)).size });
    return books;
  });
}

/** The books of the first server of those that stand for what was typed (RFC 6764 section 6) which can be reached. */
async function withBooks<T>(
  { server, password, dns }: CardDavAccess,
  limit: number,
  work: (client: DavClient, books: AddressBook[]) => Promise<T>,
): Promise<T> {
  const { url, domain, user } = davAddress(server);
  const signal = AbortSignal.timeout(limit);
  const named = domain === null ? [] : davPlaces(domain, await dns.service(domain), Math.random);
  const places = named.length > 0 ? named : [{ url, links: linksOf(url) }];
  let unreachable = silent(url.hostname);
  for (const place of places) {
    const { caFile } = server;
    const client = new DavClient({ start: place.url, user, password, caFile, signal, lookup: dns.lookup });
    try {
      return await work(client, await find(client, place.links));
    } catch (error) {
      const problem = serverProblem(error, client.host);
      if (!outOfReach.has(problem.code)) throw new ProblemError(problem, { cause: error });
      unreachable = new ProblemError(problem, { cause: error });
    } finally {
      client.close();
    }
  }
  throw unreachable;
}

/** A path that was typed may lead to the books itself; a host alone says where (RFC 6764 section 5). */
function linksOf({ pathname, href }: URL): string[] {
  return pathname === '/' ? [wellKnown, href] : [href];
}

/** From one of the links to the books: it may be one itself, or lead there (RFC 6764 section 6, RFC 6352 section 7.1.1). */
async function find(client: DavClient, links: readonly string[]): Promise<AddressBook[]> {
  const properties = propfind('<resourcetype/><current-user-principal/><card:addressbook-home-set/>');
  for (const link of links) {
    const place = client.resolve(link, client.start);
    const answer = await client.ask(place, { method: 'PROPFIND', depth: '0', body: properties });
    const [resource] = answer?.multistatus.resources ?? [];
    if (!answer || !resource) continue;
    if (isBook(resource)) return booksAt(client, answer.url, '0');
    const home = await homeOf(client, answer.url, resource, properties);
    const books = home && (await booksAt(client, home, '1'));
    if (books && books.length > 0) return books;
  }
  throw serverError(
    'server-no-book',
    `There is no address book for you at ${client.host}. Check the address; it may need a path, such as /dav/.`,
    'url',
  );
}

async function homeOf(client: DavClient, at: URL, resource: Resource, properties: string): Promise<URL | null> {
  const home = hrefOf(resource, '{urn:ietf:params:xml:ns:carddav}addressbook-home-set');
  if (home !== null) return client.resolve(home, at);
  const principal = hrefOf(resource, '{DAV:}current-user-principal');
  if (principal === null) return null;
  const answer = await client.ask(client.resolve(principal, at), { method: 'PROPFIND', depth: '0', body: properties });
  const [found] = answer?.multistatus.resources ?? [];
  const href = found ? hrefOf(found, '{urn:ietf:params:xml:ns:carddav}addressbook-home-set') : null;
  return answer && href !== null ? client.resolve(href, answer.url) : null;
}

async function booksAt(client: DavClient, url: URL, depth: '0' | '1'): Promise<AddressBook[]> {
  const body = propfind('<resourcetype/><sync-token/><cs:getctag/>');
  const answer = await client.ask(url, { method: 'PROPFIND', depth, body });
  return (answer?.multistatus.resources ?? []).filter(isBook).map((resource) => {
    const token = textOf(resource, '{DAV:}sync-token');
    const tag = textOf(resource, '{http://calendarserver.org/ns/}getctag');
    return { url: client.resolve(resource.href, answer?.url ?? url), state: token ?? tag, canSync: token !== null };
  });
}

/** Adds to `changes`; returns the book's state, from which the next sync goes on. */
async function syncBook(
  client: DavClient,
  book: AddressBook,
  mark: string | null,
  versions: ReadonlyMap<string, string>,
  changes: SourceChanges,
): Promise<string | null> {
  if (mark !== null && mark === book.state) return mark;
  const since = mark !== null && book.canSync ? await changedSince(client, book.url, mark) : null;
  const cards = since?.cards ?? (await listed(client, book.url));
  const gone = since ? since.removed : [...versions.keys()].filter((key) => !cards.has(key));
  changes.removed.push(...gone);
  const wanted = [...cards].filter(([key, version]) => versions.get(key) !== version);
  if (changes.changed.length + wanted.length > mostPeople) throw tooMuch(client.host);
  for (let from = 0; from < wanted.length; from += cardsAtOnce) {
    changes.changed.push(...(await fetched(client, book.url, wanted.slice(from, from + cardsAtOnce))));
  }
  return since?.token ?? book.state;
}

/** Every card of a book with its version (RFC 4918 section 15.6). */
async function listed(client: DavClient, url: URL): Promise<Map<string, string>> {
  const body = propfind('<resourcetype/><getetag/>');
  const answer = await client.ask(url, { method: 'PROPFIND', depth: '1', body });
  return cardsOf(client, answer?.multistatus.resources ?? [], url);
}

/** RFC 6578. null: the server does not take this token any more, so that everything is looked through. */
async function changedSince(
  client: DavClient,
  url: URL,
  mark: string,
): Promise<{ cards: Map<string, string>; removed: string[]; token: string } | null> {
  const cards = new Map<string, string>();
  const removed: string[] = [];
  let token = mark;
  for (let part = 0; part < mostParts; part += 1) {
    const multistatus = await collection(client, url, token);
    if (multistatus?.syncToken == null) return null;
    for (const [key, version] of cardsOf(client, multistatus.resources, url)) cards.set(key, version);
    for (const { href, status } of multistatus.resources) {
      if (status === 404) removed.push(client.resolve(href, url).pathname);
    }
    token = multistatus.syncToken;
    // Section 3.6: 507 for the collection itself says that there is more.
    if (!multistatus.resources.some(({ status }) => status === 507)) return { cards, removed, token };
  }
  return null;
}

async function collection(client: DavClient, url: URL, token: string): Promise<Multistatus | null> {
  const body = `<?xml version="1.0" encoding="utf-8"?><sync-collection ${namespaces}><sync-token>${escaped(token)}</sync-token><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>`;
  try {
    // Section 3.3: the depth of the request is 0; the level says how deep it goes.
    return (await client.ask(url, { method: 'REPORT', depth: '0', body }))?.multistatus ?? null;
  } catch {
    // An old token (403, 409, 412), or a server that only says it can: looking through everything tells what is wrong, if anything is.
    return null;
  }
}

function cardsOf(client: DavClient, resources: readonly Resource[], url: URL): Map<string, string> {
  const cards = new Map<string, string>();
  for (const resource of resources) {
    const version = textOf(resource, '{DAV:}getetag');
    if (version === null || resource.status >= 400) continue;
    const key = client.resolve(resource.href, url).pathname;
    if (key !== url.pathname && key.startsWith(url.pathname)) cards.set(key, version);
  }
  if (cards.size > mostPeople) throw tooMuch(client.host);
  return cards;
}

/** RFC 6352 section 8.7. */
async function fetched(
  client: DavClient,
  url: URL,
  cards: readonly [string, string][],
): Promise<SourceChanges['changed']> {
  const hrefs = cards.map(([key]) => `<href>${escaped(key)}</href>`).join('');
  const body = `<?xml version="1.0" encoding="utf-8"?><card:addressbook-multiget ${namespaces}><prop><getetag/><card:address-data/></prop>${hrefs}</card:addressbook-multiget>`;
  const answer = await client.ask(url, { method: 'REPORT', depth: '1', body });
  const wanted = new Map(cards);
  let isAnswered = false;
  const found = (answer?.multistatus.resources ?? []).flatMap((resource) => {
    const key = client.resolve(resource.href, url).pathname;
    const text = textOf(resource, '{urn:ietf:params:xml:ns:carddav}address-data');
    // Only what was asked for, whatever else comes. A card may have gone meanwhile; not all of them at once.
    isAnswered ||= wanted.has(key);
    if (!wanted.has(key) || text === null) return [];
    const version = textOf(resource, '{DAV:}getetag') ?? wanted.get(key) ?? '';
    return [{ key, version, person: personOf(text) }];
  });
  if (isAnswered) return found;
  throw serverError(
    'server-lies',
    `${client.host} lists people and does not hand them out, so nothing was changed. Ask its administrator.`,
  );
}

/** null: a group, or a card that cannot be read. */
function personOf(card: string): PersonDraft | null {
  if (/^(?:X-ADDRESSBOOKSERVER-)?KIND[^:]*:\s*group/im.test(card)) return null;
  const parsed: Parsed = { entries: [], faults: [] };
  // Cards are short: nobody needs a turn in between.
  Array.from(readVcard(card, parsed));
  const usable = v.safeParse(personDraftSchema, parsed.entries[0]?.person);
  return usable.success ? usable.output : null;
}

function isBook({ properties }: Resource): boolean {
  return properties.get('{DAV:}resourcetype')?.names.includes(addressBookType) ?? false;
}

function hrefOf(resource: Resource, name: string): string | null {
  return resource.properties.get(name)?.hrefs[0] ?? null;
}

function textOf({ properties }: Resource, name: string): string | null {
  const text: Property['text'] | undefined = properties.get(name)?.text;
  return text === undefined || text === '' ? null : text;
}

function marksOf(mark: string | null): Record<string, string> {
  try {
    return v.parse(marksSchema, JSON.parse(mark ?? '{}'));
  } catch {
    return {};
  }
}

function escaped(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
