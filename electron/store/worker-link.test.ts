// The link to the library's thread when the thread dies, hangs, does not start, does not end or talks nonsense.
import { expect } from 'vitest';
import { log, nora, test, told } from './testing.ts';
import { WorkerLink } from './worker-link.ts';

test('when the thread dies, what waited is rejected with a sentence, and the next question is answered', async ({
  place,
}) => {
  const before = await place.library();
  await before.savePerson(nora);
  await before.close();
  // A thread that answers could be faster than its end.
  const one = await place.library({
    startWorker: () => place.startWorker(place.workers.length === 1 ? hanging : place.script),
  });
  const refused = expect(one.query({ type: 'people', text: '', offset: 0, limit: 10 })).rejects.toMatchObject({
    problem: { code: 'library-interrupted', message: expect.stringContaining('Try it once more') },
  });
  await place.workers[1]?.terminate();
  await refused;
  expect(await one.query({ type: 'people', text: '', offset: 0, limit: 10 })).toMatchObject({ total: 1 });
  expect(place.workers).toHaveLength(3);
});

/** Opens a file that it found to be damaged. */
const recovering = `
  const { parentPort } = require('node:worker_threads');
  const recovered = { code: 'database-damaged', message: 'It was damaged.' };
  parentPort.on('message', ({ request, task }) => {
    parentPort.postMessage({ request, ok: true, value: { recovered, unchecked: null } });
    if (task.do === 'close') parentPort.close();
  });
`;

test('a thread that has closed the database and does not end is ended', async ({ place }) => {
  const link = new WorkerLink({
    startWorker: () => place.startWorker(recovering.replace('parentPort.close()', '0')),
    log,
    reopen: { do: 'open', file: place.file },
    reopened: () => {},
    recovered: () => {},
  });
  await link.ask({ do: 'open', file: place.file }, 10_000);
  await link.close(100);
});

test('what the thread recovers that takes the place of a dead one is told, too', async ({ place, expect }) => {
  const one = await place.library({
    startWorker: () => place.startWorker(place.workers.length === 0 ? place.script : recovering),
  });
  const heard = new Promise((resolve) => one.whenRecovered(resolve));
  await place.workers[0]?.terminate();
  expect(await heard).toMatchObject({ code: 'database-damaged' });
});

test('a thread that dies again at once is not started a third time, and says so', async ({ place }) => {
  const one = await place.library();
  await place.workers[0]?.terminate();
  await one.missedCalls();
  await place.workers[1]?.terminate();
  await expect(one.missedCalls()).rejects.toMatchObject({
    problem: { code: 'library-stopped', message: expect.stringContaining('start it again') },
  });
  expect(place.workers).toHaveLength(2);
});

/** Opens like the real one, then hangs in whatever it is asked. */
const hanging = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ request, task }) => {
    if (task.do !== 'open') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    parentPort.postMessage({ request, ok: true, value: { recovered: null, unchecked: null } });
  });
`;

test('a thread that hangs is ended in time, and another answers', async ({ place, expect }) => {
  const one = await place.library({
    startWorker: () => place.startWorker(place.workers.length === 0 ? hanging : place.script),
    limit: 2_000,
  });
  await expect(one.missedCalls()).rejects.toMatchObject({ problem: { code: 'library-slow' } });
  await expect.poll(() => one.missedCalls().catch(() => 'not yet'), { timeout: 9000 }).toBe(0);
  expect(place.workers).toHaveLength(2);
});

test('a thread that does not start rejects the opening', async ({ place }) => {
  await expect(place.library({ startWorker: () => place.startWorker('throw new Error("no")') })).rejects.toMatchObject({
    problem: { code: expect.stringMatching(/^library-/) },
  });
});

test('nonsense from the thread is not taken for an answer', async ({ place }) => {
  const talking = `${hanging}; parentPort.postMessage('hello'); parentPort.postMessage({ request: 1, ok: 'maybe' });`;
  const one = await place.library({
    startWorker: () => place.startWorker(place.workers.length === 0 ? talking : place.script),
    limit: 300,
  });
  expect(told(one)).toEqual([]);
});
