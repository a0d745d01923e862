// The link to the library's worker thread: numbered requests with a time limit, and one restart when the thread dies.
import * as v from 'valibot';
import { ProblemError, type Logger, type Problem } from '../../contract/index.ts';
import { interrupted, recoveredSchema, replySchema, type Request, type Task } from './messages.ts';
import type { WorkerLike } from './types.ts';

export interface WorkerLinkOptions {
  startWorker: () => WorkerLike;
  log: Logger;
  /** Sent to a worker that replaces a dead one, before anything else. */
  reopen: Task;
  /** What it answered. */
  reopened: (answer: unknown) => void;
  /** The worker met damage and says what it did about it. */
  recovered: (problem: Problem) => void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: ProblemError): void;
  timer: NodeJS.Timeout;
}

/** A thread that dies again within this time, ms, is not started again. */
const restartOnceIn = 60_000;

const stopped: Problem = {
  code: 'library-stopped',
  message:
    'Contacts and recent calls stopped working. Calls still work; quit Hookswitch and start it again to get them back.',
};
const slow: Problem = {
  code: 'library-slow',
  message: 'Contacts and recent calls take too long to answer. Try again in a moment.',
};

/** Asks the worker; answers come in the order of the questions, for the thread does one thing after the other. */
export class WorkerLink {
  readonly #options: WorkerLinkOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: WorkerLike | null;
  #lastRequest = 0;
  #lastRestart: number | null = null;
  #closing = false;
  #exited: (() => void) | null = null;

  constructor(options: WorkerLinkOptions) {
    this.#options = options;
    this.#worker = this.#start();
  }

  /** Resolves to what the worker answers, unparsed. Rejects with ProblemError: its own, or after `limit` ms. */
  ask(task: Task, limit: number): Promise<unknown> {
    const worker = this.#worker;
    if (!worker || this.#closing) return Promise.reject(new ProblemError(stopped));
    this.#lastRequest += 1;
    const request: Request = { request: this.#lastRequest, task };
    const answer = new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => this.#late(request, worker), limit);
      this.#waiting.set(request.request, { resolve, reject, timer });
    });
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(request);
    } catch (error) {
      // Not to be cloned, so it never left.
      this.#options.log.error('A request could not be sent to the library thread.', { task: task.do, error });
      this.#take(request.request)?.reject(new ProblemError(interrupted));
    }
    return answer;
  }

  /** Lets the worker close the database, and end; each after `limit` ms at most, then it is ended. */
  async close(limit: number): Promise<void> {
    const worker = this.#worker;
    if (!worker || this.#closing) return;
    const exited = new Promise<void>((resolve) => {
      this.#exited = resolve;
    });
    const closed = this.ask({ do: 'close' }, limit);
    this.#closing = true;
    await closed.then(
      async () => {
        const timer = setTimeout(() => void worker.terminate(), limit);
        await exited;
        clearTimeout(timer);
      },
      () => worker.terminate(),
    );
  }

  #start(): WorkerLike {
    const worker = this.#options.startWorker();
    worker.on('message', (message: unknown) => this.#received(message));
    // `exit` always follows.
    worker.on('error', (error: Error) => this.#options.log.error('The library thread failed.', { error }));
    worker.on('exit', (code: number) => this.#ended(worker, code));
    return worker;
  }

  #received(message: unknown): void {
    if (v.is(recoveredSchema, message)) return this.#options.recovered(message.recovered);
    const reply = v.safeParse(replySchema, message);
    if (!reply.success) {
      this.#options.log.error('The library thread said something unknown.');
      return;
    }
    const waiting = this.#take(reply.output.request);
    if (reply.output.ok) waiting?.resolve(reply.output.value);
    else waiting?.reject(new ProblemError(reply.output.problem));
  }

  #take(request: number): Waiting | undefined {
    const waiting = this.#waiting.get(request);
    this.#waiting.delete(request);
    clearTimeout(waiting?.timer);
    return waiting;
  }

  #late({ request, task }: Request, worker: WorkerLike): void {
    const [oldest] = this.#waiting.keys();
    this.#options.log.warn('The library thread is late.', { task: task.do });
    this.#take(request)?.reject(new ProblemError(slow));
    // It hangs in this very task; those behind another long one wait their turn.
    if (oldest === request && worker === this.#worker) void worker.terminate();
  }

  #ended(worker: WorkerLike, code: number): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    this.#exited?.();
    const dead = [...this.#waiting.keys()].map((request) => this.#take(request));
    const again = !this.#closing && this.#mayRestart();
    for (const waiting of dead) waiting?.reject(new ProblemError(again ? interrupted : stopped));
    if (this.#closing) return;
    this.#options.log.error('The library thread ended.', { code, restarting: again });
    if (again) this.#restart();
  }

  #mayRestart(): boolean {
    const now = performance.now();
    const may = this.#lastRestart === null || now - this.#lastRestart > restartOnceIn;
    if (may) this.#lastRestart = now;
    return may;
  }

  #restart(): void {
    try {
      this.#worker = this.#start();
    } catch (error) {
      this.#options.log.error('The library thread could not be started again.', { error });
      return;
    }
    const { reopen, reopened } = this.#options;
    this.ask(reopen, reopenLimit)
      .then(reopened)
      .catch((error: unknown) => {
        this.#options.log.error('The library could not be opened again.', { error });
      });
  }
}

const reopenLimit = 30_000;
