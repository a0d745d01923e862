// Other ways of searching people, for comparison: a scan over strings, SQLite's full-text index, search engines from npm.
import { DatabaseSync } from 'node:sqlite';
import UFuzzy from '@leeoniya/ufuzzy';
import flexsearch from 'flexsearch';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import type { PersonDraft } from '../../contract/index.ts';
import { keysOf } from '../../electron/directory/dial-keys.ts';
import { fold } from '../../electron/store/index.ts';

type Search = (query: string) => string[];
type Draft = PersonDraft & { id: string };
const pageLength = 50;

/** Of which one takes most of a second for a key: only each sixtieth query is asked of it. */
const slowRivals: ReadonlySet<string> = new Set(['fuse']);
const slowStep = 60;

/** What is asked of a rival. */
export function askedOf<T>(rival: string, queries: readonly T[]): T[] {
  return queries.filter((_, index) => !slowRivals.has(rival) || index % slowStep === 0);
}

export const rivals: Record<string, (drafts: readonly Draft[]) => Search> = {
  scan(drafts) {
    const names = drafts.map((draft) => ` ${nameText(draft)}`);
    const numbers = drafts.map((draft) => ` ${numberText(draft)}`);
    return (query) => {
      const texts = isDigits(query) ? numbers : names;
      const parts = query.split(' ').filter(Boolean);
      const found: string[] = [];
      for (const [index, text] of texts.entries()) {
        if (found.length < pageLength && parts.every((part) => text.includes(part)))
          found.push(drafts[index]?.id ?? '');
      }
      return found;
    };
  },
  fts5_prefix: (drafts) => fts5(drafts, "tokenize='unicode61 remove_diacritics 2', prefix='1 2 3 4'", '*'),
  fts5_trigram: (drafts) => fts5(drafts, "tokenize='trigram'", ''),
  minisearch(drafts) {
    const engine = new MiniSearch<Texts>({ fields: ['name', 'digits'], tokenize: parts });
    engine.addAll(drafts.map((draft, id) => ({ id, name: nameText(draft), digits: numberText(draft) })));
    return (query) =>
      engine
        .search(query, { prefix: true, fuzzy: query.length > 4 ? 0.2 : false, combineWith: 'AND', tokenize: parts })
        .slice(0, pageLength)
        .map(({ id }) => drafts[Number(id)]?.id ?? '');
  },
  flexsearch_forward: (drafts) => flex(drafts),
  ufuzzy(drafts) {
    // Its enums are for compilers alone: 1 is SingleError.
    const engine = new UFuzzy({ intraMode: 1 });
    const names = drafts.map(nameText);
    const numbers = drafts.map(numberText);
    return (query) => {
      const [found, , order] = engine.search(isDigits(query) ? numbers : names, query, 0, 1000);
      const best = order && found ? order.map((at) => found[at] ?? -1) : (found ?? []);
      return best.slice(0, pageLength).map((index) => drafts[index]?.id ?? '');
    };
  },
  fuse(drafts) {
    const texts = drafts.map((draft) => ({ name: nameText(draft), digits: numberText(draft) }));
    const engine = new Fuse(texts, { keys: ['name', 'digits'], threshold: 0.3, ignoreLocation: true });
    return (query) => engine.search(query, { limit: pageLength }).map(({ refIndex }) => drafts[refIndex]?.id ?? '');
  },
};

interface Texts {
  id: number;
  name: string;
  digits: string;
}

function flex(drafts: readonly Draft[]): Search {
  const names = new flexsearch.Index({ tokenize: 'forward', encode: parts });
  const numbers = new flexsearch.Index({ tokenize: 'forward', encode: parts });
  for (const [index, draft] of drafts.entries()) {
    names.add(index, nameText(draft));
    numbers.add(index, numberText(draft));
  }
  return (query) => {
    const found = (isDigits(query) ? numbers : names).search(query, { limit: pageLength });
    return found.map((index) => drafts[Number(index)]?.id ?? '');
  };
}

function parts(text: string): string[] {
  return text.split(/[\s-]+/u).filter((part) => part !== '');
}

function isDigits(query: string): boolean {
  return /^\d+$/.test(query);
}

function fts5(drafts: readonly Draft[], options: string, ending: string): Search {
  const db = new DatabaseSync(':memory:');
  db.exec(`CREATE VIRTUAL TABLE people USING fts5(name, digits, ${options}); BEGIN`);
  const insert = db.prepare('INSERT INTO people (rowid, name, digits) VALUES (?, ?, ?)');
  for (const [index, draft] of drafts.entries()) insert.run(index + 1, nameText(draft), numberText(draft));
  db.exec("COMMIT; INSERT INTO people (people) VALUES ('optimize')");
  const select = db.prepare(`SELECT rowid FROM people WHERE people MATCH ? LIMIT ${pageLength}`);
  return (query) => {
    const column = isDigits(query) ? 'digits' : 'name';
    const parts = query.split(' ').filter(Boolean);
    const match = parts.map((part) => `"${part}"${ending}`).join(' AND ');
    return select.all(`${column} : (${match})`).map((row) => drafts[Number(row['rowid']) - 1]?.id ?? '');
  };
}

function nameText({ name, company = '' }: Draft): string {
  return fold(`${name} ${company}`);
}

function numberText({ name, numbers }: Draft): string {
  const digits = numbers.map(({ value }) => value.replace(/\D/g, ''));
  return [keysOf(fold(name)), ...digits].join(' ');
}
