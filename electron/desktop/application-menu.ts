// The menu bar of macOS; Windows and Linux have none. Electron's own also zooms and reloads the page: zoom is a shortcut of
// the window here, which a person may change, and would then go two steps; nobody reloads a phone.
import type { Menu, MenuItemConstructorOptions } from 'electron';

const menus: MenuItemConstructorOptions[] = [
  { role: 'appMenu' },
  { role: 'fileMenu' },
  { role: 'editMenu' },
  { role: 'windowMenu' },
];

export function setApplicationMenu(
  menu: Pick<typeof Menu, 'setApplicationMenu' | 'buildFromTemplate'>,
  platform: NodeJS.Platform,
): void {
  menu.setApplicationMenu(platform === 'darwin' ? menu.buildFromTemplate(menus) : null);
}
