// How each source of people is doing: its last sync, and what went wrong in words.
import type { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { problemSchema, type Problem, type SourceState } from '../../contract/index.ts';
import { number, text } from '../store/index.ts';

/** Every source that has people or a state, in alphabetical order. */
export function sourceStates(db: DatabaseSync): SourceState[] {
  const rows = db
    .prepare(
      `WITH counted AS MATERIALIZED (SELECT source, count(*) AS people FROM people WHERE removed_at IS NULL GROUP BY source)
       SELECT all_sources.source, s.synced_at, s.problem, coalesce(counted.people, 0) AS people
       FROM (SELECT source FROM counted UNION SELECT source FROM source_states) all_sources
       LEFT JOIN counted ON counted.source = all_sources.source
       LEFT JOIN source_states s ON s.source = all_sources.source ORDER BY all_sources.source`,
    )
    .all();
  return rows.map((row) => ({
    source: text(row['source']),
    syncedAt: row['synced_at'] === null ? null : number(row['synced_at']),
    people: number(row['people']),
    problem: row['problem'] === null ? null : v.parse(problemSchema, JSON.parse(text(row['problem']))),
  }));
}

/** Notes how a sync ended. With a problem, the time of the last one that worked stays. */
export function setSourceState(db: DatabaseSync, source: string, problem: Problem | null, at: number): void {
  db.prepare(
    `INSERT INTO source_states (source, synced_at, problem) VALUES (:source, :at, :problem)
     ON CONFLICT (source) DO UPDATE SET synced_at = coalesce(:at, synced_at), problem = :problem`,
  ).run({ source, at: problem ? null : Math.round(at), problem: problem ? JSON.stringify(problem) : null });
}
