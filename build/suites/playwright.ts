// A Playwright project as a suite: specs that drive the running app, counted from the JSON report.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { runProgram, type Suite, type Tally } from './suite.ts';

const annotation = v.object({ type: v.string(), description: v.optional(v.string()) });
const spec = v.object({
  title: v.string(),
  file: v.string(),
  tests: v.array(
    v.object({
      status: v.string(),
      annotations: v.array(annotation),
      results: v.array(v.object({ error: v.optional(v.object({ message: v.optional(v.string()) })) })),
    }),
  ),
});
type SuiteReport = { suites?: SuiteReport[] | undefined; specs: v.InferOutput<typeof spec>[] };
const suiteReport: v.GenericSchema<SuiteReport> = v.object({
  specs: v.array(spec),
  suites: v.optional(v.array(v.lazy(() => suiteReport))),
});
const report = v.object({
  suites: v.array(suiteReport),
  errors: v.array(v.object({ message: v.optional(v.string()) })),
});

/** One project of playwright.config.ts. */
export function playwrightSuite(project: string, bin: (name: string) => string): Suite {
  return {
    name: project,
    run: async () => {
      const file = resolve(`out/${project}.json`);
      mkdirSync(resolve('out'), { recursive: true });
      rmSync(file, { force: true });
      const code = await runProgram(
        process.execPath,
        [bin('playwright/cli.js'), 'test', `--project=${project}`, '--reporter=list,json'],
        { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: file, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
      );
      const { suites, errors } = v.parse(report, JSON.parse(readFileSync(file, 'utf8')));
      const tally: Tally = { passed: 0, failed: [], skipped: [] };
      for (const { message = '' } of errors) tally.failed.push({ name: 'outside any test', message });
      for (const { title, file: where, tests } of suites.flatMap(allSpecs)) {
        for (const test of tests) {
          if (test.status === 'expected') tally.passed += 1;
          else if (test.status === 'skipped') {
            const reason = test.annotations.find((note) => note.type === 'skip')?.description;
            tally.skipped.push({ name: `${where}: ${title}`, reason: reason ?? 'no reason given' });
          } else {
            // A flaky test is a bug, too.
            const message = test.results.flatMap(({ error }) => error?.message ?? []).join('\n');
            tally.failed.push({ name: `${where}: ${title}`, message });
          }
        }
      }
      if (code !== 0 && tally.failed.length === 0) {
        tally.failed.push({ name: project, message: `it ended with ${code}; what it said stands above` });
      }
      return tally;
    },
  };
}

function allSpecs(suite: SuiteReport): v.InferOutput<typeof spec>[] {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(allSpecs)];
}
