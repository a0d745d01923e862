// The window in other languages: chosen in the settings, applied at once, written from the right where the language is.
import { expect, test } from './page.ts';
import { speaker } from './screens.ts';

test('a language applies at once and leaves the person where they chose it', async ({ open }) => {
  const page = await open('idle&platform=linux', { width: 400, height: 900 });
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: /^Language|Language$/ }).click();
  await page.getByRole('option', { name: 'Deutsch' }).click();
  await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.locator('[data-section="language"] button')).toBeFocused();
  await expect(page.locator('.account-line .state')).toHaveText('Erreichbar');
});

test('Arabic is laid out from the right, numbers in it from the left', async ({ open }) => {
  const page = await open('connected&platform=linux&lang=ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  const end = page.getByRole('button', { name: 'إنهاء المكالمة' });
  const [box, card] = [await end.boundingBox(), await page.locator('.call-card').boundingBox()];
  expect((box?.x ?? 0) - (card?.x ?? 0)).toBeLessThan(40);
  const number = page.locator('.call-card .num').first();
  expect(await number.evaluate((element) => getComputedStyle(element).direction)).toBe('ltr');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(wide).toBe(false);
});

test('no language makes the window at 360 px wider than it is, or cuts what End call says', async ({ open }) => {
  for (const language of ['de', 'fr', 'es', 'it', 'pt', 'pl', 'ja', 'ar']) {
    const page = await open(`connected&platform=linux&lang=${language}`, { width: 360, height: 560 });
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    const end = page.locator('.call-card .button.end');
    const fits = await end.evaluate((button) => button.scrollWidth <= button.clientWidth);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    expect({ language, fits, wide }).toEqual({ language, fits: true, wide: false });
    await expect(end).toBeInViewport({ ratio: 1 });
  }
});

test('in Arabic what is read from left to right stays so: keys, addresses and SIP messages', async ({ open }) => {
  const page = await open('idle&platform=linux&lang=ar');
  const inOrder = (selector: string, first: string, second: string) =>
    page
      .locator(selector)
      .first()
      .evaluate(
        (element, [one, two]) => {
          const place = (text: string): number => {
            const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
            const range = document.createRange();
            while (walker.nextNode()) {
              const { currentNode: node } = walker;
              const at = (node.textContent ?? '').indexOf(text);
              if (at < 0) continue;
              range.setStart(node, at);
              range.setEnd(node, at + text.length);
              return range.getBoundingClientRect().left;
            }
            throw new Error(`There is no "${text}" in "${element.textContent}".`);
          };
          return place(one) < place(two);
        },
        [first, second] as const,
      );
  expect(await inOrder('.dial-field .keys', 'Ctrl', 'K')).toBe(true);
  await page.locator('.who').click();
  expect(await inOrder('.menu .below, [role=menu] .below', '4410', 'example.com')).toBe(true);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+,');
  await page
    .locator('.settings button.line')
    .filter({ hasText: (await speaker('ar'))('setup:trace.title') })
    .click();
  await page.getByRole('option').filter({ hasText: '401 Unauthorized' }).first().waitFor();
  expect(await inOrder('.trace [role=option]:has-text("401 Unauthorized")', '401', 'Unauthorized')).toBe(true);
  // A line that is too long loses its end, and not the method it begins with.
  const beheaded = await page.locator('.trace .what').evaluateAll(
    (lines) =>
      lines.filter((line) => {
        const first = line.querySelector('.first');
        return first !== null && first.getBoundingClientRect().left < line.getBoundingClientRect().left - 1;
      }).length,
  );
  expect(beheaded).toBe(0);
  // A short one stands on the right, where lines begin.
  const alignments = await page
    .locator('.trace .what .cut')
    .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).textAlign));
  expect(new Set(alignments)).toEqual(new Set(['right']));
});
