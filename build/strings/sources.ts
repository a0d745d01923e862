// What the windows' sources say: the strings they hold, the words that stand in them directly, and the codes of problems.
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseSync } from 'vite';

const root = resolve(import.meta.dirname, '../..');
const isTest = (file: string) => /\.(test|spec)\.tsx?$/.test(file);

export interface Direct {
  file: string;
  text: string;
}

export interface Spoken {
  /** Every string literal, and every template with `*` for what is put in. */
  strings: Set<string>;
  /** Words that a person would see and that no catalog has. */
  direct: Direct[];
}

interface Node {
  type: string;
  [part: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** Attributes that are shown or read aloud. */
const shown = new Set(['title', 'label', 'aria-label', 'alt', 'placeholder', 'hint', 'text', 'aside', 'menuLabel']);
/** Two letters together are a word; "·", "a" and "99+" are not. */
const hasWords = (text: string) => /\p{L}{2}/u.test(text);

/** Reads the windows, without what only tests and the dev page use. */
export function readWindows(): Spoken {
  const found: Spoken = { strings: new Set(), direct: [] };
  const files = globSync('renderer/**/*.{ts,tsx}', { cwd: root }).filter(
    (file) => !isTest(file) && !/locales\/|renderer\/dev\/|fake-/.test(file),
  );
  for (const file of files) readSource(file, readFileSync(resolve(root, file), 'utf8'), found);
  return found;
}

/** Adds what this source says. */
export function readSource(file: string, text: string, found: Spoken): void {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed.`);
  walk(program, (node) => {
    if (node.type === 'Literal' && typeof node['value'] === 'string') found.strings.add(node['value']);
    if (node.type === 'TemplateLiteral') found.strings.add(template(node));
    const direct = directWords(node);
    if (direct !== null) found.direct.push({ file, text: direct });
  });
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const one of value) walk(one, visit);
  if (!isNode(value)) return;
  visit(value);
  for (const part of Object.values(value)) if (typeof part === 'object') walk(part, visit);
}

function template(node: Node): string {
  const quasis = Array.isArray(node['quasis']) ? node['quasis'] : [];
  return quasis.map((one: { value: { cooked: string } }) => one.value.cooked).join('*');
}

function directWords(node: Node): string | null {
  if (node.type === 'JSXText') {
    const text = String(node['value']).trim();
    return hasWords(text) ? text : null;
  }
  if (node.type !== 'JSXAttribute') return null;
  const { name, value } = node;
  if (!isNode(name) || !isNode(value) || !shown.has(String(name['name']))) return null;
  return value.type === 'Literal' && hasWords(String(value['value'])) ? String(value['value']) : null;
}

/** Codes that no person sees: between our own processes, or for the log. */
const unseen = new Set(['closed', 'failed', 'library-missing', 'subscription-silent', 'subscription-ended']);
/** For administrators: the sentence names a file and a place in it, so it is said as it comes. */
const namesPlaces = new Set(['provisioning-invalid', 'provisioning-missing', 'database-newer']);

/** The codes of all problems that the phone can have, from the places where they are made. */
export function problemCodes(): string[] {
  const files = globSync(['electron/**/*.ts', 'renderer/**/*.{ts,tsx}'], { cwd: root }).filter(
    (file) => !isTest(file) && !/\/testing|\/virtual\/|renderer\/dev\/|fake-/.test(file),
  );
  const codes = files.flatMap((file) =>
    [
      ...readFileSync(resolve(root, file), 'utf8').matchAll(
        /(?:\bcode: |\b(?:make|say|serverError)\(\s*)'([a-z0-9]+(?:-[a-z0-9]+)+)'/g,
      ),
    ].map((match) => match[1] ?? ''),
  );
  return [...new Set(codes)].filter((code) => !unseen.has(code) && !namesPlaces.has(code)).toSorted();
}
