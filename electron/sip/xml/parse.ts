// XML 1.0 with namespaces, as far as SIP uses it: no DTD, hence no entities, no defaults, nothing to fetch.
//
// One pass from left to right with a stack of open elements; no step looks at a byte twice, so time grows with the size
// alone. The first thing that is not well-formed ends it.
import { isUtf8 } from 'node:buffer';
import { MAX_ATTRIBUTES, MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS } from './limits.ts';
import { resolveName, scopeOf, type Scope } from './namespaces.ts';
import { expandReferences } from './references.ts';
import type { XmlElement, XmlProblem } from './types.ts';

/** Reads a document; a problem when it is too large, not well-formed, or has what we refuse (DOCTYPE, other encodings than UTF-8). Never throws. */
export function parseXml(bytes: Buffer): XmlElement | XmlProblem {
  if (bytes.length > MAX_BYTES) return problem(`larger than ${MAX_BYTES} bytes`);
  if (!isUtf8(bytes)) return problem('not UTF-8');
  try {
    return new Document(bytes.toString('utf8')).read();
  } catch (error) {
    if (error instanceof Refused) return problem(error.message);
    throw error;
  }
}

function problem(reason: string): XmlProblem {
  return { kind: 'problem', reason };
}

/** Ends the reading; never leaves {@link parseXml}. */
class Refused extends Error {}

/** An element that is not closed yet. */
interface Open {
  /** As written, to compare with the end tag. */
  readonly tag: string;
  readonly element: XmlElement & { children: XmlElement[] };
  readonly scope: Scope;
  readonly texts: string[];
}

type Attributes = ReadonlyMap<string, string>;

const NONE: Attributes = new Map();

// [4] NameStartChar and NameChar, all of Unicode beyond ASCII taken as letters; at most one colon (Namespaces, QName).
const LETTER = 'A-Za-z_\\u0080-\\uffff';
const NCNAME = `[${LETTER}][${LETTER}0-9.\\-]*`;
const QNAME = new RegExp(`${NCNAME}(?::${NCNAME})?`, 'y');
const SPACE = /[ \t\r\n]*/y;
const EQUALS = /[ \t\r\n]*=[ \t\r\n]*/y;
// oxlint-disable-next-line no-control-regex -- XML has none of these characters, not even as references
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

class Document {
  private readonly text: string;
  private at = 0;
  private elements = 0;
  private readonly open: Open[] = [];
  private root: XmlElement | null = null;

  constructor(text: string) {
    this.text = text.startsWith('\ufeff') ? text.slice(1) : text;
  }

  read(): XmlElement {
    const control = NOT_XML.exec(this.text);
    if (control) throw new Refused(`control character at ${control.index}`);
    this.readDeclaration();
    while (this.at < this.text.length) {
      const next = this.text.indexOf('<', this.at);
      this.readText(this.text.slice(this.at, next < 0 ? this.text.length : next));
      if (next < 0) break;
      this.at = next;
      this.readMarkup();
    }
    const unclosed = this.open.at(-1);
    if (unclosed) throw new Refused(`<${unclosed.tag}> is not closed`);
    if (!this.root) throw new Refused('no element');
    return this.root;
  }

