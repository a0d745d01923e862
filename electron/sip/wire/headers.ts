// Header fields of a message (RFC 3261 7.3): kept as lines, split and unfolded only when somebody asks.
import { headerName, type HeaderName } from './header-names.ts';
import { textOf, type Lines } from './lines.ts';
import { splitOutsideQuotes } from './scan.ts';
import type { Headers } from './types.ts';

/** One line (or folded lines). What came off the wire is offsets into the lines until it is first read. */
interface Field {
  readonly header: HeaderName;
  value: string | null;
  readonly start: number;
  readonly end: number;
}

export class HeaderFields implements Headers {
  private fields: Field[] = [];
  private readonly lines: Lines | null;

  /** Empty; `lines` is what {@link addLine} refers to. */
  constructor(lines: Lines | null = null) {
    this.lines = lines;
  }

  /** For the parser: a line whose value lies between two offsets, folded and untrimmed. */
  addLine(header: HeaderName, start: number, end: number): void {
    this.fields.push({ header, value: null, start, end });
  }

  get(name: string): string | undefined {
    const header = headerName(name);
    for (const field of this.fields) {
      if (!isSame(field.header, header)) continue;
      const value = this.read(field);
      return field.header.list && value.includes(',') ? splitOutsideQuotes(value, ',')[0] : value;
    }
    return undefined;
  }

  all(name: string): readonly string[] {
    const header = headerName(name);
    const values: string[] = [];
    for (const field of this.fields) {
      if (!isSame(field.header, header)) continue;
      const value = this.read(field);
      if (!field.header.list || (value !== '' && !value.includes(','))) values.push(value);
      else for (const element of splitOutsideQuotes(value, ',')) if (element !== '') values.push(element);
    }
    return values;
  }

  has(name: string): boolean {
    const { key } = headerName(name);
    return this.fields.some((field) => field.header.key === key);
  }

  /** How many lines carry this name; a comma list on one line counts once. */
  count(header: HeaderName): number {
    let lines = 0;
    for (const field of this.fields) if (isSame(field.header, header)) lines++;
    return lines;
  }

  set(name: string, value: string | readonly string[]): void {
    const header = headerName(name);
    const values = typeof value === 'string' ? [value] : value;
    const fresh = values.map((one) => written(header, one));
    const first = this.fields.findIndex((field) => field.header.key === header.key);
    const others = this.fields.filter((field) => field.header.key !== header.key);
    others.splice(first < 0 ? others.length : this.countOthersBefore(first, header.key), 0, ...fresh);
    this.fields = others;
  }

  append(name: string, value: string): void {
    this.fields.push(written(headerName(name), value));
  }

  prepend(name: string, value: string): void {
    const header = headerName(name);
    const first = this.fields.findIndex((field) => field.header.key === header.key);
    this.fields.splice(Math.max(first, 0), 0, written(header, value));
  }

  delete(name: string): void {
    const { key } = headerName(name);
    this.fields = this.fields.filter((field) => field.header.key !== key);
  }

  *entries(): Iterable<readonly [string, string]> {
    for (const field of this.fields) yield [field.header.name, this.read(field)] as const;
  }

  copy(): HeaderFields {
    const copy = new HeaderFields(this.lines);
    copy.fields = [...this.fields];
    return copy;
  }

  /** Unfolds (RFC 3261 7.3.1: a line break with its spaces means one space) and trims, once. */
  private read(field: Field): string {
    if (field.value === null) {
      const raw = this.lines ? textOf(this.lines, field.start, field.end) : '';
      field.value = raw.includes('\n') ? unfold(raw) : raw.trim();
    }
    return field.value;
  }

  private countOthersBefore(index: number, key: string): number {
    let count = 0;
    for (let i = 0; i < index; i++) if (this.fields[i]?.header.key !== key) count++;
    return count;
  }
}

/** Registered names have one record each. */
function isSame(one: HeaderName, other: HeaderName): boolean {
  return one === other || (!one.known && one.key === other.key);
}

/** A field of our own. */
function written(header: HeaderName, value: string): Field {
  return { header, value, start: 0, end: 0 };
}

function unfold(value: string): string {
  const lines = value.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ');
}

/** New header fields, in the order given. */
export function createHeaders(entries: Iterable<readonly [string, string]> = []): HeaderFields {
  const headers = new HeaderFields();
  for (const [name, value] of entries) headers.append(name, value);
  return headers;
}

/** A copy that can be changed without touching the original. */
export function copyHeaders(headers: Headers): HeaderFields {
  return headers instanceof HeaderFields ? headers.copy() : createHeaders(headers.entries());
}
