// Accessibility: axe on every screen in light, dark and high contrast; key-only ways; 200 % zoom; reduced motion; what is read aloud.
import { fakeCall } from '../../renderer/common/fake-state.ts';
import { violations } from '../support/axe.ts';
import { expect, field, sent, test } from './page.ts';
import { screens, speaker } from './screens.ts';

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

test('wide: axe finds nothing in two columns and in three', async ({ open }) => {
  const found: Record<string, string[]> = {};
  for (const name of ['contacts', 'person', 'search', 'settings', 'connected'] as const) {
    const page = await open(`${screens[name]?.scene}&platform=linux`, {
      width: name === 'search' ? 800 : 1000,
      height: 700,
    });
    await screens[name]?.go?.(page, say);
    found[name] = await violations(page, 'all');
  }
  expect(found).toEqual({ contacts: [], person: [], search: [], settings: [], connected: [] });
});

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
