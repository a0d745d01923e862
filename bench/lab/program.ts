// A program under measurement: started as a person starts it, with the moment of its start; ended with all that it started.
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { now } from './lab.ts';
import { processTree } from './process-meter.ts';

/** How long a program may take to end by itself, ms. */
const patience = 8_000;

export class Program {
  /** As {@link now}: just before the process was asked for. */
  readonly startedAt: number;
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  #said = '';
  readonly #listeners = new Set<() => void>();

  constructor(command: string, args: readonly string[], options: SpawnOptions = {}) {
    this.startedAt = now();
    this.#child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#exit = once(this.#child, 'exit').finally(() => this.#told());
    this.#exit.catch(() => {}); // It could not be started; whoever waits for it learns why.
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text;
        this.#told();
      });
    }
    // Unless the bench ends in the middle, `stop` has been here before.
    const end = () => this.#child.kill('SIGKILL');
    process.once('exit', end);
    this.#child.once('exit', () => process.off('exit', end));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Resolves when it has ended by itself. */
  get ended(): Promise<unknown> {
    return this.#exit;
  }

  /** The first match in what it printed so far, or prints within `ms`. */
  says(pattern: RegExp, ms = 30_000): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const settle = (run: () => void) => {
        clearTimeout(timer);
        this.#listeners.delete(look);
        run();
      };
      const fail = (why: string) =>
        settle(() => reject(new Error(`${this.#child.spawnfile} ${why}. It said:\n${this.#said.slice(-2_000)}`)));
      const look = () => {
        const found = pattern.exec(this.#said);
        if (found) settle(() => resolve(found));
        else if (this.#child.exitCode !== null || this.#child.pid === undefined) fail('has ended');
      };
      const timer = setTimeout(() => fail(`did not say ${pattern} within ${ms} ms`), ms);
      this.#listeners.add(look);
      look();
    });
  }

  /** Asks it to end and waits; what is left of its processes after a while is killed. */
  async stop(): Promise<void> {
    const pids = processTree(this.pid);
    const timer = setTimeout(() => kill(pids), patience);
    this.#child.kill('SIGTERM');
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.#exit.catch(() => {});
    clearTimeout(timer);
    kill(pids.slice(1));
  }

  #told(): void {
    for (const listener of this.#listeners) listener();
  }
}

function kill(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has ended
    }
  }
}
