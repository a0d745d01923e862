// How large a page is in its window: its zoom, and what Chromium draws around it.
// DevTools know no zoom, so the page is told of a screen with more pixels and of a window as much smaller: its layout,
// media queries, innerWidth and devicePixelRatio are then those of Chromium's own zoom.
import * as v from 'valibot';
import type { CdpSession } from './cdp.ts';

interface Size {
  width: number;
  height: number;
}

const frameSchema = v.object({ width: v.number(), height: v.number(), density: v.number() });
type Frame = v.InferOutput<typeof frameSchema>;
const nothing: Frame = { width: 0, height: 0, density: 1 };

export class PageSize {
  readonly #page: CdpSession;
  readonly #headless: boolean;
  #frame = nothing;
  #drawn = '';

  constructor(page: CdpSession, headless: boolean) {
    this.#page = page;
    this.#headless = headless;
  }

  /** What is around the page. Once it was zoomed it does not know its window any more: then as it was before. */
  async frame(): Promise<Frame> {
    if (this.#drawn !== '') return this.#frame;
    const expression =
      '({ width: outerWidth - innerWidth, height: outerHeight - innerHeight, density: devicePixelRatio })';
    // A page that is just being left cannot be asked; it is asked again when the next one has loaded.
    const answer = await this.#page.send('Runtime.evaluate', { expression, returnByValue: true }).catch(() => null);
    const measured = v.safeParse(frameSchema, answer?.result.value);
    this.#frame = measured.success && measured.output.height > 0 ? measured.output : nothing;
    return this.#frame;
  }

  /** @param window its size on the screen. Without a screen all of it is the page's: see BrowserWindow. */
  async zoom(factor: number, window: Size): Promise<void> {
    if (factor === 1 && this.#drawn === '') return;
    const { width, height, density } = this.#headless ? nothing : await this.frame();
    const metrics = {
      width: Math.round((window.width - width) / factor),
      height: Math.round((window.height - height) / factor),
      deviceScaleFactor: factor * density,
      mobile: false,
    };
    const wanted = JSON.stringify(metrics);
    if (this.#drawn === wanted) return;
    this.#drawn = wanted;
    await this.#page.send('Emulation.setDeviceMetricsOverride', metrics);
  }
}
