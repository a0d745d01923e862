// The table of shortcuts: what is shown is what is pressed.
import { expect, test } from 'vitest';
import { isShortcut, keyCaps, keyText, shortcutIds, type KeyPress } from './shortcuts.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test('a Mac shows one cap with signs, other systems a cap for each key', () => {
  expect(keyCaps('field', 'darwin')).toEqual(['⌘K']);
  expect(keyCaps('field', 'win32')).toEqual(['Ctrl', 'K']);
  expect(keyText('mute', 'linux')).toBe('Ctrl+Shift+M');
  expect(keyCaps('clear', 'darwin')).toEqual(['esc']);
});

test('the field is reached by K and by F, with the key of the system', () => {
  expect(isShortcut('field', press('k', { ctrlKey: true }), 'win32')).toBe(true);
  expect(isShortcut('field', press('F', { ctrlKey: true }), 'linux')).toBe(true);
  expect(isShortcut('field', press('k', { metaKey: true }), 'darwin')).toBe(true);
  expect(isShortcut('field', press('k', { ctrlKey: true }), 'darwin')).toBe(false);
  expect(isShortcut('field', press('k'), 'win32')).toBe(false);
});

test('Shift makes another shortcut of F6', () => {
  expect(isShortcut('nextArea', press('F6', { shiftKey: true }), 'linux')).toBe(false);
  expect(isShortcut('previousArea', press('F6', { shiftKey: true }), 'linux')).toBe(true);
});

test('Esc never ends a call', () => {
  expect(isShortcut('hangUp', press('Escape'), 'linux')).toBe(false);
});

test('no two shortcuts of one window take the same keys', () => {
  const backAndClear = new Set(['clear', 'back']);
  for (const system of ['darwin', 'win32']) {
    const ids = shortcutIds.filter((id) => !backAndClear.has(id));
    expect(new Set(ids.map((id) => keyText(id, system))).size).toBe(ids.length);
  }
});
