// The menu bar: none but on macOS, and there none of Electron's own zoom, which would act beside the window's.
import type { Menu } from 'electron';
import { expect, it } from 'vitest';
import { setApplicationMenu } from './application-menu.ts';

/** The roles in the bar; null: there is none. */
function rolesOn(platform: NodeJS.Platform): unknown[] | null {
  const set: (Menu | null)[] = [];
  let roles: unknown[] = [];
  const bar = {} as Menu;
  setApplicationMenu(
    {
      buildFromTemplate: (template) => {
        roles = template.map(({ role }) => role);
        return bar;
      },
      setApplicationMenu: (menu) => void set.push(menu),
    },
    platform,
  );
  expect(set).toHaveLength(1);
  return set[0] === bar ? roles : null;
}

it('is there on macOS, without the menu that zooms and reloads', () => {
  const roles = rolesOn('darwin') ?? [];
  expect(roles).toContain('editMenu');
  expect(roles.filter((role) => /view|zoom|reload/i.test(String(role)))).toEqual([]);
});

it('is not there on Windows and Linux', () => {
  expect(rolesOn('win32')).toBeNull();
  expect(rolesOn('linux')).toBeNull();
});
