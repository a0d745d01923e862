// The plain ways of searching people, for comparison: a scan over strings in memory, and SQLite's full-text index.
import { DatabaseSync } from 'node:sqlite';
import type { PersonDraft } from '../../contract/index.ts';
import { keysOf } from '../../electron/directory/dial-keys.ts';
import { fold } from '../../electron/store/index.ts';

type Search = (query: string) => string[];
type Draft = PersonDraft & { id: string };
const pageLength = 50;

export const rivals: Record<'scan' | 'fts5_prefix' | 'fts5_trigram', (drafts: readonly Draft[]) => Search> = {
  scan(drafts) {
    const names = drafts.map((draft) => ` ${nameText(draft)}`);
    const numbers = drafts.map((draft) => ` ${numberText(draft)}`);
    return (query) => {
      const texts = /^\d+$/.test(query) ? numbers : names;
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
};

function fts5(drafts: readonly Draft[], options: string, ending: string): Search {
  const db = new DatabaseSync(':memory:');
  db.exec(`CREATE VIRTUAL TABLE people USING fts5(name, digits, ${options}); BEGIN`);
  const insert = db.prepare('INSERT INTO people (rowid, name, digits) VALUES (?, ?, ?)');
  for (const [index, draft] of drafts.entries()) insert.run(index + 1, nameText(draft), numberText(draft));
  db.exec("COMMIT; INSERT INTO people (people) VALUES ('optimize')");
  const select = db.prepare(`SELECT rowid FROM people WHERE people MATCH ? LIMIT ${pageLength}`);
  return (query) => {
    const column = /^\d+$/.test(query) ? 'digits' : 'name';
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
