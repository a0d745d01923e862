// Builds the Chromium host into dist/, a folder shaped like Electron's own: `ELECTRON_OVERRIDE_DIST_PATH` names it.
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
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

const common: BuildOptions = { bundle: true, target: 'node24', logLevel: 'warning' };

/** Builds when a source is newer than what is there, or when told to. Returns whether it did. */
export async function buildHost(always = false): Promise<boolean> {
  if (!always && !(await isStale())) return false;
  const from = (name: string) => join(here, 'src', name);
  const to = (name: string) => join(hostDirectory, name);
  await rm(hostDirectory, { recursive: true, force: true });
  await mkdir(hostDirectory, { recursive: true });
  const node: BuildOptions = { ...common, platform: 'node', format: 'cjs' };
  const page: BuildOptions = {
    ...common,
    platform: 'browser',
    format: 'iife',
    globalName: 'host',
    target: 'chrome150',
  };
  await Promise.all([
    build({ ...node, entryPoints: [from('main.ts')], outfile: to('host.cjs') }),
    build({ ...node, entryPoints: [from('utility.ts')], outfile: to('utility.cjs') }),
    build({ ...page, entryPoints: [from('page/main-world.ts')], outfile: to('main-world.js') }),
    build({ ...page, entryPoints: [from('page/preload-world.ts')], outfile: to('preload-world.js') }),
  ]);
  await writeFile(to('electron'), executable, { mode: 0o755 });
  // Last: it tells that the build is whole.
  await writeFile(to('version'), 'chromium-host\n');
  return true;
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
