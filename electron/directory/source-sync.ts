// A source that is copied card by card: which version of each card is here, and what a sync changes. The people are the
// source's; who was edited or removed here stays as the user left them.
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { PersonDraft } from '../../contract/index.ts';
import { text } from '../store/index.ts';
import type { PeopleTable } from './people-table.ts';
import type { SourceChanges, SourceVersions } from './servers/changes.ts';

/** What is here of this source. */
export function sourceVersions(db: DatabaseSync, source: string): SourceVersions {
  const rows = db.prepare('SELECT key, version FROM source_cards WHERE source = ?').all(source);
  const mark = db.prepare('SELECT mark FROM source_states WHERE source = ?').get(source)?.['mark'];
  return {
    mark: typeof mark === 'string' ? mark : null,
    versions: Object.fromEntries(rows.map((row) => [text(row['key']), text(row['version'])])),
  };
}

/** The transaction is the caller's. Returns whether anybody changed. */
export function syncSource(
  db: DatabaseSync,
  table: PeopleTable,
  source: string,
  { mark, changed, removed }: SourceChanges,
): boolean {
  const here = new Map(table.ofSource(source).map((stored) => [stored.sourceKey ?? '', stored]));
  const remember = db.prepare(
    `INSERT INTO source_cards (source, key, version) VALUES (?, ?, ?)
     ON CONFLICT (source, key) DO UPDATE SET version = excluded.version`,
  );
  const forget = db.prepare('DELETE FROM source_cards WHERE source = ? AND key = ?');
  // Removed here: the note stays, or a card that comes again would bring them back.
  const remove = db.prepare('DELETE FROM people WHERE key = ? AND edited = 0 AND removed_at IS NULL');

  const put = (key: string, person: PersonDraft) => {
    const stored = here.get(key);
    if (!stored) {
      table.insert({ ...person, id: randomUUID(), favourite: false, source, sourceKey: key });
    } else if (!stored.edited && !stored.removed) {
      const { favourite, ringTone, blocked } = stored.person;
      table.update(stored.key, { ...person, favourite, ringTone, blocked }, false);
    }
  };
  const drop = (key: string) => {
    const stored = here.get(key);
    if (stored) remove.run(stored.key);
  };
  for (const { key, version, person } of changed) {
    if (person) put(key, person);
    else drop(key);
    remember.run(source, key, version);
  }
  for (const key of removed) {
    drop(key);
    forget.run(source, key);
  }
  db.prepare(
    `INSERT INTO source_states (source, mark) VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET mark = excluded.mark`,
  ).run(source, mark);
  return changed.length + removed.length > 0;
}

/**
 * The server is no longer wanted: its people go, those edited here stay. The transaction is the caller's. Returns whether
 * anybody went.
 */
export function dropSource(db: DatabaseSync, source: string): boolean {
  const { changes } = db
    .prepare('DELETE FROM people WHERE source = ? AND source_key IS NOT NULL AND edited = 0')
    .run(source);
  db.prepare('DELETE FROM source_cards WHERE source = ?').run(source);
  db.prepare('DELETE FROM source_states WHERE source = ?').run(source);
  return Number(changes) > 0;
}
