// Every reader of bytes from the network, fed with what nobody meant to send: by properties and guided by coverage.
// FUZZ_SECONDS: per target (20). FUZZ_SEED: to run the same again. FUZZ_TARGET: only this one.
import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as v from 'valibot';
import type { Bench } from '../../bench/report.ts';
import { fuzzReport, type FuzzOrder, type FuzzReport } from './support/fuzz-report.ts';
import { fuzzTargets, type FuzzTarget } from './support/fuzz-targets.ts';

/** A target that has not ended this long after its time hangs on one input, ms. */
const grace = 60_000;

export const drill: Bench = async (measure, note) => {
  const seconds = Number(process.env['FUZZ_SECONDS'] ?? 20);
  const seed = Number(process.env['FUZZ_SEED'] ?? randomInt(2 ** 31));
  const only = process.env['FUZZ_TARGET'];
  note('seed', `${seed}, ${seconds} s a target`);
  const results: FuzzReport[] = [];
  for (const target of fuzzTargets) {
    if (only !== undefined && target.name !== only) continue;
    const result = await fuzz(target, seconds, seed);
    results.push(result);
    measure({
      name: `fuzz_runs_${target.name}`,
      value: result.runs,
      unit: `runs, ${result.corpus} inputs reached new code`,
    });
    for (const find of result.finds) {
      const file = writeFind(target.name, Buffer.from(find.input, 'base64'));
      note(`${target.name}, find`, `${find.what} (${file})`);
    }
  }
  measure({ name: 'fuzz_runs', value: sum(results.map((one) => one.runs)), unit: 'runs' });
  const slow = sum(results.map((one) => one.finds.filter((find) => find.what.startsWith('took')).length));
  measure({ name: 'fuzz_uncaught', value: sum(results.map((one) => one.finds.length)) - slow, unit: 'kinds' });
  measure({
    name: 'fuzz_slowest_ms',
    value: Math.max(...results.map((one) => one.slowest)),
    unit: 'ms of CPU',
    samples: results.map((one) => one.slowest),
  });
};

function fuzz(target: FuzzTarget, seconds: number, seed: number): Promise<FuzzReport> {
  const current = new SharedArrayBuffer(4 + target.longest);
  const order: FuzzOrder = { name: target.name, seconds, seed, current };
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('support/fuzz-worker.ts', import.meta.url), { workerData: order });
    const timer = setTimeout(
      () => {
        const input = Buffer.from(current, 4, new DataView(current).getUint32(0)).toString('base64');
        const hang = { kind: 'hang', what: 'took for ever', input };
        resolve({ runs: 0, slowest: Number.POSITIVE_INFINITY, finds: [hang], corpus: 0, blocks: 0 });
        void worker.terminate();
      },
      seconds * 1000 + grace,
    );
    worker.once('message', (message: unknown) => {
      clearTimeout(timer);
      resolve(v.parse(fuzzReport, message));
    });
    worker.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

/** Beside the results, to be looked at; what was mended goes to tests/fixtures/fuzz-finds. */
function writeFind(name: string, input: Buffer): string {
  const folder = join(import.meta.dirname, '../../bench/results/fuzz-finds');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}-${Date.now()}-${input.length}.bin`);
  writeFileSync(file, input);
  return file.slice(file.indexOf('bench/results'));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
