// What the bench looks at inside a page, on the page's own clock. The functions with `probe` in their names run there.
import type { Page } from 'playwright';
import { now } from './lab.ts';

declare global {
  interface Window {
    /** Left by a probe, for the bench to fetch afterwards. */
    benchPainted?: Promise<number>;
    benchClicked?: Promise<number>;
  }
}

/**
 * What must be added to times of this page to compare them with ours, ms. Both count from the epoch, but each process
 * has taken its own bearing. The quickest of some round trips knows best; the error is below half of it.
 */
export async function clockOffset(page: Page): Promise<number> {
  let best = { took: Number.POSITIVE_INFINITY, offset: 0 };
  for (let round = 0; round < 15; round += 1) {
    const asked = now();
    const theirs = await page.evaluate(() => performance.timeOrigin + performance.now());
    const took = now() - asked;
    if (took < best.took) best = { took, offset: asked + took / 2 - theirs };
  }
  return best.offset;
}

/** First contentful paint, ms since the epoch. Also when it is past. */
export function probeFirstPaint(): Promise<number> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      const [entry] = list.getEntriesByName('first-contentful-paint');
      if (!entry) return;
      observer.disconnect();
      resolve(performance.timeOrigin + entry.startTime);
    });
    observer.observe({ type: 'paint', buffered: true });
  });
}

/**
 * Leaves a promise of the moment when a card with callers has been painted: the card is in the document, the next frame
 * begins, and the task after that frame runs.
 */
export function probeCardPaint(): void {
  window.benchPainted = new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve(performance.timeOrigin + performance.now());
    });
    port1.start();
    const observer = new MutationObserver(() => {
      if (!document.querySelector('[role="alertdialog"]')) return;
      observer.disconnect();
      requestAnimationFrame(() => port2.postMessage(null));
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
}

/** Leaves a promise of the moment of the next click, as the system timed it. */
export function probeClick(): void {
  window.benchClicked = new Promise((resolve) => {
    const clicked = (event: MouseEvent) => resolve(performance.timeOrigin + event.timeStamp);
    window.addEventListener('click', clicked, { capture: true, once: true });
  });
}

export function fetchPainted(): Promise<number> | undefined {
  return window.benchPainted;
}

export function fetchClicked(): Promise<number> | undefined {
  return window.benchClicked;
}
