// What `require('electron')` gives to the app's main process.
import { app } from './app.ts';
import { BrowserWindow, windowEvents } from './browser-window.ts';
import { chromiumStarted } from './started.ts';
import { ipcMain } from './ipc-main.ts';
import { nativeImage } from './native-image.ts';
import { Notification } from './notification.ts';
import { MessageChannelMain } from './ports.ts';
import { protocol } from './protocol.ts';
import { records } from './records.ts';
import { safeStorage } from './safe-storage.ts';
import { sandboxState } from './sandbox.ts';
import { screen } from './screen.ts';
import { session } from './session.ts';
import {
  clipboard,
  crashReporter,
  desktopCapturer,
  dialog,
  globalShortcut,
  nativeTheme,
  net,
  powerMonitor,
  powerSaveBlocker,
  shell,
  systemPreferences,
} from './system.ts';
import { Menu, MenuItem, Tray } from './tray.ts';
import { utilityProcess } from './utility-process.ts';
import { webContents } from './web-contents.ts';

app.windows = () => BrowserWindow.getAllWindows();
windowEvents.on('created', (window: BrowserWindow) => {
  nativeTheme.show(window.webContents);
  app.emit('browser-window-created', {}, window);
});
windowEvents.on('contents-created', (contents: unknown) => app.emit('web-contents-created', {}, contents));
windowEvents.on('all-closed', () => app.windowsClosed());

/** For tests only, and the one thing here that Electron has not: what the app asked for and nobody sees. */
export const chromiumHost = Object.assign(records, {
  /** `real`, or `not shown: ` and why. */
  sandboxState: async () => sandboxState(await chromiumStarted),
});
export type ChromiumHost = typeof chromiumHost;

const parts: Record<string, unknown> = {
  app,
  BrowserWindow,
  chromiumHost,
  clipboard,
  crashReporter,
  desktopCapturer,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  systemPreferences,
  Tray,
  utilityProcess,
  webContents,
};

/** What module loaders and inspectors ask of any object. */
const harmless = new Set(['then', '__esModule', 'default', 'toJSON', 'constructor', 'inspect']);

/** Using what this host lacks fails loudly instead of being undefined. */
export const electron = new Proxy(parts, {
  get(target, key) {
    if (typeof key === 'symbol') return undefined;
    if (key in target || harmless.has(key)) return target[key];
    throw new Error(`electron.${key} is not part of the Chromium host.`);
  },
});
