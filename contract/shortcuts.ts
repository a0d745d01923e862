// Shortcuts: what keys can be bound to, in the window and in the whole system.
import * as v from 'valibot';

/** Acts that have keys in the main window; a person may change these. */
export const shortcutIds = [
  'palette',
  'field',
  'settings',
  'mute',
  'hold',
  'hangUp',
  'answer',
  'decline',
  'zoomIn',
  'zoomOut',
  'zoomReset',
] as const;
export type ShortcutId = (typeof shortcutIds)[number];

/** Acts that can have keys in the whole system. None has before a person gives it one. */
export const globalShortcutIds = ['answer', 'decline', 'hangUp', 'mute', 'open'] as const;
export type GlobalShortcutId = (typeof globalShortcutIds)[number];

/**
 * Keys as `Mod+Shift+M`: modifiers in this order, then `KeyboardEvent.key`. `Mod` is Cmd on a Mac, Ctrl elsewhere.
 * An act in the whole system needs a modifier, or it would take a letter away from every program.
 */
const keys = v.pipe(v.string(), v.maxLength(40), v.regex(/^(?:(?:Mod|Ctrl|Alt|Shift)\+)*[^+\s]+$|\+\+$/));

export const shortcutKeysSchema = v.partial(v.object({ ...record(shortcutIds) }));
export type ShortcutKeys = v.InferOutput<typeof shortcutKeysSchema>;

export const globalShortcutKeysSchema = v.partial(v.object({ ...record(globalShortcutIds) }));
export type GlobalShortcutKeys = v.InferOutput<typeof globalShortcutKeysSchema>;

function record<Id extends string>(ids: readonly Id[]): Record<Id, typeof keys> {
  return Object.fromEntries(ids.map((id) => [id, keys])) as Record<Id, typeof keys>;
}
