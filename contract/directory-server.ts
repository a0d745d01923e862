// Servers with people on them: an LDAP directory that is asked while somebody types, a CardDAV address book that is copied.
import * as v from 'valibot';
import type { PersonDraft, PersonRow } from './people.ts';
import type { Problem } from './problem.ts';

/** Shown beside each of its people, and the name of its copy in the store. */
const name = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'Give it a name, such as "Company directory".'),
  v.maxLength(64, 'A name has 64 characters at most.'),
);
const id = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/));
/** PEM file with the company's own certificate authority, added to the system's. */
const caFile = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(4096)));

const attribute = v.pipe(
  v.string(),
  v.trim(),
  v.regex(
    /^[A-Za-z][A-Za-z0-9-]{0,63}$/,
    'An attribute is one word of letters, digits and -, such as telephoneNumber.',
  ),
);

/** Which attribute of an entry is what (RFC 4519, RFC 2798); Active Directory has the same names. */
export const ldapAttributesSchema = v.object({
  name: v.optional(attribute, 'cn'),
  company: v.optional(attribute, 'o'),
  email: v.optional(attribute, 'mail'),
  work: v.optional(attribute, 'telephoneNumber'),
  mobile: v.optional(attribute, 'mobile'),
  home: v.optional(attribute, 'homePhone'),
  extension: v.optional(attribute, 'ipPhone'),
});
export type LdapAttributes = v.InferOutput<typeof ldapAttributesSchema>;

export const ldapServerSchema = v.object({
  kind: v.literal('ldap'),
  id,
  name,
  host: v.pipe(
    v.string(),
    v.trim(),
    v.maxLength(255),
    v.regex(
      /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)$/,
      'A server looks like ldap.company.com, without ldap:// and port.',
    ),
  ),
  /** Absent: 636 for `tls`, else 389. */
  port: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535))),
  security: v.picklist(['tls', 'starttls', 'none']),
  /** Absent: asked without a name. */
  bindDn: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(1024))),
  baseDn: v.pipe(v.string(), v.trim(), v.maxLength(1024)),
  /** Only entries that match this are people, too (RFC 4515). */
  filter: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(1024))),
  attributes: v.optional(ldapAttributesSchema),
  caFile,
});
export type LdapServer = v.InferOutput<typeof ldapServerSchema>;

export const cardDavServerSchema = v.object({
  kind: v.literal('carddav'),
  id,
  name,
  /**
   * Of the server, of the person's principal, or of one address book. Without a scheme it is https; a domain or a mailbox alone
   * stands for the server that DNS names (RFC 6764).
   */
  url: v.pipe(v.string(), v.trim(), v.minLength(1, 'Type the address of the server.'), v.maxLength(2048)),
  user: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(256))),
  /** The person wishes so: name and password go over http. Without it only to this computer. */
  allowPlain: v.optional(v.boolean()),
  caFile,
});
export type CardDavServer = v.InferOutput<typeof cardDavServerSchema>;

export const directoryServerSchema = v.variant('kind', [ldapServerSchema, cardDavServerSchema]);
export type DirectoryServer = v.InferOutput<typeof directoryServerSchema>;

/** What the form sends. No password: it stays as it was; an empty one: forget it. */
export const directoryServerDraftSchema = v.object({
  server: directoryServerSchema,
  password: v.optional(v.pipe(v.string(), v.maxLength(1024))),
});
export type DirectoryServerDraft = v.InferOutput<typeof directoryServerDraftSchema>;

export interface DirectoryServerState {
  config: DirectoryServer;
  hasPassword: boolean;
  /** It is being asked or copied now. */
  isBusy: boolean;
  /** When it last answered as it should, ms since the epoch; null: not yet. */
  answeredAt: number | null;
  /** People copied from it; null for one that is asked live. */
  people: number | null;
  /** What is wrong with it, in words; null: nothing known. */
  problem: Problem | null;
}

/** Somebody on a server who is not in the store. Their id begins with this. */
export const serverPersonPrefix = 'server:';

export interface ServerPerson extends PersonDraft {
  id: string;
}

/** What the servers that are asked live answered, the best first. */
export interface ServerPeople {
  rows: PersonRow[];
  /** Names of servers that have more than they gave. */
  more: string[];
}
