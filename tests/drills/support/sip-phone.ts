// A phone of sip-phone-process.ts, seen from the drill.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Sip } from '../../../electron/sip/index.ts';

export interface PhoneOptions {
  user: string;
  /** host:port. */
  server: string;
  /** What it does when it is called: ring on, or answer too. */
  role: 'ring' | 'answer';
  /** Rings up to this long before it answers, ms. */
  ringMs?: number;
  /** Share of answered calls that it ends by itself, after up to `talkMs`. */
  hangUpShare?: number;
  talkMs?: number;
  seed?: number;
}

export interface CallPlan {
  calls: number;
  parallel: number;
  /** Calls that begin in a second, at most; as fast as they end unless told. */
  perSecond?: number;
  target: string;
  /** The caller hangs up after this, ms. */
  talkMs: number;
}

/** What one side knows of a call. */
export interface Entry {
  /** How often it began here: 1. */
  begun: number;
  /** How often it was connected: 1. */
  connected: number;
  /** How it ended: one entry. */
  ends: string[];
}

export interface PhoneState {
  counts: Sip['counts'];
  /** Bytes in use after a collection. */
  heap: number;
  rss: number;
  peakRss: number;
  /** What keeps the process alive, by kind: timers, sockets. */
  resources: Record<string, number>;
  cpuMs: number;
  lateness: number[];
  complaints: string[];
  logLines: number;
  calls: number;
}

export type Question =
  { ask: 'call'; plan: CallPlan } | { ask: 'state' } | { ask: 'ledger' } | { ask: 'forget' } | { ask: 'close' };

interface Told {
  registered?: boolean;
  id?: number;
  value?: unknown;
  error?: string;
}

export class SipPhone {
  readonly #child: ChildProcess;
  readonly #asked = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  #serial = 0;
  #registered = (): void => {};

  private constructor(options: PhoneOptions, nodeArguments: readonly string[]) {
    this.#child = fork(join(import.meta.dirname, 'sip-phone-process.ts'), [JSON.stringify(options)], {
      execArgv: ['--expose-gc', ...nodeArguments],
    });
    this.#child.on('message', (told: Told) => this.#hear(told));
    this.#child.on('exit', (code) => {
      for (const { reject } of this.#asked.values()) reject(new Error(`The phone ended with ${code}.`));
    });
  }

  /** Resolves when it is registered. */
  static async start(options: PhoneOptions, nodeArguments: readonly string[] = []): Promise<SipPhone> {
    const phone = new SipPhone(options, nodeArguments);
    await new Promise<void>((resolve, reject) => {
      phone.#registered = resolve;
      setTimeout(() => reject(new Error(`${options.user} did not register within 20 s.`)), 20_000).unref();
    });
    return phone;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Calls by number; resolves when all have ended. */
  async call(plan: CallPlan): Promise<void> {
    await this.#ask({ ask: 'call', plan });
  }

  async state(): Promise<PhoneState> {
    return (await this.#ask({ ask: 'state' })) as PhoneState;
  }

  /** Its calls by Call-ID; it starts a new page. */
  async ledger(): Promise<Map<string, Entry>> {
    return new Map((await this.#ask({ ask: 'ledger' })) as [string, Entry][]);
  }

  /** Forgets its calls and what it measured. */
  async forget(): Promise<void> {
    await this.#ask({ ask: 'forget' });
  }

  /** Leaves the server and ends. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    await this.#ask({ ask: 'close' }).catch(() => {});
    this.#child.disconnect();
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), 5000);
    await exit;
    clearTimeout(kill);
  }

  #ask(question: Question): Promise<unknown> {
    this.#serial += 1;
    const id = this.#serial;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#child.send({ ...question, id });
    });
  }

  #hear({ registered, id, value, error }: Told): void {
    if (registered) this.#registered();
    const asked = id === undefined ? undefined : this.#asked.get(id);
    if (id === undefined || !asked) return;
    this.#asked.delete(id);
    if (error === undefined) asked.resolve(value);
    else asked.reject(new Error(error));
  }
}
