// A directory for tests, on a real database of its own. Not in the product.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { test as plain } from 'vitest';
import type { PersonDraft } from '../../contract/index.ts';
import { openDatabase } from '../store/database.ts';
import { createDirectory, type Directory } from './directory.ts';

export const test = plain.extend<{ db: DatabaseSync; directory: Directory }>({
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads from the pattern which fixtures this one needs
  db: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'directory-'));
    const { db } = openDatabase(join(folder, 'hookswitch.db'));
    await use(db);
    db.close();
    rmSync(folder, { recursive: true });
  },
  directory: async ({ db }, use) => use(createDirectory(db)),
});

export function draft(name: string, ...numbers: string[]): PersonDraft {
  return { name, numbers: numbers.map((value) => ({ value, kind: 'work' })) };
}
