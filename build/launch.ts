// npm start: opens the app, on Electron where its binary is or can be had, else on the Chromium host.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { buildApp } from './app-build.ts';
import { buildHost, hostDirectory } from './chromium-host/build.ts';
import { findChromium } from './chromium-host/src/find-chromium.ts';
import { installDebianPackages } from './debian-packages.ts';
import { downloadElectronBinary, findElectronBinary } from './electron-binary.ts';

const root = resolve(import.meta.dirname, '..');
const given = process.argv.slice(2);

process.exitCode = await launch();

/** Resolves with the exit code. */
async function launch(): Promise<number> {
  if (await buildApp()) console.log('Built the app.');
  const engine = await chooseEngine();
  if (engine === null) return 1;
  if (!hasDisplay()) {
    console.log('There is no display here: the first calls are made for you, headless, on the practice exchange.');
    return run(process.execPath, [join(root, 'tests/tour/first-calls.ts'), ...given], engine);
  }
  return run(process.execPath, [electronCli(), root, ...given], engine);
}

/** The environment that makes Electron's package find its engine; null, having said why, when there is none. */
async function chooseEngine(): Promise<Record<string, string> | null> {
  if (process.env['ELECTRON_OVERRIDE_DIST_PATH'] || findElectronBinary()) return {};
  console.log("Electron's binary is not here yet: downloading it.");
  if (await downloadElectronBinary()) return {};
  if (process.platform === 'win32') {
    // The host's executable is a shell script, and Electron's package looks for an .exe.
    console.error('Electron could not be downloaded, and on Windows there is nothing else to open the app with.');
    return null;
  }
  console.log(
    'Electron could not be downloaded, so the same app opens on the Chromium host (no tray, no menus drawn).',
  );
  if (findChromium() === null) {
    console.log('It needs Chromium: the package `chromium`.');
    await installDebianPackages('app');
    if (findChromium() === null) {
      console.error('Without Chromium the app cannot be opened. Install it, or set CHROMIUM_PATH to it.');
      return null;
    }
  }
  await buildHost();
  return { ELECTRON_OVERRIDE_DIST_PATH: hostDirectory };
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

function electronCli(): string {
  return createRequire(import.meta.url).resolve('electron/cli.js');
}

/** Runs until it ends; signals go to it, so that it can end in order. */
function run(program: string, args: readonly string[], engine: Record<string, string>): Promise<number> {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...engine } });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((ended) => {
    child.once('exit', (code) => ended(code ?? 1));
    child.once('error', (error) => {
      console.error(error.message);
      ended(1);
    });
  });
}
