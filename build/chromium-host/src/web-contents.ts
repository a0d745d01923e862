// webContents: one page. Loads, navigates, speaks IPC, crashes and comes back.
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { CdpSession, Protocol } from './cdp.ts';
import { chromiumStarted } from './started.ts';
import { forwardConsole } from './console-messages.ts';
import { ipcMain } from './ipc-main.ts';
import { imageFromPng, type NativeImage } from './native-image.ts';
import { PageLink, type IpcMessage, type Sender } from './page-link.ts';
import { MessagePortMain, takePorts } from './ports.ts';
import { MainFrame } from './main-frame.ts';
import { Navigation } from './navigation.ts';
import { Preventable } from './preventable.ts';
import { unseen } from './records.ts';
import { toPageUrl } from './protocol.ts';
import { session as sessions, type Session } from './session.ts';

export interface WebPreferences {
  preload?: string;
  additionalArguments?: string[];
  backgroundThrottling?: boolean;
  zoomFactor?: number;
  partition?: string;
  session?: Session;
}

/** As in `webContents.setWindowOpenHandler`. */
export type WindowOpenHandler = (details: Record<string, unknown>) => { action: 'allow' | 'deny' };

interface Owner {
  /** The zoom changed. */
  zoom(): void;
  close(): void;
  focus(): void;
}

let nextId = 1;

export class WebContents extends EventEmitter {
  static readonly all = new Set<WebContents>();

  readonly id = nextId++;
  readonly session: Session;
  /** Settles when the page is attached. */
  readonly ready: Promise<CdpSession>;
  windowOpenHandler: WindowOpenHandler = () => ({ action: 'allow' });
  /** What window.open was called with, in the order in which the pages will appear. */
  readonly opening: Protocol.Page.windowOpenPayload[] = [];
  readonly #preferences: WebPreferences;
  readonly #owner: Owner;
  readonly #firstUrl = Promise.withResolvers<string>();
  #opened = false;
  #page: CdpSession | null = null;
  #link: PageLink | null = null;
  readonly #navigation = new Navigation(this, () => this.#newDocument());
  #frame = new MainFrame(this);
  #title = '';
  #destroyed = false;
  #crashed = false;
  #osProcessId = 0;
  #colorScheme: 'light' | 'dark' | null = null;
  #zoomFactor: number;

  /** @param open opens the window on its first address, paused before it loads. */
  constructor(preferences: WebPreferences, open: (pageUrl: string) => Promise<CdpSession>, owner: Owner) {
    super();
    if (preferences.partition) sessions.fromPartition(preferences.partition);
    this.#preferences = preferences;
    this.#zoomFactor = preferences.zoomFactor ?? 1;
    this.session = preferences.session ?? sessions.defaultSession;
    this.#owner = owner;
    WebContents.all.add(this);
    this.ready = this.#open(open);
    this.ready.catch((error: unknown) => console.error('[host] A window could not be opened:', error));
  }

  /**
   * The window opens on the first address that it is given, since most are given one at once. Opened empty and then
   * sent on, a page crashes now and then while a test driver is still attaching to it (Chromium 156).
   */
  async #open(open: (pageUrl: string) => Promise<CdpSession>): Promise<CdpSession> {
    setImmediate(() => this.#openOn('about:blank'));
    const url = await this.#firstUrl.promise;
    const { cdp } = await chromiumStarted;
    await this.session.settle(this, cdp, url);
    const page = await open(toPageUrl(url));
    this.#attach(page);
    return page;
  }

  get targetId(): string | null {
    return this.#page?.targetId ?? null;
  }

