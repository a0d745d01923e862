// Imports that were interrupted: what has to be there, carrying them on by the same file, and taking them back.
import type { DatabaseSync } from 'node:sqlite';
import type { PersonDraft } from '../../../contract/index.ts';
import { createDirectory, type Directory } from '../../../electron/directory/index.ts';

/** New people of one import. */
const newcomers = 1200;
/** Who are there before, a letter each, and get a company by it. */
const letters = Array.from('abcdefghij');
const known = letters.length;

/** How far an import came, by the word of who made it. */
export interface Said {
  /** People who are committed, new or changed; at least. */
  written: number;
  is: 'importing' | 'imported' | 'undoing' | 'undone';
}

export interface LookedAt {
  /** People who were said to be there and are not, or were said to be gone and are there. */
  wrong: number;
  /** People without all of their numbers, or without the note by which they are taken back. */
  half: number;
}

/** A CSV file; the same for the same tag. Each name has a word that no other has: by their words they are compared. */
export function fileOf(tag: string): string {
  const rows = Array.from({ length: newcomers }, (_, at) => `New ${tag}n${at},,${10_000 + at},+4144${1_000_000 + at}`);
  const changed = knownOf(tag).map(({ name }) => `${name},Globex,4410,`);
  return `Name,Company,Work,Mobile\n${[...rows, ...changed].join('\n')}\n`;
}

/** Who is there before the import. */
export function knownOf(tag: string): PersonDraft[] {
  return letters.map((letter) => ({ name: `Known ${tag}${letter}`, numbers: [{ value: '4410', kind: 'work' }] }));
}

/** Holds an import against what was said of it. */
export function lookAt(db: DatabaseSync, tag: string, { written, is }: Said): LookedAt {
  const { added, changed, half } = counts(db, tag);
  const there = added + changed;
  const all = newcomers + known;
  switch (is) {
    case 'importing':
      return { wrong: Math.max(0, written - there), half };
    case 'imported':
      return { wrong: Math.abs(all - there), half };
    case 'undoing':
      return { wrong: 0, half };
    case 'undone':
      return { wrong: there, half };
  }
}

/**
 * Reads the same file once more, writes what lacks, then takes back all that was done in its name. Returns how many people
 * are not as they have to be: not all there once, or not as before.
 */
export function finish(db: DatabaseSync, tag: string): number {
  const directory = createDirectory(db);
  const all = newcomers + known;
  importAll(directory, tag);
  const whole = counts(db, tag);
  const ids = db
    .prepare(
      `SELECT DISTINCT c.import AS id, c.at FROM import_changes c JOIN people p ON p.key = c.person
       WHERE p.name GLOB ? OR p.name GLOB ? ORDER BY c.at DESC`,
    )
    .all(`New ${tag}n*`, `Known ${tag}[a-j]`);
  for (const id of new Set(ids.map((row) => String(row['id'])))) while (directory.undo(id));
  const after = counts(db, tag);
  const left = db.prepare('SELECT count(*) AS n FROM people WHERE name GLOB ?').get(`Known ${tag}[a-j]`);
  return (
    Math.abs(all - whole.added - whole.changed) + after.added + after.changed + Math.abs(known - Number(left?.['n']))
  );
}

function importAll(directory: Directory, tag: string): void {
  directory.readImport({ name: 'people.csv', bytes: Buffer.from(fileOf(tag)) });
  while (directory.stepImport(1000)?.name === 'reading');
  directory.writeImport();
  for (let state = directory.stepImport(1000); state?.name !== 'written'; state = directory.stepImport(1000)) {
    // Everybody is there already: there is nothing to write.
    if (state?.name !== 'writing') return;
  }
}

function counts(db: DatabaseSync, tag: string): { added: number; changed: number; half: number } {
  const count = (what: string, names: string) =>
    Number(db.prepare(`SELECT count(*) AS n FROM people p WHERE p.name GLOB ? AND ${what}`).get(names)?.['n']);
  const names = `New ${tag}n*`;
  const isWhole = `(SELECT count(*) FROM numbers WHERE person = p.key) = 2
    AND EXISTS (SELECT 1 FROM import_changes c JOIN people_undo u ON u.id = c.import WHERE c.person = p.key)`;
  return {
    added: count('p.removed_at IS NULL', names),
    changed: count("p.company = 'Globex'", `Known ${tag}[a-j]`),
    half: count(`NOT (${isWhole})`, names),
  };
}
