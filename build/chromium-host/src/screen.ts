// screen: one display. Its size is Chromium's own: chosen without a screen, read from the first window with one.
import { EventEmitter } from 'node:events';
import type { CdpSession } from './cdp.ts';

/** What a page sees without a screen; also the size of a small notebook. */
export const headlessScreen = { width: 1440, height: 900 };

let size = headlessScreen;
let learned = false;

function display() {
  const area = { x: 0, y: 0, ...size };
  return {
    id: 1,
    label: '',
    bounds: { ...area },
    workArea: { ...area },
    size: { ...size },
    workAreaSize: { ...size },
    scaleFactor: 1,
    rotation: 0,
    internal: true,
  };
}

export const screen = Object.assign(new EventEmitter(), {
  getPrimaryDisplay: display,
  getAllDisplays: () => [display()],
  getDisplayNearestPoint: (_point: unknown) => display(),
  getDisplayMatching: (_bounds: unknown) => display(),
  getCursorScreenPoint: () => ({ x: 0, y: 0 }),
});

/** Reads the real size, once, from a window on a real screen. */
export async function learnDisplay(page: CdpSession): Promise<void> {
  if (learned) return;
  learned = true;
  const expression = '[screen.availWidth, screen.availHeight].join()';
  const { result } = await page.send('Runtime.evaluate', { expression });
  const [width = 0, height = 0] = String(result.value).split(',').map(Number);
  if (!(width > 0 && height > 0) || (width === size.width && height === size.height)) return;
  size = { width, height };
  screen.emit('display-metrics-changed', {}, display(), ['bounds', 'workArea']);
}
