// The library as the main process uses it: a real worker thread on a real database.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test as together } from 'vitest';
import type { CallRecord, Logger, PersonDraft } from '../../contract/index.ts';
import { openDatabase } from './database.ts';
import { openLibrary, transaction, type Library, type LibraryOptions } from './index.ts';
import { WorkerLink } from './worker-link.ts';

const log: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };

/** The worker in one file, as the app ships it: a thread is up in a tenth of the time that its sources take. */
let script: URL;
let bundleFolder: string;
beforeAll(async () => {
  bundleFolder = mkdtempSync(join(tmpdir(), 'library-worker-'));
  const outfile = join(bundleFolder, 'library-worker.mjs');
  const entry = fileURLToPath(new URL('library-worker.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  script = pathToFileURL(outfile);
});
afterAll(() => rmSync(bundleFolder, { recursive: true }));

/** A folder of its own for a test, and what is started there; the tests run beside each other, for most of them wait. */
class Place {
  readonly folder = mkdtempSync(join(tmpdir(), 'library-'));
  readonly file = join(this.folder, 'hookswitch.db');
  readonly workers: Worker[] = [];
  readonly #open: Library[] = [];

  readonly startWorker = (source: URL | string = script): Worker => {
    const worker =
      typeof source === 'string' ? new Worker(source, { eval: true }) : new Worker(source, { execArgv: [] });
    this.workers.push(worker);
    return worker;
  };

  async library(options: Partial<LibraryOptions> = {}): Promise<Library> {
    const { file, startWorker } = this;
    const opened = await openLibrary({ file, log, startWorker, ...options });
    this.#open.push(opened);
    return opened;
  }

  async leave(): Promise<void> {
    await Promise.all(this.#open.map((library) => library.close()));
    await Promise.all(this.workers.map((worker) => worker.terminate()));
    rmSync(this.folder, { recursive: true });
  }
}

const test = together.extend<{ place: Place }>({
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads from the pattern which fixtures this one needs
  place: async ({}, use) => {
    const place = new Place();
    await use(place);
    await place.leave();
  },
}).concurrent;

const nora: PersonDraft = {
  name: 'Nora Keller',
  numbers: [
    { value: '+41 44 123 45 67', kind: 'work' },
    { value: '4410', kind: 'extension' },
  ],
};

function call(id: string, changes: Partial<CallRecord> = {}): CallRecord {
  return {
    id,
    accountId: 'work',
    direction: 'incoming',
    number: '4410',
    result: 'missed',
    startedAt: 1000,
    endedAt: 2000,
    seen: false,
    ...changes,
  };
}

test('people and calls are kept, found and counted', async ({ place }) => {
  const one = await place.library();
  expect(one.recovered).toBeNull();
  const { id } = await one.savePerson(nora);
  await one.setFavourite(id, true);
  await one.addCall(call('c1'));
  expect(await one.missedCalls()).toBe(1);
  expect(await one.identify('0041441234567')).toEqual({ personId: id, name: 'Nora Keller' });
  await one.close();

  const again = await place.library();
  expect(await again.query({ type: 'people', text: 'kel', offset: 0, limit: 10 })).toMatchObject({
    rows: [{ id }],
    total: 1,
  });
  expect(await again.query({ type: 'people', text: '', offset: 0, limit: 10 })).toMatchObject({
    letters: [{ letter: 'N', index: 0 }],
  });
  expect(await again.query({ type: 'favourites' })).toMatchObject([{ id, favourite: true }]);
  expect(await again.query({ type: 'person', personId: id })).toMatchObject({ name: 'Nora Keller' });
  expect(await again.query({ type: 'history', filter: 'missed', offset: 0, limit: 10 })).toEqual({
    rows: [call('c1')],
    total: 1,
  });
  await again.markSeen();
  expect(await again.missedCalls()).toBe(0);
  await again.removeCall('c1');
  expect(await again.query({ type: 'history', filter: 'all', offset: 0, limit: 10 })).toEqual({ rows: [], total: 0 });
  await again.removePerson(id);
  expect(await again.query({ type: 'person', personId: id })).toBeNull();
  await again.restorePerson(id);
  await again.replaceSource('company', [{ name: 'Ana', numbers: [] }]);
  expect(await again.query({ type: 'people', text: '', offset: 0, limit: 10 })).toMatchObject({ total: 2 });
});

test('a call that was placed makes its number the first; one that came in does not', async ({ place }) => {
  const one = await place.library();
  const { id } = await one.savePerson(nora);
  const first = async () => (await one.query({ type: 'people', text: '', offset: 0, limit: 1 })).rows[0]?.number?.value;
  await one.addCall(call('in', { personId: id }));
  expect(await first()).toBe('+41 44 123 45 67');
  await one.addCall(call('out', { personId: id, direction: 'outgoing', result: 'answered' }));
  expect(await first()).toBe('4410');
});

test('a problem comes back as a problem', async ({ place }) => {
  const one = await place.library();
  await expect(one.setFavourite('nobody', true)).rejects.toMatchObject({ problem: { code: 'person-gone' } });
});

test('what the schema refuses is refused with its reason, and changes nothing', async ({ place }) => {
  const one = await place.library();
  await expect(one.savePerson({ name: '   ', numbers: [] })).rejects.toMatchObject({
    problem: { code: 'library-request-invalid', detail: expect.stringContaining('A person needs a name.') },
  });
  await expect(one.query({ type: 'people', text: '', offset: 0, limit: 100_000 })).rejects.toMatchObject({
    problem: { code: 'library-request-invalid' },
  });
  expect(await one.query({ type: 'people', text: '', offset: 0, limit: 10 })).toMatchObject({ total: 0 });
});

test('a damaged database is told of and kept', async ({ place }) => {
  writeFileSync(place.file, 'not a database '.repeat(1000));
  const one = await place.library();
  expect(one.recovered).toMatchObject({ code: 'database-damaged' });
  expect(readdirSync(place.folder).some((name) => name.startsWith('hookswitch.db.damaged-'))).toBe(true);
  await one.savePerson(nora);
});

/** 300 calls, and noise in the page that first or last holds what is written of the one in their middle. */
function damaged(file: string, look: 'indexOf' | 'lastIndexOf'): void {
  const { db } = openDatabase(file);
  const add = db.prepare(
    `INSERT INTO calls (id, account, direction, number, result, started_at, ended_at, seen, words)
     VALUES (?, 'a', 'incoming', '1', 'missed', 1, 1, 1, ?)`,
  );
  transaction(db, () => {
    for (let id = 0; id < 300; id += 1) add.run(`call ${id} `, 'x'.repeat(300));
  });
  db.close();
  const bytes = readFileSync(file);
  const at = bytes[look]('call 150 ');
  bytes.fill(0xa5, at - (at % 4096), at - (at % 4096) + 4096);
  writeFileSync(file, bytes);
}

test('damage that the start did not look for is found by the check after it, mended and told; what was written since is there', async ({
  place,
}) => {
  damaged(place.file, 'lastIndexOf');
  const one = await place.library({ checkAfter: 0 });
  expect(one.recovered).toBeNull();
  const told = new Promise((resolve) => one.whenRecovered(resolve));
  await one.addCall(call('since'));
  expect(await told).toMatchObject({ code: 'database-damaged' });
  const { total, rows } = await one.query({ type: 'history', filter: 'missed', offset: 0, limit: 1 });
  expect(rows).toMatchObject([{ id: 'since' }]);
  expect(total).toBeGreaterThan(270);
  expect(readdirSync(place.folder).some((name) => name.startsWith('hookswitch.db.damaged-'))).toBe(true);
  await one.addCall(call('after'));
});

test('what meets the damage before the check does is written all the same', async ({ place }) => {
  damaged(place.file, 'indexOf');
  const one = await place.library();
  let told = 0;
  one.whenRecovered(() => (told += 1));
  await one.addCall(call('call 150 and a half'));
  expect(told).toBe(1);
  expect(await one.query({ type: 'history', filter: 'missed', offset: 0, limit: 1 })).toMatchObject({
    rows: [{ id: 'call 150 and a half' }],
    total: 301,
  });
});

test('an import that meets damage is interrupted, and goes through when it is begun once more', async ({ place }) => {
  const before = await place.library();
  const number = (at: number) => `+41440${100_000 + at}`;
  await before.replaceSource(
    'company',
    Array.from({ length: 600 }, (_, at) => ({ name: `Person ${at}`, numbers: [{ value: number(at), kind: 'work' }] })),
  );
  await before.close();
  // A leaf (0x0a) of the index by which callers are looked up: the last five digits, and not the number.
  const bytes = readFileSync(place.file);
  for (let page = 0; page < bytes.length; page += 4096) {
    const content = bytes.subarray(page, page + 4096);
    if (content[0] === 0x0a && content.includes('00300') && !content.includes('+4144')) content.fill(0xa5);
  }
  writeFileSync(place.file, bytes);

  const one = await place.library();
  const told = new Promise((resolve) => one.whenRecovered(resolve));
  const imported = async () => {
    await one.readImport({ name: 'people.csv', bytes: Buffer.from(`Name,Work\nNora Keller,${number(300)}\n`) });
    while ((await one.stepImport())?.name === 'reading');
    await one.writeImport();
    while ((await one.stepImport())?.name === 'writing');
    return one.stepImport();
  };
  await expect(imported()).rejects.toMatchObject({ problem: { code: 'library-interrupted' } });
  expect(await told).toMatchObject({ code: 'database-damaged' });
  expect((await imported())?.name).toBe('written');
  expect(await one.query({ type: 'people', text: '', offset: 0, limit: 1 })).toMatchObject({ total: 601 });
});

test('a whole file is checked while it is used, and nothing is told', async ({ place, expect }) => {
  await (await place.library()).close();
  const one = await place.library({ checkAfter: 0 });
  let told = 0;
  one.whenRecovered(() => (told += 1));
  await expect.poll(() => place.workers.length).toBe(3);
  await new Promise((resolve) => place.workers[2]?.once('exit', resolve));
  expect(await one.missedCalls()).toBe(0);
  expect(told).toBe(0);
});

test('a file is read, written and taken back in steps between which others are answered', async ({ place }) => {
  const one = await place.library();
  const rows = Array.from({ length: 500 }, (_, index) => `Person ${index},${10_000 + index}\n`);
  await one.readImport({ name: 'people.csv', bytes: Buffer.from(`Name,Work\n${rows.join('')}`) });
  const finish = async () => {
    for (;;) {
      const [state, missed] = await Promise.all([one.stepImport(), one.missedCalls()]);
      expect(missed).toBe(0);
      if (state?.name !== 'reading' && state?.name !== 'writing' && state?.name !== 'undoing') return state;
    }
  };
  expect(await finish()).toMatchObject({ name: 'read', added: 500 });
  expect(await one.query({ type: 'import-rows', show: 'new', offset: 499, limit: 5 })).toMatchObject({
    rows: [{ line: 501, name: 'Person 499' }],
    total: 500,
  });
  await one.writeImport();
  const written = await finish();
  expect(written).toMatchObject({ name: 'written', added: 500 });
  expect((await one.exportPeople('csv')).split('\r\n')).toHaveLength(502);
  await one.closeImport();
  if (written?.name === 'written') await one.undoPeople(written.importId);
  expect(await one.query({ type: 'people', text: '', offset: 0, limit: 1 })).toMatchObject({ total: 0 });
});

test('twins become one and two again; the blocked are told; old calls go', async ({ place }) => {
  const one = await place.library();
  const [first, second] = [await one.savePerson(nora), await one.savePerson({ ...nora, blocked: true })];
  expect(await one.query({ type: 'duplicates' })).toHaveLength(1);
  const { undo } = await one.mergePeople([first.id, second.id]);
  expect(await one.query({ type: 'duplicates' })).toEqual([]);
  await one.undoPeople(undo);
  expect(await one.query({ type: 'duplicates' })).toHaveLength(1);
  expect(await one.blockedNumbers()).toEqual(nora.numbers.map(({ value }) => value));
  await one.addCall(call('old'));
  expect(await one.keepCalls(30)).toBe(1);
});

test('when the thread dies, what waited is rejected with a sentence, and the next question is answered', async ({
  place,
}) => {
  const before = await place.library();
  await before.savePerson(nora);
  await before.close();
  // A thread that answers could be faster than its end.
  const one = await place.library({
    startWorker: () => place.startWorker(place.workers.length === 1 ? hanging : script),
  });
  const refused = expect(one.query({ type: 'people', text: '', offset: 0, limit: 10 })).rejects.toMatchObject({
    problem: { code: 'library-interrupted', message: expect.stringContaining('Try it once more') },
  });
  await place.workers[1]?.terminate();
  await refused;
  expect(await one.query({ type: 'people', text: '', offset: 0, limit: 10 })).toMatchObject({ total: 1 });
  expect(place.workers).toHaveLength(3);
});

/** Opens a file that it found to be damaged. */
const recovering = `
  const { parentPort } = require('node:worker_threads');
  const recovered = { code: 'database-damaged', message: 'It was damaged.' };
  parentPort.on('message', ({ request, task }) => {
    parentPort.postMessage({ request, ok: true, value: { recovered, unchecked: null } });
    if (task.do === 'close') parentPort.close();
  });
`;

test('a thread that has closed the database and does not end is ended', async ({ place }) => {
  const link = new WorkerLink({
    startWorker: () => place.startWorker(recovering.replace('parentPort.close()', '0')),
    log,
    reopen: { do: 'open', file: place.file },
    reopened: () => {},
    recovered: () => {},
  });
  await link.ask({ do: 'open', file: place.file }, 10_000);
  await link.close(100);
});

test('what the thread recovers that takes the place of a dead one is told, too', async ({ place, expect }) => {
  const one = await place.library({
    startWorker: () => place.startWorker(place.workers.length === 0 ? script : recovering),
  });
  const told = new Promise((resolve) => one.whenRecovered(resolve));
  await place.workers[0]?.terminate();
  expect(await told).toMatchObject({ code: 'database-damaged' });
});

test('a thread that dies again at once is not started a third time, and says so', async ({ place }) => {
  const one = await place.library();
  await place.workers[0]?.terminate();
  await one.missedCalls();
  await place.workers[1]?.terminate();
  await expect(one.missedCalls()).rejects.toMatchObject({
    problem: { code: 'library-stopped', message: expect.stringContaining('start it again') },
  });
  expect(place.workers).toHaveLength(2);
});

/** Opens like the real one, then hangs in whatever it is asked. */
const hanging = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ request, task }) => {
    if (task.do !== 'open') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    parentPort.postMessage({ request, ok: true, value: { recovered: null, unchecked: null } });
  });
