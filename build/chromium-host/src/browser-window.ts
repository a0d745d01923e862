// BrowserWindow: a Chromium window of its own. What Chromium cannot do to a window is kept, so that it can be asked for.
import { EventEmitter } from 'node:events';
import { chromiumStarted } from './started.ts';
import type { CdpSession, Protocol } from './cdp.ts';
import type { Bounds } from './chromium.ts';
import { PageSize } from './page-size.ts';
import { Preventable } from './preventable.ts';
import { unseen } from './records.ts';
import { learnDisplay, screen } from './screen.ts';
import { WebContents } from './web-contents.ts';
import type { WindowOptions } from './window-options.ts';

/** Left of and above any screen. */
const OUT_OF_SIGHT = -20_000;

type State = 'normal' | 'minimized' | 'maximized' | 'fullscreen';

/** `contents-created`, `created` and `all-closed`, for app. */
export const windowEvents = new EventEmitter();

export class BrowserWindow extends EventEmitter {
  static readonly #windows = new Set<BrowserWindow>();
  static #focused: BrowserWindow | null = null;

  readonly id: number;
  readonly webContents: WebContents;
  /** What was asked of the window and is not drawn. Tests read it through `chromiumHost`. */
  readonly asked: Record<string, unknown> = {};
  readonly #options: WindowOptions;
  readonly #opened: Promise<CdpSession>;
  #drawn: Promise<void>;
  #windowId = 0;
  #wasShown: boolean;
  #outOfSight = false;
  #forget = () => {};
  #headless = true;
  #visible: boolean;
  #state: State = 'normal';
  #bounds: Bounds;
  #title: string;
  #alwaysOnTop: boolean;
  #resizable: boolean;
  #focusable: boolean;
  #destroyed = false;
  #pageSize: PageSize | null = null;

  constructor(options: WindowOptions = {}) {
    super();
    this.#options = options;
    this.#visible = options.show !== false;
    this.#wasShown = this.#visible;
    this.#title = options.title ?? '';
    this.#alwaysOnTop = options.alwaysOnTop ?? false;
    this.#resizable = options.resizable ?? true;
    this.#focusable = options.focusable ?? true;
    const { x = 40, y = 40, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.webContents = new WebContents(options.webPreferences ?? {}, (url) => this.#open(url), this);
    this.#opened = this.webContents.ready;
    this.#drawn = this.#opened.then((page) => this.#place(page));
    this.#drawn.catch(() => {}); // WebContents tells why a window did not open.
    this.id = this.webContents.id;
    BrowserWindow.#windows.add(this);
    this.webContents.on('page-title-updated', (event: Preventable, title: string) => {
      this.emit('page-title-updated', event, title);
      if (!event.defaultPrevented) this.#title = title;
    });
    this.webContents.once('did-finish-load', () => {
      this.#draw(); // the height of the toolbar is known only now, and what is around a page
      this.emit('ready-to-show');
    });
    windowEvents.emit('contents-created', this.webContents);
    queueMicrotask(() => windowEvents.emit('created', this));
  }

  async #open(pageUrl: string): Promise<CdpSession> {
    const chromium = await chromiumStarted;
    this.#headless = chromium.headless;
    const page = await chromium.openWindow(pageUrl, this.#bounds);
    this.#forget = chromium.cdp.on('Target.targetDestroyed', ({ targetId }) => {
      if (targetId === page.targetId) this.#closedByUser();
    });
    return page;
  }

