// The theme: what the person chose, or what the system says, as data-theme on <html>.
import type { Preferences } from '../../contract/index.ts';
import { onPhoneState, phoneState } from './phone-store.ts';

export type Theme = 'light' | 'dark' | 'contrast';

/** What `system` means just now. */
export function resolveTheme(choice: Preferences['theme'], system: { dark: boolean; contrast: boolean }): Theme {
  if (choice !== 'system') return choice;
  if (system.contrast) return 'contrast';
  return system.dark ? 'dark' : 'light';
}

/** Follows the preferences and the system for the life of the window. */
export function followTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const contrast = matchMedia('(prefers-contrast: more)');
  const apply = () => {
    const theme = resolveTheme(phoneState().preferences.theme, { dark: dark.matches, contrast: contrast.matches });
    document.documentElement.dataset.theme = theme;
  };
  apply();
  dark.addEventListener('change', apply);
  contrast.addEventListener('change', apply);
  onPhoneState(apply);
}
