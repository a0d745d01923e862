// The check of the whole file after a start that did not wait for it, in a thread of its own; what it finds is mended.
import * as v from 'valibot';
import { ProblemError, type Logger } from '../../contract/index.ts';
import { checkedSchema, replySchema, type Request, type Task } from './messages.ts';
import type { WorkerLike } from './types.ts';

export interface LaterCheckOptions {
  startWorker: () => WorkerLike;
  log: Logger;
  /** Asks the thread that has the database open. */
  ask: (task: Task) => Promise<unknown>;
}

export class LaterCheck {
  readonly #options: LaterCheckOptions;
  #timer: NodeJS.Timeout | undefined;
  #worker: WorkerLike | null = null;

  constructor(options: LaterCheckOptions) {
    this.#options = options;
  }

  /** Checks `file` in `after` ms, in place of what was begun before. */
  begin(file: string, after: number): void {
    this.stop();
    this.#timer = setTimeout(() => {
      this.#check(file).catch((error: unknown) => {
        this.#options.log.error('The database could not be checked.', { error: String(error) });
      });
    }, after);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#endWorker();
  }

  #endWorker(): void {
    void this.#worker?.terminate();
    this.#worker = null;
  }

  async #check(file: string): Promise<void> {
    const { startWorker, ask } = this.#options;
    this.#worker = startWorker();
    const answer = await answerOf(this.#worker, { do: 'check', file }).finally(() => this.#endWorker());
    if (v.parse(checkedSchema, answer) !== null) await ask({ do: 'mend' });
  }
}

/** Its one answer; null where it ends before, for it was stopped. */
function answerOf(worker: WorkerLike, task: Task): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message) => {
      const reply = v.safeParse(replySchema, message);
      if (!reply.success) reject(new Error('The check said something unknown.'));
      else if (reply.output.ok) resolve(reply.output.value);
      else reject(new ProblemError(reply.output.problem));
    });
    worker.on('error', reject);
    worker.on('exit', () => resolve(null));
    const request: Request = { request: 1, task };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage(request);
  });
}
