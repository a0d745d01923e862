// Kills a process that imports people and takes imports back (SIGKILL), and holds what it left against what it said.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measure } from '../../../bench/report.ts';
import { openDatabase } from '../../../electron/store/database.ts';
import { finish, lookAt, type Said } from './imported.ts';
import { isSound, share, writeUntilKilled } from './killed-writer.ts';

const writer = join(import.meta.dirname, 'import-writer.ts');
/** Of one database file, so that a look at all of it stays short. */
const roundsPerFile = 10;
/** Milliseconds before the kill, at most: an import and its undo, more or less. */
const longestImporting = 900;

/** Imports and their undo: whole batches, nobody twice when the file is read once more, and taken back to how it was before. */
export async function killImports(kills: number, measure: Measure): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-drill-'));
  const total = { written: 0, wrong: 0, half: 0, unfinished: 0, damaged: 0, lostCalls: 0 };
  const killedIn: Record<Said['is'], number> = { importing: 0, imported: 0, undoing: 0, undone: 0 };
  let file = '';
  const imports = new Map<string, Said>();
  const calls = new Set<string>();
  try {
    for (let round = 0; round < kills; round += 1) {
      if (round % roundsPerFile === 0) {
        file = join(folder, `round-${round}.db`);
        imports.clear();
        calls.clear();
        if (round > 0) console.log(`# ${round} imports killed: ${JSON.stringify(total)}`);
      }
      await writeUntilKilled([writer, file, String(round)], share(round) * longestImporting, (line) => {
        if (line.startsWith('call ')) calls.add(line);
        else hear(line, imports);
      });
      const { db, recovered } = openDatabase(file);
      const found = isSound(db);
      if (recovered !== null || !found) total.damaged += 1;
      for (const [tag, said] of imports) {
        const { wrong, half } = lookAt(db, tag, said);
        total.wrong += wrong;
        total.half += half;
      }
      const last = [...imports].at(-1);
      if (last) {
        const [tag, said] = last;
        killedIn[said.is] += 1;
        total.written += said.written;
        total.unfinished += finish(db, tag);
        imports.set(tag, { written: 0, is: 'undone' });
      }
      const there = new Set(
        db
          .prepare('SELECT id FROM calls')
          .all()
          .map((row) => `call ${String(row['id'])}`),
      );
      for (const one of calls) if (!there.has(one)) total.lostCalls += 1;
      if (!isSound(db)) total.damaged += 1;
      db.close();
    }
    if (killedIn.importing === 0 || total.written === 0) throw new Error('No import was killed, so nothing was shown.');
    measure({ name: 'history_kill_import_kills', value: kills, unit: 'kills' });
    for (const [is, value] of Object.entries(killedIn)) {
      measure({ name: `history_kill_import_killed_${is}`, value, unit: 'kills' });
    }
    measure({ name: 'history_kill_import_committed_people', value: total.written, unit: 'people' });
    measure({ name: 'history_kill_import_wrong_people', value: total.wrong, unit: 'people' });
    measure({ name: 'history_kill_import_half_people', value: total.half, unit: 'people' });
    measure({ name: 'history_kill_import_not_finished', value: total.unfinished, unit: 'people' });
    measure({ name: 'history_kill_import_lost_calls', value: total.lostCalls, unit: 'rows' });
    measure({ name: 'history_kill_import_damaged', value: total.damaged, unit: 'databases' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `import TAG COUNT`, `imported TAG`, `undoing TAG`, `undone TAG`. */
function hear(line: string, imports: Map<string, Said>): void {
  const [is = '', tag = '', count] = line.split(' ');
  const before = imports.get(tag)?.written ?? 0;
  if (is === 'import') imports.set(tag, { written: Number(count), is: 'importing' });
  if (is === 'imported' || is === 'undoing' || is === 'undone') imports.set(tag, { written: before, is });
}
