// Header fields of a message (RFC 3261 7.3): kept as lines, split and unfolded only when somebody asks.
import { headerName, type HeaderName } from './header-names.ts';
import { splitOutsideQuotes } from './scan.ts';
import type { Headers } from './types.ts';

/** One line (or folded lines). `value` is raw until it is first read. */
interface Field {
  readonly header: HeaderName;
  value: string;
  raw: boolean;
}

export class HeaderFields implements Headers {
  private fields: Field[] = [];

  /** For the parser: a line as it came, folded and untrimmed. */
  addRaw(header: HeaderName, value: string): void {
    this.fields.push({ header, value, raw: true });
  }

  get(name: string): string | undefined {
    const { key } = headerName(name);
    for (const field of this.fields) {
      if (field.header.key !== key) continue;
      const value = read(field);
      return field.header.list && value.includes(',') ? splitOutsideQuotes(value, ',')[0] : value;
    }
    return undefined;
  }

  all(name: string): readonly string[] {
    const { key } = headerName(name);
    const values: string[] = [];
    for (const field of this.fields) {
      if (field.header.key !== key) continue;
      const value = read(field);
      if (!field.header.list) values.push(value);
      else for (const element of splitOutsideQuotes(value, ',')) if (element !== '') values.push(element);
    }
    return values;
  }

  has(name: string): boolean {
    const { key } = headerName(name);
    return this.fields.some((field) => field.header.key === key);
  }

  /** How many lines carry this name; a comma list on one line counts once. */
  count(name: string): number {
    const { key } = headerName(name);
    let lines = 0;
    for (const field of this.fields) if (field.header.key === key) lines++;
    return lines;
  }

  set(name: string, value: string | readonly string[]): void {
    const header = headerName(name);
    const values = typeof value === 'string' ? [value] : value;
    const fresh = values.map((one): Field => ({ header, value: one, raw: false }));
    const first = this.fields.findIndex((field) => field.header.key === header.key);
    const others = this.fields.filter((field) => field.header.key !== header.key);
    others.splice(first < 0 ? others.length : this.countOthersBefore(first, header.key), 0, ...fresh);
    this.fields = others;
  }

  append(name: string, value: string): void {
    this.fields.push({ header: headerName(name), value, raw: false });
  }

  prepend(name: string, value: string): void {
    const header = headerName(name);
    const first = this.fields.findIndex((field) => field.header.key === header.key);
    this.fields.splice(Math.max(first, 0), 0, { header, value, raw: false });
  }

  delete(name: string): void {
    const { key } = headerName(name);
    this.fields = this.fields.filter((field) => field.header.key !== key);
  }

  *entries(): Iterable<readonly [string, string]> {
    for (const field of this.fields) yield [field.header.name, read(field)] as const;
  }

  copy(): HeaderFields {
    const copy = new HeaderFields();
    copy.fields = this.fields.map((field) => ({ ...field }));
    return copy;
  }

  private countOthersBefore(index: number, key: string): number {
    let count = 0;
    for (let i = 0; i < index; i++) if (this.fields[i]?.header.key !== key) count++;
    return count;
  }
}

/** Unfolds (RFC 3261 7.3.1: a line break with its spaces means one space) and trims, once. */
function read(field: Field): string {
  if (field.raw) {
    field.value = field.value.includes('\n') ? unfold(field.value) : field.value.trim();
    field.raw = false;
  }
  return field.value;
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
