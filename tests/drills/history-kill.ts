// Kills a process that writes calls and people a thousand times (SIGKILL), one that imports and takes imports back two hundred
// times, and the whole app 20 times, in every second of them while it imports: is all there that was committed? KILLS=100,
// IMPORT_KILLS=20 and APP_KILLS=0 for fewer. The rounds before an interruption need not be repeated: each begins with the
// database it finds.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../electron/store/database.ts';
import type { Bench, Measure } from '../../bench/report.ts';
import { killApp } from './support/app-kills.ts';
import { killImports } from './support/import-kills.ts';
import { isSound, share, writeUntilKilled } from './support/killed-writer.ts';

const kills = Number(process.env['KILLS'] ?? 1000);
const importKills = Number(process.env['IMPORT_KILLS'] ?? 200);
const appKills = Number(process.env['APP_KILLS'] ?? 20);
const writer = join(import.meta.dirname, 'support', 'store-writer.ts');
/** Of one database file, so that a look at all of it stays short. */
const roundsPerFile = 50;
/** Milliseconds of writing before the kill, at most. */
const longestWriting = 40;

export const drill: Bench = async (measure, note) => {
  note('kills', `${kills} of the store, ${importKills} of an import, ${appKills} of the app`);
  if (kills > 0) await killStore(measure);
  if (importKills > 0) await killImports(importKills, measure);
  if (appKills === 0) return;
  const app = await killApp(appKills, (done) => console.log(`# the app was killed ${done} times`));
  measure({ name: 'history_kill_app_kills', value: app.kills, unit: 'kills' });
  measure({ name: 'history_kill_app_committed_rows', value: app.committed, unit: 'rows' });
  measure({ name: 'history_kill_app_lost_rows', value: app.lost, unit: 'rows' });
  measure({ name: 'history_kill_app_damaged', value: app.damaged, unit: 'databases' });
  measure({ name: 'history_kill_app_imports', value: app.imports, unit: 'imports' });
  measure({ name: 'history_kill_app_wrong_people', value: app.wrong, unit: 'people' });
  if (app.committed === 0) throw new Error('The app wrote nothing, so nothing was shown.');
};

async function killStore(measure: Measure): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-drill-'));
  let lost = 0;
  let damaged = 0;
  let committed = 0;
  let file = '';
  const said = new Set<string>();
  try {
    for (let round = 0; round < kills; round += 1) {
      if (round % roundsPerFile === 0) {
        file = join(folder, `round-${round}.db`);
        said.clear();
        if (round > 0) console.log(`# ${round} kills: ${committed} rows committed, ${lost} lost, ${damaged} damaged`);
      }
      const before = said.size;
      await writeUntilKilled([writer, file, String(round)], share(round) * longestWriting, (line) => said.add(line));
      committed += said.size - before;
      const found = look(file);
      if (!found.isSound) damaged += 1;
      for (const row of said) if (!found.rows.has(row)) lost += 1;
    }
    if (committed === 0) throw new Error('Nothing was written, so nothing was shown.');
    measure({ name: 'history_kill_kills', value: kills, unit: 'kills' });
    measure({ name: 'history_kill_committed_rows', value: committed, unit: 'rows' });
    measure({ name: 'history_kill_lost_rows', value: lost, unit: 'rows' });
    measure({ name: 'history_kill_damaged', value: damaged, unit: 'databases' });
    measure({
      name: 'history_kill_set_aside',
      value: readdirSync(folder).filter((name) => name.includes('damaged')).length,
      unit: 'files',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function look(file: string): { isSound: boolean; rows: Set<string> } {
  const { db, recovered } = openDatabase(file);
  try {
    const ids = (table: 'calls' | 'people', word: string) =>
      db
        .prepare(`SELECT id FROM ${table}`)
        .all()
        .map((row) => `${word} ${String(row['id'])}`);
    return {
      isSound: recovered === null && isSound(db),
      rows: new Set([...ids('calls', 'call'), ...ids('people', 'person')]),
    };
  } finally {
    db.close();
  }
}
