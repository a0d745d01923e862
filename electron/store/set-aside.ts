// Keeps a damaged file: renamed to `NAME.damaged-DATE`, never overwritten and never overwriting.
import { existsSync, renameSync } from 'node:fs';

/**
 * Renames a file, and the files that belong to it (`-wal`, `-shm`), to a name that is free. Returns the new path.
 * Throws what the file system throws, and has then moved nothing it did not say.
 * @param companions endings of files that go with it; a database's log must never stay behind for a new database
 */
export function setAside(file: string, at: Date, companions: readonly string[] = []): string {
  const target = freeName(`${file}.damaged-${stamp(at)}`, ['', ...companions]);
  // The file itself last: as long as it is there, the next start finds the damage again.
  for (const ending of [...companions, '']) {
    if (existsSync(file + ending)) renameSync(file + ending, target + ending);
  }
  return target;
}

/** The name itself, or with `-2`, `-3`... the first under which nothing lies yet. */
export function freeName(name: string, endings: readonly string[] = ['']): string {
  const taken = (candidate: string) => endings.some((ending) => existsSync(candidate + ending));
  let candidate = name;
  for (let count = 2; taken(candidate); count += 1) candidate = `${name}-${count}`;
  return candidate;
}

/** Local time without characters that Windows refuses: `2026-11-22-192031`. */
function stamp(at: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
}
