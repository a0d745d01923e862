// The executable: behaves as Electron's does. `electron [switches] [-r module] APP [arguments]`.
import { existsSync, readFileSync, statSync } from 'node:fs';
import inspector from 'node:inspector';
import Module, { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { app } from './app.ts';
import { useChromium } from './browser.ts';
import { Chromium } from './chromium.ts';
import { electron } from './electron.ts';
import { end } from './end.ts';
import { headlessScreen } from './screen.ts';
import { forgetDeletedProfiles } from './unprivileged.ts';

const manifestSchema = v.object({
  name: v.optional(v.string()),
  productName: v.optional(v.string()),
  version: v.optional(v.string()),
  main: v.optional(v.string()),
  type: v.optional(v.string()),
});

interface Arguments {
  requires: string[];
  /** The app's path, then its own arguments. */
  rest: string[];
}

function readArguments(given: readonly string[]): Arguments {
  const requires: string[] = [];
  for (let index = 0; index < given.length; index++) {
    const argument = given[index] ?? '';
    const [name = '', value = ''] = argument.replace(/^--/, '').split(/=(.*)/s);
    if (argument === '-r' || argument === '--require') requires.push(given[++index] ?? '');
    else if (/^inspect(-brk)?$/.test(name)) inspector.open(Number(value || 9229), '127.0.0.1', name === 'inspect-brk');
    else if (argument.startsWith('--')) app.commandLine.appendSwitch(name, value);
    else return { requires, rest: given.slice(index) };
  }
  return { requires, rest: [] };
}

async function main(): Promise<void> {
  const given = process.argv.slice(2);
  if (given.includes('--version') || given.includes('-v')) {
    console.log(`Chromium host on Node ${process.versions.node}`);
    process.exit(0);
  }
  const { requires, rest } = readArguments(given);
  const target = resolve(rest[0] ?? '.');
  const isDirectory = statSync(target).isDirectory();
  const root = isDirectory ? target : packageOf(dirname(target));
  const file = join(root, 'package.json');
  const manifest = existsSync(file) ? v.parse(manifestSchema, JSON.parse(readFileSync(file, 'utf8'))) : {};
  const entry = isDirectory ? join(root, manifest.main ?? 'index.js') : target;
  app.identity = {
    name: manifest.productName ?? manifest.name ?? 'Electron',
    version: manifest.version ?? '0.0.0',
    path: root,
  };

  const [executable = ''] = process.argv;
  process.argv = [executable, ...given];
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: join(root, 'resources') });
  provideElectron();
  console.error(
    `[host] Chromium host on Node ${process.versions.node}: tray, menus, notifications and dialogs are not drawn.`,
  );

  const require = createRequire(join(root, 'app.js'));
  for (const name of requires) require(resolve(name));
  if (requires.length === 0) process.argv = [executable, ...rest];
  const isModule = entry.endsWith('.mjs') || (manifest.type === 'module' && !entry.endsWith('.cjs'));
  if (isModule) await import(pathToFileURL(entry).href);
  else require(entry);
  await runChromium();
}

/** From here on as Electron: switches and paths that the app has set by now count, later ones do not. */
async function runChromium(): Promise<void> {
  // A second instance gives up before it needs a Chromium.
  if (app.isEnding) return;
  const launching = Chromium.launch({
    userData: app.getPath('userData'),
    headless: isHeadless(),
    switches: app.commandLine.switches,
    screen: headlessScreen,
  });
  // Node loads its fetch at first use; now it costs nothing, later the first page waits for it.
  void new Response();
  const chromium = await launching;
  let stopping = false;
  app.stop = (code, before) => {
    stopping = true;
    void before.finally(() => {
      chromium.onExit(() => end(code));
      chromium.close();
    });
  };
  chromium.onExit((code, signal) => {
    if (stopping) return;
    console.error(`[host] Chromium has ended (${signal ?? code}).\n${chromium.lastWords}`);
    app.exit(1);
  });
  useChromium(chromium);
  app.becomeReady();
  forgetDeletedProfiles().catch((error: unknown) => console.error('[host]', error));
}

function isHeadless(): boolean {
  if (app.commandLine.hasSwitch('headless') || process.env['HOOKSWITCH_HOST_HEADLESS'] === '1') return true;
  return process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
}

function packageOf(directory: string): string {
  for (let at = directory; at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at;
  }
  return directory;
}

/** Answers require('electron') and import 'electron', and their /main, /common and /renderer forms. */
function provideElectron(): void {
  const names = /^electron(\/(main|common))?$/;
  const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
  const load = loader._load;
  loader._load = (request, ...rest) => (names.test(request) ? electron : load(request, ...rest));
  const url = 'chromium-host:electron';
  const key = Symbol.for('chromium-host.electron');
  Object.defineProperty(globalThis, key, { value: electron });
  const exported = Object.keys(electron).map((name) => `export const ${name} = electron.${name};`);
  const source = [
    `const electron = globalThis[Symbol.for('chromium-host.electron')];`,
    'export default electron;',
    ...exported,
  ].join('\n');
  Module.registerHooks({
    resolve: (specifier, context, next) =>
      names.test(specifier) && context.conditions.includes('import')
        ? { url, format: 'module', shortCircuit: true }
        : next(specifier, context),
    load: (wanted, context, next) =>
      wanted === url ? { format: 'module', source, shortCircuit: true } : next(wanted, context),
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
