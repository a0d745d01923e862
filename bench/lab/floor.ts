// The floor: the same Chromium, user, sandbox and switches as the app's, with one empty page and no app.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright';
import { Chromium } from '../../build/chromium-host/src/chromium.ts';
import { headlessScreen } from '../../build/chromium-host/src/screen.ts';
import { electronExecutable, electronSwitches } from './hookswitch.ts';
import { now } from './lab.ts';
import { probeFirstPaint } from './page-probes.ts';
import { processTree, pssMb } from './process-meter.ts';
import { Program } from './program.ts';

/** A page without anything has no paint to be told of; this one has a dot. */
const page = 'data:text/html,<title>empty</title>.';
const bounds = { x: 40, y: 40, width: 400, height: 680 };

export interface Floor {
  /** From the start of the process to the page's first contentful paint, ms. */
  launchMs: number;
  pssMb: number;
}

/** Starts it, lets it settle for `settleMs`, weighs it, ends it. */
export function measureFloor(profile: string, settleMs: number): Promise<Floor> {
  return process.env['ELECTRON_OVERRIDE_DIST_PATH'] ? ofChromium(profile, settleMs) : ofElectron(settleMs);
}

/** By the Chromium host's own means. Its profile is kept from one start to the next, as the app's is. */
async function ofChromium(profile: string, settleMs: number): Promise<Floor> {
  const startedAt = now();
  const headless = !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  const browser = await Chromium.launch({ userData: profile, headless, switches: new Map(), screen: headlessScreen });
  const ended = new Promise<void>((resolve) => browser.onExit(() => resolve()));
  try {
    const session = await browser.openWindow(page, bounds);
    await session.send('Runtime.runIfWaitingForDebugger');
    // Its start is not disturbed: the page is asked when it is over.
    await delay(settleMs);
    const { result } = await session.send('Runtime.evaluate', {
      expression: `(${probeFirstPaint.toString()})()`,
      awaitPromise: true,
      returnByValue: true,
    });
    return { launchMs: Number(result.value) - startedAt, pssMb: pssMb(processTree(browser.pid)) };
  } finally {
    browser.close();
    await ended;
  }
}

/** Electron with an app of one window. */
async function ofElectron(settleMs: number): Promise<Floor> {
  const app = mkdtempSync(join(tmpdir(), 'electron-floor-'));
  const main = join(app, 'main.cjs');
  const options = JSON.stringify({ ...bounds, webPreferences: { sandbox: true } });
  writeFileSync(
    main,
    `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow(${options}).loadURL(${JSON.stringify(page)}));\n`,
  );
  const args = [...electronSwitches(), main, `--user-data-dir=${app}`];
  const program = new Program(electronExecutable(), args);
  try {
    const [, endpoint = ''] = await program.says(/DevTools listening on (ws:\S+)/);
    await delay(settleMs);
    const browser = await chromium.connectOverCDP(endpoint);
    const weight = pssMb(processTree(program.pid));
    const painted = await browser.contexts()[0]?.pages()[0]?.evaluate(probeFirstPaint);
    await browser.close();
    if (painted === undefined) throw new Error('The empty window did not open.');
    return { launchMs: painted - program.startedAt, pssMb: weight };
  } finally {
    await program.stop();
    rmSync(app, { recursive: true, force: true });
  }
}
