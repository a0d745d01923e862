// The database's migrations: step N brings a database of version N to version N + 1. Steps that were released never change.

/** `PRAGMA application_id` of our databases: "Hook". */
export const applicationId = 0x486f6f6b;

/**
 * Names what has no row in people_undo. A merge adds nobody; an import that added nobody cannot be told from one and is taken
 * for a merge. A part of a migration: it never changes.
 */
export const nameUnnamedUndo = `
  INSERT INTO people_undo (id, kind, at, added, changed)
  SELECT import, iif(count(*) = count(before), 'merge', 'import'), min(at), count(*) - count(before), count(before)
  FROM import_changes WHERE import NOT IN (SELECT id FROM people_undo) GROUP BY import;`;

export const migrations: readonly string[] = [
  `
  CREATE TABLE people (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    company TEXT,
    email TEXT,
    note TEXT,
    favourite INTEGER NOT NULL DEFAULT 0,
    source TEXT NOT NULL,
    -- What the source knows this person by; NULL for people who were added here.
    source_key TEXT,
    -- Edited here since the source brought it: the source no longer overwrites it.
    edited INTEGER NOT NULL DEFAULT 0,
    -- Removed, and still there for an undo; milliseconds since the epoch.
    removed_at INTEGER,
    -- How often and how lately one of the numbers was called (often-and-lately.ts); 0: never.
    used_at INTEGER NOT NULL DEFAULT 0,
    -- For order and search (search-text.ts).
    words TEXT NOT NULL,
    name_length INTEGER NOT NULL,
    number_digits TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX people_by_source ON people (source, source_key) WHERE source_key IS NOT NULL;
  CREATE INDEX people_removed ON people (removed_at) WHERE removed_at IS NOT NULL;
  CREATE INDEX people_favourite ON people (favourite) WHERE favourite = 1;

  CREATE TABLE numbers (
    person INTEGER NOT NULL REFERENCES people (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    value TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- Comparable form; NULL for addresses. International: without + or 00.
    digits TEXT,
    international INTEGER NOT NULL DEFAULT 0,
    -- Last digits, by which other spellings are looked up; NULL for extensions.
    tail TEXT,
    -- user@host in lower case; NULL for numbers.
    address TEXT,
    used_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (person, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX numbers_by_digits ON numbers (digits) WHERE digits IS NOT NULL;
  CREATE INDEX numbers_by_tail ON numbers (tail) WHERE tail IS NOT NULL;
  CREATE INDEX numbers_by_address ON numbers (address) WHERE address IS NOT NULL;

  CREATE TABLE calls (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    direction TEXT NOT NULL,
    name TEXT,
    number TEXT NOT NULL,
    person TEXT,
    result TEXT NOT NULL,
    reason TEXT,
    started_at INTEGER NOT NULL,
    connected_at INTEGER,
    ended_at INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    -- Folded name and number, for search.
    words TEXT NOT NULL
  ) STRICT;
  CREATE INDEX calls_by_time ON calls (started_at DESC, key DESC);
  CREATE INDEX calls_by_direction ON calls (direction, started_at DESC, key DESC);
  CREATE INDEX calls_by_result ON calls (result, started_at DESC, key DESC);
  CREATE INDEX calls_unseen ON calls (seen) WHERE seen = 0;
  `,
  `
  -- Both JSON: the files of what was recorded, in order; and the quality of the whole call.
  ALTER TABLE calls ADD COLUMN recordings TEXT;
  ALTER TABLE calls ADD COLUMN quality TEXT;
  `,
  `
  ALTER TABLE people ADD COLUMN picture TEXT;
  ALTER TABLE people ADD COLUMN ring_tone TEXT;
  -- JSON: names of groups.
  ALTER TABLE people ADD COLUMN groups TEXT;
  ALTER TABLE people ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;

  -- What an import did to each person; for its undo.
  CREATE TABLE import_changes (
    import TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES people (key) ON DELETE CASCADE,
    -- The person as JSON as they were before; NULL for who was added.
    before TEXT,
    -- And as the import left them, by which later edits are told.
    after TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (import, person)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX import_changes_person ON import_changes (person);

  CREATE TABLE source_states (
    source TEXT PRIMARY KEY,
    synced_at INTEGER,
    -- JSON; NULL after a sync that worked.
    problem TEXT
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE INDEX people_blocked ON people (blocked) WHERE blocked = 1;
  CREATE INDEX calls_by_end ON calls (ended_at);
  `,
  `
  -- Where the last sync of a source ended, as its server understands it.
  ALTER TABLE source_states ADD COLUMN mark TEXT;
  -- Which version of each of a server's cards is here; also of those that are nobody.
  CREATE TABLE source_cards (
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    version TEXT NOT NULL,
    PRIMARY KEY (source, key)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- How a call was heard, point by point (history/quality-bytes.ts). Apart from calls, which lists read without it.
  CREATE TABLE call_quality (
    call TEXT PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE,
    series BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What a person wrote down about a call.
  ALTER TABLE calls ADD COLUMN note TEXT;

  CREATE TABLE messages (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    -- The other side, as it is dialled; one conversation each.
    number TEXT NOT NULL,
    name TEXT,
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- sending, delivered, accepted, failed; received: theirs.
    state TEXT NOT NULL,
    reason TEXT,
    seen INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX messages_by_conversation ON messages (number, at DESC, key DESC);
  CREATE INDEX messages_unseen ON messages (number) WHERE seen = 0;
  `,
  `
  -- One entry for each number in place of three: an import of 100,000 people writes most of its time on them.
  DROP INDEX numbers_by_digits;
  DROP INDEX numbers_by_tail;
  DROP INDEX numbers_by_address;
  CREATE INDEX numbers_lookup ON numbers (coalesce(tail, digits, address));
  `,
  `
  -- Why a call failed, for people who read another language than the sentence in reason.
  ALTER TABLE calls ADD COLUMN reason_code TEXT;
  `,
  `
  -- The directory's first page as JSON (directory/people-summary.ts); gone as soon as anybody changes.
  CREATE TABLE people_summary (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    content TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- By which rules everybody's words and number_digits were made (directory/search-text-renewal.ts); no row: the first.
  CREATE TABLE search_texts (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    version INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- Pairs who look alike and are two people, as somebody said: nobody is asked to merge them.
  CREATE TABLE people_apart (
    one INTEGER NOT NULL REFERENCES people (key) ON DELETE CASCADE,
    -- The greater key.
    other INTEGER NOT NULL REFERENCES people (key) ON DELETE CASCADE,
    PRIMARY KEY (one, other)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX people_apart_other ON people_apart (other);
  `,
  `
  -- What import_changes are of: one row for each import and each merge.
  CREATE TABLE people_undo (
    id TEXT PRIMARY KEY,
    -- import; merge: of people who were here twice.
    kind TEXT NOT NULL,
    -- Its name; NULL for merges, and for imports of versions that did not keep it.
    file TEXT,
    at INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  ${nameUnnamedUndo}
  `,
];
