// Builds the Chromium host into dist/, a folder shaped like Electron's own: `ELECTRON_OVERRIDE_DIST_PATH` names it.
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';

const here = import.meta.dirname;

/** The folder for ELECTRON_OVERRIDE_DIST_PATH. */
export const hostDirectory = join(here, 'dist');

/** The executable. Node 24 from node_modules, since the machine's own may be older; HOST_NODE names another. */
const executable = `#!/bin/sh
# Node in Electron's place; written by build/chromium-host/build.ts.
here="\${0%/*}"
exec "\${HOST_NODE:-$here/../../../node_modules/node/bin/node}" "$here/host.cjs" "$@"
`;

const node: BuildOptions = { platform: 'node', format: 'cjs', target: 'node24' };
const page: BuildOptions = { platform: 'browser', format: 'iife', globalName: 'host', target: 'chrome150' };
const bundles: [file: string, source: string, options: BuildOptions][] = [
  ['host.cjs', 'main.ts', node],
  ['utility.cjs', 'utility.ts', node],
  ['main-world.js', 'page/main-world.ts', page],
  ['preload-world.js', 'page/preload-world.ts', page],
];

/** Builds when a source is newer than what is there, or when told to. Returns whether it did. */
export async function buildHost(always = false): Promise<boolean> {
  if (!always && !(await isStale())) return false;
  await mkdir(hostDirectory, { recursive: true });
  await Promise.all(
    bundles.map(async ([file, source, options]) => {
      const entryPoints = [join(here, 'src', source)];
      const { outputFiles } = await build({ ...options, entryPoints, bundle: true, write: false, logLevel: 'warning' });
      for (const { contents } of outputFiles) await replace(file, contents);
    }),
  );
  await replace('electron', executable, 0o755);
  // Last: its time tells that the build is whole.
  await replace('version', 'chromium-host\n');
  return true;
}

/** In one step, so that a host that starts meanwhile finds the old file or the new one. */
async function replace(name: string, contents: string | Uint8Array, mode = 0o644): Promise<void> {
  const file = join(hostDirectory, name);
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, contents, { mode });
  await rename(fresh, file);
}

async function isStale(): Promise<boolean> {
  const built = await stat(join(hostDirectory, 'version')).catch(() => null);
  if (!built) return true;
  const sources = (await readdir(join(here, 'src'), { recursive: true })).map((name) => join(here, 'src', name));
  const times = await Promise.all([...sources, import.meta.filename].map(async (name) => (await stat(name)).mtimeMs));
  return Math.max(...times) > built.mtimeMs;
}

if (import.meta.main) {
  const built = await buildHost(process.argv.includes('--always'));
  console.log(built ? `Built the Chromium host in ${hostDirectory}.` : 'The Chromium host is up to date.');
}
