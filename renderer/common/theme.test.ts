// The theme: the person's choice, else the system's.
import { expect, test } from 'vitest';
import { resolveTheme } from './theme.ts';

test('a choice goes before what the system says', () => {
  expect(resolveTheme('light', { dark: true, contrast: true })).toBe('light');
  expect(resolveTheme('contrast', { dark: false, contrast: false })).toBe('contrast');
});

test('the system decides where nothing is chosen, contrast first', () => {
  expect(resolveTheme('system', { dark: false, contrast: false })).toBe('light');
  expect(resolveTheme('system', { dark: true, contrast: false })).toBe('dark');
  expect(resolveTheme('system', { dark: true, contrast: true })).toBe('contrast');
});
