// What a page shows of how far something is, from the moment it was asked for.
import type { Page } from 'playwright/test';

export interface Shown {
  /** ms after the last click, or the start of watching. */
  at: number;
  label: string;
  /** 0 to 1; null: it only says that it goes on. */
  share: number | null;
}

declare global {
  interface Window {
    progressShown: Shown[];
  }
}

/** From now on every progress that is drawn is kept. Resolves to what reads it. */
export async function watchProgress(page: Page): Promise<() => Promise<Shown[]>> {
  await page.evaluate(() => {
    let start = performance.now();
    document.addEventListener('click', () => (start = performance.now()), { capture: true });
    const shown: Shown[] = [];
    window.progressShown = shown;
    const look = () => {
      for (const one of document.querySelectorAll('progress')) {
        const share = one.hasAttribute('value') ? one.value / one.max : null;
        const label = one.getAttribute('aria-label') ?? '';
        const last = shown.at(-1);
        if (last?.label !== label || last.share !== share) shown.push({ at: performance.now() - start, label, share });
      }
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true });
    look();
  });
  return () => page.evaluate(() => window.progressShown);
}
