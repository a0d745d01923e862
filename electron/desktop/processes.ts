// The processes beside main: media engine and headset host (utility processes), the media window, and the port that joins two of them.
import type { ForkOptions, MessageChannelMain as ChannelMaker, UtilityProcess } from 'electron';
import { channels } from '../../contract/channels.ts';
import type { Dispose, Logger } from '../../contract/index.ts';
import type { Windows } from './windows.ts';

/** Structured-clone messages both ways, over the death and restart of the other side. The rooms' `Channel` fits. */
export interface ProcessChannel {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Dispose;
  onGone(listener: (reason: string) => void): Dispose;
  onRestart(listener: () => void): Dispose;
}

/** `utilityProcess.fork`. */
export type Fork = (script: string, args: string[], options: ForkOptions) => UtilityProcess;

/** A restart waits this long, and longer each time it dies within ten seconds (ms). */
const RESTART_MS = [0, 250, 1_000, 4_000, 15_000];

/** A utility process that is started again when it dies. */
export class Helper implements ProcessChannel {
  readonly #fork: Fork;
  readonly #script: string;
  readonly #name: string;
  readonly #log: Logger;
  readonly #listeners = {
    message: new Set<(message: unknown) => void>(),
    gone: new Set<(reason: string) => void>(),
    restart: new Set<() => void>(),
  };
  #process: UtilityProcess | null = null;
  #waiting: { message: unknown; ports: Electron.MessagePortMain[] }[] = [];
  #started = 0;
  #failures = 0;
  #stopped = false;

  constructor(fork: Fork, script: string, name: string, log: Logger) {
    this.#fork = fork;
    this.#script = script;
    this.#name = name;
    this.#log = log;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  send(message: unknown, ports: Electron.MessagePortMain[] = []): void {
    if (this.#process) this.#process.postMessage(message, ports);
    else this.#waiting.push({ message, ports });
  }

  onMessage(listener: (message: unknown) => void): Dispose {
    return subscribe(this.#listeners.message, listener);
  }

  onGone(listener: (reason: string) => void): Dispose {
    return subscribe(this.#listeners.gone, listener);
  }

  onRestart(listener: () => void): Dispose {
    return subscribe(this.#listeners.restart, listener);
  }

  stop(): void {
    this.#stopped = true;
    this.#process?.kill();
  }

  /** Starts it; only after the app is ready. What was sent before waits. */
  start(): void {
    const again = this.#started > 0;
    this.#started = Date.now();
    const child = this.#fork(this.#script, [], { serviceName: this.#name, stdio: 'inherit' });
    this.#process = child;
    for (const { message, ports } of this.#waiting.splice(0)) child.postMessage(message, ports);
    child.on('message', (message: unknown) => {
      for (const listener of this.#listeners.message) listener(message);
    });
    child.on('exit', (code) => {
      this.#process = null;
      if (this.#stopped) return;
      this.#log.error('A helper process ended.', { name: this.#name, code });
      for (const listener of this.#listeners.gone) listener(`exit ${code}`);
      this.#failures = Date.now() - this.#started < 10_000 ? this.#failures + 1 : 0;
      const wait = RESTART_MS[Math.min(this.#failures, RESTART_MS.length - 1)] ?? 0;
      setTimeout(() => {
        if (!this.#stopped) this.start();
      }, wait);
    });
    if (again) for (const listener of this.#listeners.restart) listener();
  }
}

/** The media window as a channel. */
export class MediaWindowChannel implements ProcessChannel {
  readonly #windows: Windows;
  readonly #messages = new Set<(message: unknown) => void>();
  readonly #restarts = new Set<() => void>();
  #ready = false;
  #seen = false;
  #waiting: unknown[] = [];

  constructor(windows: Windows) {
    this.#windows = windows;
    windows.onMediaGone(() => {
      this.#ready = false;
    });
    windows.onMediaReady(() => {
      this.#ready = true;
      for (const message of this.#waiting.splice(0)) this.send(message);
      if (this.#seen) for (const listener of this.#restarts) listener();
      this.#seen = true;
    });
  }

  /** From the IPC door. */
  received(message: unknown): void {
    for (const listener of this.#messages) listener(message);
  }

  send(message: unknown): void {
    const window = this.#windows.media;
    if (this.#ready && window && !window.isDestroyed()) window.webContents.send(channels.media, message);
    else this.#waiting.push(message);
  }

  onMessage(listener: (message: unknown) => void): Dispose {
    return subscribe(this.#messages, listener);
  }

  onGone(listener: (reason: string) => void): Dispose {
    return this.#windows.onMediaGone(listener);
  }

  onRestart(listener: () => void): Dispose {
    return subscribe(this.#restarts, listener);
  }
}

/** Gives window and engine a port to each other, again after a restart of either: audio set-up never passes through main. */
export function joinMediaAndEngine(windows: Windows, engine: Helper, MessageChannel: typeof ChannelMaker): void {
  const join = () => {
    const window = windows.media;
    if (!window || window.isDestroyed()) return;
    const { port1, port2 } = new MessageChannel();
    engine.send({ type: 'window-port' }, [port1]);
    window.webContents.postMessage(channels.enginePort, null, [port2]);
  };
  windows.onMediaReady(join);
  engine.onRestart(join);
}

function subscribe<T>(set: Set<T>, listener: T): Dispose {
  set.add(listener);
  return () => set.delete(listener);
}
