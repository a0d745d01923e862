// app: the life of the application, its paths, its command line.
import { EventEmitter } from 'node:events';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { end } from './end.ts';
import { Preventable } from './preventable.ts';
import { records } from './records.ts';
import { SingleInstance } from './single-instance.ts';

interface Closable {
  close(): void;
}

class CommandLine {
  readonly switches = new Map<string, string>();

  /** Passed on to Chromium when it starts: before the app is ready, as in Electron. */
  appendSwitch(name: string, value = ''): void {
    this.switches.set(name, value);
  }
  hasSwitch(name: string): boolean {
    return this.switches.has(name);
  }
  getSwitchValue(name: string): string {
    return this.switches.get(name) ?? '';
  }
  removeSwitch(name: string): void {
    this.switches.delete(name);
  }
  appendArgument(_value: string): void {}
}

export class App extends EventEmitter {
  readonly commandLine = new CommandLine();
  readonly isPackaged = false;
  /** Set from package.json by the host. */
  identity = { name: 'app', version: '0.0.0', path: process.cwd() };
  /** Set by the host: ends Chromium and this process. */
  stop: (code: number, before: Promise<unknown>) => void = (code, before) => void before.finally(() => end(code));
  windows: () => Closable[] = () => [];
  readonly #paths = new Map<string, string>();
  readonly #instance = new SingleInstance();
  readonly #whenReady = Promise.withResolvers<void>();
  #ready = false;
  #quitting = false;
  #handover: Promise<unknown> = Promise.resolve();

  becomeReady(): void {
    this.emit('will-finish-launching');
    this.#ready = true;
    this.#whenReady.resolve();
    this.emit('ready', {}, {});
  }

  /** True from quit or exit on. */
  get isEnding(): boolean {
    return this.#quitting;
  }

  isReady(): boolean {
    return this.#ready;
  }
  whenReady(): Promise<void> {
    return this.#whenReady.promise;
  }

  // Who and where

  getName(): string {
    return this.identity.name;
  }
  get name(): string {
    return this.identity.name;
  }
  set name(name: string) {
    this.identity.name = name;
  }
  setName(name: string): void {
    this.identity.name = name;
  }
  getVersion(): string {
    return this.identity.version;
  }
  getAppPath(): string {
    return this.identity.path;
  }
  getLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale;
  }
  getSystemLocale(): string {
    return this.getLocale();
  }
  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()];
  }

  /** As in Electron; reads the environment now, so that setPath and tests may change it at any time before. */
  getPath(name: string): string {
    const path = this.#paths.get(name) ?? this.#systemPath(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  #systemPath(name: string): string | undefined {
    const home = homedir();
    const appData =
      process.platform === 'darwin'
        ? join(home, 'Library', 'Application Support')
        : (process.env['APPDATA'] ?? process.env['XDG_CONFIG_HOME'] ?? join(home, '.config'));
    const known: Record<string, () => string> = {
      home: () => home,
      appData: () => appData,
      userData: () => join(appData, this.identity.name),
      sessionData: () => this.getPath('userData'),
      logs: () => join(this.getPath('userData'), 'logs'),
      crashDumps: () => join(this.getPath('userData'), 'Crashpad'),
      temp: tmpdir,
      exe: () => process.execPath,
      desktop: () => join(home, 'Desktop'),
      documents: () => join(home, 'Documents'),
      downloads: () => join(home, 'Downloads'),
    };
    return known[name]?.();
  }

  // One instance

  /** Real: a second start hands its command line to the first and is told to go. */
  requestSingleInstanceLock(data: unknown = {}): boolean {
    const others = (argv: string[], cwd: string, sent: unknown) => this.emit('second-instance', {}, argv, cwd, sent);
    if (this.#instance.lock(this.getPath('userData'), others)) return true;
    this.#handover = this.#instance.handOver({ argv: process.argv, cwd: process.cwd(), data });
    return false;
  }
  hasSingleInstanceLock(): boolean {
    return this.#instance.held;
  }
  releaseSingleInstanceLock(): void {
    this.#instance.release();
  }

  // The end

  quit(): void {
    if (this.#quitting) return;
    const event = new Preventable();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    for (const window of this.windows()) window.close();
    if (this.windows().length > 0)
      this.#quitting = false; // A window refused to close.
    else this.#lastClosed();
  }

  /** Told when the last window closed. */
  windowsClosed(): void {
    if (this.#quitting) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }

  #lastClosed(): void {
    const event = new Preventable();
    this.emit('will-quit', event);
    this.#quitting = !event.defaultPrevented;
    if (this.#quitting) this.exit(0);
  }

  exit(code = 0): void {
    this.#quitting = true;
    this.#instance.release();
    this.emit('quit', {}, code);
    this.stop(code, this.#handover);
  }

  relaunch(): never {
    throw new Error('app.relaunch is not part of the Chromium host.');
  }

  // Kept for tests

  setBadgeCount(count = 0): boolean {
    records.badge = count;
    return true;
  }
  getBadgeCount(): number {
    return records.badge;
  }
  setAsDefaultProtocolClient(scheme: string): boolean {
    records.protocolClients.add(scheme);
    return true;
  }
  isDefaultProtocolClient(scheme: string): boolean {
    return records.protocolClients.has(scheme);
  }
  removeAsDefaultProtocolClient(scheme: string): boolean {
    return records.protocolClients.delete(scheme);
  }
  setLoginItemSettings(settings: Record<string, unknown>): void {
    Object.assign(records.loginItem, settings);
  }
  getLoginItemSettings(): Record<string, unknown> {
    return { wasOpenedAtLogin: false, ...records.loginItem };
  }

  // Of no effect here

  readonly dock =
    process.platform === 'darwin'
      ? { bounce: () => 0, hide() {}, show: () => Promise.resolve(), setBadge() {}, setMenu() {}, setIcon() {} }
      : undefined;
  /** Every page is sandboxed already. */
  enableSandbox(): void {}
  disableHardwareAcceleration(): void {
    this.commandLine.appendSwitch('disable-gpu');
  }
  setAppUserModelId(_id: string): void {}
  setToastActivatorCLSID(_id: string): void {}
  setAboutPanelOptions(_options: unknown): void {}
  setUserTasks(_tasks: unknown): boolean {
    return true;
  }
  setAppLogsPath(path?: string): void {
    this.setPath('logs', path ?? join(this.getPath('userData'), 'logs'));
  }
  focus(): void {}
  hide(): void {}
  show(): void {}
}

export const app = new App();
