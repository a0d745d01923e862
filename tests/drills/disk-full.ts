// A disk that is full, and a folder that may not be written: is it told in words, is nothing lost, and does it go on when there
// is room again? The full disk is a tmpfs that the drill mounts, so it runs as root.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Bench, Measure } from '../../bench/report.ts';
import {
  accountDefaults,
  type CallRecord,
  type ImportState,
  type Logger,
  type PersonDraft,
} from '../../contract/index.ts';
import { problemOf } from '../../electron/calls/index.ts';
import { openSettings } from '../../electron/settings/index.ts';
import { openLibrary, type Library } from '../../electron/store/index.ts';

const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };
const script = new URL('../../electron/store/library-worker.ts', import.meta.url);
const megabytes = 32;
/** People of a file, and what is left of the disk when they are written: some of their commits, not all. */
const importPeople = 6000;
const importRoom = 3 * 2 ** 20;

export const drill: Bench = async (measure, note) => {
  if (process.getuid?.() !== 0) throw new Error('This drill mounts a small disk, so it has to run as root.');
  const folder = mkdtempSync(join(tmpdir(), 'hs-disk-'));
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'hookswitch-drill', disk]);
  try {
    note('disk', `tmpfs of ${megabytes} MB`);
    await full(disk, measure);
    await fullImport(disk, measure);
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    await readOnly(disk, measure);
  } finally {
    execFileSync('umount', [disk]);
    rmSync(folder, { recursive: true });
  }
};

/** What is written until the disk says no, while it says no, and when there is room again. */
async function full(disk: string, measure: Measure): Promise<void> {
  const said: string[] = [];
  const kept: string[] = [];
  const profile = join(disk, 'profile');
  mkdirSync(profile);
  const open = () =>
    openLibrary({
      file: join(profile, 'hookswitch.db'),
      log: quiet,
      startWorker: () => new Worker(script, { execArgv: [] }),
    });
  let library = await open();
  const settings = await openSettings({ directory: profile, log: quiet });
  await settings.saveAccount(account('first'));
  const attempt = async (id: string, work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      kept.push(id);
      return true;
    } catch (error) {
      said.push(problemOf(error).code);
      return false;
    }
  };
  const write = (at: number) => attempt(`call ${at}`, () => library.addCall(call(at)));

  for (let at = 0; at < 200; at += 1) await write(at);
  // Somebody else fills the disk to the last byte.
  const filler = join(disk, 'filler');
  fill(filler);
  let at = 200;
  while (at < 5000 && (await write(at))) at += 1;
  const isPersonKept = await attempt('person full', () => library.savePerson(person('full', 20_000)));
  const areSettingsKept = await attempt('account full', () => settings.saveAccount(account('full', 200_000)));
  const people = Array.from({ length: 5000 }, (_, index) => person(`import ${index}`, 200));
  const isImported = await attempt('import full', () => library.replaceSource('Made', people));
  const read = await library.query({ type: 'history', filter: 'all', offset: 0, limit: 1 });
  const isReadable = read.total === kept.filter((id) => id.startsWith('call')).length;

  rmSync(filler);
  const goesOn =
    (await write(10_000)) && (await attempt('account again', () => settings.saveAccount(account('again'))));
  await library.close();

  library = await open();
  const after = await library.query({ type: 'history', filter: 'all', offset: 0, limit: 1 });
  const calls = kept.filter((id) => id.startsWith('call')).length;
  const imported = (await library.query({ type: 'people', text: 'import', offset: 0, limit: 1 })).total;
  const again = await openSettings({ directory: profile, log: quiet });
  await library.close();

  const refused = [isPersonKept, areSettingsKept, isImported].filter((was) => !was).length;
  measure({ name: 'disk_full_rows_before', value: at, unit: 'rows' });
  measure({ name: 'disk_full_refused', value: refused, unit: 'of 3 writes' });
  measure({ name: 'disk_full_not_told', value: said.filter((code) => code !== 'disk-full').length, unit: 'writes' });
  measure({ name: 'disk_full_readable', value: Number(isReadable), unit: 'yes' });
  measure({ name: 'disk_full_lost_rows', value: calls - after.total, unit: 'rows' });
  measure({ name: 'disk_full_half_imports', value: isImported ? 0 : imported, unit: 'people' });
  measure({ name: 'disk_full_goes_on', value: Number(goesOn), unit: 'yes' });
  measure({
    name: 'disk_full_recovered_files',
    value: damageTold(library).length + Number(again.recovered !== null),
    unit: 'files',
  });
  measure({ name: 'disk_full_accounts', value: again.accounts.length, unit: 'accounts' });
}

