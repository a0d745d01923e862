// npm test: everything, on one command. Installs what is missing where it can, skips only for a missing part, ends with one line.
import { resolve } from 'node:path';
import { installDebianPackages } from './debian-packages.ts';
import { playwrightSuite } from './suites/playwright.ts';
import { closing, programSuite, runSuites, type Suite } from './suites/suite.ts';
import { unitSuite } from './suites/vitest.ts';

const modules = resolve(import.meta.dirname, '../node_modules');
const bin = (name: string) => resolve(modules, name);
const node = process.execPath;

/** Types, lint, format and unit tests: `npm run check`. */
export const quickSuites: readonly Suite[] = [
  programSuite('types', node, [bin('typescript/bin/tsc'), '-p', '.']),
  programSuite('lint', node, [bin('oxlint/bin/oxlint'), '--type-aware', '--max-warnings=0']),
  programSuite('format', node, [
    bin('prettier/bin/prettier.cjs'),
    '--check',
    '--cache',
    '--cache-location=node_modules/.cache/hookswitch-format',
    '--log-level=warn',
    '.',
  ]),
  unitSuite(bin),
];

const slowSuites: readonly Suite[] = [
  programSuite('build', node, [bin('vite/bin/vite.js'), 'build', '--app', '--logLevel=warn']),
  playwrightSuite('ui', bin),
  playwrightSuite('host', bin),
  playwrightSuite('e2e', bin),
  playwrightSuite('headset', bin),
  playwrightSuite('headset-vm', bin),
  playwrightSuite('media', bin),
  playwrightSuite('peers', bin),
  programSuite('pack:check', node, [resolve(import.meta.dirname, 'pack-check.ts')]),
];

const wanted = new Set(process.argv.slice(2));
const quick = wanted.has('--quick');
if (!quick) await installDebianPackages(wanted.has('headset-vm') ? 'headset-vm' : 'tests');
const suites = (quick ? quickSuites : [...quickSuites, ...slowSuites]).filter(
  (suite) => quick || wanted.size === 0 || wanted.has(suite.name),
);
process.exitCode = closing(await runSuites(suites));
