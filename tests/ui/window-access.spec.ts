// Accessibility: axe on every screen in light, dark and high contrast; key-only ways; 200 % zoom; reduced motion; what is read aloud.
import axe from 'axe-core';
import type { Page } from 'playwright/test';
import { fakeCall } from '../../renderer/common/fake-bridge.ts';
import { expect, field, sent, test } from './page.ts';
import { screens, speaker } from './screens.ts';

/** WCAG 2.2 A and AA. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What a theme can break. */
const colourRules = ['color-contrast', 'link-in-text-block'];

async function violations(page: Page, only: 'all' | 'colours'): Promise<string[]> {
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

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const say = await speaker('en');

for (const [name, { scene, window: windowName, go }] of Object.entries(screens)) {
  test(`${name}: axe finds nothing in light, dark and high contrast`, async ({ open }) => {
    const page = await open(`${scene}&platform=linux${windowName ? `&window=${windowName}` : ''}`);
    await go?.(page, say);
    const found: Record<string, string[]> = {};
    for (const theme of ['light', 'dark', 'contrast'] as const) {
      await page.evaluate(
        (wanted) => window.fake.set((state) => ({ preferences: { ...state.preferences, theme: wanted } })),
        theme,
      );
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      found[theme] = await violations(page, theme === 'light' ? 'all' : 'colours');
    }
    expect(found).toEqual({ light: [], dark: [], contrast: [] });
  });
}

test('by keys alone: find a person, call, mute, hold and end', async ({ open }) => {
  const page = await open('idle&platform=linux');
  await page.keyboard.type('abt');
  await expect(page.getByRole('row', { name: /Daniel Abt/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(field(page)).not.toHaveValue('abt');
  await page.keyboard.press('Enter');
  await expect.poll(() => sent(page, 'call')).toHaveLength(1);
  await page.evaluate(() =>
    window.fake.set((state) => ({
      calls: state.calls.map((call) => ({
        ...call,
        phase: { name: 'connected', since: Date.now(), hold: { byUs: false, byThem: false, since: null } },
      })),
    })),
  );
  await page.keyboard.press('Control+Shift+M');
  await page.keyboard.press('Control+Shift+P');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'End call' })).toBeVisible();
  await page.keyboard.press('Control+Shift+H');
  expect((await sent(page, 'mute', 'hold', 'hang-up')).map(({ type }) => type)).toEqual(['mute', 'hold', 'hang-up']);
});

test('by keys alone: answer, and change a setting', async ({ open }) => {
  const page = await open('incoming&platform=linux');
  await page.keyboard.press('Control+Shift+A');
  expect(await sent(page, 'answer')).toEqual([{ type: 'answer', callId: 'call-1' }]);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('start at login');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('switch', { name: 'Start at login' })).toBeFocused();
  await page.keyboard.press('Space');
  expect(await sent(page, 'set-preferences')).toMatchObject([{ preferences: { startAtLogin: true } }]);
});

test('the focus goes from the title line to the field, favourites, list, call and navigation, and is always seen', async ({
  open,
}) => {
  const page = await open('connected&platform=linux', { width: 1000, height: 700 });
  await page.getByRole('row', { name: /Daniel Abt/ }).waitFor();
  const areas: string[] = [];
  for (let press = 0; press < 40; press += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      // The field draws the ring for what is inside it, a row on the ground under its words.
      const row = element.closest('.person-row');
      const styles = [element, element.closest('.dial-field, .search')].flatMap((one) =>
        one ? [getComputedStyle(one)] : [],
      );
      if (row) styles.push(getComputedStyle(row, '::before'));
      const seen = styles.some(({ outlineStyle, boxShadow }) => outlineStyle !== 'none' || boxShadow !== 'none');
      return {
        area: element.closest<HTMLElement>('[data-area]')?.dataset['area'] ?? '',
        seen,
        html: element.outerHTML,
      };
    });
    if (at === null) break;
    expect(at.seen, at.html.slice(0, 200)).toBe(true);
    if (at.area !== '' && areas.at(-1) !== at.area) areas.push(at.area);
  }
  expect(areas).toEqual(['account', 'field', 'favourites', 'list', 'call', 'navigation']);
});

test('at 200 % zoom nothing is cut off: a window of 720 by 960 shows all in 360 by 480', async ({ open }) => {
  const page = await open('connected&platform=linux', { width: 360, height: 480 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(wide).toBe(false);
  await page.getByRole('button', { name: 'Make large' }).click();
  for (const name of ['Mute', 'Hold', 'Keypad', 'Transfer', 'Add call', 'Record', 'End call']) {
    const button = page.getByRole('button', { name, exact: true }).first();
    await button.scrollIntoViewIfNeeded();
    await expect(button).toBeInViewport({ ratio: 1 });
  }
});

test('with reduced motion nothing moves', async ({ open }) => {
  const page = await open('incoming&platform=linux');
  const moving = await page.evaluate(
    () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
  );
  expect(moving).toBe(0);
});

test('a screen reader hears who calls within a second', async ({ open }) => {
  const page = await open('idle&platform=linux');
  const spoken = page.evaluate(
    () =>
      new Promise<{ text: string; after: number }>((heard) => {
        const region = document.querySelector('[aria-live="assertive"]');
        const start = performance.now();
        new MutationObserver(() =>
          heard({ text: region?.textContent ?? '', after: performance.now() - start }),
        ).observe(region ?? document.body, { childList: true, characterData: true, subtree: true });
      }),
  );
  const caller = { name: 'Nora Keller', number: '+41441234567', uri: 'sip:nora@example.com' };
  const call = fakeCall({ direction: 'incoming', party: caller, phase: { name: 'incoming', silenced: false } });
  await page.evaluate((it) => window.fake.set({ calls: [it] }), call);
  const { text, after } = await spoken;
  expect(text).toContain('Incoming call from Nora Keller');
  expect(after).toBeLessThan(1_000);
});
