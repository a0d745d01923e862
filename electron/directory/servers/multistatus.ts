// WebDAV's answer to PROPFIND and REPORT (RFC 4918 section 13): what is known of each resource.
import { SaxesParser } from 'saxes';

export interface Property {
  /** All text inside, white space at both ends removed. */
  text: string;
  /** Every DAV:href inside. */
  hrefs: string[];
  /** `{namespace}name` of each element directly inside. */
  names: string[];
}

export interface Resource {
  href: string;
  /** Of the resource as a whole; 0: each property has its own. */
  status: number;
  /** Those that exist, by `{namespace}name`. */
  properties: ReadonlyMap<string, Property>;
}

export interface Multistatus {
  resources: Resource[];
  /** Where a sync-collection ended (RFC 6578 section 6.2). */
  syncToken: string | null;
}

const deepest = 64;
const dav = (name: string) => `{DAV:}${name}`;

interface Open {
  name: string;
  text: string;
}

/** Throws for what is no well-formed multistatus. Entities of a document's own are not expanded. */
export function readMultistatus(xml: string): Multistatus {
  const found: Multistatus = { resources: [], syncToken: null };
  const path: Open[] = [];
  let resource: { href: string; status: number; properties: Map<string, Property> } | null = null;
  let propstat: { status: number; properties: Map<string, Property> } | null = null;
  let property: Property | null = null;
  let isMultistatus = false;
  const parser = new SaxesParser({ xmlns: true });
  const above = (levels: number) => path.at(-1 - levels)?.name;

  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ uri, local }) => {
    const name = `{${uri}}${local}`;
    path.push({ name, text: '' });
    if (path.length > deepest) throw new Error('The XML is nested too deeply.');
    if (path.length === 1) isMultistatus = name === dav('multistatus');
    if (name === dav('response') && path.length === 2) resource = { href: '', status: 0, properties: new Map() };
    if (name === dav('propstat') && above(1) === dav('response')) propstat = { status: 200, properties: new Map() };
    if (above(1) === dav('prop') && propstat && path.length === 5) {
      property = { text: '', hrefs: [], names: [] };
      propstat.properties.set(name, property);
    } else if (property && path.length === 6) property.names.push(name);
  });
  const onText = (text: string) => {
    const open = path.at(-1);
    if (open) open.text += text;
    if (property) property.text += text;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => {
    const open = path.pop();
    if (!open) return;
    const text = open.text.trim();
    const depth = path.length;
    if (property && open.name === dav('href')) property.hrefs.push(text);
    if (depth === 4 && property) {
      property.text = property.text.trim();
      property = null;
    }
    if (resource && depth === 2 && open.name === dav('href')) resource.href = text;
    if (resource && depth === 2 && open.name === dav('status')) resource.status = statusCode(text);
    if (propstat && depth === 3 && open.name === dav('status')) propstat.status = statusCode(text);
    if (propstat && depth === 2 && open.name === dav('propstat')) {
      if (propstat.status >= 200 && propstat.status < 300) {
        for (const [name, value] of propstat.properties) resource?.properties.set(name, value);
      }
      propstat = null;
    }
    if (resource && depth === 1 && open.name === dav('response')) {
      found.resources.push(resource);
      resource = null;
    }
    if (depth === 1 && open.name === dav('sync-token')) found.syncToken = text;
  });
  parser.write(xml).close();
  if (!isMultistatus) throw new Error('It is no multistatus.');
  return found;
}

/** `HTTP/1.1 200 OK` -> 200; 0 for anything else. */
function statusCode(line: string): number {
  return Number(/^HTTP\/[\d.]+ (\d{3})/.exec(line)?.[1] ?? 0);
}
