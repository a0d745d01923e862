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

/** What has the focus lies under nothing, once the window has made room for it. */
function comesOnTop(page: Page): Promise<boolean> {
  const isOnTop = () => {
    const element = document.activeElement;
    if (!element) return false;
    const { left, top, width, height } = element.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return there !== null && (element.contains(there) || there.contains(element));
  };
  return page.waitForFunction(isOnTop, null, { timeout: 1_000 }).then(
    () => true,
    () => false,
  );
}

interface Walk {
  /** In the order in which Tab came to them. */
  areas: string[];
  /** Controls that had the focus and did not show it, lay under something, and to which nothing led. */
  unseen: string[];
  hidden: string[];
  unreached: string[];
}

/** Once round the window with Tab, from its start. */
async function walk(page: Page): Promise<Walk> {
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  const areas: string[] = [];
  const unseen: string[] = [];
  const hidden: string[] = [];
  for (let press = 0; press < 80; press += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      // A second time round: Tab does not leave a page in every engine.
      if (element.hasAttribute('data-walked')) return null;
      element.setAttribute('data-walked', '');
      // The field draws the ring for what is inside it, a row on the ground under its words.
      const rings = [getComputedStyle(element)];
      const around = element.closest('.dial-field, .search');
      if (around) rings.push(getComputedStyle(around));
      const row = element.closest('.person-row');
      if (row) rings.push(getComputedStyle(row, '::before'));
      return {
        area: element.closest<HTMLElement>('[data-area]')?.dataset['area'] ?? '',
        html: element.outerHTML.slice(0, 160),
        isSeen: rings.some(({ outlineStyle, boxShadow }) => outlineStyle !== 'none' || boxShadow !== 'none'),
      };
    });
    if (stop === null) break;
    if (stop.area !== '' && areas.at(-1) !== stop.area) areas.push(stop.area);
    if (!stop.isSeen) unseen.push(stop.html);
    if (!(await comesOnTop(page))) hidden.push(stop.html);
  }
  // A group with arrows inside is one stop; its other controls say so by leaving the order of Tab.
  const unreached = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, input, select, textarea, a[href], [tabindex="0"]')]
      // The system's own keys minimise, maximise and close.
      .filter((one) => !one.matches(':disabled, [inert] *, [data-walked], .caption-buttons *'))
      .filter((one) => one.getClientRects().length > 0)
      .filter(
        (one) =>
          one.tabIndex >= 0 ||
          !one.closest('[role="grid"], [role="toolbar"], [role="group"], nav')?.querySelector('[data-walked]'),
      )
      .map(({ outerHTML }) => outerHTML.slice(0, 160)),
  );
  return { areas, unseen, hidden, unreached };
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
    await expect(page.getByRole('group', { name: 'Keypad' }).getByRole('button', { name: '1' })).toBeFocused();
    await page.keyboard.press('5');
    await app.until(({ calls }) => calls.some(({ sentDigits }) => sentDigits === '5'));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Keypad', exact: true })).toBeFocused();
  });

  await test.step('Tab goes from area to area, each control is reached and seen, and the call makes room', async () => {
    await app.command({
      type: 'save-person',
      person: { name: 'Nora Keller', numbers: [{ value: '4411', kind: 'work' }], favourite: true },
    });
    await expect(page.getByRole('row', { name: /Nora Keller/ }).first()).toBeVisible();
    // In this window the keypad leaves the list no room.
    await page.getByRole('button', { name: 'Keypad', exact: true }).press('Enter');
    const { areas, unseen, unreached, hidden } = await walk(page);
    expect(areas).toEqual(['account', 'field', 'favourites', 'list', 'call', 'navigation']);
    expect({ unseen, unreached, hidden }).toEqual({ unseen: [], unreached: [], hidden: [] });
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
          const watching = new MutationObserver(() => listen());
          const listen = () => {
            const regions = [...document.querySelectorAll('[aria-live="assertive"]')];
            const text = regions.map(({ textContent }) => textContent).join('');
            if (!text.includes('Nora Keller')) return;
            watching.disconnect();
            heard({ text, at: Date.now() });
          };
          watching.observe(document.body, { childList: true, characterData: true, subtree: true });
          // It may have been said before this page came to listen.
          listen();
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
