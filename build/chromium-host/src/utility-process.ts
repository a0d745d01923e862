// utilityProcess: a child process on the same Node, with ports.
import { fork as forkChild, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { app } from './app.ts';
import { PortRelay, takePorts } from './ports.ts';
import { utilityMessageSchema, type UtilityMessage } from './utility-messages.ts';

interface ForkOptions {
  env?: NodeJS.ProcessEnv;
  execArgv?: string[];
  cwd?: string;
  stdio?: 'pipe' | 'ignore' | 'inherit' | ('pipe' | 'ignore' | 'inherit')[];
  serviceName?: string;
}

export class UtilityProcess extends EventEmitter {
  pid: number | undefined;
  readonly stdout: ChildProcess['stdout'];
  readonly stderr: ChildProcess['stderr'];
  readonly #child: ChildProcess;
  readonly #relay: PortRelay;

  constructor(script: string, args: readonly string[], options: ForkOptions) {
    super();
    const { stdio = 'inherit', env = process.env, execArgv = [], cwd, serviceName = 'Node Utility Process' } = options;
    const [, out = 'inherit', error = 'inherit'] = Array.isArray(stdio) ? stdio : [stdio, stdio, stdio];
    this.#child = forkChild(join(__dirname, 'utility.cjs'), [script, ...args], {
      serialization: 'advanced',
      execArgv,
      stdio: ['ignore', out, error, 'ipc'],
      // The title shows in `ps`, as Electron's --utility-sub-type does.
      env: { ...env, HOST_UTILITY_NAME: serviceName },
      ...(cwd === undefined ? {} : { cwd }),
    });
    this.stdout = this.#child.stdout;
    this.stderr = this.#child.stderr;
    this.#relay = new PortRelay('host-', (traffic) => this.#send(traffic));
    this.#child.on('spawn', () => {
      this.pid = this.#child.pid;
      this.emit('spawn');
    });
    this.#child.on('message', (message) => this.#received(message));
    this.#child.on('error', (error_) => console.error(`[host] ${serviceName}: ${error_.message}`));
    this.#child.on('exit', (code, signal) => {
      this.pid = undefined;
      this.#relay.closeAll();
      this.emit('exit', code ?? (signal === null ? 1 : constants.signals[signal]));
    });
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    this.#send({ kind: 'message', data: structuredClone(message), ports: this.#relay.export(takePorts(transfer)) });
  }

  /** SIGTERM, as in Electron. False when it had ended already. */
  kill(): boolean {
    return this.#child.kill();
  }

  #send(message: UtilityMessage): void {
    // What is sent to a process that has just ended is lost; `exit` says that it did.
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  #received(given: unknown): void {
    const message = v.parse(utilityMessageSchema, given);
    if (message.kind === 'message') this.emit('message', message.data);
    else this.#relay.handle(message);
  }
}

export const utilityProcess = {
  fork(script: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess {
    if (!app.isReady()) throw new Error('utilityProcess.fork() can only be called after app is ready.');
    return new UtilityProcess(script, args, options);
  },
};
