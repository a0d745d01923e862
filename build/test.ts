// npm test: everything, on one command. Installs what is missing where it can, skips only for a missing part, ends with one line.
import { resolve } from 'node:path';
import { installDebianPackages } from './debian-packages.ts';
import { playwrightSuite } from './suites/playwright.ts';
import { closing, programSuite, runSuites, together, type Suite } from './suites/suite.ts';
import { unitSuite } from './suites/vitest.ts';

const modules = resolve(import.meta.dirname, '../node_modules');
const bin = (name: string) => resolve(modules, name);
const node = process.execPath;

const wanted = new Set(process.argv.slice(2));
const quick = wanted.has('--quick');
const show = quick ? 'at its end' : 'at once';

const unit = unitSuite(bin);
/** Programs that read the sources. */
const readers: readonly Suite[] = [
  programSuite('types', node, [bin('typescript/bin/tsc'), '-p', '.'], show),
  programSuite('lint', node, [bin('oxlint/bin/oxlint'), '--type-aware', '--max-warnings=0'], show),
  programSuite(
    'format',
    node,
    [
      bin('prettier/bin/prettier.cjs'),
      '--check',
      '--cache',
      '--cache-location=node_modules/.cache/hookswitch-format',
      '--log-level=warn',
      '.',
    ],
    show,
  ),
];

const slowSuites: readonly Suite[] = [
  programSuite('strings', node, [resolve(import.meta.dirname, 'strings.ts')]),
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

if (quick) {
  // `npm run check`: unit tests wait more than they compute, so the others run beside them.
  const [read, tested] = await Promise.all([runSuites(readers), runSuites([unit])]);
  process.exitCode = closing(together(read, tested));
} else {
  await installDebianPackages(wanted.has('headset-vm') ? 'headset-vm' : 'tests');
  const suites = [...readers, unit, ...slowSuites].filter((suite) => wanted.size === 0 || wanted.has(suite.name));
  process.exitCode = closing(await runSuites(suites));
}
