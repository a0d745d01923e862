// A utility process without Electron: a child with process.parentPort, as a channel. For tests of the host's script.
import { fork, type ChildProcess } from 'node:child_process';
import type { Dispose } from '../../../contract/index.ts';
import type { HostChannel } from '../types.ts';

/** What Electron puts into a utility process before its script runs. */
const preload = `
  import { EventEmitter } from 'node:events';
  const port = Object.assign(new EventEmitter(), { postMessage: (message) => process.send(message) });
  process.on('message', (data) => port.emit('message', { data, ports: [] }));
  process.parentPort = port;
`;

export class UtilityProcess implements HostChannel {
  readonly #start: () => ChildProcess;
  readonly #messages = new Set<(message: unknown) => void>();
  readonly #gone = new Set<(reason: string) => void>();
  readonly #restarts = new Set<() => void>();
  #child: ChildProcess;
  #stopped = false;

  constructor(script: string, env: Record<string, string> = {}) {
    this.#start = () => {
      const child = fork(script, {
        execArgv: ['--import', `data:text/javascript,${encodeURIComponent(preload)}`],
        env: { ...process.env, ...env },
        serialization: 'advanced',
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      child.on('message', (message) => this.#messages.forEach((listener) => listener(message)));
      child.on('exit', (code) => {
        if (this.#stopped) return;
        for (const listener of this.#gone) listener(`exit ${code}`);
        this.#child = this.#start();
        for (const listener of this.#restarts) listener();
      });
      return child;
    };
    this.#child = this.#start();
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  send(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as never);
  }

  onMessage(listener: (message: unknown) => void): Dispose {
    return add(this.#messages, listener);
  }

  onGone(listener: (reason: string) => void): Dispose {
    return add(this.#gone, listener);
  }

  onRestart(listener: () => void): Dispose {
    return add(this.#restarts, listener);
  }

  /** Ends it for good. */
  stop(): Promise<void> {
    this.#stopped = true;
    return new Promise((done) => {
      if (!this.running) return done();
      this.#child.once('exit', () => done());
      this.#child.kill();
    });
  }
}

function add<T>(set: Set<T>, listener: T): Dispose {
  set.add(listener);
  return () => set.delete(listener);
}
