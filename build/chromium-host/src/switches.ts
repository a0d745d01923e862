// Chromium's command line: what a host of one app needs, what Electron sets by itself, and what the app asks for.
import type { LaunchOptions } from './chromium.ts';

/** Lists in one switch: the last one would win, so they are joined. */
const lists = new Set(['disable-features', 'enable-features', 'disable-blink-features', 'enable-blink-features']);

/** The host decides these itself. `no-sandbox` is what Playwright passes unless told `chromiumSandbox: true`. */
const ours = new Set(['no-sandbox', 'no-startup-window', 'headless', 'user-data-dir', 'remote-debugging-pipe']);

const base = [
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-component-extensions-with-background-pages',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-search-engine-choice-screen',
  '--metrics-recording-only',
  '--password-store=basic',
  '--use-mock-keychain',
  '--disable-features=Translate,MediaRouter,OptimizationHints,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable',
  // Headless windows have an address field that nobody sees: its pop-ups are pages too, and cost every start more than the app.
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup',
  // Windows that are hidden or never shown go on working: Electron's `backgroundThrottling: false`, for all of them.
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  // Electron's addition to MessagePort.
  '--enable-features=MessagePortCloseEvent',
  // Electron's default for `autoplayPolicy`.
  '--autoplay-policy=no-user-gesture-required',
  // Each origin of the app is a site of its own and gets a process of its own, as in Electron.
  '--site-per-process',
];

export function mergedSwitches({ headless, switches, screen }: LaunchOptions): string[] {
  const { width, height } = screen;
  const drawing = headless
    ? ['--headless=new', '--disable-gpu', '--disable-software-rasterizer', `--screen-info={${width}x${height}}`]
    : [];
  const app = [...switches].filter(([name]) => !ours.has(name)).map(([name, value]) => switchText(name, value));
  const extra = (process.env['HOOKSWITCH_HOST_CHROMIUM_ARGS'] ?? '').split(' ').filter((part) => part !== '');
  return joinLists([...base, ...drawing, ...app, ...extra]);
}

function switchText(name: string, value: string): string {
  return value === '' ? `--${name}` : `--${name}=${value}`;
}

function joinLists(parts: readonly string[]): string[] {
  const joined = new Map<string, string[]>();
  const rest: string[] = [];
  for (const part of parts) {
    const [name = '', value = ''] = part.replace(/^--/, '').split(/=(.*)/s);
    if (!lists.has(name)) rest.push(part);
    else joined.set(name, [...(joined.get(name) ?? []), ...value.split(',')]);
  }
  return [...rest, ...[...joined].map(([name, values]) => `--${name}=${[...new Set(values)].join(',')}`)];
}
