// The table of shortcuts: what is shown is what is pressed.
import { expect, test } from 'vitest';
import {
  allShortcuts,
  capsOf,
  conflictOf,
  isShortcut,
  keyCaps,
  keysPressed,
  keyText,
  type AnyShortcutId,
  type KeyPress,
} from './shortcuts.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test('a Mac shows one cap with signs, other systems a cap for each key', () => {
  expect(keyCaps('palette', 'darwin')).toEqual(['⌘K']);
  expect(keyCaps('palette', 'win32')).toEqual(['Ctrl', 'K']);
  expect(keyText('mute', 'linux')).toBe('Ctrl+Shift+M');
  expect(keyCaps('clear', 'darwin')).toEqual(['esc']);
});

test('the palette is reached by K and the field by F, with the key of the system', () => {
  expect(isShortcut('palette', press('k', { ctrlKey: true }), 'win32')).toBe(true);
  expect(isShortcut('field', press('F', { ctrlKey: true }), 'linux')).toBe(true);
  expect(isShortcut('palette', press('k', { metaKey: true }), 'darwin')).toBe(true);
  expect(isShortcut('palette', press('k', { ctrlKey: true }), 'darwin')).toBe(false);
  expect(isShortcut('palette', press('k'), 'win32')).toBe(false);
});

test('Shift makes another shortcut of F6', () => {
  expect(isShortcut('nextArea', press('F6', { shiftKey: true }), 'linux')).toBe(false);
  expect(isShortcut('previousArea', press('F6', { shiftKey: true }), 'linux')).toBe(true);
});

test('zoom has the keys of browsers, on keyboards that need Shift for them, too', () => {
  const is = (id: AnyShortcutId, key: string, held: Partial<KeyPress> = {}) =>
    isShortcut(id, press(key, { ctrlKey: true, ...held }), 'linux');
  expect([is('zoomIn', '+'), is('zoomIn', '='), is('zoomIn', '+', { shiftKey: true })]).toEqual([true, true, true]);
  expect([is('zoomOut', '-'), is('zoomReset', '0'), is('zoomReset', '0', { shiftKey: true })]).toEqual([
    true,
    true,
    true,
  ]);
  expect(keyText('zoomIn', 'win32')).toBe('Ctrl++');
  expect(keyCaps('zoomOut', 'darwin')).toEqual(['⌘-']);
  expect(conflictOf('Mod+0', 'mute', 'linux', {})).toEqual({ name: 'shortcut', id: 'zoomReset' });
});

test('Esc never ends a call', () => {
  expect(isShortcut('hangUp', press('Escape'), 'linux')).toBe(false);
});

test('no two shortcuts of one window take the same keys', () => {
  const backAndClear = new Set(['clear', 'back']);
  for (const system of ['darwin', 'win32']) {
    const ids = allShortcuts.filter((id) => !backAndClear.has(id));
    expect(new Set(ids.map((id) => keyText(id, system))).size).toBe(ids.length);
  }
});

test('a key press is written as the table writes it', () => {
  expect(keysPressed(press('m', { ctrlKey: true, shiftKey: true }), 'linux')).toBe('Mod+Shift+M');
  expect(keysPressed(press('m', { metaKey: true, ctrlKey: true }), 'darwin')).toBe('Mod+Ctrl+M');
  expect(keysPressed(press('+', { ctrlKey: true }), 'linux')).toBe('Mod++');
  expect(capsOf('Mod++', 'linux')).toEqual(['Ctrl', '+']);
  expect(keysPressed(press('Shift', { shiftKey: true }), 'linux')).toBeNull();
});

test('keys that another act, the system or typing needs are refused, with who has them', () => {
  expect(conflictOf('Mod+Shift+M', 'hold', 'linux', {})).toEqual({ name: 'shortcut', id: 'mute' });
  expect(conflictOf('Mod+Shift+M', 'mute', 'linux', {})).toBeNull();
  expect(conflictOf('Mod+Shift+M', 'hold', 'linux', { mute: 'Alt+M' })).toBeNull();
  expect(conflictOf('Mod+C', 'mute', 'linux', {})).toEqual({ name: 'system' });
  expect(conflictOf('M', 'mute', 'linux', {})).toEqual({ name: 'typing' });
  expect(conflictOf('Shift+M', 'mute', 'linux', {})).toEqual({ name: 'typing' });
  expect(conflictOf('F9', 'mute', 'linux', {})).toBeNull();
});
