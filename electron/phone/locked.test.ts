// Preferences that an administrator set stay as they are.
import { expect, it } from 'vitest';
import { refuseLocked } from './locked.ts';

it('a locked preference cannot be changed by a window, nor can the lock', () => {
  expect(() => refuseLocked(['theme'], { theme: 'dark' })).toThrow('Your administrator set this');
  expect(() => refuseLocked([], { locked: [] })).toThrow('Your administrator set this');
});

it('all others can', () => {
  expect(() => refuseLocked(['theme'], { ringVolume: 1 })).not.toThrow();
  expect(() => refuseLocked(undefined, { theme: 'dark' })).not.toThrow();
});
