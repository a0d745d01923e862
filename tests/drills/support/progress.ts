// The progress of a drill that takes long: written after each round, so that one that was cut off goes on where it was.
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface Progress<T> {
  /** What earlier goes have measured. */
  readonly rounds: readonly T[];
  add(round: T): void;
  /** All done: the next go begins anew. */
  finish(): void;
}

/** Progress of this drill, in a file below bench/results (not tracked). `parse` throws for a line of another version. */
export function openProgress<T>(drill: string, parse: (value: unknown) => T): Progress<T> {
  const folder = join(import.meta.dirname, '../../../bench/results');
  const file = join(folder, `${drill}.progress.jsonl`);
  mkdirSync(folder, { recursive: true });
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const rounds: T[] = lines.map((line) => parse(JSON.parse(line)));
  if (rounds.length > 0) console.log(`# goes on after ${rounds.length} rounds (${file})`);
  return {
    rounds,
    add(round) {
      rounds.push(round);
      appendFileSync(file, `${JSON.stringify(round)}\n`);
      console.log(`# round ${rounds.length}: ${JSON.stringify(round)}`);
    },
    finish: () => rmSync(file, { force: true }),
  };
}

/** A whole number from the environment, for a quick look or a longer one. */
export function numberFrom(name: string, otherwise: number): number {
  const value = Number(process.env[name] ?? '');
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}
