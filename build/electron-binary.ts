// Electron's binary: where it is, and whether it can be had. Shared by the launcher, the packer and the tests.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { lookup } from 'node:dns/promises';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import * as v from 'valibot';

const root = resolve(import.meta.dirname, '..');
const electronPackage = dirname(createRequire(import.meta.url).resolve('electron/package.json'));

/** The version that package.json pins. */
export function manifestElectronVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return v.parse(v.object({ devDependencies: v.object({ electron: v.string() }) }), manifest).devDependencies.electron;
}

/** The executable of Electron's own distribution, or null. `ELECTRON_OVERRIDE_DIST_PATH` is not looked at. */
export function findElectronBinary(): string | null {
  const name = join(electronPackage, 'path.txt');
  if (!existsSync(name)) return null;
  const file = join(electronPackage, 'dist', readFileSync(name, 'utf8').trim());
  return existsSync(file) ? file : null;
}

/** Electron's downloads come from here, unless a mirror is named. */
function downloadHost(): { host: string; port: number } | null {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'];
  // Behind a proxy only the download itself can tell.
  if (process.env['HTTPS_PROXY'] ?? process.env['https_proxy']) return null;
  const { hostname, port, protocol } = new URL(mirror ?? 'https://github.com/');
  return { host: hostname, port: Number(port) || (protocol === 'http:' ? 80 : 443) };
}

/** Offline, a download would only fail after its retries: knock first. */
async function canReachDownloads(patience = 4_000): Promise<boolean> {
  const target = downloadHost();
  if (!target) return true;
  const signal = AbortSignal.timeout(patience);
  const aborted = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new Error('no answer'))),
  );
  try {
    const { address } = await Promise.race([lookup(target.host), aborted]);
    const socket = connect({ host: address, port: target.port });
    try {
      await Promise.race([new Promise((open, fail) => socket.once('connect', open).once('error', fail)), aborted]);
    } finally {
      socket.destroy();
    }
    return true;
  } catch {
    return false;
  }
}

/** Runs Electron's own installer, quietly; gives up after `patience` ms. Resolves with the executable, or null. */
export async function downloadElectronBinary(patience = 60_000): Promise<string | null> {
  if (!(await canReachDownloads())) return null;
  const installer = spawn(process.execPath, [join(electronPackage, 'install.js')], { stdio: 'ignore' });
  const timer = setTimeout(() => installer.kill('SIGKILL'), patience);
  await new Promise((ended) => installer.once('exit', ended).once('error', ended));
  clearTimeout(timer);
  return findElectronBinary();
}
