// The link to the thread of one directory server: started with the first question, ended when it does not come back.
import * as v from 'valibot';
import { ProblemError, type Clock, type Logger, type Problem } from '../../../contract/index.ts';
import type { WorkerLike } from '../../store/index.ts';
import { serverReady, serverReplySchema, type ServerRequest, type ServerTask } from './messages.ts';

export interface ServerLinkOptions {
  /** `new Worker(dist/server.cjs)` in the app. */
  startWorker: () => WorkerLike;
  clock: Clock;
  log: Logger;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: ProblemError): void;
  limit: number;
  stopTimer(): void;
}

/** Until a thread has started, ms. */
const startLimit = 60_000;

const stuck: Problem = {
  code: 'server-stuck',
  message: 'What this server sent could not be read in time, so it was given up. Ask its administrator.',
};

export class ServerLink {
  readonly #options: ServerLinkOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: WorkerLike | null = null;
  #isReady = false;
  #stopStartTimer: () => void = () => {};
  #lastRequest = 0;

  constructor(options: ServerLinkOptions) {
    this.#options = options;
  }

  /**
   * The answer, unparsed. Rejects with ProblemError: the server's, or ours after `limit` ms, when the thread is ended. The time
   * that a thread takes to start is not counted.
   */
  ask(task: ServerTask, limit: number): Promise<unknown> {
    const worker = this.#started();
    this.#lastRequest += 1;
    const request: ServerRequest = { request: this.#lastRequest, task };
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { resolve, reject, limit, stopTimer: () => {} };
      this.#waiting.set(request.request, waiting);
      if (this.#isReady) this.#limit(waiting, worker);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(request);
    });
  }

  close(): void {
    if (this.#worker) this.#end(this.#worker, new ProblemError(stuck));
  }

  #started(): WorkerLike {
    if (this.#worker) return this.#worker;
    const worker = this.#options.startWorker();
    this.#isReady = false;
    this.#stopStartTimer = this.#options.clock.after(startLimit, () => this.#end(worker, new ProblemError(stuck)));
    worker.on('message', (message: unknown) => {
      if (worker !== this.#worker) return;
      if (message === serverReady) this.#ready(worker);
      else this.#received(message);
    });
    worker.on('error', (error: Error) => {
      this.#options.log.warn('The thread of a directory server failed.', { error: String(error) });
      const code = 'server-unreadable';
      const message = 'What this server sent could not be read. Ask its administrator.';
      this.#end(worker, new ProblemError({ code, message, detail: String(error) }));
    });
    worker.on('exit', () => this.#end(worker, new ProblemError(stuck)));
    this.#worker = worker;
    return worker;
  }

  #ready(worker: WorkerLike): void {
    this.#isReady = true;
    this.#stopStartTimer();
    for (const waiting of this.#waiting.values()) this.#limit(waiting, worker);
  }

  #limit(waiting: Waiting, worker: WorkerLike): void {
    waiting.stopTimer = this.#options.clock.after(waiting.limit, () => this.#end(worker, new ProblemError(stuck)));
  }

  #received(message: unknown): void {
    const reply = v.safeParse(serverReplySchema, message);
    if (!reply.success) return;
    const waiting = this.#waiting.get(reply.output.request);
    this.#waiting.delete(reply.output.request);
    waiting?.stopTimer();
    if (reply.output.ok) waiting?.resolve(reply.output.value);
    else waiting?.reject(new ProblemError(reply.output.problem));
  }

  /** The next question starts another thread. */
  #end(worker: WorkerLike, why: ProblemError): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    this.#stopStartTimer();
    void worker.terminate();
    for (const waiting of this.#waiting.values()) {
      waiting.stopTimer();
      waiting.reject(why);
    }
    this.#waiting.clear();
  }
}
