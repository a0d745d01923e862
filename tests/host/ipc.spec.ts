// What a window and the main process say to each other on the Chromium host, and what a page cannot reach.
import { expect, test } from './launch.ts';

/** The fixture's bridge, as its preload exposes it. */
interface Bridge {
  platform: string;
  argv: string[];
  echo(value: unknown): Promise<{ value: unknown; url: string; origin: string }>;
  fail(): Promise<never>;
  seal(text: string): Promise<{ result: string; visible: boolean }>;
  add(a: number, b: number): number;
  nested: { later(value: unknown): Promise<unknown> };
  onSay(listener: (text: string) => void): () => void;
  sendPort(): Promise<{ back: unknown }>;
}
declare const fixture: Bridge;

test('a page sees the bridge, frozen, and neither Node nor the binding', async ({ fixture: { main } }) => {
  expect(
    await main.evaluate(() => [
      typeof Reflect.get(globalThis, 'require'),
      typeof Reflect.get(globalThis, 'process'),
      typeof Reflect.get(globalThis, '__toHost'),
      typeof Reflect.get(globalThis, '__fromHost'),
      Object.isFrozen(fixture),
      Object.isFrozen(fixture.nested),
    ]),
  ).toEqual(['undefined', 'undefined', 'undefined', 'undefined', true, true]);
});

test('values are cloned both ways as Electron clones them', async ({ fixture: { main } }) => {
  const same = await main.evaluate(async () => {
    const sent = {
      date: new Date(5),
      map: new Map([[1, new Set(['a'])]]),
      bytes: new Uint8Array([1, 2, 255]),
      floats: new Float32Array([0.5]),
      nothing: undefined,
      nan: Number.NaN,
      minusZero: -0,
      large: 5n,
      lone: '\ud800',
      nested: [[{}]],
      tagged: { $t: 'date', v: 1 },
      error: new RangeError('far'),
    };
    const back = (await fixture.echo(sent)).value as typeof sent;
    return {
      date: back.date instanceof Date && back.date.getTime() === 5,
      map: back.map.get(1)?.has('a'),
      bytes: back.bytes instanceof Uint8Array && [...back.bytes].join() === '1,2,255',
      floats: back.floats instanceof Float32Array && back.floats[0] === 0.5,
      nothing: 'nothing' in back && back.nothing === undefined,
      nan: Number.isNaN(back.nan),
      minusZero: Object.is(back.minusZero, -0),
      large: back.large === 5n,
      lone: back.lone === '\ud800',
      nested: JSON.stringify(back.nested) === '[[{}]]',
      tagged: JSON.stringify(back.tagged) === '{"$t":"date","v":1}',
      error: back.error instanceof Error && back.error.message === 'far' && back.error.name === 'RangeError',
    };
  });
  expect(Object.entries(same).filter(([, held]) => !held)).toEqual([]);
});

test('a handler is told the real origin and address of its sender', async ({ fixture: { main } }) => {
  expect(await main.evaluate(() => fixture.echo(1))).toEqual({ value: 1, url: 'app://main/', origin: 'app://main' });
});

test('functions cannot be sent to the main process', async ({ fixture: { main } }) => {
  await expect(main.evaluate(() => fixture.echo(() => 1))).rejects.toThrow(/could not be cloned/);
});

test('what a handler throws arrives in the words of Electron', async ({ fixture: { main } }) => {
  await expect(main.evaluate(() => fixture.fail())).rejects.toThrow(
    "Error invoking remote method 'fail': TypeError: boom",
  );
});

test('functions and promises cross the context bridge', async ({ fixture: { main } }) => {
  expect(await main.evaluate(() => fixture.add(2, 3))).toBe(5);
  expect(await main.evaluate(() => fixture.nested.later({ a: [1] }))).toEqual({ a: [1] });
});

test('messages reach a listener until it is disposed of', async ({ fixture: { main, app } }) => {
  const heard = await main.evaluateHandle(() => {
    const texts: string[] = [];
    const dispose = fixture.onSay((text) => {
      texts.push(text);
      if (text === 'two') dispose();
    });
    return texts;
  });
  await app.evaluate(() => {
    for (const text of ['one', 'two', 'three']) world.windows.get('main')?.webContents.send('say', text);
  });
  await main.evaluate(() => fixture.echo('after all three'));
  expect(await heard.jsonValue()).toEqual(['one', 'two']);
});

test('a port made in a page joins it with the main process', async ({ fixture: { main } }) => {
  expect(await main.evaluate(async () => ((await fixture.sendPort()).back as Map<string, number>).get('key'))).toBe(1);
});

test('safeStorage seals and opens', async ({ fixture: { main } }) => {
  expect(await main.evaluate(() => fixture.seal('hunter2'))).toEqual({ result: 'hunter2', visible: false });
});
