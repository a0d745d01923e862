// Zoom: larger, smaller and as usual, by keys and palette. The desktop draws the windows at what the preferences say.
import { nextZoom, usualZoom } from '../../contract/index.ts';
import { isShortcut, phoneState, platform, run, useKeysFromAnywhere } from '../common/index.ts';

export const zoomActs = ['zoomIn', 'zoomOut', 'zoomReset'] as const;
export type ZoomAct = (typeof zoomActs)[number];

export function zoomBy(act: ZoomAct): void {
  const now = phoneState().preferences.zoom ?? usualZoom;
  const zoom = act === 'zoomReset' ? usualZoom : nextZoom(now, act === 'zoomIn' ? 'in' : 'out');
  if (zoom !== now) void run({ type: 'set-preferences', preferences: { zoom } });
}

/** Whatever is on screen: who cannot read it has to get out of there. A key that is held goes on, as in browsers. */
export function useZoomKeys(): void {
  useKeysFromAnywhere((press) => {
    const act = zoomActs.find((id) => isShortcut(id, press, platform()));
    if (act) zoomBy(act);
    return act !== undefined;
  });
}
