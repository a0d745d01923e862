// A hand on a window whose renderer was killed: Playwright gives a crashed page up for good, the app's own webContents goes on.
import type { PhoneState } from '../../../contract/index.ts';
import type { PageName, PhoneApp } from '../../support/app.ts';
import { until } from './child.ts';

/** What the window's page says to this script, now. */
export function inWindow(app: PhoneApp, name: PageName, script: string): Promise<unknown> {
  return app.electron.evaluate(
    ({ BrowserWindow }, { origin, code }) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().startsWith(origin));
      if (!window) throw new Error(`There is no window of ${origin}.`);
      const answer: Promise<unknown> = window.webContents.executeJavaScript(code);
      return answer;
    },
    { origin: `app://${name}/`, code: script },
  );
}

/** The words on the window; none while it is loading. */
export async function wordsOf(app: PhoneApp, name: PageName): Promise<string> {
  return String(await inWindow(app, name, "document.body?.innerText ?? ''").catch(() => ''));
}

/** The window shows these words, soon. */
export async function showsWords(app: PhoneApp, name: PageName, words: RegExp): Promise<void> {
  let last = '';
  await until(`${String(words)} on ${name}`, async () => {
    last = await wordsOf(app, name);
    return words.test(last) ? true : null;
  }).catch((error: unknown) => {
    throw new Error(`The window ${name} shows: ${last}`, { cause: error });
  });
}

/** Clicks the button with this label, as soon as it is there. */
export async function clickButton(app: PhoneApp, name: PageName, label: string): Promise<void> {
  const click = `(${clickInPage.toString()})(${JSON.stringify(label)})`;
  await until(`a button ${label} on ${name}`, async () => ((await inWindow(app, name, click)) === true ? true : null));
}

/** Runs in the page. */
function clickInPage(label: string): boolean {
  const found = [...document.querySelectorAll('button')].find(
    (button) => (button.getAttribute('aria-label') ?? button.innerText.trim()) === label,
  );
  found?.click();
  return found !== undefined;
}

/** The state as this window has it. */
export async function stateIn(app: PhoneApp, name: 'main' | 'incoming'): Promise<PhoneState> {
  const state = await inWindow(
    app,
    name,
    'new Promise((got) => window.hookswitch.phone.onState(got)).then((state) => JSON.stringify(state))',
  );
  const parsed: PhoneState = JSON.parse(String(state));
  return parsed;
}

/** Process id of the window's renderer. */
export function rendererOf(app: PhoneApp, name: PageName): Promise<number> {
  return app.electron.evaluate(({ BrowserWindow }, origin) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().startsWith(origin));
    if (!window) throw new Error(`There is no window of ${origin}.`);
    return window.webContents.getOSProcessId();
  }, `app://${name}/`);
}

/** Kills the window's renderer. Resolves when the window has another one that shows its page. */
export async function killRenderer(app: PhoneApp, name: 'main' | 'incoming'): Promise<void> {
  const pid = await rendererOf(app, name);
  process.kill(pid, 'SIGKILL');
  await until(`another renderer for ${name}`, async () => {
    const next = await rendererOf(app, name).catch(() => pid);
    if (next === pid || next === 0) return null;
    const loaded = await inWindow(app, name, 'document.readyState').catch(() => '');
    return loaded === 'complete' ? true : null;
  });
}
