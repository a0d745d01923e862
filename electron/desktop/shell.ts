// The desktop shell: windows, tray, door and system events joined to a phone that knows none of them.
import {
  app,
  BrowserWindow,
  desktopCapturer,
  globalShortcut,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  Tray,
} from 'electron';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  CallRecord,
  Command,
  CommandResult,
  Dispose,
  GlobalShortcutId,
  Logger,
  Outcome,
  PhoneState,
  PhoneQuery,
} from '../../contract/index.ts';
import { addressPrograms, listenForAddresses } from './address-events.ts';
import { AddressWatch } from './addresses.ts';
import { serveApp } from './app-protocol.ts';
import { setApplicationMenu } from './application-menu.ts';
import { GlobalShortcuts } from './global-shortcuts.ts';
import { openDoor } from './ipc.ts';
import { MediaKeys } from './media-keys.ts';
import { restrictPermissions } from './permissions.ts';
import { ScreenChooser } from './screen-chooser.ts';
import { CallKeepsAwake, watchPower, type NetworkChange } from './power.ts';
import { joinMediaAndEngine, MediaWindowChannel, type Helper } from './processes.ts';
import { TrayIcon } from './tray.ts';
import { Windows } from './windows.ts';
import { say } from './words/index.ts';

/** A main window that does not load holds up nothing else, ms. */
const LONGEST_HEAD_START = 2_000;

/** What the shell needs of the phone. */
export interface ShellPhone {
  readonly state: PhoneState;
  command(command: Command): Promise<Outcome<CommandResult>>;
  query(query: PhoneQuery): Promise<Outcome<unknown>>;
  listen(listener: (state: PhoneState) => void): Dispose;
  networkChanged(change: NetworkChange): void;
  explainClose(): boolean;
  shortcutsTaken(ids: readonly GlobalShortcutId[]): void;
}

export interface ShellOptions {
  log: Logger;
  engine: Helper;
  phone(): ShellPhone;
}

/** Made before the app is ready, since the media room wants its channel; `start` after. */
export class Shell {
  readonly windows: Windows;
  readonly media: MediaWindowChannel;
  readonly #options: ShellOptions;
  readonly #screens: ScreenChooser;
  #tray: TrayIcon | null = null;

  constructor(options: ShellOptions) {
    this.#options = options;
    this.windows = new Windows({
      make: (windowOptions) => new BrowserWindow(windowOptions),
      screen: () => screen,
      preload: join(app.getAppPath(), 'dist', 'preload.cjs'),
      platform: process.platform,
      log: options.log,
      state: () => options.phone().state,
      closed: () => this.#explainClose(),
      picturesClosed: () => void this.#endPictures(),
    });
    this.#screens = new ScreenChooser({
      capturer: desktopCapturer,
      screen: () => screen,
      window: () => this.windows.main,
    });
    this.media = new MediaWindowChannel(this.windows);
    joinMediaAndEngine(this.windows, options.engine, MessageChannelMain);
  }

  /** Opens the windows. Call when the app is ready. */
  start(hidden: boolean): void {
    const { log } = this.#options;
    const phone = this.#options.phone();
    serveApp(protocol, join(app.getAppPath(), 'dist', 'renderer'));
    restrictPermissions(session.defaultSession, {
      platform: process.platform,
      pictures: () => phone.state.preferences.video ?? false,
      screen: () => this.#screens.take(),
    });
    openDoor(
      ipcMain,
      {
        command: (command) => this.#command(command),
        query: (query) => (query.type === 'screens' ? this.#screens.list() : phone.query(query)),
        state: () => phone.state,
        fromMedia: (message) => this.media.received(message),
      },
      log,
    );
    void this.#openWindows(hidden);
    this.#tray = new TrayIcon(
      {
        Tray,
        Menu,
        nativeImage,
        platform: process.platform,
        assets: join(app.getAppPath(), 'assets', 'tray'),
        actions: {
          open: (view) => void this.windows.openMain(view),
          command: (command) => void this.#command(command),
          quit: () => app.quit(),
        },
        lastCalls: () => lastCalls(phone),
      },
      phone.state,
    );
    const shortcuts = new GlobalShortcuts({
      system: globalShortcut,
      state: () => phone.state,
      command: (command) => void this.#command(command),
      open: () => void this.windows.openMain(),
      taken: (ids) => phone.shortcutsTaken(ids),
    });
    const awake = new CallKeepsAwake(powerSaveBlocker);
    const mediaKeys = new MediaKeys({
      shortcuts: globalShortcut,
      command: (command) => void this.#command(command),
      log,
    });
    const addresses = this.#watchAddresses();
    watchPower(powerMonitor, (change) => {
      phone.networkChanged(change);
      addresses.look();
    });
    setApplicationMenu(Menu, process.platform);
    phone.listen((state) => {
      this.windows.draw(state);
      this.#tray?.draw(state);
      addresses.draw(state);
      awake.draw(state);
      mediaKeys.draw(state);
      shortcuts.draw(state);
      const { theme } = state.preferences;
      const source = theme === 'contrast' ? 'dark' : theme;
      if (nativeTheme.themeSource !== source) nativeTheme.themeSource = source;
    });
  }

  #watchAddresses(): AddressWatch {
    const after = (ms: number, run: () => void): Dispose => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    };
    const addresses = new AddressWatch({
      interfaces: networkInterfaces,
      after,
      changed: (change) => this.#options.phone().networkChanged(change),
    });
    const stop = listenForAddresses({
      programs: addressPrograms(process.platform),
      after,
      log: this.#options.log.child('addresses'),
      happened: () => addresses.look(),
      telling: (is) => addresses.told(is),
    });
    app.on('quit', stop);
    return addresses;
  }

  /** The calls go on without pictures. */
  async #endPictures(): Promise<void> {
    const phone = this.#options.phone();
    for (const { id, pictures } of phone.state.calls) {
      if (pictures && pictures.ours !== 'off') await phone.command({ type: 'set-video', callId: id, source: 'off' });
    }
  }

  /** The window that a person waits for comes first; made at the same time, the two hidden ones hold it up. */
  async #openWindows(hidden: boolean): Promise<void> {
    this.windows.draw(this.#options.phone().state); // they open as large as they are to be
    if (!hidden) await Promise.race([this.windows.openMain(), delay(LONGEST_HEAD_START)]);
    void this.windows.openMedia();
    this.windows.prepareIncoming();
    this.windows.draw(this.#options.phone().state); // somebody may be calling already
  }

  #command(command: Command): Promise<Outcome<CommandResult>> {
    if (command.type === 'window') this.windows.windowAction(command.action);
    if (command.type === 'popup-painted') this.windows.resizePopup(command.height);
    if (command.type === 'set-video') {
      if (command.source === 'screen') this.#screens.want(command.screen);
      else this.#screens.wantNothing();
    }
    return this.#options.phone().command(command);
  }

  #explainClose(): void {
    const { language } = this.#options.phone().state;
    if (!this.#options.phone().explainClose() || !Notification.isSupported()) return;
    new Notification({
      title: say(language, 'stillRunning'),
      body: say(language, 'stillRunningText'),
    }).show();
  }
}

async function lastCalls(phone: ShellPhone): Promise<readonly CallRecord[]> {
  const outcome = (await phone.query({ type: 'history', filter: 'all', offset: 0, limit: 3 })) as Outcome<{
    rows: CallRecord[];
  }>;
  return outcome.ok ? outcome.value.rows : [];
}
