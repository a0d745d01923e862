// The directory in the running app: start with everybody there and with nobody, key press to painted results, scrolling.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Locator, Page } from 'playwright';
import { createLogger } from '../../electron/diagnostics/index.ts';
import { openLibrary } from '../../electron/store/index.ts';
import { root } from '../../tests/support/app.ts';
import { median, percentile, type Measure, type Note } from '../report.ts';
import { probeBareKeys, probeKeys, removeBareKeys, scrollList } from './directory-probes.ts';
import { Hookswitch, Profile } from './hookswitch.ts';
import { clockOffset, probeFirstPaint } from './page-probes.ts';

/** A start is over and its pages may be looked at, ms. */
const settled = 2_500;
const launches = 8;
/** Nobody answers there: the directory does not need it. */
const noServer = 9;
/** Into a bare input, for the floor. */
const bareKeys = 100;
/** A frame that took longer was missed, ms. */
const slowFrame = 20;
const scrolls = [
  { step: 40, frames: 300 },
  { step: 300, frames: 300 },
  { step: 6000, frames: 300 },
];

export interface AppBench {
  /** A database with everybody in it. */
  database: string;
  /** What is typed, key after key. */
  typed: readonly string[];
  measure: Measure;
  note: Note;
}

export async function measureApp({ database, typed, measure, note }: AppBench): Promise<void> {
  const full = new Profile(noServer);
  const empty = new Profile(noServer);
  try {
    for (const profile of [empty, full]) await start(profile, true);
    const there = join(full.directory, 'hookswitch.db');
    // A log belongs to its own database.
    for (const companion of ['-wal', '-shm']) rmSync(`${there}${companion}`, { force: true });
    copyFileSync(database, there);
    await measureLibrary(full, empty, measure);
    const times: { full: number[]; empty: number[] } = { full: [], empty: [] };
    for (let round = 0; round < launches; round += 1) {
      times.empty.push(await start(empty));
      times.full.push(await start(full));
    }
    const [fullMs, emptyMs] = [median(times.full), median(times.empty)];
    measure({ name: 'launch_to_window_ms_empty', value: emptyMs, unit: 'ms', samples: times.empty });
    measure({ name: 'launch_to_window_ms_100k', value: fullMs, unit: 'ms', samples: times.full });
    measure({ name: 'start_slower_ms', value: fullMs - emptyMs, unit: 'ms' });
    await measureWindow(full, typed, measure, note);
  } finally {
    full.remove();
    empty.remove();
  }
}

/** From the process's start to the first contentful paint of the main window, ms. */
async function start(profile: Profile, provision = false): Promise<number> {
  const app = new Hookswitch(profile, { provision });
  try {
    await app.program.says(/DevTools listening/);
    await delay(settled);
    await app.watch();
    const page = app.page('main');
    return (await page.evaluate(probeFirstPaint)) + (await clockOffset(page)) - app.program.startedAt;
  } finally {
    await app.stop();
  }
}

/** From the start of the library's thread to the first page of the list, and to the first search. */
async function measureLibrary(full: Profile, empty: Profile, measure: Measure): Promise<void> {
  for (const [name, { directory }] of Object.entries({ empty, '100k': full })) {
    const log = createLogger({ directory: join(directory, 'bench-logs') });
    const began = performance.now();
    const library = await openLibrary({
      file: join(directory, 'hookswitch.db'),
      log,
      startWorker: () => new Worker(join(root, 'dist', 'library.cjs')),
    });
    await library.query({ type: 'people', text: '', offset: 0, limit: 100 });
    measure({ name: `library_first_page_ms_${name}`, value: performance.now() - began, unit: 'ms' });
    await library.query({ type: 'people', text: 'an', offset: 0, limit: 50 });
    measure({ name: `library_first_search_ms_${name}`, value: performance.now() - began, unit: 'ms' });
    await library.close();
  }
}

async function measureWindow(profile: Profile, typed: readonly string[], measure: Measure, note: Note): Promise<void> {
  const app = new Hookswitch(profile);
  try {
    await app.program.says(/DevTools listening/);
    await delay(settled);
    await app.watch();
    const page = app.page('main');
    note('engine', `${(await app.state()).engine}, Chromium ${app.chromiumVersion}`);
    await page.getByRole('grid', { name: 'People' }).getByRole('row').first().waitFor();

    for (const what of ['floor', 'directory'] as const) {
      const frames: number[] = [];
      for (const scroll of scrolls) frames.push(...(await page.evaluate(scrollList, { what, ...scroll })));
      const value = (frames.filter((ms) => ms > slowFrame).length / frames.length) * 100;
      const name = `scroll_slow_frames_percent${what === 'floor' ? '_floor' : ''}`;
      measure({ name, value, unit: '%', samples: frames });
    }

    const floors = { key: 'floor', rows: 'rows_floor', asks: 'asking_floor' } as const;
    for (const what of ['key', 'rows', 'asks'] as const) {
      await page.evaluate(probeBareKeys, what);
      const bare =
        what === 'asks' ? await typeAll(page, page.locator('#bench-floor input'), typed) : await typeBare(page);
      measure({
        name: `key_to_paint_p95_ms_${floors[what]}`,
        value: percentile(bare, 95),
        unit: 'ms',
        samples: bare,
      });
      await page.evaluate(removeBareKeys);
    }

    const field = page.getByRole('combobox', { name: 'Name or number' });
    await field.focus();
    await page.evaluate(probeKeys);
    const times = await typeAll(page, field, typed);
    measure({ name: 'key_to_paint_p50_ms', value: percentile(times, 50), unit: 'ms' });
    measure({ name: 'key_to_paint_p95_ms', value: percentile(times, 95), unit: 'ms', samples: times });
  } finally {
    await app.stop();
  }
}

async function typeBare(page: Page): Promise<number[]> {
  for (let keys = 1; keys <= bareKeys; keys += 1) await pressed(page, 'a', keys);
  return painted(page);
}

/** One after the other into an empty field. Returns how long each key took until its answer was painted, ms. */
async function typeAll(page: Page, field: Locator, typed: readonly string[]): Promise<number[]> {
  let keys = 0;
  for (const text of typed) {
    await field.fill('');
    for (const key of text) {
      if (key === ' ') await page.keyboard.press('Space');
      else await pressed(page, key, (keys += 1));
    }
  }
  return painted(page);
}

/** Waits until so many keys are painted. */
async function pressed(page: Page, key: string, keys: number): Promise<void> {
  await page.keyboard.press(key);
  await page.waitForFunction((count) => (window.benchKeys?.length ?? 0) >= count, keys, { polling: 20 });
}

async function painted(page: Page): Promise<number[]> {
  return (await page.evaluate(() => window.benchKeys)) ?? [];
}
