// Start at login: Electron's API on Windows and macOS, an XDG autostart file on Linux. Started so, the window stays closed.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';

export const HIDDEN_ARGUMENT = '--hidden';

/** Sets or clears it. `command` is what the autostart file runs on Linux. */
export function setStartAtLogin(
  app: App,
  platform: NodeJS.Platform,
  on: boolean,
  configHome: string,
  command: readonly string[],
): void {
  if (platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: on, args: [HIDDEN_ARGUMENT] });
    return;
  }
  const directory = join(configHome, 'autostart');
  const file = join(directory, 'hookswitch.desktop');
  if (!on) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, autostartFile(command));
}

/** Desktop Entry Specification 1.5: each argument quoted, with `"`, `` ` ``, `$` and `\` escaped, and `%` doubled. */
export function autostartFile(command: readonly string[]): string {
  const exec = [...command, HIDDEN_ARGUMENT]
    .map((part) => `"${part.replaceAll(/["`$\\]/g, (character) => `\\${character}`).replaceAll('%', '%%')}"`)
    .join(' ');
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Hookswitch',
    `Exec=${exec}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** True when the system started us at login: no window then. */
export function startedAtLogin(app: App, platform: NodeJS.Platform, argv: readonly string[]): boolean {
  if (argv.includes(HIDDEN_ARGUMENT)) return true;
  return platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}