  #attach(page: CdpSession): void {
    this.#page = page;
    const preload = this.#preferences.preload;
    this.#link = new PageLink({
      session: page,
      preload: preload === undefined ? '' : readFileSync(preload, 'utf8'),
      process: {
        type: 'renderer',
        platform: process.platform,
        arch: process.arch,
        sandboxed: true,
        contextIsolated: true,
        env: {},
        argv: ['chromium-host', ...(this.#preferences.additionalArguments ?? [])],
        versions: { node: process.versions.node },
      },
      receive: (message, sender) => void this.#receive(message, sender),
    });
    this.#navigation.attach(page);
    page.on('Page.windowOpen', (details) => this.opening.push(details));
    // No command names a page's process, but Blink begins the ids of a document's requests with it, and the sandbox
    // tells Blink the number that it has outside.
    page.on('Network.requestWillBeSent', ({ requestId, frameId }) => {
      const [, pid] = /^(\d+)\.\d+$/.exec(requestId) ?? [];
      if (pid && frameId === page.targetId) this.#osProcessId = Number(pid);
    });
    forwardConsole(page, (params) => this.emit('console-message', { ...params, frame: this.mainFrame }));
    // Sent in one go; Chromium carries them out in order, before whatever is sent next.
    const commands: Promise<unknown>[] = [
      page.send('Page.enable'),
      page.send('Runtime.enable'),
      page.send('Log.enable'),
      page.send('Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0 }),
      ...this.#link.start(),
    ];
    if (this.#preferences.backgroundThrottling === false) {
      commands.push(page.send('Emulation.setFocusEmulationEnabled', { enabled: true }));
    }
    commands.push(page.send('Runtime.runIfWaitingForDebugger'));
    Promise.all(commands).catch((error: unknown) => {
      if (!this.#destroyed) console.error('[host] A page could not be prepared:', error);
    });
    this.#emulate();
  }

  // Navigation

  async loadURL(url: string): Promise<void> {
    const loaded = this.#navigation.nextLoad(url);
    loaded.catch(() => {}); // Awaited below; but it may fail before.
    if (this.#openOn(url)) await this.ready;
    else await this.#navigate(url);
    await loaded;
  }

  /** False when the window is open, or opening, on another address. */
  #openOn(url: string): boolean {
    if (this.#opened) return false;
    this.#opened = true;
    this.#firstUrl.resolve(url);
    return true;
  }

  async #navigate(url: string): Promise<void> {
    const page = await this.ready;
    await this.session.settle(this, page.cdp, url);
    const { errorText, loaderId } = await page.send('Page.navigate', { url: toPageUrl(url) });
    if (errorText) this.#navigation.failed(errorText, url);
    else if (loaderId === undefined) this.#navigation.finished(); // Only the fragment changed.
  }

  loadFile(path: string): Promise<void> {
    return this.loadURL(pathToFileURL(path).href);
  }

  reload(): void {
    void this.ready.then((page) => page.send('Page.reload')).catch(() => {});
  }

  /** True for its own frames. */
  has(frameId: string): boolean {
    return this.#navigation.has(frameId);
  }

  allowsNavigation(paused: Protocol.Fetch.requestPausedPayload): boolean {
    return this.#navigation.allows(paused);
  }

  #newDocument(): void {
    this.#crashed = false;
    this.#osProcessId = 0;
    this.#frame.end();
    this.#frame = new MainFrame(this);
    this.#emulate();
  }

  /** Told by Chromium of every page. */
  titleChanged(title: string, pageUrl: string): void {
    if (title === this.#title || title === '' || pageUrl.includes(title)) return;
    this.#title = title;
    this.emit('page-title-updated', new Preventable(), title, true);
  }

  // IPC

  send(channel: string, ...args: unknown[]): void {
    this.#message(channel, args, []);
  }

  postMessage(channel: string, message: unknown, transfer: readonly unknown[] = []): void {
    this.#message(channel, [message], transfer);
  }

  #message(channel: string, args: unknown[], transfer: readonly unknown[]): void {
    const ends = takePorts(transfer);
    const ports = this.#link?.relay.export(ends) ?? [];
    const sent = this.#link?.send({ kind: 'message', channel, args, ports }) ?? false;
    if (sent) return;
    for (const end of ends) end.close();
    unseen(`'${channel}' was sent to a page that is not loaded. It is lost, as in Electron.`);
  }

