import { expect, test } from 'vitest';
import { orderSrv } from './srv-order.ts';

const record = (name: string, priority: number, weight: number) => ({ name, priority, weight, port: 5060 });
const names = (records: { name: string }[]): string => records.map((one) => one.name).join(' ');

test('lower priority first', () => {
  expect(names(orderSrv([record('b', 20, 9), record('a', 10, 1), record('c', 30, 5)], () => 0.99))).toBe('a b c');
});

test('weight decides by chance among equals', () => {
  const records = [record('rare', 1, 1), record('often', 1, 9), record('never', 1, 0)];
  expect(names(orderSrv(records, () => 0))).toBe('never rare often');
  expect(names(orderSrv(records, () => 0.15))).toBe('rare often never');
  expect(names(orderSrv(records, () => 0.9))).toBe('often rare never');
});

test('nine of ten go where nine of ten should', () => {
  let often = 0;
  for (let i = 0; i < 1000; i++) {
    if (orderSrv([record('rare', 1, 10), record('often', 1, 90)], () => i / 1000)[0]?.name === 'often') often++;
  }
  expect(often).toBeGreaterThan(880);
  expect(often).toBeLessThan(920);
});

test('a target of "." means that there is no such service', () => {
  expect(orderSrv([record('.', 0, 0), record('', 0, 0)], () => 0)).toEqual([]);
});
