import { expect, test } from 'vitest';
import { chartPath, topOf } from './chart-path.ts';

test('a line goes from the first second to the last, the best on top', () => {
  expect(chartPath([1, 4.5, 1], { bottom: 1, top: 4.5 })).toBe('M0 100h0.01L50 0L100 100');
});

test('a hold is a gap, one second alone a point, too much the edge', () => {
  expect(chartPath([0, null, 300], { bottom: 0, top: 100 })).toBe('M0 100h0.01M100 0h0.01');
  expect(chartPath([null, null], { bottom: 0, top: 1 })).toBe('');
  expect(chartPath([5], { bottom: 0, top: 10 })).toBe('M0 50h0.01');
});

test('the scale fits what was measured', () => {
  expect(topOf([0, 3, null], [5, 20, 100])).toBe(5);
  expect(topOf([0, 30], [5, 20, 100])).toBe(100);
  expect(topOf([900], [5, 20, 100])).toBe(100);
});
