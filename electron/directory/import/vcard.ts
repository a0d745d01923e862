// vCard 3.0 and 4.0 (RFC 2426, RFC 6350) into people.
import type { PhoneNumber } from '../../../contract/index.ts';
import { lines } from './lines.ts';
import { take, type Fields, type Reader } from './types.ts';

interface Line {
  number: number;
  text: string;
  /** Where in the file it ends. */
  end: number;
}

interface Property {
  name: string;
  /** Parameters in lower case: `type="work,voice"`. */
  types: string;
  value: string;
}

/** Longest picture the directory takes, characters of its data URL. */
const longestPicture = 262_144;

/** Reads every card that can be read; what cannot is a fault with its line. */
export const readVcard: Reader = function* readVcard(text, parsed) {
  let card: { line: number; fields: Fields; structured: string } | null = null;
  for (const line of unfold(text)) {
    const property = split(line.text);
    if (property === null) {
      parsed.faults.push({
        line: line.number,
        why: 'This is no line of a vCard: it has no name with a colon after it.',
      });
      continue;
    }
    const mark = property.value.trim().toUpperCase();
    if (property.name === 'BEGIN' && mark === 'VCARD') {
      if (card) parsed.faults.push({ line: card.line, why: 'This card has no END:VCARD.' });
      card = { line: line.number, fields: { numbers: [] }, structured: '' };
    } else if (card === null) {
      parsed.faults.push({ line: line.number, why: 'This line is outside of a card: BEGIN:VCARD is missing.' });
    } else if (property.name === 'END' && mark === 'VCARD') {
      take(parsed, card.line, { ...card.fields, name: card.fields.name?.trim() || card.structured });
      card = null;
      yield line.end;
    } else if (property.name === 'N') {
      const [family = '', given = ''] = parts(property.value);
      card.structured = `${given} ${family}`.trim();
    } else keep(card.fields, property);
  }
  if (card) parsed.faults.push({ line: card.line, why: 'This card has no END:VCARD.' });
};

function keep(fields: Fields, property: Property): void {
  const { name, types, value } = property;
  if (name === 'FN') fields.name ??= plain(value);
  if (name === 'ORG') fields.company ??= parts(value)[0];
  if (name === 'EMAIL') fields.email ??= plain(value);
  if (name === 'NOTE') fields.note ??= plain(value);
  if (name === 'PHOTO') fields.picture ??= picture(property);
  if (name === 'CATEGORIES') fields.groups = [...(fields.groups ?? []), ...categories(value)];
  if (name !== 'TEL' && name !== 'IMPP') return;
  const written = plain(value).trim();
  const sip = /^sips?:/i.test(written);
  if (name === 'IMPP' && !sip) return;
  // RFC 6350 6.4.1: a tel: URI; its extension is no part of the number that is dialled.
  const number = written.replace(/^(?:tel|sip):/i, '').replace(/;.*$/s, '');
  if (number !== '') fields.numbers.push({ value: number, kind: sip ? 'sip' : kind(types) });
}

/** Inline in a data URL (RFC 6350 6.2.4) or in base64 (RFC 2426 3.1.4). None from the network, none the list cannot show. */
function picture({ types, value }: Property): string | undefined {
  const isBase64 = /(?:^|;)encoding=(?:b|base64)(?:;|$)/.test(types);
  const kindOf = /\b(png|jpe?g)\b/.exec(types)?.[1]?.replace('jpg', 'jpeg') ?? 'jpeg';
  const url = isBase64 ? `data:image/${kindOf};base64,${value.replace(/\s/g, '')}` : plain(value).trim();
  return url.length <= longestPicture && /^data:image\/(?:png|jpeg);base64,[\w+/=]+$/.test(url) ? url : undefined;
}

function categories(value: string): string[] {
  return (value.match(/(?:\\.|[^,\\])+/gs) ?? []).map(plain);
}

function kind(types: string): PhoneNumber['kind'] {
  if (/\b(?:cell|mobile)\b/.test(types)) return 'mobile';
  if (/\bwork\b/.test(types)) return 'work';
  return /\bhome\b/.test(types) ? 'home' : 'other';
}

/** RFC 6350 3.2: a line that begins with white space continues the one before. */
function* unfold(text: string): Generator<Line> {
  let line: Line | null = null;
  for (const { number, text: raw, end } of lines(text)) {
    if (line && /^[ \t]/.test(raw)) {
      line.text += raw.slice(1);
      line.end = end;
      continue;
    }
    if (line) yield line;
    line = raw.trim() === '' ? null : { number, text: raw, end };
  }
  if (line) yield line;
}

/** `item1.TEL;TYPE="work,voice":+41`; a colon in quotes belongs to the parameter. */
function split(line: string): Property | null {
  let quoted = false;
  let colon = -1;
  for (let at = 0; at < line.length && colon < 0; at += 1) {
    if (line[at] === '"') quoted = !quoted;
    if (line[at] === ':' && !quoted) colon = at;
  }
  if (colon < 1) return null;
  const [path = '', ...parameters] = line.slice(0, colon).split(';');
  const name = path.slice(path.lastIndexOf('.') + 1).toUpperCase();
  return /^[A-Z0-9-]+$/.test(name)
    ? { name, types: parameters.join(';').toLowerCase(), value: line.slice(colon + 1) }
    : null;
}

function parts(value: string): string[] {
  return (value.match(/(?:\\.|[^;\\])+|(?<=^|;)(?=;|$)/gs) ?? []).map(plain);
}

function plain(value: string): string {
  return value.replace(/\\(.)/gs, (_all, after: string) => (/n/i.test(after) ? '\n' : after));
}
