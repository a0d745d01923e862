// The rest of the desktop: power, theme, dialogs, shell, clipboard, shortcuts. Kept or emitted by tests, not drawn.
import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { records, textOf, unseen, type OpenedDialog } from './records.ts';
import { WebContents } from './web-contents.ts';

/** Tests emit `suspend`, `resume`, `lock-screen`... on it. */
export const powerMonitor = Object.assign(new EventEmitter(), {
  getSystemIdleState: (_seconds: number) => 'active',
  getSystemIdleTime: () => 0,
  getCurrentThermalState: () => 'nominal',
  isOnBatteryPower: () => false,
  onBatteryPower: false,
});

let nextBlocker = 1;
export const powerSaveBlocker = {
  start(kind: string): number {
    records.powerSaveBlockers.set(nextBlocker, kind);
    return nextBlocker++;
  },
  stop: (id: number): boolean => records.powerSaveBlockers.delete(id),
  isStarted: (id: number): boolean => records.powerSaveBlockers.has(id),
};

type ThemeSource = 'system' | 'light' | 'dark';

/** What is set is shown to every page as prefers-color-scheme. The system's own theme is taken to be light. */
class NativeTheme extends EventEmitter {
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly prefersReducedTransparency = false;
  readonly inForcedColorsMode = false;
  #source: ThemeSource = 'system';

  get themeSource(): ThemeSource {
    return this.#source;
  }
  set themeSource(source: ThemeSource) {
    if (source === this.#source) return;
    this.#source = source;
    for (const contents of WebContents.all) this.show(contents);
    this.emit('updated');
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
  show(contents: WebContents): void {
    contents.emulateColorScheme(this.#source === 'system' ? null : this.#source);
  }
}
export const nativeTheme = new NativeTheme();

/** The options are the last argument, with or without a window before them. */
function asked(kind: OpenedDialog['kind'], given: unknown[]): Record<string, unknown> {
  const options = (given.at(-1) ?? {}) as Record<string, unknown>;
  records.dialogs.push({ kind, options });
  console.warn(`[host] A dialog is not drawn here: ${textOf(options, 'message') || textOf(options, 'title') || kind}`);
  return options;
}

function messageAnswer(given: unknown[]) {
  const { cancelId, defaultId } = asked('message', given);
  return { response: cancelId ?? defaultId ?? 0, checkboxChecked: false, ...records.dialogAnswers.shift() };
}

/** A person takes a while: an answer with `after` (ms) comes that late. */
async function fileAnswer(): Promise<Record<string, unknown>> {
  const { after = 0, ...answer } = records.dialogAnswers.shift() ?? {};
  await delay(Number(after));
  return answer;
}

export const dialog = {
  showMessageBox: async (...given: unknown[]) => messageAnswer(given),
  showMessageBoxSync: (...given: unknown[]) => messageAnswer(given).response,
  showErrorBox: (title: string, content: string) => void asked('error', [{ title, message: content }]),
  showOpenDialog: async (...given: unknown[]) => {
    asked('open', given);
    return { canceled: true, filePaths: [], ...(await fileAnswer()) };
  },
  showSaveDialog: async (...given: unknown[]) => {
    asked('save', given);
    return { canceled: true, filePath: '', ...(await fileAnswer()) };
  },
};

/** Nothing is started: a test must not open a browser, and a person sees on stderr what would have been opened. */
export const shell = {
  async openExternal(url: string): Promise<void> {
    records.opened.push(url);
    console.warn(`[host] To be opened by the system: ${url}`);
  },
  async openPath(path: string): Promise<string> {
    await shell.openExternal(path);
    return '';
  },
  showItemInFolder: (path: string): void => void shell.openExternal(path),
  beep(): void {},
};

let clipboardText = '';
/** Electron 44 made it asynchronous. Not the system's clipboard: tests on one machine would disturb each other. */
export const clipboard = {
  readText: () => Promise.resolve(clipboardText),
  async writeText(text: string): Promise<void> {
    clipboardText = text;
  },
  async clear(): Promise<void> {
    clipboardText = '';
  },
};

/** Tests press one by `chromiumHost.shortcuts.get(accelerator)()`. */
export const globalShortcut = {
  register(accelerator: string, run: () => void): boolean {
    if (records.shortcuts.has(accelerator)) return false;
    records.shortcuts.set(accelerator, run);
    return true;
  },
  registerAll(accelerators: readonly string[], run: () => void): void {
    for (const accelerator of accelerators) globalShortcut.register(accelerator, run);
  },
  isRegistered: (accelerator: string): boolean => records.shortcuts.has(accelerator),
  unregister: (accelerator: string): void => void records.shortcuts.delete(accelerator),
  unregisterAll: (): void => records.shortcuts.clear(),
};

export const systemPreferences = Object.assign(new EventEmitter(), {
  getMediaAccessStatus: (_kind: string) => 'granted',
  askForMediaAccess: (_kind: string) => Promise.resolve(true),
  isTrustedAccessibilityClient: (_prompt: boolean) => true,
  getAnimationSettings: () => ({ prefersReducedMotion: false, shouldRenderRichAnimation: true }),
});

export const net = {
  async fetch(input: string | Request, options?: RequestInit): Promise<Response> {
    const url = typeof input === 'string' ? input : input.url;
    if (url.startsWith('file:')) return new Response(await readFile(fileURLToPath(url)));
    return fetch(input, options);
  },
  isOnline: () => true,
};

/** Screens are found by Chromium itself when a page asks to show one. */
export const desktopCapturer = {
  async getSources(_options: unknown): Promise<never[]> {
    unseen('desktopCapturer finds no screen here.');
    return [];
  },
};

export const crashReporter = {
  start: (_options: unknown): void => unseen('Crash reports are not written here.'),
  addExtraParameter(_key: string, _value: string): void {},
};
