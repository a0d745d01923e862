// Zoom of windows: how large one has to be so that its page is not cut, and where it then stands. Pure.
import type { Rectangle } from 'electron';
import { usualZoom, type Preferences } from '../../contract/index.ts';

export interface Size {
  width: number;
  height: number;
}

/** As `webContents.setZoomFactor` takes it: 1 is 100 %. */
export function zoomFactor({ zoom = usualZoom }: Pick<Preferences, 'zoom'>): number {
  return zoom / 100;
}

/** CSS px as they lie on the screen at this zoom, and no more than there is room for. */
export function zoomed(page: Size, factor: number, room: Size): Size {
  const on = (length: number, most: number) => Math.min(Math.ceil(length * factor), most);
  return { width: on(page.width, room.width), height: on(page.height, room.height) };
}

/** At least so large, and all of what grew on the screen. */
export function grownTo(bounds: Rectangle, least: Size, screen: Rectangle): Rectangle {
  const width = Math.max(bounds.width, least.width);
  const height = Math.max(bounds.height, least.height);
  const into = (at: number, length: number, start: number, room: number) =>
    Math.max(start, Math.min(at, start + room - length));
  return {
    x: width === bounds.width ? bounds.x : into(bounds.x, width, screen.x, screen.width),
    y: height === bounds.height ? bounds.y : into(bounds.y, height, screen.y, screen.height),
    width,
    height,
  };
}

/** A window that grew with the zoom, and takes its former place again when the zoom lets it. */
export class GrownWindow {
  #before: Rectangle | null = null;
  #given: Rectangle | null = null;

  /** Where it stands at its new least size; `now` is where it stands: elsewhere than it was put, the person moved it. */
  place(now: Rectangle, least: Size, screen: Rectangle): Rectangle {
    const before = this.#before !== null && isSame(now, this.#given) ? this.#before : now;
    const given = grownTo(before, least, screen);
    this.#before = before;
    this.#given = given;
    return given;
  }
}

function isSame(one: Rectangle, other: Rectangle | null): boolean {
  return (
    other !== null && one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height
  );
}
