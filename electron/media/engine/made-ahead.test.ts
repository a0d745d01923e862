// What is made ahead: as many as are expected, each for one packet, none for a stranger's.
import { expect, it } from 'vitest';
import { MadeAhead } from './made-ahead.ts';

function counted(): { ahead: MadeAhead<{ index: number }>; made: number[] } {
  const made: number[] = [];
  const make = (index: number) => {
    made.push(index);
    return { index };
  };
  return { ahead: new MadeAhead(make), made };
}

it('makes one for each packet that is expected, and no second one', () => {
  const { ahead, made } = counted();
  for (let index = 100; index < 200; index++) {
    expect(ahead.take(index)).toEqual({ index });
    ahead.expect(index + 1);
  }
  expect(new Set(made).size).toBe(made.length);
  expect(made.length).toBeLessThan(100 + 17);
});

it('never gives one twice', () => {
  const { ahead } = counted();
  ahead.expect(5);
  expect(ahead.take(5)).not.toBe(ahead.take(5));
});

it('makes one only, for a packet that nobody expects', () => {
  const { ahead, made } = counted();
  ahead.expect(5);
  const before = made.length;
  for (const index of [4, -1, 60_000, 0x1_0000_0000_0000]) expect(ahead.take(index)).toEqual({ index });
  expect(made.length).toBe(before + 4);
  expect(ahead.take(6)).toEqual({ index: 6 });
  expect(made.length).toBe(before + 4);
});

it('goes on behind a loss', () => {
  const { ahead } = counted();
  ahead.expect(5);
  ahead.expect(50);
  expect(ahead.take(50)).toEqual({ index: 50 });
  expect(ahead.take(6)).toEqual({ index: 6 });
});

it('makes none for what comes after a late packet: that has been', () => {
  const { ahead, made } = counted();
  ahead.expect(50);
  ahead.expect(20);
  expect(made).toHaveLength(16);
  expect(ahead.take(50)).toEqual({ index: 50 });
  expect(made).toHaveLength(16);
});
