// A source of people (a provisioning file, the practice exchange) brings its list again: what it brought before is replaced.
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { PersonDraft } from '../../contract/index.ts';
import { words } from '../store/index.ts';
import type { PeopleTable } from './people-table.ts';

/**
 * Brings a source's people up to date. Who is in it again keeps id, favourite and last used number; who was edited or
 * removed here stays as the user left them; who is no longer in it goes. The transaction is the caller's.
 */
export function replaceSource(
  db: DatabaseSync,
  table: PeopleTable,
  source: string,
  drafts: readonly PersonDraft[],
): void {
  const before = new Map(table.ofSource(source).map((stored) => [stored.sourceKey, stored]));
  for (const [sourceKey, draft] of keyed(drafts)) {
    const stored = before.get(sourceKey);
    before.delete(sourceKey);
    if (!stored) {
      table.insert({ ...draft, id: randomUUID(), favourite: draft.favourite ?? false, source, sourceKey });
    } else if (!stored.edited && !stored.removed) {
      table.update(stored.key, { ...draft, favourite: stored.person.favourite }, false);
    }
  }
  const remove = db.prepare('DELETE FROM people WHERE key = ? AND (edited = 0 OR removed_at IS NOT NULL)');
  for (const stored of before.values()) remove.run(stored.key);
}

/** What a source knows a person by: the id it gives, or the name, counted where two have the same. */
function keyed(drafts: readonly PersonDraft[]): Map<string, PersonDraft> {
  const found = new Map<string, PersonDraft>();
  for (const draft of drafts) {
    const name = draft.id ?? words(draft.name).join(' ');
    let key = name;
    for (let count = 2; found.has(key); count += 1) key = `${name} #${count}`;
    found.set(key, draft);
  }
  return found;
}
