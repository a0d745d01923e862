// axe in a page: what it finds against WCAG 2.2 A and AA and against good practice, one line each rule.
import axe from 'axe-core';
import type { Page } from 'playwright/test';

/** WCAG 2.2 A and AA, and what axe holds for good practice: landmarks, one first heading, headings in order. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What a theme can break. */
const colourRules = ['color-contrast', 'link-in-text-block'];

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** Empty where nothing is wrong. */
export async function violations(page: Page, only: 'all' | 'colours' = 'all'): Promise<string[]> {
  // Colours that are still changing, as after another theme was chosen, are nobody's colours. What repeats never ends.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished),
    ),
  );
  // As a script of the test, which the page's policy does not see.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const runOnly: axe.RunOnly = only === 'all' ? { type: 'tag', values: rules } : { type: 'rule', values: colourRules };
  return page.evaluate(async (wanted) => {
    const { violations } = await window.axe.run(document, { runOnly: wanted });
    // The rule of axe that is still an experiment takes all that is drawn on a control for its label. It is none where
    // initials stand in a picture's place, where letters stand under a telephone key, which is called by its digit, and
    // where the name is the title on the control and the rest its description.
    const isNamedByItsLabel = (target: unknown) => {
      const control = typeof target === 'string' ? document.querySelector(target) : null;
      if (!control) return false;
      const titles = control.getAttribute('aria-labelledby')?.split(' ') ?? [];
      const isInside = (id: string) => control.querySelector(`[id="${id}"]`) !== null;
      const isPictureOrKey =
        control.querySelector('.avatar') !== null || control.matches('.dial-pad .key, .keypad button');
      return isPictureOrKey || (titles.length > 0 && titles.every(isInside));
    };
    return violations.flatMap(({ id, nodes }) => {
      const real = nodes.filter(({ target }) => id !== 'label-content-name-mismatch' || !isNamedByItsLabel(target[0]));
      return real.length === 0 ? [] : [`${id}: ${real.map(({ html }) => html.slice(0, 160)).join(' | ')}`];
    });
  }, runOnly);
}
