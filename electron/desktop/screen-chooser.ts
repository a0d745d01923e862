// Which screen or window the other side of a call is shown: what a person chose, else the screen that the phone's window is on.
import type { BrowserWindow, DesktopCapturer, DesktopCapturerSource, Screen } from 'electron';
import type { Outcome, Problem, ShowableSource } from '../../contract/index.ts';

/** Of the small pictures by which people choose, pixels. */
const thumbnailSize = { width: 320, height: 180 };
const noThumbnail = { width: 0, height: 0 };

const unseen: Problem = {
  code: 'screens-unseen',
  message:
    'Hookswitch may not see your screen. Allow it in the system’s settings, under privacy and screen recording, then try again.',
};

export interface ScreenChooserOptions {
  capturer: Pick<DesktopCapturer, 'getSources'>;
  /** Not to be asked before the app is ready. */
  screen: () => Pick<Screen, 'getDisplayMatching' | 'getPrimaryDisplay'>;
  /** The phone's own window. */
  window: () => Pick<BrowserWindow, 'getBounds' | 'isDestroyed'> | null;
}

/** Nothing is shown that was not asked for: each choice is good for one look of the media window. */
export class ScreenChooser {
  readonly #options: ScreenChooserOptions;
  /** null: nothing is to be shown; without an `id`: the phone's own screen. */
  #wanted: { id: string | undefined } | null = null;

  constructor(options: ScreenChooserOptions) {
    this.#options = options;
  }

  /** Screens first, then windows, each as it looks now. */
  async list(): Promise<Outcome<ShowableSource[]>> {
    try {
      const sources = await this.#options.capturer.getSources({ types: ['screen', 'window'], thumbnailSize });
      const all = sources.filter(({ name }) => name.trim() !== '').map(showable);
      return { ok: true, value: [...all.filter(isScreen), ...all.filter((one) => !isScreen(one))] };
    } catch (error) {
      return { ok: false, problem: { ...unseen, detail: String(error) } };
    }
  }

  /** What the next {@link take} gives. */
  want(id: string | undefined): void {
    this.#wanted = { id };
  }

  wantNothing(): void {
    this.#wanted = null;
  }

  /** What was wanted, once; null: nothing was, or it is gone. A window that is gone is not made up for by a whole screen. */
  async take(): Promise<DesktopCapturerSource | null> {
    const wanted = this.#wanted;
    this.#wanted = null;
    if (!wanted) return null;
    const { capturer, window } = this.#options;
    if (wanted.id !== undefined) {
      const sources = await capturer.getSources({ types: ['screen', 'window'], thumbnailSize: noThumbnail });
      return sources.find(({ id }) => id === wanted.id) ?? null;
    }
    const screen = this.#options.screen();
    const own = window();
    const display = own && !own.isDestroyed() ? screen.getDisplayMatching(own.getBounds()) : screen.getPrimaryDisplay();
    const screens = await capturer.getSources({ types: ['screen'], thumbnailSize: noThumbnail });
    // Not every system names the displays of its screens.
    return screens.find(({ display_id: id }) => id === String(display.id)) ?? screens[0] ?? null;
  }
}

function showable({ id, name, thumbnail }: DesktopCapturerSource): ShowableSource {
  return {
    id,
    name,
    // As desktopCapturer's ids begin.
    kind: id.startsWith('screen:') ? 'screen' : 'window',
    picture: thumbnail.isEmpty() ? null : `data:image/jpeg;base64,${thumbnail.toJPEG(70).toString('base64')}`,
  };
}

function isScreen({ kind }: ShowableSource): boolean {
  return kind === 'screen';
}
