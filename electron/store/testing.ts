// The library for tests: its real worker thread, on a database of its own. Not in the product.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { test as together } from 'vitest';
import type { CallRecord, Logger, PersonDraft, Problem } from '../../contract/index.ts';
import { openLibrary, type Library, type LibraryOptions } from './index.ts';

export const log: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };

let building: Promise<string> | undefined;

/** The worker as one text, as the app ships it: a thread of it is up in a tenth of the time that its sources take. */
function workerText(): Promise<string> {
  building ??= build({
    entryPoints: [fileURLToPath(new URL('library-worker.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    write: false,
  }).then(({ outputFiles: [output] }) => output?.text ?? '');
  return building;
}

/** A folder of its own for a test, and what is started there. */
export class Place {
  /** The real worker's. */
  readonly script: string;
  readonly folder = mkdtempSync(join(tmpdir(), 'library-'));
  readonly file = join(this.folder, 'hookswitch.db');
  readonly workers: Worker[] = [];
  readonly #open: Library[] = [];

  constructor(script: string) {
    this.script = script;
  }

  readonly startWorker = (script = this.script): Worker => {
    const worker = new Worker(script, { eval: true, execArgv: [] });
    this.workers.push(worker);
    return worker;
  };

  async library(options: Partial<LibraryOptions> = {}): Promise<Library> {
    const { file, startWorker } = this;
    const opened = await openLibrary({ file, log, startWorker: () => startWorker(), ...options });
    this.#open.push(opened);
    return opened;
  }

  async leave(): Promise<void> {
    await Promise.all(this.#open.map((library) => library.close()));
    await Promise.all(this.workers.map((worker) => worker.terminate()));
    rmSync(this.folder, { recursive: true });
  }
}

/** Tests with a place each run beside each other, for most of them wait. */
export const test = together.extend<{ place: Place }>({
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads from the pattern which fixtures this one needs
  place: async ({}, use) => {
    const place = new Place(await workerText());
    await use(place);
    await place.leave();
  },
}).concurrent;

/** What the library has said so far of damage. */
export function told(library: Library): string[] {
  const problems: Problem[] = [];
  library.whenRecovered((problem) => problems.push(problem));
  return problems.map(({ code }) => code);
}

export const nora: PersonDraft = {
  name: 'Nora Keller',
  numbers: [
    { value: '+41 44 123 45 67', kind: 'work' },
    { value: '4410', kind: 'extension' },
  ],
};

export function call(id: string, changes: Partial<CallRecord> = {}): CallRecord {
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
