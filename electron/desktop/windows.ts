// The windows: main, incoming pop-up, and the hidden media window. Shown and hidden here; what they show is PhoneState.
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle, Screen } from 'electron';
import { channels, windowArgument } from '../../contract/channels.ts';
import type { Dispose, Logger, PhoneState } from '../../contract/index.ts';
import { originOf, type WindowName } from './app-protocol.ts';
import { sendState } from './ipc.ts';
import { GrownWindow, zoomed, zoomFactor } from './zoom.ts';

export interface WindowsOptions {
  make: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  screen: () => Screen;
  preload: string;
  platform: NodeJS.Platform;
  log: Logger;
  state(): PhoneState;
  /** The person closed the main window; the phone goes on. */
  closed(): void;
  /** The person closed the window of the pictures; the call goes on without them. */
  picturesClosed(): void;
}

// CSS px: what a page needs to show all of it.
const MAIN = { width: 400, height: 680 };
const SMALLEST_MAIN = { width: 360, height: 480 };
const POPUP = { width: 400, height: 185 };
const EDGE = 16;
const PICTURES_WIDTH = 720;
const PICTURES_HEIGHT = 440;

/** Holds the three windows and makes them again when their renderer dies. */
export class Windows {
  readonly #options: WindowsOptions;
  #main: BrowserWindow | null = null;
  #incoming: BrowserWindow | null = null;
  #media: BrowserWindow | null = null;
  #quitting = false;
  #popupShown = false;
  /** CSS px. */
  #popupHeight = POPUP.height;
  #zoom = 1;
  readonly #mainGrown = new GrownWindow();
  #picturesShown = false;
  readonly #mediaListeners = { gone: new Set<(reason: string) => void>(), ready: new Set<() => void>() };

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  get media(): BrowserWindow | null {
    return this.#media;
  }

  get main(): BrowserWindow | null {
    return this.#main;
  }

  /** From now on closing really closes. */
  quitting(): void {
    this.#quitting = true;
  }

