// What reading a file of people yields: people and faults, each with the line where it stands.
import type { PersonDraft, PhoneNumber } from '../../../contract/index.ts';

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

/** Longer files are no address books; they would only fill the memory. In characters. */
export const longestFile = 256 * 1024 * 1024;

/** What was read of a person, before it is known whether it makes one. */
export interface Fields {
  name?: string | undefined;
  company?: string | undefined;
  email?: string | undefined;
  note?: string | undefined;
  numbers: PhoneNumber[];
}

/** Adds the person, or the fault that makes it none. Texts too long for the directory are faults, never cut in silence. */
export function take(parsed: Parsed, line: number, fields: Fields): void {
  const name = clean(fields.name) ?? clean(fields.company);
  const why = name === undefined ? 'There is no name here.' : tooLong(name, fields);
  if (name === undefined || why !== null) {
    parsed.faults.push({ line, why: why ?? 'There is no name here.' });
    return;
  }
  const company = clean(fields.company);
  const email = clean(fields.email);
  const note = clean(fields.note);
  const numbers = new Map(fields.numbers.map((number) => [number.value, number]));
  parsed.entries.push({
    line,
    person: {
      name,
      numbers: [...numbers.values()],
      ...(company === undefined ? {} : { company }),
      ...(email === undefined ? {} : { email }),
      ...(note === undefined ? {} : { note }),
    },
  });
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
  return fields.numbers.some(({ value }) => value.length > 256) ? 'A number is longer than 256 characters.' : null;
}
