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

type Head = Pick<Property, 'name' | 'types'>;
/** So many beginnings of lines are read once only: a file has a dozen. */
const mostHeads = 200;

/** Longest picture the directory takes, characters of its data URL. */
const longestPicture = 262_144;

/** Reads every card that can be read; what cannot is a fault with its line. */
export const readVcard: Reader = function* readVcard(text, parsed) {
  let card: { line: number; fields: Fields; structured: string } | null = null;
  /** Most lines begin like one before them. */
  const heads = new Map<string, Head>();
  for (const line of unfold(text)) {
    const property = split(line.text, heads);
    if (property === null) {
      parsed.faults.push({
        line: line.number,
        why: 'This is no line of a vCard: it has no name with a colon after it.',
      });
      continue;
    }
    if (property.name === 'BEGIN' && isCard(property)) {
      if (card) parsed.faults.push({ line: card.line, why: 'This card has no END:VCARD.' });
      card = { line: line.number, fields: { numbers: [] }, structured: '' };
    } else if (card === null) {
      parsed.faults.push({ line: line.number, why: 'This line is outside of a card: BEGIN:VCARD is missing.' });
    } else if (property.name === 'END' && isCard(property)) {
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

function isCard({ value }: Property): boolean {
  return value.trim().toUpperCase() === 'VCARD';
}

function keep(fields: Fields, property: Property): void {
  const { name, value } = property;
  switch (name) {
    case 'FN':
      fields.name ??= plain(value);
      return;
    case 'ORG':
      fields.company ??= parts(value)[0];
      return;
    case 'EMAIL':
      fields.email ??= plain(value);
      return;
    case 'NOTE':
      fields.note ??= plain(value);
      return;
    case 'PHOTO':
      fields.picture ??= picture(property);
      return;
    case 'CATEGORIES':
      fields.groups = [...(fields.groups ?? []), ...categories(value)];
      return;
    case 'TEL':
    case 'IMPP':
      keepNumber(fields, property);
  }
}

function keepNumber({ numbers }: Fields, { name, types, value }: Property): void {
  const written = plain(value).trim();
  const sip = /^sips?:/i.test(written);
  if (name === 'IMPP' && !sip) return;
  // RFC 6350 6.4.1: a tel: URI; its extension is no part of the number that is dialled.
  const [number = ''] = written.replace(/^(?:tel|sip):/i, '').split(';', 1);
  if (number !== '') numbers.push({ value: number, kind: sip ? 'sip' : kind(types) });
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
    if (line && (raw.startsWith(' ') || raw.startsWith('\t'))) {
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
function split(line: string, known: Map<string, Head>): Property | null {
  let colon = line.indexOf(':');
  // Each quote before it opens or closes a value that may have colons of its own.
  for (let open = line.indexOf('"'); open !== -1 && open < colon;) {
    const close = line.indexOf('"', open + 1);
    colon = close === -1 ? -1 : line.indexOf(':', close);
    open = close === -1 ? -1 : line.indexOf('"', close + 1);
  }
  if (colon < 1) return null;
  const text = line.slice(0, colon);
  const head = known.get(text) ?? readHead(text, known);
  return head && { name: head.name, types: head.types, value: line.slice(colon + 1) };
}

/** What stands before the colon; null where it is no property. */
function readHead(text: string, known: Map<string, Head>): Head | null {
  const [path = '', ...parameters] = text.split(';');
  const name = path.slice(path.lastIndexOf('.') + 1).toUpperCase();
  if (!/^[A-Z0-9-]+$/.test(name)) return null;
  const head = { name, types: parameters.join(';').toLowerCase() };
  if (known.size < mostHeads) known.set(text, head);
  return head;
}

function parts(value: string): string[] {
  return (value.match(/(?:\\.|[^;\\])+|(?<=^|;)(?=;|$)/gs) ?? []).map(plain);
}

function plain(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\(.)/gs, (_all, after: string) => (/n/i.test(after) ? '\n' : after));
}