  /** Opens the main window, or brings it to the front; `view` as in Bridge.onShow. Resolves when it is loaded. */
  async openMain(view?: string): Promise<void> {
    const existing = this.#main;
    if (existing && !existing.isDestroyed()) {
      if (existing.isMinimized()) existing.restore();
      existing.show();
      existing.focus();
      if (view) existing.webContents.send(channels.show, view);
      return;
    }
    const { workArea } = this.#options.screen().getPrimaryDisplay();
    const smallest = zoomed(SMALLEST_MAIN, this.#zoom, workArea);
    const window = this.#options.make({
      ...common,
      ...zoomed(MAIN, Math.max(1, this.#zoom), workArea),
      minWidth: smallest.width,
      minHeight: smallest.height,
      title: 'Hookswitch',
      show: true,
      ...(this.#options.platform === 'darwin' ? { titleBarStyle: 'hiddenInset' as const } : { frame: false }),
      backgroundColor: '#fbfbf9',
      webPreferences: this.#preferences('main'),
    });
    this.#main = window;
    window.on('close', (event) => {
      if (this.#quitting) return;
      event.preventDefault();
      window.hide();
      this.#options.closed();
    });
    window.on('closed', () => {
      if (this.#main === window) this.#main = null;
    });
    this.#reloadWhenGone(window, 'main');
    await this.#load(window, 'main');
    if (view && !window.isDestroyed()) window.webContents.send(channels.show, view);
  }

  /** Made at start and kept hidden, so that a ring only has to show it. */
  prepareIncoming(): void {
    if (this.#quitting || (this.#incoming && !this.#incoming.isDestroyed())) return;
    const window = this.#options.make({
      ...common,
      ...this.#popupBounds(),
      show: false,
      frame: false,
      resizable: false,
      movable: true,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      acceptFirstMouse: true,
      title: 'Incoming call',
      ...(this.#options.platform === 'darwin' ? { type: 'panel' } : {}),
      webPreferences: { ...this.#preferences('incoming'), backgroundThrottling: false },
    });
    this.#incoming = window;
    window.setAlwaysOnTop(true, 'screen-saver');
    window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
    window.on('close', (event) => {
      if (this.#quitting) return;
      event.preventDefault();
      window.hide();
    });
    this.#reloadWhenGone(window, 'incoming');
    void this.#load(window, 'incoming');
  }

  /** Whether the pop-up could be shown now: its page is loaded and has drawn. It is made where it is not there. */
  async popUpWorks(): Promise<boolean> {
    this.prepareIncoming();
    const window = this.#incoming;
    if (!window || window.isDestroyed() || window.webContents.isCrashed()) return false;
    const hasDrawn: unknown = await window.webContents
      .executeJavaScript("document.getElementById('root')?.childElementCount !== undefined")
      .catch(() => false);
    return hasDrawn === true;
  }

  /** The peer connections live here; created at start and warmed before the first ring. */
  async openMedia(): Promise<void> {
    if (this.#quitting) return;
    const window = this.#options.make({
      ...common,
      width: 200,
      height: 100,
      show: false,
      skipTaskbar: true,
      focusable: false,
      title: 'Hookswitch audio',
      webPreferences: {
        ...this.#preferences('media'),
        backgroundThrottling: false,
        autoplayPolicy: 'no-user-gesture-required',
      },
    });
    this.#media = window;
    window.on('close', (event) => {
      if (this.#quitting) return;
      event.preventDefault();
      this.#options.picturesClosed();
    });
    window.webContents.on('render-process-gone', (_event, details) => {
      for (const listener of this.#mediaListeners.gone) listener(details.reason);
      if (!this.#quitting) void this.#load(window, 'media').then(() => this.#mediaReady());
    });
    await this.#load(window, 'media');
    this.#mediaReady();
  }

  onMediaGone(listener: (reason: string) => void): Dispose {
    this.#mediaListeners.gone.add(listener);
    return () => this.#mediaListeners.gone.delete(listener);
  }

  /** The media page is loaded, at start and after each crash. */
  onMediaReady(listener: () => void): Dispose {
    this.#mediaListeners.ready.add(listener);
    return () => this.#mediaListeners.ready.delete(listener);
  }

  /** Draws: state to the windows, and the pop-up shown exactly while somebody waits for an answer. */
  draw(state: PhoneState): void {
    this.#drawZoom(zoomFactor(state.preferences));
    for (const window of [this.#main, this.#incoming]) {
      if (window && !window.isDestroyed()) sendState(window.webContents, state);
    }
    this.#drawPictures(state);
    const waiting = state.calls.some((call) => call.phase.name === 'incoming');
    const popup = this.#incoming;
    if (waiting === this.#popupShown || !popup || popup.isDestroyed()) return;
    this.#popupShown = waiting;
    if (waiting) {
      popup.setBounds(this.#popupBounds());
      popup.showInactive();
    } else popup.hide();
  }

  /** All at once; a window that would be too small for its page grows. */
  #drawZoom(factor: number): void {
    if (factor === this.#zoom) return;
    this.#zoom = factor;
    for (const window of [this.#main, this.#incoming]) {
      if (window && !window.isDestroyed()) window.webContents.setZoomFactor(factor);
    }
    const [main, popup] = [this.#main, this.#incoming];
    if (popup && !popup.isDestroyed()) popup.setBounds(this.#popupBounds());
    if (!main || main.isDestroyed()) return;
    const { workArea } = this.#options.screen().getDisplayMatching(main.getBounds());
    const smallest = zoomed(SMALLEST_MAIN, factor, workArea);
    main.setMinimumSize(smallest.width, smallest.height);
    if (main.isMaximized() || main.isFullScreen()) return;
    main.setBounds(this.#mainGrown.place(main.getBounds(), smallest, workArea));
  }

  /** Pictures are in the window that has the peer connections; it is shown exactly while there are some to see. */
  #drawPictures({ calls }: PhoneState): void {
    const wanted = calls.some(
      ({ phase, pictures }) => phase.name === 'connected' && (pictures?.ours ?? 'off') !== 'off',
    );
    const window = this.#media;
    if (wanted === this.#picturesShown || !window || window.isDestroyed()) return;
    this.#picturesShown = wanted;
    window.setSkipTaskbar(!wanted);
    window.setFocusable(wanted);
    if (wanted) {
      const { workArea } = this.#options.screen().getDisplayNearestPoint(this.#options.screen().getCursorScreenPoint());
      const width = Math.min(PICTURES_WIDTH, workArea.width);
      const height = Math.min(PICTURES_HEIGHT, workArea.height);
      const x = workArea.x + Math.round((workArea.width - width) / 2);
      const y = workArea.y + Math.round((workArea.height - height) / 2);
      window.setBounds({ x, y, width, height });
      window.showInactive();
    } else window.hide();
  }

  /** The pop-up says how high its cards are, CSS px. */
  resizePopup(height: number): void {
    if (this.#popupHeight === Math.ceil(height)) return;
    this.#popupHeight = Math.ceil(height);
    const popup = this.#incoming;
    if (popup && !popup.isDestroyed()) popup.setBounds(this.#popupBounds());
  }

  windowAction(action: 'minimize' | 'toggle-maximize' | 'close'): void {
    const window = this.#main;
    if (!window) return;
    if (action === 'minimize') window.minimize();
    else if (action === 'close') window.close();
    else if (window.isMaximized()) window.unmaximize();
    else window.maximize();
  }

  /** Lower right on Windows and Linux, upper right on macOS, on the screen in use. Where it has no room it scrolls. */
  #popupBounds(): Rectangle {
    const screen = this.#options.screen();
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    const room = { width: workArea.width - 2 * EDGE, height: workArea.height - 2 * EDGE };
    const { width, height } = zoomed({ ...POPUP, height: this.#popupHeight }, this.#zoom, room);
    const x = workArea.x + workArea.width - width - EDGE;
    const top = this.#options.platform === 'darwin';
    const y = top ? workArea.y + EDGE : workArea.y + workArea.height - height - EDGE;
    return { x, y, width, height };
  }

  #preferences(name: WindowName): BrowserWindowConstructorOptions['webPreferences'] {
    return {
      preload: this.#options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      ...(name === 'media' ? {} : { zoomFactor: this.#zoom }),
      additionalArguments: [`${windowArgument}${name}`],
    };
  }

  async #load(window: BrowserWindow, name: WindowName): Promise<void> {
    try {
      await window.loadURL(`${originOf(name)}/index.html`);
      // Chromium keeps what an origin once had, and holds that above what the window was made with.
      if (name !== 'media' && !window.isDestroyed()) window.webContents.setZoomFactor(this.#zoom);
    } catch (error) {
      this.#options.log.error('A window could not be loaded.', { name, error: String(error) });
    }
  }

  /** A UI window that dies comes back by itself; calls live elsewhere and do not notice. */
  #reloadWhenGone(window: BrowserWindow, name: WindowName): void {
    window.webContents.on('render-process-gone', (_event, details) => {
      this.#options.log.error('A window ended unexpectedly.', { name, reason: details.reason });
      if (!this.#quitting && !window.isDestroyed()) void this.#load(window, name);
    });
  }

  #mediaReady(): void {
    for (const listener of this.#mediaListeners.ready) listener();
  }
}

const common = { autoHideMenuBar: true, acceptFirstMouse: true } as const;
