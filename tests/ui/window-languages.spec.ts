// The window in other languages: chosen in the settings, applied at once, written from the right where the language is.
import { expect, test } from './page.ts';

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
