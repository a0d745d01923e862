// Figures: a line `name value unit` each, and JSON below bench/results/ (not tracked) with the machine they were measured on.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join, relative } from 'node:path';

export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** Every measurement behind a median. */
  samples?: readonly number[];
}

export type Measure = (figure: Figure) => void;

/** Says what was measured, such as the engine; beside the figures in the results. */
export type Note = (name: string, text: string) => void;

/** A bench or drill: reports figures as it goes; throws when it could not measure. */
export type Bench = (measure: Measure, note: Note) => Promise<void>;

/** Runs one and writes its results. Returns the exit code. */
export async function report(kind: 'bench' | 'drill', name: string, run: Bench): Promise<number> {
  const figures: Figure[] = [];
  const notes: Record<string, string> = {};
  const started = new Date();
  const loadBefore = loadavg();
  let error: string | null = null;
  try {
    await run(
      (figure) => {
        figures.push(figure);
        console.log(`${figure.name} ${round(figure.value)} ${figure.unit}${spread(figure)}`);
      },
      (name, text) => {
        notes[name] = text;
        console.log(`# ${name}: ${text}`);
      },
    );
  } catch (cause) {
    error = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    console.error(cause);
  }
  const directory = join(import.meta.dirname, 'results');
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${name}-${started.toISOString().replaceAll(':', '-')}.json`);
  const machine = {
    cores: cpus().length,
    memoryMb: Math.round(totalmem() / 2 ** 20),
    kernel: release(),
    processor: cpus()[0]?.model ?? '',
    loadBefore,
    load: loadavg(),
  };
  const loads = [loadBefore, machine.load].map((load) => load.map((one) => one.toFixed(1)).join(' '));
  console.log(`# ${machine.cores} cores, load average ${loads[0]} before, ${loads[1]} after`);
  console.log(`# every sample: ${relative(process.cwd(), file)}`);
  const result = {
    kind,
    name,
    started,
    node: process.version,
    machine,
    notes,
    figures,
    error,
  };
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  return error === null && figures.length > 0 ? 0 : 1;
}

/** The lower median: the (n-1)/2-th of the sorted samples. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error('No samples: nothing was measured.');
  return middle;
}

/** The p-th percentile (0 to 100), nearest rank. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error('No samples: nothing was measured.');
  return value;
}

/** ` (least-most, how many)` behind a median. */
function spread({ samples = [] }: Figure): string {
  if (samples.length < 2) return '';
  return ` (${round(Math.min(...samples))}-${round(Math.max(...samples))}, n=${samples.length})`;
}

function round(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}
