// One target, fuzzed in a thread of its own so that what never ends can be ended: first by properties, then by coverage.
import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import * as v from 'valibot';
import { Coverage } from './fuzz-coverage.ts';
import { createMutator, seededRandom } from './fuzz-mutate.ts';
import { fuzzOrder, type FuzzFind, type FuzzReport } from './fuzz-report.ts';

/** An input that takes longer is run three times more, ms. */
const slow = 100;

/** Inputs between two looks at the coverage, which take 2 ms each. */
const batch = 64;

const { name, seconds, seed, current } = v.parse(fuzzOrder, workerData);
const coverage = new Coverage('/electron/');
const { fuzzTargets } = await import('./fuzz-targets.ts');
const target = fuzzTargets.find((one) => one.name === name);
if (!target) throw new Error(`There is no target ${name}.`);

const shown = new Uint8Array(current);
const finds: FuzzFind[] = [];
let runs = 0;
let slowest = 0;

/** Runs it; keeps what went wrong, each kind once. */
function attempt(input: Buffer): void {
  show(input);
  runs += 1;
  const ms = cpuOf(input);
  if (ms <= Math.max(slow, slowest)) slowest = Math.max(slowest, ms);
  else {
    const least = Math.min(ms, cpuOf(input), cpuOf(input), cpuOf(input));
    slowest = Math.max(slowest, least);
    if (least > slow) keep(input, `took ${Math.round(least)} ms`);
  }
}

/** Milliseconds of this thread's CPU that one run takes. */
function cpuOf(input: Buffer): number {
  const before = process.threadCpuUsage();
  try {
    target?.run(input);
  } catch (error) {
    keep(
      input,
      error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' ') : String(error),
    );
  }
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

function keep(input: Buffer, what: string): void {
  const kind = what.replace(/\d+/g, '0');
  const known = finds.find((find) => find.kind === kind);
  if (!known) finds.push({ kind, what, input: input.toString('base64') });
  else if (input.length < Buffer.from(known.input, 'base64').length)
    Object.assign(known, { what, input: input.toString('base64') });
}

/** For the thread that waits, should this one never end. */
function show(input: Buffer): void {
  new DataView(current).setUint32(0, input.length);
  shown.set(input, 4);
}

const seeds = target.seeds();
for (const one of seeds) attempt(one);
coverage.takeNew();

const piece = fc.oneof(
  fc.constantFrom(...target.words),
  fc.string({ maxLength: 8 }),
  fc.constantFrom(...seeds.map((one) => one.toString('latin1'))),
);
const pieces = fc.array(piece, { maxLength: 40 });
fc.assert(
  fc.property(pieces, (parts) => attempt(Buffer.from(parts.join('')).subarray(0, target.longest))),
  {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: (seconds * 1000) / 3,
    markInterruptAsFailure: false,
  },
);
coverage.takeNew();

const corpus = [...seeds];
const mutate = createMutator({ random: seededRandom(seed), words: target.words, longest: target.longest });
const end = performance.now() + (seconds * 2000) / 3;
while (performance.now() < end) {
  const inputs = Array.from({ length: batch }, () => mutate(corpus));
  for (const input of inputs) attempt(input);
  const fresh = coverage.takeNew();
  if (fresh.size === 0) continue;
  for (const input of inputs) {
    attempt(input);
    if (coverage.take().some((block) => fresh.delete(block))) corpus.push(input);
  }
}

const report: FuzzReport = { runs, slowest, finds, corpus: corpus.length - seeds.length, blocks: coverage.blocks };
parentPort?.postMessage(report);