/** An import whose commits fill the disk: it stops and says so, keeps what was committed, and is carried on by the same file. */
async function fullImport(disk: string, measure: Measure): Promise<void> {
  const file = join(disk, 'import', 'hookswitch.db');
  const open = () => openLibrary({ file, log: quiet, startWorker: () => new Worker(script, { execArgv: [] }) });
  const filler = join(disk, 'filler');
  const count = async (library: Library) =>
    (await library.query({ type: 'people', text: '', offset: 0, limit: 1 })).total;
  let library = await open();
  await library.savePerson(person('before', 10));
  fill(filler);
  truncateSync(filler, statSync(filler).size - importRoom);
  const first = await imported(library).catch((error: unknown) => problemOf(error).code);
  const kept = await count(library);
  await library.close();
  rmSync(filler);

  library = await open();
  const after = await count(library);
  const { check } = await library.facts();
  const second = await imported(library);
  const whole = await count(library);
  await library.undoPeople(second.importId);
  const left = await count(library);
  await library.close();

  measure({ name: 'disk_full_import_told', value: Number(first === 'disk-full'), unit: 'yes' });
  measure({ name: 'disk_full_import_kept', value: kept - 1, unit: `of ${importPeople} people` });
  measure({ name: 'disk_full_import_lost', value: kept - after, unit: 'people' });
  measure({ name: 'disk_full_import_sound', value: Number(check === 'ok'), unit: 'yes' });
  measure({ name: 'disk_full_import_not_carried_on', value: importPeople + 1 - whole, unit: 'people' });
  measure({ name: 'disk_full_import_not_taken_back', value: left - kept, unit: 'people' });
}

/** Reads and writes a file of people, step by step. Rejects with what a step says. */
async function imported(library: Library) {
  const rows = Array.from({ length: importPeople }, (_, at) => `Person n${at},${10_000 + at},${'x'.repeat(300)}`);
  let state: ImportState | null = await library.readImport({
    name: 'people.csv',
    bytes: Buffer.from(`Name,Work,Note\n${rows.join('\n')}\n`),
  });
  while (state?.name === 'reading') state = await library.stepImport();
  await library.writeImport();
  do state = await library.stepImport();
  while (state?.name === 'writing');
  if (state?.name !== 'written') throw new Error(`The import ended as ${JSON.stringify(state)}.`);
  return state;
}

/** The same disk, which may only be read now. */
async function readOnly(disk: string, measure: Measure): Promise<void> {
  const profile = join(disk, 'profile');
  const library = await openLibrary({
    file: join(profile, 'hookswitch.db'),
    log: quiet,
    startWorker: () => new Worker(script, { execArgv: [] }),
  });
  const settings = await openSettings({ directory: profile, log: quiet });
  const told: string[] = [];
  const attempt = (work: Promise<unknown>) => work.catch((error: unknown) => told.push(problemOf(error).code));
  await attempt(library.savePerson(person('read-only', 10)));
  await attempt(library.addCall(call(20_000)));
  await attempt(settings.saveAccount(account('read-only')));
  const shown = await library.query({ type: 'history', filter: 'all', offset: 0, limit: 1 });
  const [start = 'nothing'] = damageTold(library);
  await library.close();
  console.log(`#   read-only: at start "${start}", then ${told.join(', ') || 'nothing refused'}`);
  const isTold = start === 'database-unavailable' || told.filter((code) => code === 'library-read-only').length === 2;
  measure({ name: 'read_only_told', value: Number(isTold && told.includes('settings-not-saved')), unit: 'yes' });
  measure({ name: 'read_only_calls_shown', value: shown.total, unit: 'rows' });
  measure({ name: 'read_only_accounts', value: settings.accounts.length, unit: 'accounts' });
}

/** Writes until the disk takes no more. */
function fill(file: string): void {
  for (let size = 2 ** 20; size >= 512; size /= 2) {
    for (;;) {
      try {
        writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
      } catch {
        break;
      }
    }
  }
}

function call(at: number): CallRecord {
  const id = `call ${at}`;
  return {
    id,
    accountId: 'first',
    direction: 'incoming',
    number: '4410',
    result: 'missed',
    startedAt: at,
    endedAt: at + 1,
    seen: false,
  };
}

function person(name: string, length: number): PersonDraft {
  return { name, note: 'x'.repeat(Math.min(length, 4096)), numbers: [{ value: '4410', kind: 'extension' }] };
}

function account(id: string, padding = 0) {
  return { ...accountDefaults, id, label: id, address: `${id}@example.com`, authUser: 'x'.repeat(padding) };
}

/** What the library said of damage so far. */
function damageTold(library: Library): string[] {
  const codes: string[] = [];
  library.whenRecovered(({ code }) => codes.push(code));
  return codes;
}
