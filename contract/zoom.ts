// Zoom: how large everything is drawn, in the steps that browsers have.
import * as v from 'valibot';

/** Per cent. */
export const zoomSteps = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200] as const;
export type Zoom = (typeof zoomSteps)[number];
export const zoomSchema = v.picklist(zoomSteps);

/** What is drawn before a person chose otherwise, per cent. */
export const usualZoom: Zoom = 100;

/** The next step up or down; the same at either end. */
export function nextZoom(zoom: Zoom, direction: 'in' | 'out'): Zoom {
  return zoomSteps[zoomSteps.indexOf(zoom) + (direction === 'in' ? 1 : -1)] ?? zoom;
}