  async #place(page: CdpSession): Promise<void> {
    this.#windowId = (await page.send('Browser.getWindowForTarget')).windowId;
    if (!this.#headless) {
      await learnDisplay(page);
      page.on('Page.frameResized', () => void this.#readBounds());
    }
    this.#pageSize = new PageSize(page, this.#headless);
    await this.#apply();
    if (this.#visible) this.#focus();
  }

  /** Brings Chromium's window to what is wanted of it now; after whatever was wanted before. */
  #draw(): void {
    this.#drawn = this.#drawn
      .then(() => this.#apply())
      .catch((error: unknown) => {
        if (!this.#destroyed) unseen(`A window could not be drawn: ${String(error)}`);
      });
  }

  async #apply(): Promise<void> {
    const { cdp } = await chromiumStarted;
    const set = (bounds: Protocol.Browser.Bounds) =>
      cdp.send('Browser.setWindowBounds', { windowId: this.#windowId, bounds });
    const { x, y, width, height } = this.#bounds;
    await this.#zoomPage();
    if (!this.#visible) {
      if (!this.#headless && !this.#outOfSight) {
        this.#outOfSight = true;
        // Minimised, and out of sight where no window manager would do that.
        await set({ left: OUT_OF_SIGHT, top: OUT_OF_SIGHT });
        await set({ windowState: 'minimized' });
      } else if (this.#headless && this.#sleeps) await set({ windowState: 'minimized' });
      return;
    }
    this.#outOfSight = false;
    await set({ windowState: 'normal' });
    // Without a screen Chromium draws no toolbar, and yet counts its height as the window's: the page would be cut short.
    const toolbar = this.#headless ? ((await this.#pageSize?.frame())?.height ?? 0) : 0;
    await set({ left: x, top: y, width, height: height + toolbar });
    if (this.#state !== 'normal') await set({ windowState: this.#state });
  }

  async #zoomPage(): Promise<void> {
    const isWhole = this.#state === 'maximized' || this.#state === 'fullscreen';
    const size = isWhole ? screen.getPrimaryDisplay().workArea : this.#bounds;
    await this.#pageSize?.zoom(this.webContents.getZoomFactor(), size);
  }

  /**
   * Without a screen, minimising only tells the page that it is hidden. As in Electron it is not told before it was
   * shown once, nor with `backgroundThrottling: false`.
   */
  get #sleeps(): boolean {
    return this.#wasShown && this.#options.webPreferences?.backgroundThrottling !== false;
  }

  /** The person moved or resized it. */
  async #readBounds(): Promise<void> {
    const { cdp } = await chromiumStarted;
    const { bounds } = await cdp.send('Browser.getWindowBounds', { windowId: this.#windowId });
    const { left: x = 0, top: y = 0, width = 0, height = 0, windowState } = bounds;
    if (windowState !== 'normal' || !this.#visible || this.#destroyed) return;
    const before = this.#bounds;
    if (before.width === width && before.height === height && before.x === x && before.y === y) return;
    this.#bounds = { x, y, width, height };
    this.emit('resize');
    await this.#zoomPage();
  }

  #focus(): void {
    const before = BrowserWindow.#focused;
    if (before === this || !this.#focusable || this.#destroyed) return;
    BrowserWindow.#focused = this;
    before?.emit('blur');
    this.emit('focus');
  }

  #unfocus(): void {
    if (BrowserWindow.#focused !== this) return;
    BrowserWindow.#focused = null;
    this.emit('blur');
  }

  // Showing

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  loadFile(path: string): Promise<void> {
    return this.webContents.loadFile(path);
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  /** As in Electron: visible, and the focus stays where it is. */
  showInactive(): void {
    const shown = this.#visible;
    this.#visible = true;
    this.#wasShown = true;
    if (this.#state === 'minimized') this.#state = 'normal';
    this.#draw();
    if (!shown) this.emit('show');
  }

  /** Chromium cannot hide a window: see #apply. */
  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.#draw();
    this.#unfocus();
    this.emit('hide');
  }

  focus(): void {
    if (!this.#headless) void this.#opened.then((page) => page.send('Page.bringToFront')).catch(() => {});
    this.#focus();
  }

  blur(): void {
    this.#unfocus();
  }

  minimize(): void {
    this.#become('minimized', 'minimize');
    this.#unfocus();
  }

  restore(): void {
    this.#become('normal', 'restore');
  }

  maximize(): void {
    this.#become('maximized', 'maximize');
  }

  unmaximize(): void {
    this.#become('normal', 'unmaximize');
  }

  setFullScreen(on: boolean): void {
    this.#become(on ? 'fullscreen' : 'normal', on ? 'enter-full-screen' : 'leave-full-screen');
  }

  #become(state: State, event: string): void {
    this.#state = state;
    this.#draw();
    this.emit(event);
  }

  close(): void {
    if (this.#destroyed) return;
    const event = new Preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    void this.#opened.then((page) => page.cdp.send('Target.closeTarget', { targetId: page.targetId })).catch(() => {});
    this.#gone();
  }

  /** The window's own close button: Chromium has closed it already, so `close` cannot be prevented here. */
  #closedByUser(): void {
    if (this.#destroyed) return;
    const event = new Preventable();
    this.emit('close', event);
    this.#gone();
    if (event.defaultPrevented) unseen('The window was closed. There is no tray here: start the app again to open it.');
  }

  #gone(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#forget();
    BrowserWindow.#windows.delete(this);
    if (BrowserWindow.#focused === this) BrowserWindow.#focused = null;
    this.webContents.destroy();
    this.emit('closed');
    if (BrowserWindow.#windows.size === 0) windowEvents.emit('all-closed');
  }

  // Asking and telling

  isDestroyed(): boolean {
    return this.#destroyed;
  }
  isVisible(): boolean {
    return this.#visible && !this.#destroyed && this.#state !== 'minimized';
  }
  isFocused(): boolean {
    return BrowserWindow.#focused === this;
  }
  isMinimized(): boolean {
    return this.#state === 'minimized';
  }
  isMaximized(): boolean {
    return this.#state === 'maximized';
  }
  isFullScreen(): boolean {
    return this.#state === 'fullscreen';
  }
  isResizable(): boolean {
    return this.#resizable;
  }
  setResizable(on: boolean): void {
    this.#resizable = on;
  }
  isFocusable(): boolean {
    return this.#focusable;
  }
  setFocusable(on: boolean): void {
    this.#focusable = on;
  }
  getBounds(): Bounds {
    return { ...this.#bounds };
  }
  getNormalBounds(): Bounds {
    return this.getBounds();
  }
  getContentBounds(): Bounds {
    return this.getBounds();
  }
  setBounds(change: Partial<Bounds>): void {
    const before = this.#bounds;
    this.#bounds = { ...before, ...change };
    const { x, y, width, height } = this.#bounds;
    this.#draw();
    if (before.width !== width || before.height !== height) this.emit('resize');
    if (before.x !== x || before.y !== y) this.emit('move');
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getSize(): [number, number] {
    return [this.#bounds.width, this.#bounds.height];
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  getPosition(): [number, number] {
    return [this.#bounds.x, this.#bounds.y];
  }
  center(): void {}
  getTitle(): string {
    return this.#title;
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  setAlwaysOnTop(on: boolean, level = 'floating'): void {
    this.#alwaysOnTop = on;
    this.asked['alwaysOnTopLevel'] = on ? level : null;
  }
  isAlwaysOnTop(): boolean {
    return this.#alwaysOnTop;
  }
  setVisibleOnAllWorkspaces(on: boolean): void {
    this.asked['visibleOnAllWorkspaces'] = on;
  }
  isVisibleOnAllWorkspaces(): boolean {
    return this.asked['visibleOnAllWorkspaces'] === true;
  }
  setIgnoreMouseEvents(on: boolean): void {
    this.asked['ignoreMouseEvents'] = on;
  }
  setSkipTaskbar(on: boolean): void {
    this.asked['skipTaskbar'] = on;
  }
  flashFrame(on: boolean): void {
    this.asked['flashFrame'] = on;
  }
  setOverlayIcon(_image: unknown, description: string): void {
    this.asked['overlay'] = description;
  }
  moveTop(): void {}
  setMinimumSize(_width: number, _height: number): void {}
  setMaximumSize(_width: number, _height: number): void {}
  setMenu(_menu: unknown): void {}
  removeMenu(): void {}
  setMenuBarVisibility(_visible: boolean): void {}
  setAutoHideMenuBar(_hide: boolean): void {}
  setIcon(_icon: unknown): void {}
  zoom = (): void => this.#draw();
  setBackgroundColor(_color: string): void {}
  setTitleBarOverlay(_options: unknown): void {}
  setWindowButtonVisibility(_visible: boolean): void {}
  setThumbarButtons(_buttons: unknown): boolean {
    return true;
  }
  capturePage() {
    return this.webContents.capturePage();
  }

  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.#windows];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.#focused;
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }
  static fromId(id: number): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.id === id) ?? null;
  }
}
