// Which screen the other side of a call is shown: the one that the phone's window is on.
import type { BrowserWindow, DesktopCapturer, DesktopCapturerSource, Screen } from 'electron';

/** The source of this display; where the system does not name displays, its first. Null: there is none. Pure. */
export function sourceOf<Source extends { display_id: string }>(
  sources: readonly Source[],
  displayId: number,
): Source | null {
  return sources.find((source) => source.display_id === String(displayId)) ?? sources[0] ?? null;
}

/** Asks the system for its screens, and for no picture of them. */
export async function screenToShow(
  capturer: Pick<DesktopCapturer, 'getSources'>,
  screen: Pick<Screen, 'getDisplayMatching' | 'getPrimaryDisplay'>,
  window: Pick<BrowserWindow, 'getBounds' | 'isDestroyed'> | null,
): Promise<DesktopCapturerSource | null> {
  const isThere = window !== null && !window.isDestroyed();
  const { id } = isThere ? screen.getDisplayMatching(window.getBounds()) : screen.getPrimaryDisplay();
  return sourceOf(await capturer.getSources({ types: ['screen'], thumbnailSize: { width: 0, height: 0 } }), id);
}
