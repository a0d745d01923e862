// reginfo+xml (RFC 3680 5): which phones are registered for an address, told in full or as changes with a version.
import { parseNumber } from '../wire/index.ts';
import { parseXml, type XmlElement } from '../xml/index.ts';
import { unreadable, versioned, type Reading, type Unreadable } from './reading.ts';
import type { Registered, RegisteredContact, RegInfo } from './types.ts';
import { child, children, oneOf, optional } from './xml-reading.ts';

const NAMESPACE = 'urn:ietf:params:xml:ns:reginfo';
const STATES = ['init', 'active', 'terminated'] as const;
const CONTACT_STATES = ['active', 'terminated'] as const;
const MAX_CONTACTS = 1000;

/** Reads the body of a reg NOTIFY on top of what was known. */
export function readRegInfo(body: Buffer, known: Reading<RegInfo> | null): Reading<RegInfo> | Unreadable {
  const root = parseXml(body);
  if (root.kind === 'problem') return unreadable(root.reason);
  if (root.name !== 'reginfo' || root.namespace !== NAMESPACE) return unreadable(`${root.name} is no reginfo`);
  const version = parseNumber(root.attributes.get('version') ?? '', 0xffff_ffff);
  if (version === null) return unreadable('reginfo without a version');
  const full = root.attributes.get('state') !== 'partial';
  const told = children(root, 'registration')
    .map(readRegistration)
    .filter((one) => one !== null);
  return versioned(known, version, full, (before) => {
    const merged = new Map((before?.registrations ?? []).map((one) => [one.id, one]));
    for (const one of told) {
      const contacts = new Map(merged.get(one.id)?.contacts.map((contact) => [contact.id, contact]));
      for (const contact of one.contacts) contacts.set(contact.id, contact);
      const living = [...contacts.values()].filter((contact) => contact.state === 'active').slice(-MAX_CONTACTS);
      merged.set(one.id, { ...one, contacts: one.state === 'active' ? living : [] });
    }
    return { registrations: [...merged.values()].slice(-MAX_CONTACTS) };
  });
}

function readRegistration(element: XmlElement): Registered | null {
  const { attributes } = element;
  const [id, aor, state] = [attributes.get('id'), attributes.get('aor'), oneOf(attributes.get('state'), STATES)];
  if (id === undefined || aor === undefined || state === undefined) return null;
  const contacts = children(element, 'contact').slice(0, MAX_CONTACTS).map(readContact);
  return { id, aor, state, contacts: contacts.filter((contact) => contact !== null) };
}

function readContact(element: XmlElement): RegisteredContact | null {
  const { attributes } = element;
  const [id, state] = [attributes.get('id'), oneOf(attributes.get('state'), CONTACT_STATES)];
  const uri = child(element, 'uri')?.text;
  if (id === undefined || state === undefined || uri === undefined || uri === '') return null;
  const expires = parseNumber(attributes.get('expires') ?? '', 0xffff_ffff);
  return {
    id,
    uri,
    state,
    event: attributes.get('event') ?? '',
    ...optional('displayName', child(element, 'display-name')?.text),
    ...optional('expires', expires ?? undefined),
  };
}
