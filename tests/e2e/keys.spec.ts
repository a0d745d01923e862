// The keyboard alone on the running app: a whole call, the palette, keys that are changed; and what a screen reader hears of a caller.
import type { Page } from 'playwright/test';
import type { PhoneApp } from '../support/app.ts';
import { closeMainWindow, windowState } from '../support/desktop.ts';
import { Office } from '../support/office.ts';
import { expect, test } from '../support/spec.ts';

let office: Office;
test.beforeAll(async () => {
  office = await Office.open({ passwords: { mara: 'secret' }, numbers: { '4410': { does: 'answers' } } });
});
test.afterAll(() => office.close());

async function palette(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Search everything' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.type(words);
  await expect(page.getByRole('option', { selected: true })).toContainText(new RegExp(words, 'i'));
  await page.keyboard.press('Enter');
}

/** Goes on with Tab, and the arrows inside a group, until this control has the focus. */
async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  const target = page.getByRole('button', { name }).first();
  for (let press = 0; press < 60; press += 1) {
    if (await target.evaluate((control) => control === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`No ${key} leads to ${name}.`);
}

const connected = (app: PhoneApp) =>
  app.until(({ calls }) => calls.some(({ phase }) => phase.name === 'connected' && !phase.hold.byUs));
const noCall = (app: PhoneApp) => app.until(({ calls }) => calls.length === 0);

test('everything by keys alone, with keys of one’s own; a caller is said within a second', async ({ launch }) => {
  test.setTimeout(90_000);
  const app = await launch({ provision: { hookswitch: 1, accounts: [office.accountOf('mara')] } });
  await app.registered();
  const page = await app.page('main');
  await expect(page.getByRole('combobox', { name: 'Name or number' })).toBeVisible();

  await test.step('a number is typed anywhere and called, muted, held, resumed, and ended', async () => {
    await page.keyboard.type('4410');
    await page.keyboard.press('Enter');
    await connected(app);
    await page.keyboard.press('Control+Shift+M');
    await app.until(({ calls }) => calls.some(({ muted }) => muted));
    await page.keyboard.press('Control+Shift+P');
    await app.until(({ calls }) => calls.some(({ phase }) => phase.name === 'connected' && phase.hold.byUs));
    await page.keyboard.press('Control+Shift+P');
    await connected(app);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'End call' })).toBeVisible();
  });

  await test.step('F6 goes to the call, the arrows along its controls, and Enter sends a key of the telephone', async () => {
    for (let press = 0; press < 6; press += 1) {
      await page.keyboard.press('F6');
      const inCall = await page.evaluate(() => document.activeElement?.closest('[data-area="call"]') !== null);
      if (inCall) break;
    }
    await tabTo(page, /Unmute/);
    await tabTo(page, /^Keypad/, 'ArrowRight');
    await page.keyboard.press('Enter');
    await page.keyboard.press('5');
    await app.until(({ calls }) => calls.some(({ sentDigits }) => sentDigits === '5'));
    await page.keyboard.press('Escape');
  });

  await test.step('the palette ends it', async () => {
    await palette(page, 'End call');
    await noCall(app);
  });

  await test.step('an act gets other keys, which act at once', async () => {
    await palette(page, 'Keyboard shortcuts');
    await expect(page.getByRole('button', { name: /^Keyboard shortcuts/ })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Keyboard shortcuts' })).toBeVisible();
    await tabTo(page, /^Answer/);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Shift+m');
    await expect(page.getByText('"Mute" has these keys')).toBeVisible();
    await page.keyboard.press('Alt+a');
    await app.until(({ preferences }) => preferences.shortcuts?.answer === 'Alt+A');
    const call = office.call('mara', { number: '4410', name: 'Nora Keller' });
    await call.status(180);
    await expect(page.locator('[data-area="call"]').getByText('Nora Keller').first()).toBeVisible();
    await page.keyboard.press('Alt+a');
    await call.status(200);
    await connected(app);
    await page.keyboard.press('Control+Shift+H');
    await noCall(app);
  });

  await test.step('a caller is said in the main window within a second, and takes no focus', async () => {
    const before = await page.evaluate(() => document.activeElement?.outerHTML);
    const spoken = page.evaluate(
      () =>
        new Promise<{ text: string; at: number }>((heard) => {
          new MutationObserver(() => {
            const regions = [...document.querySelectorAll('[aria-live="assertive"]')];
            const text = regions.map(({ textContent }) => textContent).join('');
            if (text.includes('Nora Keller')) heard({ text, at: Date.now() });
          }).observe(document.body, { childList: true, characterData: true, subtree: true });
        }),
    );
    const start = Date.now();
    const call = office.call('mara', { number: '4410', name: 'Nora Keller' });
    const { text, at } = await spoken;
    expect(text).toContain('Incoming call from Nora Keller');
    expect(at - start).toBeLessThan(1_000);
    expect(await page.evaluate(() => document.activeElement?.outerHTML)).toBe(before);
    call.cancel();
    await call.final();
    await noCall(app);
  });

  await test.step('and by the pop-up, as an alert, where the window is closed', async () => {
    await closeMainWindow(app);
    await expect.poll(() => windowState(app, 'main')).toMatchObject({ visible: false });
    const popup = await app.page('incoming');
    const shown = popup.evaluate(
      () =>
        new Promise<{ name: string; at: number }>((seen) => {
          const look = () => {
            const alert = document.querySelector('[role="alertdialog"]');
            if (alert) seen({ name: alert.getAttribute('aria-label') ?? '', at: Date.now() });
            return alert !== null;
          };
          if (look()) return;
          const watching = new MutationObserver(() => {
            if (look()) watching.disconnect();
          });
          watching.observe(document.body, { childList: true, subtree: true });
        }),
    );
    const start = Date.now();
    const call = office.call('mara', { number: '4410', name: 'Nora Keller' });
    const { name, at } = await shown;
    expect(name).toBe('Incoming call from Nora Keller');
    expect(at - start).toBeLessThan(1_000);
    await call.status(180);
    await popup.bringToFront();
    await popup.keyboard.press('Tab');
    await expect(popup.getByRole('button', { name: 'Answer', exact: true })).toBeFocused();
    await popup.keyboard.press('Enter');
    await call.status(200);
    await call.hangUp();
  });
});
