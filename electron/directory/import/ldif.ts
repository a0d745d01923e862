// LDIF (RFC 2849) into people: what directory servers export.
import type { PhoneNumber } from '../../../contract/index.ts';
import { lines } from './lines.ts';
import { take, type Fields, type Reader } from './types.ts';

const kinds: Record<string, PhoneNumber['kind']> = {
  telephonenumber: 'work',
  mobile: 'mobile',
  homephone: 'home',
};

/** Records without a name are faults; what is no `attribute: value` is a fault with its line. */
export const readLdif: Reader = function* readLdif(text, parsed) {
  let record: { line: number; fields: Fields } | null = null;
  for (const { line, text: written, end } of logicalLines(text)) {
    if (written === '') {
      if (record) take(parsed, record.line, record.fields);
      record = null;
      yield end;
      continue;
    }
    if (written.startsWith('#') || (record === null && /^version:/i.test(written))) continue;
    const [, attribute = '', mark = '', value = ''] =
      /^([A-Za-z][\w.-]*(?:;[\w-]+)*)(::|:<|:) *(.*)$/s.exec(written) ?? [];
    if (attribute === '') {
      parsed.faults.push({ line, why: 'This is no line of an LDIF file: it has no attribute with a colon after it.' });
      continue;
    }
    record ??= { line, fields: { numbers: [] } };
    // RFC 2849: ":<" names a file, which a file from elsewhere must not make us open.
    if (mark === ':<') parsed.faults.push({ line, why: 'Values in files of their own are not read.' });
    else keep(record.fields, attribute.toLowerCase(), mark === '::' ? Buffer.from(value, 'base64').toString() : value);
  }
  if (record) take(parsed, record.line, record.fields);
};

function keep(fields: Fields, attribute: string, value: string): void {
  const kind = kinds[attribute];
  if (attribute === 'cn' || attribute === 'displayname') fields.name ??= value;
  else if (attribute === 'o') fields.company ??= value;
  else if (attribute === 'mail') fields.email ??= value;
  else if (attribute === 'description') fields.note ??= value;
  else if (kind !== undefined && value.trim() !== '') fields.numbers.push({ value: value.trim(), kind });
}

/** A line that begins with one space continues the one before; an empty one ends a record. */
function* logicalLines(text: string): Generator<{ line: number; text: string; end: number }> {
  let current: { line: number; text: string; end: number } | null = null;
  for (const { number, text: raw, end } of lines(text)) {
    if (current && raw.startsWith(' ')) {
      current.text += raw.slice(1);
      current.end = end;
      continue;
    }
    if (current) yield current;
    current = { line: number, text: raw, end };
  }
  if (current) yield current;
}
