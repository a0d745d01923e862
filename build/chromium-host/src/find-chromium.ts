// Where Chromium is on this machine.
import { existsSync } from 'node:fs';

/** Debian's /usr/bin/chromium is a shell script around /usr/lib/chromium/chromium; the script costs time at each start. */
const candidates: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ['/usr/lib/chromium/chromium', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** Path of a Chromium, or null. `CHROMIUM_PATH` comes first. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  return candidates[process.platform]?.find((path) => existsSync(path)) ?? null;
}
