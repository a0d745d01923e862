// The desktop as a spec sees it: windows and focus on any engine; tray and notifications where the Chromium host keeps them.
import type { ChromiumHost } from '../../build/chromium-host/src/electron.ts';
import { pageName, type PageName, type PhoneApp } from './app.ts';

/** What `electron.evaluate` hands in on the Chromium host. */
type HostElectron = typeof Electron.CrossProcessExports & { chromiumHost: ChromiumHost };

export interface WindowState {
  visible: boolean;
  focused: boolean;
}

/** Whether a window is shown, and whether keys go to it. */
export async function windowState(app: PhoneApp, name: PageName): Promise<WindowState> {
  const windows = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({
      url: window.webContents.getURL(),
      visible: window.isVisible(),
      focused: window.isFocused(),
    })),
  );
  const found = windows.find(({ url }) => pageName(url) === name);
  if (!found) throw new Error(`There is no window ${name}.`);
  return { visible: found.visible, focused: found.focused };
}

/** The person presses the window's own close button, or Alt+F4. */
export async function closeMainWindow(app: PhoneApp): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window.webContents.getURL().startsWith('app://main/')) window.close();
    }
  });
}

/** Tray and notifications are drawn by the system on Electron, and kept for tests on the Chromium host. */
export async function keepsDesktop(app: PhoneApp): Promise<boolean> {
  return app.electron.evaluate((electron) => 'chromiumHost' in electron);
}

export interface TrayEntry {
  label: string;
  enabled: boolean;
  checked: boolean;
  entries: TrayEntry[];
}

export interface TrayState {
  toolTip: string;
  entries: TrayEntry[];
}

/** The tray's menu without its lines. */
export async function tray(app: PhoneApp): Promise<TrayState> {
  return app.electron.evaluate((electron) => {
    const [first] = (electron as HostElectron).chromiumHost.trays;
    type Menu = NonNullable<typeof first>['menu'];
    const read = (menu: Menu | undefined): TrayEntry[] =>
      (menu?.items ?? [])
        .filter((item) => item.type !== 'separator')
        .map(({ label, enabled, checked, submenu }) => ({ label, enabled, checked, entries: read(submenu) }));
    return { toolTip: first?.toolTip ?? '', entries: read(first?.menu) };
  });
}

/** All labels, those of submenus behind their parent. */
export function labels(entries: readonly TrayEntry[]): string[] {
  return entries.flatMap((entry) => [entry.label, ...labels(entry.entries)]);
}

/** Whether the tray shows the microphone as muted; null where it shows no call. */
export async function mutedInTray(app: PhoneApp): Promise<boolean | null> {
  return (await tray(app)).entries.find(({ label }) => label === 'Mute microphone')?.checked ?? null;
}

/** Clicks an entry of the tray's menu; throws when there is none by this label. */
export async function clickTray(app: PhoneApp, label: string): Promise<void> {
  await app.electron.evaluate((electron, wanted) => {
    const [first] = (electron as HostElectron).chromiumHost.trays;
    type Menu = NonNullable<typeof first>['menu'];
    const find = (menu: Menu | undefined): (() => void) | undefined => {
      for (const item of menu?.items ?? []) {
        if (item.label === wanted) return () => item.click();
        const below = find(item.submenu);
        if (below) return below;
      }
      return undefined;
    };
    const click = find(first?.menu);
    if (!click) throw new Error(`The tray has no "${wanted}".`);
    click();
  }, label);
}

/** Global shortcuts that the app has now. */
export async function shortcuts(app: PhoneApp): Promise<string[]> {
  return app.electron.evaluate((electron) => [...(electron as HostElectron).chromiumHost.shortcuts.keys()]);
}

/** The person presses one; throws where the app has it not. */
export async function pressShortcut(app: PhoneApp, accelerator: string): Promise<void> {
  await app.electron.evaluate((electron, wanted) => {
    const press = (electron as HostElectron).chromiumHost.shortcuts.get(wanted);
    if (!press) throw new Error(`${wanted} is nobody's.`);
    press();
  }, accelerator);
}

/** Notifications on the screen, as "title: body". */
export async function notifications(app: PhoneApp): Promise<string[]> {
  return app.electron.evaluate((electron) =>
    [...(electron as HostElectron).chromiumHost.notifications].map(({ title, body }) => `${title}: ${body}`),
  );
}

/** Runs a script in the main window's page; also after its renderer died, which Playwright's own page does not outlive. */
export async function inMainWindow<T>(app: PhoneApp, script: string): Promise<T> {
  return app.electron.evaluate<T, string>(async ({ BrowserWindow }, code) => {
    const main = BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().startsWith('app://main/'));
    if (!main) throw new Error('There is no main window.');
    return main.webContents.executeJavaScript(code) as Promise<T>;
  }, script);
}