`;

test('a thread that hangs is ended in time, and another answers', async ({ place, expect }) => {
  const one = await place.library({
    startWorker: () => place.startWorker(place.workers.length === 0 ? hanging : script),
    limit: 2_000,
  });
  await expect(one.missedCalls()).rejects.toMatchObject({ problem: { code: 'library-slow' } });
  await expect.poll(() => one.missedCalls().catch(() => 'not yet'), { timeout: 9000 }).toBe(0);
  expect(place.workers).toHaveLength(2);
});

test('a thread that does not start rejects the opening', async ({ place }) => {
  await expect(place.library({ startWorker: () => place.startWorker('throw new Error("no")') })).rejects.toMatchObject({
    problem: { code: expect.stringMatching(/^library-/) },
  });
});

test('nonsense from the thread is not taken for an answer', async ({ place }) => {
  const talking = `${hanging}; parentPort.postMessage('hello'); parentPort.postMessage({ request: 1, ok: 'maybe' });`;
  const one = await place.library({
    startWorker: () => place.startWorker(place.workers.length === 0 ? talking : script),
    limit: 300,
  });
  expect(one.recovered).toBeNull();
});

test('after closing, questions are refused and the thread has ended', async ({ place }) => {
  const one = await place.library();
  const ended = new Promise((resolve) => place.workers[0]?.once('exit', resolve));
  await one.close();
  await one.close();
  expect(await ended).toBe(0);
  await expect(one.missedCalls()).rejects.toMatchObject({ problem: { code: 'library-stopped' } });
});

test('main keeps turning while the thread works', async ({ place }) => {
  const one = await place.library();
  const many = Array.from({ length: 500 }, (_, index) => ({ name: `Person ${index}`, numbers: [] }));
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 1);
  await one.replaceSource('many', many);
  clearInterval(turning);
  expect(turns).toBeGreaterThan(5);
});

test('a call keeps its recordings and its quality on the way to the worker and back', async ({ place }) => {
  const one = await place.library();
  const quality = { mos: 4.2, worstMos: 3.9, lossIn: 0, lossOut: null, jitter: 2, roundTrip: 30 };
  await one.addCall(call('c1', { recordings: ['call.wav'], quality }));
  const { rows } = await one.query({ type: 'history', filter: 'all', offset: 0, limit: 1 });
  expect(rows[0]).toMatchObject({ recordings: ['call.wav'], quality });
});

test('the facts of the database have numbers, and nothing of what is in it', async ({ place }) => {
  const opened = await place.library();
  await opened.savePerson(nora);
  await opened.addCall(call('one'));
  const facts = await opened.facts();
  expect(facts).toMatchObject({ check: 'ok', rows: { people: 1, numbers: 2, calls: 1 } });
  expect(facts.version).toBeGreaterThan(0);
  expect(facts.size).toBeGreaterThan(0);
  expect(JSON.stringify(facts)).not.toMatch(/Nora|4410/);
});
