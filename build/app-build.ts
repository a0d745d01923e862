// Whether dist/ is the app as its sources are now, and how it becomes so. Shared by the launcher and the tests.
import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const built = ['dist/main.cjs', 'dist/preload.cjs', 'dist/engine.cjs', 'dist/renderer/main/index.html'];
const sources = ['contract', 'electron', 'renderer', 'assets', 'vite.config.ts', 'package.json'];

/** Runs `vite build --app` when a source is newer than what was built. Returns whether it did; throws when it fails. */
export async function buildApp(always = false): Promise<boolean> {
  if (!always && !(await isStale())) return false;
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const run = spawn(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
  const code = await new Promise<number | null>((ended) => run.once('exit', ended));
  if (code !== 0) throw new Error('The app could not be built; Vite says why above.');
  return true;
}

async function isStale(): Promise<boolean> {
  const outputs = await Promise.all(built.map((name) => modified(join(root, name))));
  const oldest = Math.min(...outputs);
  for (const name of sources) {
    if ((await newest(join(root, name))) > oldest) return true;
  }
  return false;
}

/** Milliseconds since the epoch; 0 where there is no file. */
async function modified(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.mtimeMs ?? 0;
}

async function newest(path: string): Promise<number> {
  const entry = await stat(path).catch(() => null);
  if (!entry?.isDirectory()) return entry?.mtimeMs ?? 0;
  const files = (await readdir(path, { recursive: true })).filter((name) => !/\.(test|spec)\.tsx?$/.test(name));
  return Math.max(0, ...(await Promise.all(files.map((name) => modified(join(path, name))))));
}
