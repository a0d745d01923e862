// The three questions to an LDAP directory: who is called like this, whose number is this, does it work.
import * as v from 'valibot';
import { ldapAttributesSchema, type LdapServer } from '../../../contract/index.ts';
import { comparable, sameness } from '../numbers.ts';
import { rankOf } from '../match.ts';
import { searchText, tokens } from '../search-text.ts';
import { LdapConnection, ldapProblem } from './ldap-connection.ts';
import { personOfEntry } from './ldap-entry.ts';
import { everybody, numberFilter, peopleFilter, searchFilter } from './ldap-filter.ts';
import type { Found, Identified, Tried } from './messages.ts';

/** Colleagues of one building share the last digits of their numbers. */
const mostCandidates = 20;
/** A trial counts so far. */
const mostTried = 1000;

/** A directory with its connection; a change of its settings makes another one. */
export class LdapDirectory {
  readonly #server: LdapServer;
  readonly #connection: LdapConnection;
  readonly #attributes: v.InferOutput<typeof ldapAttributesSchema>;

  constructor(server: LdapServer, password: string | null) {
    this.#server = server;
    this.#connection = new LdapConnection(server, password);
    this.#attributes = server.attributes ?? v.parse(ldapAttributesSchema, {});
  }

  close(): void {
    this.#connection.close();
  }

  /** The best first. */
  async search(text: string, limit: number): Promise<Found> {
    const filter = searchFilter(text, this.#attributes, peopleFilter(this.#server.filter));
    if (!filter) return { people: [], more: false };
    const { people, more } = await this.#ask(filter, limit);
    const wanted = tokens(text);
    const ranked = people.map((person) => {
      const words = searchText(person);
      const rank = Math.max(0, ...wanted.map((token) => rankOf(words, token)));
      return { person, rank };
    });
    ranked.sort((a, b) => a.rank - b.rank || a.person.name.localeCompare(b.person.name));
    return { people: ranked.map(({ person }) => person), more };
  }

  /** null: nobody there has this number. */
  async identify(number: string): Promise<Identified> {
    const caller = comparable(number);
    const filter = numberFilter(number, this.#attributes, peopleFilter(this.#server.filter));
    if (!caller || !filter) return null;
    const { people } = await this.#ask(filter, mostCandidates);
    let best: Identified = null;
    let surest = 0;
    for (const { name, company, numbers } of people) {
      for (const { value } of numbers) {
        const theirs = comparable(value);
        const sure = theirs ? sameness(caller, theirs) : 0;
        if (sure <= surest) continue;
        surest = sure;
        best = { name, ...(company === undefined ? {} : { company }) };
      }
    }
    return best;
  }

  async try(): Promise<Tried> {
    const { people, more } = await this.#ask(everybody(this.#attributes, peopleFilter(this.#server.filter)), mostTried);
    return { people: people.length, more };
  }

  async #ask(filter: ReturnType<typeof everybody>, limit: number) {
    const attributes = [...new Set(Object.values(this.#attributes))];
    try {
      const { entries, more } = await this.#connection.search({ base: this.#server.baseDn, filter, attributes, limit });
      const people = entries.map((entry) => personOfEntry(entry, this.#server, this.#attributes));
      return { people: people.filter((person) => person !== null), more };
    } catch (error) {
      throw ldapProblem(error, this.#server) ?? error;
    }
  }
}
