// Values on their way between host and page.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pack, unpack } from './codec.ts';

const there = (value: unknown) => unpack(pack(value));

it('brings any plain value there unchanged', () => {
  const values = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: false,
    withNullPrototype: false,
  });
  fc.assert(
    fc.property(values, (value) => {
      expect(there(value)).toStrictEqual(structuredClone(value));
    }),
  );
});

it('brings a date that is none there as such', () => {
  expect(there(new Date(Number.NaN))).toStrictEqual(new Date(Number.NaN));
  expect(there(new Date(0))).toStrictEqual(new Date(0));
});

it('keeps objects that look like its own marks', () => {
  const values = [
    { $t: 'undefined' },
    { $t: 'map', v: 1 },
    JSON.parse('{"__proto__":{"polluted":true},"a":1}') as object,
  ];
  for (const value of values) expect(there(value)).toEqual(value);
  expect('polluted' in {}).toBe(false);
});

it('keeps the bytes of a part of a buffer, and of no more', () => {
  const part = new Uint8Array([1, 2, 3, 4]).subarray(1, 3);
  expect(there(part)).toStrictEqual(new Uint8Array([2, 3]));
  expect(there(Buffer.from('hi'))).toStrictEqual(new Uint8Array([104, 105]));
});

it('keeps name and message of errors', () => {
  expect(there(new RangeError('far'))).toMatchObject({ name: 'RangeError', message: 'far' });
});

it('refuses what structured clone refuses, in Electron’s words', () => {
  for (const value of [() => 1, Symbol('s'), Promise.resolve(), { deep: [() => 1] }]) {
    expect(() => pack(value)).toThrow('An object could not be cloned.');
  }
});

it('refuses cycles, and says so', () => {
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  expect(() => pack(cycle)).toThrow(/contains itself/);
});
