// Keys of the whole window: what is typed anywhere goes to the field, Esc goes back, F6 jumps between the areas.
import { useEffect, useRef } from 'react';
import { isShortcut, platform } from '../common/index.ts';

export interface WindowKeys {
  /** Absent on screens without the field. */
  focusField: (() => void) | null;
  /** Clears, closes or goes back by one; false: there was nothing to do. Never ends a call. */
  back: () => boolean;
  onSettings: () => void;
  onPalette: () => void;
}

/** In the order of the keyboard: account line, field, favourites, list, call, navigation. */
const areas = ['account', 'field', 'favourites', 'list', 'call', 'navigation'] as const;
const stops = 'button:not([tabindex="-1"]):not([disabled]), input, [tabindex="0"]';

export function useWindowKeys(keys: WindowKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const { focusField, back, onSettings, onPalette } = latest.current;
      const is = (id: Parameters<typeof isShortcut>[0]) => isShortcut(id, event, platform());
      if (is('palette')) {
        event.preventDefault();
        onPalette();
      } else if (is('field') && focusField) {
        event.preventDefault();
        focusField();
        selectAll();
      } else if (is('settings')) {
        event.preventDefault();
        onSettings();
      } else if (is('nextArea') || is('previousArea')) {
        event.preventDefault();
        jump(is('nextArea') ? 1 : -1);
      } else if (is('back')) {
        if (back()) event.preventDefault();
      } else if (focusField && isTyping(event)) {
        // The key itself then goes where the focus went.
        focusField();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** A letter, a digit, + * # or the like, with nothing that would take it itself. */
function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (!/^[\p{L}\p{N}+*#@]$/u.test(event.key)) return false;
  const target = event.target instanceof Element ? event.target : null;
  return !target?.closest(
    'input, textarea, select, [contenteditable], [role="menu"], [role="listbox"], [role="dialog"]',
  );
}

function selectAll(): void {
  if (document.activeElement instanceof HTMLInputElement) document.activeElement.select();
}

/** To the next area that has something to focus, round and round. */
function jump(direction: 1 | -1): void {
  const here = document.activeElement?.closest<HTMLElement>('[data-area]')?.dataset.area;
  const start = areas.findIndex((area) => area === here);
  for (let step = 1; step <= areas.length; step += 1) {
    const from = start === -1 && direction === -1 ? 0 : start;
    const area = areas[(from + direction * step + areas.length * 2) % areas.length];
    const stop = firstStop(area ?? '');
    if (stop) {
      stop.focus();
      return;
    }
  }
}

function firstStop(area: string): HTMLElement | undefined {
  const candidates = document.querySelectorAll<HTMLElement>(`[data-area="${area}"]`);
  return [...candidates]
    .flatMap((element) => [...element.querySelectorAll<HTMLElement>(stops)])
    .find((element) => element.getClientRects().length > 0);
}
