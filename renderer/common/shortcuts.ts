// Shortcuts: one table for the keys, the tooltips, the hint line and the settings.

/** Keys as KeyboardEvent.key; `Mod` is Cmd on a Mac, Ctrl elsewhere. The first of a list is the one shown. */
const table = {
  field: { keys: ['Mod+K', 'Mod+F'] },
  call: { keys: ['Enter'] },
  clear: { keys: ['Escape'] },
  back: { keys: ['Escape', 'Alt+ArrowLeft'] },
  nextArea: { keys: ['F6'] },
  previousArea: { keys: ['Shift+F6'] },
  settings: { keys: ['Mod+,'] },
  mute: { keys: ['Mod+Shift+M'] },
  hold: { keys: ['Mod+Shift+P'] },
  hangUp: { keys: ['Mod+Shift+H'], mac: ['Mod+.', 'Mod+Shift+H'] },
  answer: { keys: ['Mod+Shift+A'] },
  decline: { keys: ['Mod+Shift+D'] },
} as const satisfies Record<string, { keys: readonly string[]; mac?: readonly string[] }>;

export type ShortcutId = keyof typeof table;
export const shortcutIds = Object.keys(table).filter((id): id is ShortcutId => id in table);

function keysOf(id: ShortcutId, platform: string): readonly string[] {
  const entry: { keys: readonly string[]; mac?: readonly string[] } = table[id];
  return platform === 'darwin' && entry.mac ? entry.mac : entry.keys;
}

const macNames: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Escape: 'esc', Enter: '↵', ArrowLeft: '←' };
const otherNames: Record<string, string> = { Mod: 'Ctrl', Escape: 'Esc', Enter: 'Enter', ArrowLeft: '←' };

/** Key caps: `['⌘K']` on a Mac, `['Ctrl', 'K']` elsewhere. */
export function keyCaps(id: ShortcutId, platform: string): string[] {
  const [first = ''] = keysOf(id, platform);
  const names = platform === 'darwin' ? macNames : otherNames;
  const caps = first.split('+').map((part) => names[part] ?? part);
  return platform === 'darwin' ? [caps.join('')] : caps;
}

/** The same in words for a tooltip: `⌘K`, `Ctrl+K`. */
export function keyText(id: ShortcutId, platform: string): string {
  return keyCaps(id, platform).join('+');
}

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Whether this key press is the shortcut. */
export function isShortcut(id: ShortcutId, press: KeyPress, platform: string): boolean {
  return keysOf(id, platform).some((combination) => {
    const parts = combination.split('+');
    const key = parts.at(-1) ?? '';
    const wantsMod = parts.includes('Mod');
    const isMac = platform === 'darwin';
    return (
      press.key.toLowerCase() === key.toLowerCase() &&
      press.shiftKey === parts.includes('Shift') &&
      press.altKey === parts.includes('Alt') &&
      press.ctrlKey === (wantsMod && !isMac) &&
      press.metaKey === (wantsMod && isMac)
    );
  });
}

/** The key caps drawn in the field and in hints are these; the name of this platform comes from the bridge. */
export function platform(): string {
  return window.hookswitch.platform;
}
