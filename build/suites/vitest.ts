// The unit tests as a suite: Vitest's own JSON report, counted.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { runProgram, type Failure, type Suite } from './suite.ts';

const report = v.object({
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      message: v.optional(v.string()),
      assertionResults: v.array(
        v.object({ fullName: v.string(), status: v.string(), failureMessages: v.nullish(v.array(v.string())) }),
      ),
    }),
  ),
});

export function unitSuite(bin: (name: string) => string): Suite {
  return {
    name: 'unit',
    run: async () => {
      const file = resolve('out/unit.json');
      mkdirSync(resolve('out'), { recursive: true });
      rmSync(file, { force: true });
      const code = await runProgram(process.execPath, [
        bin('vitest/vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ]);
      const { testResults } = v.parse(report, JSON.parse(readFileSync(file, 'utf8')));
      const tests = testResults.flatMap((result) => result.assertionResults);
      const count = (status: string) => tests.filter((test) => test.status === status).length;
      // A file that fails to load has no test of its own to count.
      const broken = testResults
        .filter((result) => result.status === 'failed' && result.assertionResults.length === 0)
        .map(({ name, message = '' }) => ({ name, message }));
      const failed: Failure[] = tests
        .filter((test) => test.status === 'failed')
        .map(({ fullName, failureMessages }) => ({ name: fullName, message: (failureMessages ?? []).join('\n') }));
      failed.push(...broken);
      if (code !== 0 && failed.length === 0) {
        failed.push({ name: 'vitest', message: `it ended with ${code}; what it said stands above` });
      }
      return {
        passed: count('passed'),
        failed,
        skipped: tests
          .filter((test) => test.status === 'skipped' || test.status === 'pending')
          .map((test) => ({ name: test.fullName, reason: 'its part is not on this machine' })),
      };
    },
  };
}
