// What is written on the controls is all there, also in the languages with the longest words, in the narrowest window.
import type { Language } from '../../contract/index.ts';
import { expect, test } from './page.ts';
import { screens, speaker } from './screens.ts';

const languages: readonly Language[] = ['en', 'de', 'es', 'fr', 'pl', 'ar'];

/** Those with most on a line. */
const crowded = [
  'pop-up',
  'connected',
  'held',
  'busy',
  'incoming',
  'two-accounts',
  'trace',
  'settings',
  'sound',
  'account-new',
  'account-menu',
  'palette',
  'transfer',
] as const;

for (const name of crowded) {
  test(`${name} has room for its words`, async ({ open }) => {
    const screen = screens[name];
    if (!screen) throw new Error(`There is no screen "${name}".`);
    const faults: Record<string, string[]> = {};
    for (const language of languages) {
      const isPopup = screen.window === 'incoming';
      const query = `${screen.scene}&platform=linux&lang=${language}${isPopup ? '&window=incoming' : ''}`;
      const page = await open(query, isPopup ? { width: 400, height: 260 } : { width: 360, height: 560 });
      await screen.go?.(page, await speaker(language));
      const found = await page.evaluate(misfits);
      if (found.length > 0) faults[language] = found;
      await page.close();
    }
    expect(faults).toEqual({});
  });
}

/** In the page: controls that leave the window or cut their words, placeholders that do not fit, names without room. */
function misfits(): string[] {
  const width = document.documentElement.clientWidth;
  const found: string[] = [];
  const context = document.createElement('canvas').getContext('2d');
  for (const element of document.querySelectorAll<HTMLElement>('button, input, kbd, .call-card.row > .grow')) {
    const box = element.getBoundingClientRect();
    const says = (element.textContent || element.getAttribute('aria-label') || element.className).slice(0, 40);
    if (!element.checkVisibility({ visibilityProperty: true }) || box.width === 0) continue;
    const scrolls = element.closest('.favourites, pre') !== null;
    if (!scrolls && (box.left < -0.5 || box.right > width + 0.5)) found.push(`${says}: leaves the window`);
    const cuts = element.querySelector('.cut') !== null || element.classList.contains('cut');
    if (!cuts && element.scrollWidth > element.clientWidth + 1 && element.matches('button:not(.switch)')) {
      found.push(`${says}: cut`);
    }
    if (element.matches('.grow') && box.width < 90) found.push(`${says}: ${Math.round(box.width)} px for a name`);
    if (element instanceof HTMLInputElement && element.placeholder !== '' && context) {
      const style = getComputedStyle(element);
      context.font = style.font;
      const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      if (context.measureText(element.placeholder).width > room + 1)
        found.push(`${element.placeholder}: placeholder cut`);
    }
  }
  return found;
}
