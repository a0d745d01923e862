// Shortcuts: one table for the keys, the tooltips, the hint line and the settings. A person may change those of acts.
import { shortcutIds, type ShortcutId, type ShortcutKeys } from '../../contract/index.ts';
import { phoneState } from './phone-store.ts';

interface Keys {
  keys: readonly string[];
  /** On a Mac, where it has others. */
  mac?: readonly string[];
}

/** Keys as KeyboardEvent.key; `Mod` is Cmd on a Mac, Ctrl elsewhere. The first of a list is the one shown. */
const table = {
  palette: { keys: ['Mod+K'] },
  field: { keys: ['Mod+F'] },
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
  // Where a keyboard has + and digits only with Shift, and where + shares its key with =.
  zoomIn: { keys: ['Mod++', 'Mod+=', 'Mod+Shift++'] },
  zoomOut: { keys: ['Mod+-'] },
  zoomReset: { keys: ['Mod+0', 'Mod+Shift+0'] },
} as const satisfies Record<ShortcutId, Keys> & Record<string, Keys>;

/** Every shortcut, also those that belong to the keyboard itself and stay: Enter, Esc, F6. */
export type AnyShortcutId = keyof typeof table;
export const allShortcuts = Object.keys(table).filter((id): id is AnyShortcutId => id in table);

const isOurs = (id: AnyShortcutId): id is ShortcutId => shortcutIds.some((known) => known === id);

/** What the person chose; nothing before the phone has said so. */
const chosenKeys = (): ShortcutKeys => phoneState().preferences.shortcuts ?? {};

/** All keys of a shortcut, the shown one first. */
export function keysOf(id: AnyShortcutId, platform: string, chosen: ShortcutKeys = chosenKeys()): readonly string[] {
  const own = isOurs(id) ? chosen[id] : undefined;
  if (own !== undefined) return [own];
  const entry: Keys = table[id];
  return platform === 'darwin' && entry.mac ? entry.mac : entry.keys;
}

const arrows = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };
const macNames: Record<string, string> = {
  Mod: '⌘',
  Ctrl: '⌃',
  Shift: '⇧',
  Alt: '⌥',
  Escape: 'esc',
  Enter: '↵',
  ...arrows,
};
const otherNames: Record<string, string> = { Mod: 'Ctrl', Escape: 'Esc', Enter: 'Enter', ...arrows };

const partsOf = (keys: string): string[] =>
  keys.endsWith('++') ? [...keys.slice(0, -2).split('+'), '+'] : keys.split('+');

/** Key caps of these keys: `['⌘K']` on a Mac, `['Ctrl', 'K']` elsewhere. */
export function capsOf(keys: string, platform: string): string[] {
  const names = platform === 'darwin' ? macNames : otherNames;
  const caps = partsOf(keys).map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  return platform === 'darwin' ? [caps.join('')] : caps;
}

/** Key caps of a shortcut. */
export function keyCaps(id: AnyShortcutId, platform: string): string[] {
  return capsOf(keysOf(id, platform)[0] ?? '', platform);
}

/** The same in words for a tooltip: `⌘K`, `Ctrl+K`. */
export function keyText(id: AnyShortcutId, platform: string): string {
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
export function isShortcut(id: AnyShortcutId, press: KeyPress, platform: string): boolean {
  const pressed = keysPressed(press, platform);
  return pressed !== null && keysOf(id, platform).some((keys) => isSame(keys, pressed));
}

const isSame = (keys: string, other: string) => keys.toLowerCase() === other.toLowerCase();
const modifiers = new Set([
  'Control',
  'Meta',
  'Alt',
  'Shift',
  'AltGraph',
  'CapsLock',
  'Dead',
  'Process',
  'Unidentified',
]);

/** A key press as a shortcut is written: `Mod+Shift+M`; null while only modifiers are held. */
export function keysPressed(press: KeyPress, platform: string): string | null {
  if (modifiers.has(press.key)) return null;
  const isMac = platform === 'darwin';
  const held = [
    (isMac ? press.metaKey : press.ctrlKey) && 'Mod',
    isMac && press.ctrlKey && 'Ctrl',
    press.altKey && 'Alt',
    press.shiftKey && 'Shift',
  ].filter((name) => name !== false);
  // The Windows key belongs to the system.
  if (!isMac && press.metaKey) return null;
  const key = press.key === ' ' ? 'Space' : press.key.length === 1 ? press.key.toUpperCase() : press.key;
  return [...held, key].join('+');
}

/** Why keys cannot be given to an act: another act has them, the system or typing needs them. */
export type Conflict = { name: 'shortcut'; id: AnyShortcutId } | { name: 'system' } | { name: 'typing' };

/** Copy and paste, undo, closing, quitting, reloading: what every program does by these keys. */
const systemKeys = ['C', 'V', 'X', 'A', 'Z', 'Y', 'W', 'Q', 'R', 'H'].map((key) => `Mod+${key}`);
const others = ['Alt+F4', 'Alt+Tab', 'Mod+Shift+I', 'Mod+Alt+I', 'Mod+Shift+Z', 'Mod+Space', 'Tab', 'Shift+Tab'];

/** What stands against giving these keys to this act; null: nothing does. */
export function conflictOf(keys: string, id: ShortcutId, platform: string, chosen = chosenKeys()): Conflict | null {
  const parts = partsOf(keys);
  const key = parts.at(-1) ?? '';
  const isHeld = parts.some((part) => part === 'Mod' || part === 'Alt' || part === 'Ctrl');
  if (!isHeld && !/^F\d{1,2}$/.test(key)) return { name: 'typing' };
  if ([...systemKeys, ...others].some((known) => isSame(known, keys))) return { name: 'system' };
  const other = allShortcuts.find(
    (known) => known !== id && keysOf(known, platform, chosen).some((theirs) => isSame(theirs, keys)),
  );
  return other === undefined ? null : { name: 'shortcut', id: other };
}

/** The key caps drawn in the field and in hints are these; the name of this platform comes from the bridge. */
export function platform(): string {
  return window.hookswitch.platform;
}
