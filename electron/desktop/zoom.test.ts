// A window grows with the zoom as far as its page needs, stays on the screen, and goes back.
import { describe, expect, it } from 'vitest';
import { GrownWindow, grownTo, zoomed, zoomFactor } from './zoom.ts';

const screen = { x: 0, y: 0, width: 1440, height: 900 };
const smallest = { width: 360, height: 480 };

it('zoom is a factor, 1 where nothing was chosen', () => {
  expect(zoomFactor({})).toBe(1);
  expect(zoomFactor({ zoom: 67 })).toBe(0.67);
});

it('a page takes more of the screen the larger it is drawn, and never more than there is', () => {
  expect(zoomed({ width: 400, height: 185 }, 2, screen)).toEqual({ width: 800, height: 370 });
  expect(zoomed({ width: 400, height: 185 }, 1.1, screen)).toEqual({ width: 441, height: 204 });
  expect(zoomed({ width: 400, height: 700 }, 2, screen)).toEqual({ width: 800, height: 900 });
});

describe('a window', () => {
  it('that is large enough stays as it is, even half beside the screen', () => {
    const bounds = { x: 1200, y: 40, width: 800, height: 700 };
    expect(grownTo(bounds, smallest, screen)).toEqual(bounds);
  });

  it('that grows does not leave the screen', () => {
    const bounds = { x: 1000, y: 200, width: 400, height: 680 };
    expect(grownTo(bounds, { width: 720, height: 900 }, screen)).toEqual({ x: 720, y: 0, width: 720, height: 900 });
  });

  it('takes its place again when the zoom goes back', () => {
    const window = new GrownWindow();
    const first = { x: 1000, y: 200, width: 400, height: 680 };
    const larger = window.place(first, zoomed(smallest, 1.5, screen), screen);
    expect(larger).toEqual({ x: 900, y: 180, width: 540, height: 720 });
    const largest = window.place(larger, zoomed(smallest, 2, screen), screen);
    expect(window.place(largest, smallest, screen)).toEqual(first);
  });

  it('stays where the person put it since', () => {
    const window = new GrownWindow();
    window.place({ x: 0, y: 0, width: 400, height: 680 }, zoomed(smallest, 2, screen), screen);
    const moved = { x: 300, y: 0, width: 800, height: 900 };
    expect(window.place(moved, smallest, screen)).toEqual(moved);
  });
});