  async #receive(message: IpcMessage, sender: Sender): Promise<void> {
    const frame = this.#frame;
    const event = {
      sender: this,
      senderFrame: frame,
      frameId: frame.routingId,
      processId: frame.processId,
      type: 'frame',
      ports: [] as MessagePortMain[],
      reply: (channel: string, ...args: unknown[]) =>
        this.#link?.reply(sender, { kind: 'message', channel, args, ports: [] }),
    };
    if (message.kind === 'send') {
      event.ports = (this.#link?.relay.import(message.ports) ?? []).map((end) => new MessagePortMain(end));
      this.emit('ipc-message', event, message.channel, ...message.args);
      ipcMain.emit(message.channel, event, ...message.args);
      return;
    }
    const { id, channel, args } = message;
    try {
      this.#link?.reply(sender, { kind: 'reply', id, value: await ipcMain.invoke(channel, event, args) });
    } catch (error) {
      const text = `Error invoking remote method '${channel}': ${String(error)}`;
      this.#link?.reply(sender, { kind: 'refusal', id, message: text });
    }
  }

  get mainFrame(): MainFrame {
    return this.#frame;
  }

  // Process

  /** The renderer's process; 0 until its document asks for its first script, style or image. */
  getOSProcessId(): number {
    return this.#osProcessId;
  }

  forcefullyCrashRenderer(): void {
    void this.ready.then((page) => page.send('Page.crash')).catch(() => {});
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  /** Told by Chromium. */
  crashed(status: string, exitCode: number): void {
    this.#crashed = true;
    this.#navigation.loading = false;
    this.#frame.end();
    this.#link?.gone();
    this.emit('render-process-gone', {}, { reason: reasons[status] ?? 'abnormal-exit', exitCode });
  }

  /** Told by the window. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    WebContents.all.delete(this);
    this.#frame.end();
    this.#link?.gone();
    this.#page?.dispose();
    this.emit('destroyed');
  }

  // The rest

  async executeJavaScript(expression: string, userGesture = false): Promise<unknown> {
    const page = await this.ready;
    const { result, exceptionDetails } = await page.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async capturePage(): Promise<NativeImage> {
    const page = await this.ready;
    const { data } = await page.send('Page.captureScreenshot', {});
    return imageFromPng(Buffer.from(data, 'base64'));
  }

  /** nativeTheme.themeSource, shown to the page as prefers-color-scheme; null leaves Chromium's own. */
  emulateColorScheme(scheme: 'light' | 'dark' | null): void {
    this.#colorScheme = scheme;
    this.#emulate(true);
  }

  #emulate(clear = false): void {
    const page = this.#page;
    if (!page || (this.#colorScheme === null && !clear)) return;
    const features = this.#colorScheme === null ? [] : [{ name: 'prefers-color-scheme', value: this.#colorScheme }];
    page.send('Emulation.setEmulatedMedia', { features }).catch(() => {});
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }

  openDevTools(): void {
    console.warn('[host] DevTools: start with --remote-debugging-port=9333 and open chrome://inspect in a Chromium.');
  }

  getURL(): string {
    return this.#navigation.url;
  }
  getTitle(): string {
    return this.#title;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  isLoading(): boolean {
    return this.#navigation.loading;
  }
  setBackgroundThrottling(_on: boolean): void {}
  setZoomFactor(factor: number): void {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0");
    if (factor === this.#zoomFactor) return;
    this.#zoomFactor = factor;
    this.#owner.zoom();
  }
  getZoomFactor(): number {
    return this.#zoomFactor;
  }
  setAudioMuted(_muted: boolean): void {}
  focus(): void {
    this.#owner.focus();
  }
  close(): void {
    this.#owner.close();
  }
}

/** Chromium's words for how a process ended, and Electron's. */
const reasons: Record<string, string> = {
  normal: 'clean-exit',
  abnormal: 'abnormal-exit',
  killed: 'killed',
  crashed: 'crashed',
  oom: 'oom',
  'failed to launch': 'launch-failed',
};

export const webContents = {
  getAllWebContents: (): WebContents[] => [...WebContents.all],
  fromId: (id: number): WebContents | undefined => [...WebContents.all].find((contents) => contents.id === id),
  fromDevToolsTargetId: (targetId: string): WebContents | undefined =>
    [...WebContents.all].find((contents) => contents.targetId === targetId),
};
