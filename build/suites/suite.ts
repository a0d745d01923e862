// What a suite is to the test runner: a name, a way to run, and a tally at the end.
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { stripVTControlCharacters } from 'node:util';

/** How much of a failure's message is repeated at the end. */
const LINES = 12;

export interface Tally {
  passed: number;
  /** Each with its message. */
  failed: Failure[];
  /** Each with its reason. */
  skipped: { name: string; reason: string }[];
}

export interface Failure {
  name: string;
  /** What it said; a few lines. */
  message: string;
}

export interface Suite {
  name: string;
  run(): Promise<Tally>;
}

/** Runs a program with its output shown, at once or (beside another one) when it ends; resolves to its exit code. */
export function runProgram(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  show: 'at once' | 'at its end' = 'at once',
): Promise<number> {
  return new Promise((resolve) => {
    const pipe = show === 'at its end' ? 'pipe' : 'inherit';
    const child = spawn(command, args, { stdio: ['inherit', pipe, pipe], env });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => said.push(chunk));
    child.on('error', (error) => {
      console.error(String(error));
      resolve(127);
    });
    child.on('close', (code, signal) => {
      process.stdout.write(Buffer.concat(said));
      resolve(code ?? (signal ? 1 : 0));
    });
  });
}

/** A suite that is one program: it passes when the program ends with 0. */
export function programSuite(
  name: string,
  command: string,
  args: readonly string[],
  show?: 'at once' | 'at its end',
): Suite {
  return {
    name,
    run: async () => {
      const code = await runProgram(command, args, process.env, show);
      const failed = code === 0 ? [] : [{ name, message: `it ended with ${code}; what it said stands above` }];
      return { passed: code === 0 ? 1 : 0, failed, skipped: [] };
    },
  };
}

/** Runs suites one after the other, printing a line each; resolves to the sum. */
export async function runSuites(suites: readonly Suite[]): Promise<Tally> {
  const sum: Tally = { passed: 0, failed: [], skipped: [] };
  for (const suite of suites) {
    const started = performance.now();
    console.log(`\n== ${suite.name}`);
    const tally = await suite.run().catch((error: unknown): Tally => {
      console.error(error);
      return { passed: 0, failed: [{ name: suite.name, message: String(error) }], skipped: [] };
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      `== ${suite.name}: ${tally.passed} passed, ${tally.failed.length} failed, ${tally.skipped.length} skipped, ${seconds} s`,
    );
    sum.passed += tally.passed;
    sum.failed.push(...tally.failed.map((one) => ({ ...one, name: `${suite.name}: ${one.name}` })));
    sum.skipped.push(...tally.skipped);
  }
  return sum;
}

/** Two sums as one. */
export function together(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: [...one.failed, ...other.failed],
    skipped: [...one.skipped, ...other.skipped],
  };
}

/** The closing lines: what was skipped and why, what failed and how, then one line over all suites. Returns the exit code. */
export function closing(sum: Tally): number {
  if (sum.skipped.length > 0) {
    console.log('\nSkipped, for a missing part:');
    for (const { name, reason } of sum.skipped) console.log(`  ${name}: ${reason}`);
  }
  if (sum.failed.length > 0) {
    console.log('\nFailed:');
    for (const { name, message } of sum.failed) {
      console.log(`  ${name}`);
      for (const line of stripVTControlCharacters(message).trim().split('\n').slice(0, LINES))
        console.log(`    ${line}`);
    }
  }
  console.log(`\n${sum.passed} passed, ${sum.failed.length} failed, ${sum.skipped.length} skipped`);
  return sum.failed.length === 0 && sum.passed > 0 ? 0 : 1;
}
