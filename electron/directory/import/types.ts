// What reading a file of people yields: people and faults, each with the line where it stands.
import type { PersonDraft, PhoneNumber } from '../../../contract/index.ts';
import { harmless } from '../harmless.ts';

export interface Entry {
  /** Line in the file where the entry begins, from 1. */
  line: number;
  person: PersonDraft;
}

export interface Fault {
  line: number;
  /** A sentence for the person who imports. */
  why: string;
}

export interface Parsed {
  entries: Entry[];
  faults: Fault[];
}

/** Reads a text into `parsed` and yields how far it is now and then, in characters, so that others get their turn. Never throws. */
export type Reader = (text: string, parsed: Parsed) => Generator<number, void>;

/** What was read of a person, before it is known whether it makes one. */
export interface Fields {
  name?: string | undefined;
  company?: string | undefined;
  email?: string | undefined;
  note?: string | undefined;
  picture?: string | undefined;
  groups?: readonly string[] | undefined;
  numbers: PhoneNumber[];
}

/**
 * Adds the person, or the fault that makes it none. Texts too long for the directory are faults, never cut in silence.
 * Names come from elsewhere: what turns the reading direction or prints nothing is taken out of them.
 */
export function take(parsed: Parsed, line: number, fields: Fields): void {
  const name = clean(fields.name) ?? clean(fields.company);
  const why = name === undefined ? 'There is no name here.' : tooLong(name, fields);
  if (name === undefined || why !== null) {
    parsed.faults.push({ line, why: why ?? 'There is no name here.' });
    return;
  }
  const shown = harmless(name);
  if (shown === '') {
    parsed.faults.push({ line, why: 'The name here has no letter that can be seen.' });
    return;
  }
  const numbers = new Map(fields.numbers.map((number) => [number.value, number]));
  const person: PersonDraft = { name: shown, numbers: [...numbers.values()] };
  const company = harmless(fields.company ?? '');
  const email = clean(fields.email);
  const note = clean(fields.note);
  if (company !== '') person.company = company;
  if (email !== undefined) person.email = email;
  if (note !== undefined) person.note = note;
  if (fields.picture !== undefined) person.picture = fields.picture;
  const groups = new Set((fields.groups ?? []).map((group) => group.trim()).filter((group) => group !== ''));
  if (groups.size > 0) person.groups = [...groups];
  parsed.entries.push({ line, person });
}

function clean(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === undefined || trimmed === '' ? undefined : trimmed;
}

function tooLong(name: string, fields: Fields): string | null {
  if (name.length > 256) return 'The name is longer than 256 characters.';
  if ((fields.company ?? '').length > 256) return 'The company is longer than 256 characters.';
  if ((fields.email ?? '').length > 256) return 'The e-mail address is longer than 256 characters.';
  if ((fields.note ?? '').length > 4096) return 'The note is longer than 4096 characters.';
  if ((fields.groups ?? []).some((group) => group.trim().length > 64)) return 'A group is longer than 64 characters.';
  if ((fields.groups ?? []).length > 64) return 'There are more than 64 groups here.';
  return fields.numbers.some(({ value }) => value.length > 256) ? 'A number is longer than 256 characters.' : null;
}
