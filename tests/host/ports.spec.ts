// MessageChannelMain and utilityProcess on the Chromium host: media window and engine joined as Hookswitch joins them.
import type { Page } from 'playwright';
import { expect, test, type Fixture } from './launch.ts';

/** Forks an engine, opens a window of this name, and hands each one end of a channel. */
async function joined({ app, open }: Fixture, name: string): Promise<Page> {
  await app.evaluate(() => void world.fork());
  const page = await open(name, { show: false });
  await page.evaluate(() => {
    const arrived = Promise.withResolvers<MessagePort>();
    Reflect.set(globalThis, 'enginePort', arrived.promise);
    addEventListener('message', ({ data, ports: [port] }) => {
      if (data === 'engine-port' && port) arrived.resolve(port);
    });
  });
  await app.evaluate((_electron, named) => world.join(named), name);
  return page;
}

declare const enginePort: Promise<MessagePort>;

test('a utility process runs on Node 24 and answers', async ({ fixture }) => {
  const { app, logged } = fixture;
  await app.evaluate(() => {
    const question = { n: 21 };
    world.fork().postMessage(question);
  });
  await logged('engine spawn');
  await logged('engine says {"doubled":42,"type":"utility","node":"24"}');
});

test('a port joins page and utility process, and carries bytes', async ({ fixture }) => {
  const page = await joined(fixture, 'join');
  expect(
    await page.evaluate(async () => {
      const port = await enginePort;
      const answers: unknown[] = [];
      const all = new Promise((resolve) => {
        port.addEventListener('message', ({ data }) => {
          answers.push(data);
          if (answers.length === 3) resolve(null);
        });
        port.start();
      });
      port.postMessage('text');
      port.postMessage(new Uint8Array([0, 128, 255]));
      port.postMessage({ at: new Date(0), undefined });
      await all;
      return JSON.stringify(answers);
    }),
  ).toBe(
    JSON.stringify([
      { heard: 'text', bytes: null },
      { heard: { 0: 0, 1: 128, 2: 255 }, bytes: [0, 128, 255] },
      { heard: { at: new Date(0) }, bytes: null },
    ]),
  );
});

test('closing the port in the page closes it in the utility process', async ({ fixture }) => {
  const page = await joined(fixture, 'closing');
  await page.evaluate(async () => (await enginePort).close());
  await fixture.logged('engine says {"closed":true}');
});

test('the end of the utility process closes the port in the page', async ({ fixture }) => {
  const page = await joined(fixture, 'ending');
  const closed = page.evaluate(async () => {
    const port = await enginePort;
    port.start();
    return new Promise((resolve) => port.addEventListener('close', () => resolve('closed')));
  });
  await page.evaluate(() => enginePort);
  expect(await fixture.app.evaluate(() => world.engine.kill())).toBe(true);
  expect(await closed).toBe('closed');
  await fixture.logged('engine exit 15');
});

test('a page that reloads loses its port, and gets a new one', async ({ fixture }) => {
  const page = await joined(fixture, 'reloading');
  await page.evaluate(() => enginePort);
  const before = (await fixture.log()).filter((line) => line.includes('closed":true')).length;
  await page.reload();
  await expect
    .poll(async () => (await fixture.log()).filter((line) => line.includes('closed":true')).length)
    .toBe(before + 1);
});

test('ports between parts of the main process wait until they are started', async ({ fixture: { app } }) => {
  expect(
    await app.evaluate(async ({ MessageChannelMain }) => {
      const { port1, port2 } = new MessageChannelMain();
      const heard: unknown[] = [];
      port1.postMessage(1);
      port2.on('message', ({ data }) => heard.push(data));
      const before = heard.length;
      port2.start();
      port1.postMessage(2);
      const closed = new Promise((resolve) => port2.once('close', () => resolve('closed')));
      port1.close();
      return [before, heard, await closed];
    }),
  ).toEqual([0, [1, 2], 'closed']);
});

test('what is no port cannot be transferred', async ({ fixture: { app } }) => {
  await expect(
    app.evaluate(({ MessageChannelMain }) => new MessageChannelMain().port1.postMessage(1, [{}] as never)),
  ).rejects.toThrow(/transferList/);
});
