// Zoom goes by the steps of browsers, from 50 to 200 per cent.
import { expect, test } from 'vitest';
import { nextZoom, usualZoom, zoomSteps, type Zoom } from './zoom.ts';

test('each press goes to the next step, and stays at either end', () => {
  const way = (from: Zoom, direction: 'in' | 'out'): Zoom[] => {
    const next = nextZoom(from, direction);
    return next === from ? [from] : [from, ...way(next, direction)];
  };
  expect(way(usualZoom, 'in')).toEqual([100, 110, 125, 150, 175, 200]);
  expect(way(200, 'out')).toEqual(zoomSteps.toReversed());
});
