// Before any spec: an engine to run on, and the app as its sources are now.
import { buildApp } from '../build/app-build.ts';
import { buildHost, hostDirectory } from '../build/chromium-host/build.ts';
import { findElectronBinary } from '../build/electron-binary.ts';

/** These drive something else than the app. */
const withoutApp = ['host', 'ui'];

export default async function setUp(): Promise<void> {
  if (findElectronBinary() === null && !process.env['ELECTRON_OVERRIDE_DIST_PATH']) {
    await buildHost();
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] = hostDirectory;
  }
  // The configuration lists all projects; only the command line tells which ones will run.
  const wanted = process.argv.map((part) => /^--project=(.*)$/.exec(part)?.[1]).filter((name) => name !== undefined);
  if (wanted.length === 0 || wanted.some((name) => !withoutApp.includes(name))) await buildApp();
}
