// Kills the whole app (SIGKILL) while it writes calls and people, and starts it again: is all there that it said was kept?
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../electron/store/database.ts';
import prepare from '../../global-setup.ts';
import { launchPhone, type PhoneApp } from '../../support/app.ts';
import { Office } from '../../support/office.ts';

export interface AppKills {
  kills: number;
  /** Rows that were there before a kill, by the app's own word. */
  committed: number;
  lost: number;
  damaged: number;
}

const busy = '4418';
/** Milliseconds of writing before a kill: at least, and as many more at most. */
const writing = { least: 300, more: 1200 };

export async function killApp(kills: number, progress: (done: number) => void): Promise<AppKills> {
  await prepare();
  const profile = mkdtempSync(join(tmpdir(), 'hookswitch-drill-'));
  const office = await Office.open({
    passwords: { mara: 'secret' },
    numbers: { [busy]: { does: 'refuses', status: '486 Busy Here' } },
  });
  const provision = { hookswitch: 1, accounts: [office.accountOf('mara')] };
  const said = new Set<string>();
  let damaged = 0;
  try {
    for (let round = 0; round < kills; round += 1) {
      const app = await launchPhone({ profile, provision });
      await app.registered();
      if ((await app.state()).notices.some(({ id }) => id === 'library')) damaged += 1;
      // Spread over the span, and the same in each run.
      await writeUntilKilled(app, round, writing.least + (((round * 7919) % 1000) / 1000) * writing.more, said);
      progress(round + 1);
    }
    const app = await launchPhone({ profile, provision });
    await app.registered();
    await app.close();
    const { db, recovered } = openDatabase(join(profile, 'hookswitch.db'));
    const verdict = db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
    if (recovered !== null || verdict !== 'ok') damaged += 1;
    const ids = (table: 'calls' | 'people') =>
      db
        .prepare(`SELECT id FROM ${table}`)
        .all()
        .map((row) => String(row['id']));
    const there = new Set([...ids('calls'), ...ids('people')]);
    db.close();
    return { kills, committed: said.size, lost: [...said].filter((id) => !there.has(id)).length, damaged };
  } finally {
    office.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Resolves when the app is dead; what it said to be kept is in `said`. */
async function writeUntilKilled(app: PhoneApp, round: number, ms: number, said: Set<string>): Promise<void> {
  const main = app.electron.process();
  const dead = new Promise<void>((resolve) => main.once('exit', () => resolve()));
  setTimeout(() => main.kill('SIGKILL'), ms);
  try {
    for (let count = 0; ; count += 1) {
      const person = {
        name: `Person ${round} ${count}`,
        numbers: [{ value: `${1000 + count}`, kind: 'work' as const }],
      };
      const { id } = await app.command({ type: 'save-person', person });
      if (id !== undefined) said.add(id);
      const placed = await app.command({ type: 'call', target: busy });
      if (placed.id === undefined) continue;
      const page = await app.page('main');
      const kept = await page.evaluate(isInHistory, placed.id);
      if (kept) said.add(placed.id);
    }
  } catch {
    // It is dead, or dies now.
  }
  await dead;
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
