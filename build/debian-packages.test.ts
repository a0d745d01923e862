// Installing packages, with programs of our own in place of dpkg-query and apt-get.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packagesFor } from './debian-packages.ts';

const run = promisify(execFile);
const debian = existsSync('/usr/bin/dpkg-query') && existsSync('/usr/bin/apt-get');
const POLICY = '/usr/sbin/policy-rc.d';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'debian-packages-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function program(name: string, lines: string[]): void {
  writeFileSync(join(directory, name), ['#!/bin/sh', `cd ${directory}`, ...lines, ''].join('\n'), { mode: 0o755 });
}

/** Runs it in a process of its own, which finds our programs first. */
async function install(): Promise<{ missing: string[]; said: string }> {
  const module = resolve(import.meta.dirname, 'debian-packages.ts');
  const script = `import(${JSON.stringify(module)}).then((m) => m.installDebianPackages('tests'))
    .then((missing) => console.log('MISSING ' + JSON.stringify(missing)))`;
  const env = { ...process.env, PATH: `${directory}:/usr/bin:/bin` };
  const { stdout } = await run(process.execPath, ['-e', script], { env });
  const [said = '', missing = '[]'] = stdout.split('MISSING ');
  return { missing: JSON.parse(missing) as string[], said };
}

const noPackages = 'echo "base-files installed"';
const all = packagesFor.tests.map(({ name }) => name);
/** What no program tells of: dpkg-query alone knows whether it is there. */
const modules = packagesFor.tests.flatMap(({ name, program }) => (program === undefined ? [name] : []));

it.skipIf(!debian)('does nothing when everything is there', async () => {
  program(
    'dpkg-query',
    all.map((name) => `echo "${name} installed"`),
  );
  program('apt-get', ['touch called']);
  expect(await install()).toEqual({ missing: [], said: '' });
  expect(existsSync(join(directory, 'called'))).toBe(false);
});

it.skipIf(!debian || process.getuid?.() !== 0)('as root installs behind a policy that starts no service', async () => {
  const before = existsSync(POLICY);
  program('dpkg-query', ['if [ -e done ]; then cat done; else echo "base-files installed"; fi']);
  program('apt-get', [
    'echo "$@" >> calls',
    `test -x ${POLICY} && ${POLICY}; echo "policy $?" >> calls`,
    'for name in "$@"; do echo "$name installed" >> done; done',
  ]);
  const { missing, said } = await install();
  expect(missing).toEqual([]);
  expect(said).toMatch(/^Installing what is missing.*\n> apt-get install --yes --no-install-recommends /);
  const calls = readFileSync(join(directory, 'calls'), 'utf8');
  for (const name of modules) expect(calls).toContain(name);
  expect(calls).toContain('policy 101');
  expect(existsSync(POLICY)).toBe(before);
});

it.skipIf(!debian || process.getuid?.() !== 0)('says what could not be installed', async () => {
  program('dpkg-query', [noPackages]);
  program('apt-get', ['echo "$1 $2 $3" >> calls', 'exit 100']);
  const { missing, said } = await install();
  expect(missing).toEqual(expect.arrayContaining(modules));
  expect(said).toMatch(/Could not be installed: .*kamailio-tls-modules/);
  // It tried again with fresh lists only if those could be had.
  expect(readFileSync(join(directory, 'calls'), 'utf8').trim().split('\n').at(-1)).toMatch(/^-q update/);
});
