// Kills the whole app (SIGKILL) while it writes calls and people and imports more of them, and starts it again: is all there
// that it said was kept?
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../electron/store/database.ts';
import prepare from '../../global-setup.ts';
import { launchPhone, type PhoneApp } from '../../support/app.ts';
import { Office } from '../../support/office.ts';
import { fileOf, finish, knownOf, lookAt, type Said } from './imported.ts';
import { isSound, share } from './killed-writer.ts';

export interface AppKills {
  kills: number;
  /** Rows that were there before a kill, by the app's own word. */
  committed: number;
  lost: number;
  damaged: number;
  /** Imports that were killed on their way, and people who were not there, twice, by halves or not to be taken back. */
  imports: number;
  wrong: number;
}

const busy = '4418';
/** Milliseconds of writing before a kill: at least, and as many more at most. */
const writing = { least: 500, more: 4000 };

export async function killApp(kills: number, progress: (done: number) => void): Promise<AppKills> {
  await prepare();
  const profile = mkdtempSync(join(tmpdir(), 'hookswitch-drill-'));
  const office = await Office.open({
    passwords: { mara: 'secret' },
    numbers: { [busy]: { does: 'refuses', status: '486 Busy Here' } },
  });
  const provision = { hookswitch: 1, accounts: [office.accountOf('mara')] };
  const said = new Set<string>();
  const imports = new Map<string, Said>();
  let damaged = 0;
  try {
    for (let round = 0; round < kills; round += 1) {
      const app = await launchPhone({ profile, provision });
      await app.registered();
      if ((await app.state()).notices.some(({ id }) => id === 'library')) damaged += 1;
      // Spread over the span, and the same in each run.
      await writeUntilKilled(app, round, writing.least + share(round) * writing.more, said, imports);
      progress(round + 1);
    }
    const app = await launchPhone({ profile, provision });
    await app.registered();
    await app.close();
    const { db, recovered } = openDatabase(join(profile, 'hookswitch.db'));
    if (recovered !== null || !isSound(db)) damaged += 1;
    const ids = (table: 'calls' | 'people') =>
      db
        .prepare(`SELECT id FROM ${table}`)
        .all()
        .map((row) => String(row['id']));
    const there = new Set([...ids('calls'), ...ids('people')]);
    let wrong = 0;
    for (const [tag, one] of imports) {
      const found = lookAt(db, tag, one);
      wrong += found.wrong + found.half + finish(db, tag);
    }
    if (!isSound(db)) damaged += 1;
    db.close();
    const lost = [...said].filter((id) => !there.has(id)).length;
    const killed = [...imports.values()].filter(({ is }) => is === 'importing').length;
    return { kills, committed: said.size, lost, damaged, imports: killed, wrong };
  } finally {
    office.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Resolves when the app is dead; what it said to be kept is in `said` and `imports`. */
async function writeUntilKilled(
  app: PhoneApp,
  round: number,
  ms: number,
  said: Set<string>,
  imports: Map<string, Said>,
): Promise<void> {
  const main = app.electron.process();
  const dead = new Promise<void>((resolve) => main.once('exit', () => resolve()));
  setTimeout(() => main.kill('SIGKILL'), ms);
  // Each ends with an error when the app is dead.
  await Promise.allSettled([writeCalls(app, round, said), importPeople(app, round, said, imports)]);
  await dead;
}

async function writeCalls(app: PhoneApp, round: number, said: Set<string>): Promise<never> {
  for (let count = 0; ; count += 1) {
    said.add(await savePerson(app, `Person ${round} ${count}`, `${1000 + count}`));
    const placed = await app.command({ type: 'call', target: busy });
    if (placed.id === undefined) continue;
    const page = await app.page('main');
    const kept = await page.evaluate(isInHistory, placed.id);
    if (kept) said.add(placed.id);
  }
}

async function importPeople(
  app: PhoneApp,
  round: number,
  said: Set<string>,
  imports: Map<string, Said>,
): Promise<never> {
  const page = await app.page('main');
  for (let count = 0; ; count += 1) {
    const tag = `app${round}-${count}`;
    for (const { name, numbers } of knownOf(tag)) await savePerson(app, name, numbers[0]?.value ?? '');
    imports.set(tag, { written: 0, is: 'importing' });
    await page.evaluate(beginImport, fileOf(tag));
    for (;;) {
      const { peopleImport } = await app.state();
      if (peopleImport?.name === 'written') break;
      if (peopleImport?.name !== 'writing') continue;
      // Whoever writes commits what was imported before.
      said.add(await savePerson(app, `Beside ${tag} ${peopleImport.done}`, '4410'));
      imports.set(tag, { written: peopleImport.done, is: 'importing' });
    }
    imports.set(tag, { written: 0, is: 'imported' });
    await app.command({ type: 'close-import' });
  }
}

async function savePerson(app: PhoneApp, name: string, value: string): Promise<string> {
  const { id } = await app.command({ type: 'save-person', person: { name, numbers: [{ value, kind: 'work' }] } });
  if (id === undefined) throw new Error('The app kept nobody.');
  return id;
}

/** Runs in the page: resolves when the file is read, and its people begin to be written. */
async function beginImport(text: string): Promise<void> {
  const { phone } = window.hookswitch;
  await phone.command({ type: 'read-import', name: 'people.csv', data: new TextEncoder().encode(text) });
  void phone.command({ type: 'write-import' });
}

/** Runs in the page: resolves when the call stands in the list. */
function isInHistory(callId: string): Promise<boolean> {
  return new Promise((resolve) => {
    window.hookswitch.phone.onState(() => {
      void window.hookswitch.phone
        .query({ type: 'history', filter: 'all', offset: 0, limit: 20 })
        .then((answer) => answer.ok && answer.value.rows.some(({ id }) => id === callId) && resolve(true));
    });
  });
}
