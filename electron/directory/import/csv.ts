// CSV (RFC 4180) into people: comma, semicolon or tab, the columns found by their names.
import { unguarded } from '../../store/index.ts';
import { take, type Fields, type Reader } from './types.ts';
import type { PhoneNumber } from '../../../contract/index.ts';

type Column = 'name' | 'company' | 'email' | 'note' | 'groups' | 'given' | 'family' | PhoneNumber['kind'];

interface Row {
  line: number;
  cells: string[];
  /** A quoted cell that never ends. */
  open: boolean;
  /** Where in the file the next row begins. */
  end: number;
}

const columns: readonly (readonly [RegExp, Column])[] = [
  [/^(?:first|given) ?name$/, 'given'],
  [/^(?:last|family) ?name$|^surname$/, 'family'],
  [/^(?:full |display )?name$/, 'name'],
  [/company|^organi[sz]ation/, 'company'],
  [/e-?mail/, 'email'],
  [/^notes?$/, 'note'],
  [/^groups?$|^categories$/, 'groups'],
  [/^sip/, 'sip'],
  [/mobile|cell/, 'mobile'],
  [/extension/, 'extension'],
  [/home.*phone|^home$/, 'home'],
  [/business phone|work.*phone|^work$/, 'work'],
  [/^(?:other|phone|telephone|number|tel)/, 'other'],
];

/** The first row names the columns. A row that cannot be read is a fault with its line. */
export const readCsv: Reader = function* readCsv(text, parsed) {
  let header: (Column | null)[] | null = null;
  for (const { line, cells, open, end } of rows(text, separator(text))) {
    if (open) parsed.faults.push({ line, why: 'A quotation mark is opened here and never closed.' });
    else if (cells.every((cell) => cell.trim() === '')) continue;
    else if (header === null) {
      header = cells.map((cell) => columnOf(cell));
      if (!header.some((column) => column === 'name' || column === 'given' || column === 'family')) {
        parsed.faults.push({ line, why: 'No column is called "Name", "First name" or "Last name".' });
        return;
      }
    } else if (cells.length > header.length) {
      parsed.faults.push({ line, why: `This row has ${cells.length} cells, but there are ${header.length} columns.` });
    } else take(parsed, line, fieldsOf(header, cells));
    yield end;
  }
};

function columnOf(title: string): Column | null {
  const name = title.trim().toLowerCase().replaceAll('_', ' ');
  return columns.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

function fieldsOf(header: readonly (Column | null)[], cells: readonly string[]): Fields {
  const fields: Fields = { numbers: [] };
  let given = '';
  let family = '';
  for (const [at, column] of header.entries()) {
    // What our own export has made harmless comes back as it was.
    const cell = unguarded((cells[at] ?? '').trim());
    if (cell === '' || column === null) continue;
    if (column === 'given') given = cell;
    else if (column === 'family') family = cell;
    else if (column === 'groups') fields.groups = cell.split(';');
    else if (column === 'name' || column === 'company' || column === 'email' || column === 'note')
      fields[column] ??= cell;
    else fields.numbers.push({ value: cell, kind: column });
  }
  fields.name ??= `${given} ${family}`;
  return fields;
}

function separator(text: string): string {
  const first = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const count = (mark: string) => first.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

function* rows(text: string, mark: string): Generator<Row> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const row: Row = { line, cells: [], open: false, end: 0 };
    for (;;) {
      let cell = '';
      if (text[at] === '"') {
        for (at += 1; ;) {
          const end = text.indexOf('"', at);
          cell += text.slice(at, end < 0 ? text.length : end);
          row.open = end < 0;
          at = end < 0 ? text.length : end + 1;
          if (text[at] !== '"') break;
          cell += '"';
          at += 1;
        }
        line += cell.split(/\r\n|\n|\r/).length - 1;
      }
      const start = at;
      while (at < text.length && text[at] !== mark && text[at] !== '\n' && text[at] !== '\r') at += 1;
      row.cells.push(cell + text.slice(start, at));
      if (text[at] !== mark) break;
      at += 1;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    row.end = at;
    yield row;
  }
}
