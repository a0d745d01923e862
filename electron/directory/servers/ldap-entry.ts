// An LDAP entry as a person. What a server writes is a stranger's text: it is made harmless before anybody sees it.
import type { Entry } from 'ldapts';
import {
  serverPersonPrefix,
  type LdapAttributes,
  type LdapServer,
  type PhoneNumber,
  type ServerPerson,
} from '../../../contract/index.ts';
import { harmless } from '../harmless.ts';
import { dialable } from '../numbers.ts';

/** Nobody has more; an entry with a thousand would only fill the card. */
const mostNumbers = 20;
const longestNumber = 64;

/** null: nobody, for it has no name. */
export function personOfEntry(entry: Entry, server: LdapServer, attributes: LdapAttributes): ServerPerson | null {
  const values = valuesOf(entry);
  const first = (attribute: string) => harmless(values(attribute)[0] ?? '');
  const name = first(attributes.name);
  if (name === '') return null;
  const company = first(attributes.company);
  const email = first(attributes.email);
  const numbers = (['work', 'mobile', 'home', 'extension'] as const).flatMap((kind) =>
    values(attributes[kind]).map((value): PhoneNumber => ({ value: harmless(value), kind })),
  );
  const usable = numbers.filter(({ value }) => value.length <= longestNumber && isCallable(value));
  return {
    id: `${serverPersonPrefix}${server.id}:${entry.dn}`.slice(0, 256),
    source: server.name,
    name,
    ...(company === '' ? {} : { company }),
    ...(email === '' ? {} : { email }),
    numbers: [...new Map(usable.map((number) => [number.value, number])).values()].slice(0, mostNumbers),
  };
}

/** A number, or an address of a phone; what else stands there cannot be called. */
function isCallable(value: string): boolean {
  return dialable(value) !== null || /^(?:sips?:)?[^@\s]+@[^@\s]+$/i.test(value);
}

/** Attribute names are the same in any case (RFC 4512 section 2.5); binary values are none of ours. */
function valuesOf(entry: Entry): (attribute: string) => string[] {
  const found = new Map(Object.entries(entry).map(([name, value]) => [name.toLowerCase(), value]));
  return (attribute) => {
    const value = found.get(attribute.toLowerCase());
    const list = Array.isArray(value) ? value : [value];
    return list.filter((one): one is string => typeof one === 'string');
  };
}