  /** [23] XMLDecl; only for the encoding, which SIP's bodies have as UTF-8. */
  private readDeclaration(): void {
    if (!/^<\?xml[ \t\r\n]/.test(this.text)) return;
    const declaration = this.upTo('?>', 'XML declaration');
    const encoding = /[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["']([^"']*)["']/.exec(declaration)?.[1];
    if (encoding !== undefined && !/^(?:utf-8|us-ascii)$/i.test(encoding)) throw new Refused('encoding is not UTF-8');
  }

  private readMarkup(): void {
    const { text, at } = this;
    if (text.startsWith('</', at)) this.readEndTag();
    else if (text.startsWith('<!--', at)) this.upTo('-->', 'comment', 4);
    else if (text.startsWith('<?', at)) this.upTo('?>', 'processing instruction');
    else if (text.startsWith('<![CDATA[', at)) this.addText(this.upTo(']]>', 'CDATA section').slice(9));
    else if (text.startsWith('<!', at)) throw new Refused('document type declarations are refused');
    else this.readStartTag();
  }

  private readText(raw: string): void {
    if (raw === '') return;
    const text = expandReferences(raw);
    if (text === null) throw new Refused('unknown entity');
    this.addText(text);
  }

  private addText(text: string): void {
    const parent = this.open.at(-1);
    if (parent) parent.texts.push(text);
    else if (text.trim() !== '') throw new Refused('text outside of the root element');
  }

  private readStartTag(): void {
    this.at += 1;
    const tag = this.name();
    if (tag === null) throw new Refused(`no element name at ${this.at}`);
    if (this.root && this.open.length === 0) throw new Refused('more than one root element');
    if (this.open.length >= MAX_DEPTH) throw new Refused(`more than ${MAX_DEPTH} elements inside each other`);
    if (++this.elements > MAX_ELEMENTS) throw new Refused(`more than ${MAX_ELEMENTS} elements`);
    const written = this.readAttributes(tag);
    const scope = scopeOf(written, this.open.at(-1)?.scope ?? null);
    if (!scope) throw new Refused(`<${tag}> declares a namespace in a way that is not allowed`);
    const { name, namespace } = this.resolve(tag, scope, true);
    const attributes = this.resolveAttributes(written, scope);
    const element = { kind: 'element' as const, name, namespace, attributes, children: [], text: '' };
    this.open.at(-1)?.element.children.push(element);
    this.root ??= element;
    const empty = this.text.startsWith('/>', this.at);
    if (!empty && this.text[this.at] !== '>') throw new Refused(`<${tag}> is not complete`);
    this.at += empty ? 2 : 1;
    if (!empty) this.open.push({ tag, element, scope, texts: [] });
  }

  private readEndTag(): void {
    this.at += 2;
    const tag = this.name();
    this.skip(SPACE);
    const closed = this.open.pop();
    if (!closed || closed.tag !== tag || this.text[this.at] !== '>') throw new Refused(`unexpected end tag </${tag}>`);
    this.at += 1;
    closed.element.text = closed.texts.join('').replaceAll('\r\n', '\n').trim();
  }

  /** As written, in order, values with their references expanded. */
  private readAttributes(tag: string): Attributes {
    let attributes: Map<string, string> | null = null;
    for (;;) {
      const spaces = this.skip(SPACE);
      const next = this.text[this.at];
      if (next === undefined || next === '>' || next === '/') return attributes ?? NONE;
      const name = spaces === 0 ? null : this.name();
      if (name === null || this.skip(EQUALS) === 0) throw new Refused(`<${tag}> has an attribute that cannot be read`);
      attributes ??= new Map();
      if (attributes.has(name)) throw new Refused(`<${tag}> has ${name} twice`);
      if (attributes.size >= MAX_ATTRIBUTES) throw new Refused(`<${tag}> has more than ${MAX_ATTRIBUTES} attributes`);
      attributes.set(name, this.attributeValue(tag, name));
    }
  }

  private attributeValue(tag: string, name: string): string {
    const quote = this.text[this.at];
    const end = quote === '"' || quote === "'" ? this.text.indexOf(quote, this.at + 1) : -1;
    const raw = this.text.slice(this.at + 1, Math.max(end, 0));
    // [AVNormalize]: white space as written is a space; what a reference stands for is kept.
    const value = raw.includes('<') ? null : expandReferences(raw.replace(/\r\n|[\t\r\n]/g, ' '));
    if (end < 0 || value === null) throw new Refused(`<${tag}> has a ${name} whose value cannot be read`);
    this.at = end + 1;
    return value;
  }

  private resolveAttributes(written: Attributes, scope: Scope): Attributes {
    let attributes: Map<string, string> | null = null;
    for (const [qname, value] of written) {
      if (qname === 'xmlns' || qname.startsWith('xmlns:')) continue;
      const { name, namespace } = this.resolve(qname, scope, false);
      const key = namespace === '' ? name : `{${namespace}}${name}`;
      attributes ??= new Map();
      if (attributes.has(key)) throw new Refused(`${key} stands twice`);
      attributes.set(key, value);
    }
    return attributes ?? NONE;
  }

  private resolve(qname: string, scope: Scope, useDefault: boolean): { name: string; namespace: string } {
    const resolved = resolveName(qname, scope, useDefault);
    if (!resolved) throw new Refused(`the prefix of ${qname} is not declared`);
    return resolved;
  }

  /** What comes before `mark`, from here; goes behind it. */
  private upTo(mark: string, what: string, from = 2): string {
    const end = this.text.indexOf(mark, this.at + from);
    if (end < 0) throw new Refused(`${what} is not closed`);
    const passed = this.text.slice(this.at, end);
    this.at = end + mark.length;
    return passed;
  }

  private name(): string | null {
    const start = this.at;
    return this.skip(QNAME) === 0 ? null : this.text.slice(start, this.at);
  }

  /** Goes behind what the (sticky) pattern takes here; returns how many characters that were. */
  private skip(pattern: RegExp): number {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return 0;
    const taken = pattern.lastIndex - this.at;
    this.at = pattern.lastIndex;
    return taken;
  }
}
