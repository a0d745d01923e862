// Before a tour: an engine that runs without a display, and the app as its sources are now.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../../build/app-build.ts';
import { buildHost, hostDirectory } from '../../build/chromium-host/build.ts';
import { findChromium } from '../../build/chromium-host/src/find-chromium.ts';
import { findElectronBinary } from '../../build/electron-binary.ts';
import { root } from '../support/app.ts';

/** Where the pictures go. */
export const pictures = join(root, 'out', 'tour');

/** Throws a sentence when there is nothing to run on. */
export async function prepare(): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const display = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  const electron = display ? findElectronBinary() : null;
  if (electron === null && !process.env['ELECTRON_OVERRIDE_DIST_PATH']) {
    if (findChromium() === null) throw new Error('Chromium is not installed: the package is `chromium`.');
    await buildHost();
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] = hostDirectory;
  }
  await buildApp();
}
