// People into vCard 4.0 (RFC 6350) and CSV (RFC 4180) whose cells no spreadsheet takes for formulas.
import type { PersonDraft } from '../../../contract/index.ts';
import { csvField } from '../../store/index.ts';

const kinds = ['work', 'mobile', 'home', 'extension', 'sip', 'other'] as const;

/** One text with CRLF. Values are escaped (RFC 6350 3.4); a SIP address is an IMPP, an extension a TEL at work. */
export function writeVcard(people: Iterable<PersonDraft>): string {
  const lines: string[] = [];
  for (const { name, company, email, note, numbers, picture, groups = [] } of people) {
    lines.push('BEGIN:VCARD', 'VERSION:4.0', `FN:${escaped(name)}`);
    if (company !== undefined) lines.push(`ORG:${escaped(company)}`);
    if (email !== undefined) lines.push(`EMAIL:${escaped(email)}`);
    for (const { value, kind } of numbers) {
      if (kind === 'sip') lines.push(`IMPP:sip:${escaped(value)}`);
      else lines.push(`TEL;TYPE=${vcardType[kind]}:${escaped(value)}`);
    }
    if (note !== undefined) lines.push(`NOTE:${escaped(note)}`);
    if (groups.length > 0) lines.push(`CATEGORIES:${groups.map(escaped).join(',')}`);
    if (picture !== undefined) lines.push(`PHOTO:${picture}`);
    lines.push('END:VCARD');
  }
  return lines.map((line) => `${line}\r\n`).join('');
}

const vcardType = { work: 'work', extension: 'work', mobile: 'cell', home: 'home', other: 'voice' } as const;

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\n|\r/g, '\\n');
}

/** A person with two numbers of a kind has two columns of it. */
export function writeCsv(people: readonly PersonDraft[]): string {
  const of = (person: PersonDraft, kind: string) => person.numbers.filter((number) => number.kind === kind);
  const counts = kinds.map((kind) => people.reduce((most, person) => Math.max(most, of(person, kind).length), 0));
  const repeated = <T>(each: (kind: (typeof kinds)[number], index: number) => T): T[] =>
    kinds.flatMap((kind, at) => Array.from({ length: counts[at] ?? 0 }, (_, index) => each(kind, index)));
  const rows = [['Name', 'Company', 'E-mail', 'Note', 'Groups', ...repeated((kind) => kind)]];
  for (const person of people) {
    const { name, company = '', email = '', note = '', groups = [] } = person;
    const numbers = repeated((kind, index) => of(person, kind)[index]?.value ?? '');
    rows.push([name, company, email, note, groups.join(';'), ...numbers]);
  }
  return rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}
