// The link to a server's thread: nothing that the thread does or fails to do is waited for without end.
import { expect, test } from 'vitest';
import type { Clock, Logger } from '../../../contract/index.ts';
import { ServerLink } from './server-link.ts';
import type { ServerTask } from './messages.ts';

const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };
const task: ServerTask = {
  do: 'identify',
  server: { kind: 'ldap', id: 'a', name: 'A', host: 'ldap.example.com', security: 'tls', baseDn: '' },
  password: null,
  number: '4410',
};

/** A thread without a thread: what it is told, and what it says, by hand. */
function stage() {
  type Heard = { message: (message: unknown) => void; error: (error: Error) => void; exit: (code: number) => void };
  const workers: { told: unknown[]; heard: Partial<Heard>; isEnded: boolean }[] = [];
  const timers: (() => void)[] = [];
  const clock: Clock = {
    now: () => 0,
    monotonic: () => 0,
    after(_ms, run) {
      timers.push(run);
      return () => void timers.splice(timers.indexOf(run), 1);
    },
  };
  const link = new ServerLink({
    clock,
    log: quiet,
    startWorker() {
      const worker: (typeof workers)[number] = { told: [], heard: {}, isEnded: false };
      workers.push(worker);
      return {
        postMessage: (message) => void worker.told.push(message),
        on: (event: string, listener: (value: never) => void) => Object.assign(worker.heard, { [event]: listener }),
        terminate: async () => {
          worker.isEnded = true;
          return 1;
        },
      };
    },
  });
  return { link, workers, timers };
}

test('a thread is started with the first question and answers by number', async () => {
  const { link, workers, timers } = stage();
  expect(workers).toHaveLength(0);
  const answers = [link.ask(task, 1000), link.ask(task, 1000)];
  expect(workers).toHaveLength(1);
  workers[0]?.heard.message?.('ready');
  workers[0]?.heard.message?.({ request: 2, ok: true, value: 'second' });
  workers[0]?.heard.message?.({ request: 1, ok: false, problem: { code: 'server-silent', message: 'No answer.' } });
  await expect(answers[0]).rejects.toMatchObject({ problem: { code: 'server-silent' } });
  expect(await answers[1]).toBe('second');
  expect(timers).toEqual([]);
});

test('a thread that does not come back in time is ended with all that waits, and the next question starts another', async () => {
  const { link, workers, timers } = stage();
  const answers = [link.ask(task, 1000), link.ask(task, 2000)];
  // Until the thread has started only one limit runs, its own.
  expect(timers).toHaveLength(1);
  workers[0]?.heard.message?.('ready');
  expect(timers).toHaveLength(2);
  timers[0]?.();
  for (const answer of answers) await expect(answer).rejects.toMatchObject({ problem: { code: 'server-stuck' } });
  expect(workers[0]?.isEnded).toBe(true);
  void link.ask(task, 1000).catch(() => {});
  expect(workers).toHaveLength(2);
});

test('a thread that dies of what a server sent says so', async () => {
  const { link, workers } = stage();
  const answer = link.ask(task, 1000);
  workers[0]?.heard.error?.(new RangeError('Maximum call stack size exceeded'));
  await expect(answer).rejects.toMatchObject({ problem: { code: 'server-unreadable' } });
});
