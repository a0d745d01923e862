// What a database is like, without a row of it: for the support bundle.
import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { number, text } from './sql.ts';

export const databaseFactsSchema = v.object({
  /** Migrations that it went through. */
  version: v.number(),
  /** Bytes; null: no file of this name. */
  size: v.nullable(v.number()),
  journal: v.string(),
  /** `ok`, or what SQLite found wrong. */
  check: v.string(),
  /** Rows by table. */
  rows: v.record(v.string(), v.number()),
});
export type DatabaseFacts = v.InferOutput<typeof databaseFactsSchema>;

export function databaseFacts(db: DatabaseSync, file: string): DatabaseFacts {
  const pragma = (name: string): unknown => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .all()
    .map((row) => text(row['name']));
  const count = (table: string): number =>
    number(db.prepare(`SELECT count(*) AS rows FROM "${table.replaceAll('"', '""')}"`).get()?.['rows']);
  return {
    version: v.parse(v.number(), pragma('user_version')),
    size: statSync(file, { throwIfNoEntry: false })?.size ?? null,
    journal: v.parse(v.string(), pragma('journal_mode')),
    check: v.parse(v.string(), pragma('quick_check(1)')),
    rows: Object.fromEntries(tables.map((table) => [table, count(table)])),
  };
}
