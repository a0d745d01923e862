// Search, import and caller identity over 100,000 people and 300,000 numbers, beside the plain ways of searching, in one run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { writeVcard } from '../../electron/directory/import/export.ts';
import { createDirectory, type Directory } from '../../electron/directory/index.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { percentile, type Bench, type Measure } from '../report.ts';
import { madePeople, madeQueries, queryClasses, type MadePerson, type MadeQuery } from '../lab/people.ts';
import { measureApp } from '../lab/directory-app.ts';
import { askedOf, rivals } from '../lab/search-rivals.ts';
import setUp from '../../tests/global-setup.ts';

const count = 100_000;
const pageLength = 50;
/** What is typed into the running app, and for how many people each. */
const typedWords = ['prefix', 'two_words', 'digits'] as const;
const typedPersons = 8;
/** Of the app's imports, ms. */
const stepLength = 8;

export const bench: Bench = async (measure, note) => {
  const made = madePeople(count);
  const queries = madeQueries(made);
  note('people', `${count} people, ${made.reduce((sum, { draft }) => sum + draft.numbers.length, 0)} numbers`);
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-bench-'));
  const file = join(folder, 'hookswitch.db');
  const { db } = openDatabase(file);
  try {
    const directory = createDirectory(db);
    importAll(directory, made, measure);
    measureIndex(db, measure);

    // What the worker does for a key: search, and the rows of the first page.
    const idOf = new Map(made.map(({ draft }) => [`${draft.name} ${draft.numbers[0]?.value}`, draft.id]));
    const ids = (query: string) =>
      directory
        .people({ text: query, offset: 0, limit: pageLength })
        .rows.map(({ name, number }) => idOf.get(`${name} ${number?.value}`) ?? '');
    for (const kind of queryClasses) {
      const { times, hits } = timed(queries[kind], ids);
      measure({ name: `search_p99_ms_${kind}`, value: percentile(times, 99), unit: 'ms', samples: times });
      if (kind === 'typo') {
        measure({ name: 'typo_recall_percent', value: (hits / queries[kind].length) * 100, unit: '%' });
      }
    }
    measure({ name: 'caller_match_ms', ...worst(callers(made), (number) => directory.identify(number)) });
    measureRivals(made, queries, measure);
    // All of it in the one file, which the app then opens.
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    await setUp();
    const typed = typedWords.flatMap((kind) => longest(queries[kind]).slice(0, typedPersons));
    await measureApp({ database: file, typed, measure, note });
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
};

/** Other ways of searching, over the same people; of those that forgive a typing error, how often they find who is meant. */
function measureRivals(made: readonly MadePerson[], queries: ReturnType<typeof madeQueries>, measure: Measure): void {
  for (const [name, build] of Object.entries(rivals)) {
    const search = build(made.map(({ draft }) => draft));
    for (const kind of queryClasses) {
      const asked = askedOf(name, queries[kind]);
      const { times, hits } = timed(asked, search);
      measure({ name: `${name}_p99_ms_${kind}`, value: percentile(times, 99), unit: 'ms', samples: times });
      if (kind !== 'typo') continue;
      measure({ name: `${name}_typo_recall_percent`, value: (hits / asked.length) * 100, unit: '%' });
    }
  }
}

/** Each person's query when it is typed to its end. */
function longest(queries: readonly MadeQuery[]): string[] {
  const byPerson = new Map<string, string>();
  for (const { id, text } of queries) if (text.length > (byPerson.get(id)?.length ?? 0)) byPerson.set(id, text);
  return [...byPerson.values()];
}

/** As the app does it: read, looked at, written, in the steps between which others have their turn. */
function importAll(directory: Directory, made: readonly MadePerson[], measure: Measure): void {
  const bytes = Buffer.from(writeVcard(made.map(({ draft }) => draft)));
  const steps: number[] = [];
  const finish = () => {
    for (;;) {
      const started = performance.now();
      const state = directory.stepImport(stepLength);
      steps.push(performance.now() - started);
      if (state?.name !== 'reading' && state?.name !== 'writing') return state;
    }
  };
  while (!directory.warm()) continue;
  const started = performance.now();
  directory.readImport({ name: 'people.vcf', bytes });
  finish();
  measure({ name: 'import_read_s', value: (performance.now() - started) / 1000, unit: 's' });
  directory.writeImport();
  const state = finish();
  if (state?.name !== 'written' || state.added !== made.length) throw new Error(`Imported: ${JSON.stringify(state)}`);
  measure({ name: 'import_100k_s', value: (performance.now() - started) / 1000, unit: 's' });
  while (!directory.warm()) continue;
  measure({ name: 'import_indexed_s', value: (performance.now() - started) / 1000, unit: 's' });
  measure({ name: 'import_longest_step_ms', value: Math.max(...steps), unit: 'ms' });
}

function measureIndex(db: DatabaseSync, measure: Measure): void {
  const before = usedMemory();
  const loading = performance.now();
  const directory = createDirectory(db);
  while (!directory.warm()) continue;
  measure({ name: 'index_load_ms', value: performance.now() - loading, unit: 'ms' });
  measure({ name: 'index_mb', value: usedMemory() - before, unit: 'MB' });
  directory.favourites();
}

/** After a round that warms up: every answer's time, ms, and in how many the person meant was on the first page. */
function timed(queries: readonly MadeQuery[], search: (query: string) => string[]) {
  for (const { text } of queries.slice(0, Math.min(60, queries.length / 2))) search(text);
  let hits = 0;
  const times = queries.map(({ text, id }) => {
    const started = performance.now();
    const found = search(text);
    const time = performance.now() - started;
    if (found.includes(id)) hits += 1;
    return time;
  });
  return { times, hits };
}

function worst(numbers: readonly string[], match: (number: string) => unknown) {
  const samples = numbers.map((number) => {
    const started = performance.now();
    match(number);
    return performance.now() - started;
  });
  return { value: Math.max(...samples), unit: 'ms', samples };
}

/** International, 00, without the country, extension, SIP address, nobody. */
function callers(made: readonly MadePerson[]): string[] {
  const step = Math.floor(made.length / 200);
  const known = made.filter((_, index) => index % step === 0).flatMap(({ draft }) => draft.numbers.map(spellings));
  return [...known.flat(), '+999999999999', 'sip:nobody@nowhere.example'];
}

function spellings({ value }: { value: string }): string[] {
  return value.startsWith('+') ? [value, `00${value.slice(1)}`, `0${value.slice(3)}`] : [value];
}

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Megabytes in use after a collection. */
function usedMemory(): number {
  if (typeof collect === 'function') for (let i = 0; i < 3; i += 1) collect();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return (heapUsed + external + arrayBuffers) / 2 ** 20;
}
