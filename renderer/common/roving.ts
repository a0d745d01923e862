// Arrow keys inside a group of buttons that is one tab stop (ARIA practices: roving focus).
import type { KeyboardEvent } from 'react';

/** Moves the focus among the group's buttons; `Home` and `End` too. Columns: up and down go by rows of that many. */
export function moveFocus(event: KeyboardEvent<HTMLElement>, columns = 0): boolean {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not([disabled]), [data-roving]')].filter(
    (item) => item.tabIndex >= -1 && item.getClientRects().length > 0,
  );
  const here = items.findIndex((item) => item === event.currentTarget.ownerDocument.activeElement);
  if (here === -1) return false;
  const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
  const steps: Record<string, number> = {
    ArrowRight: isRtl ? -1 : 1,
    ArrowLeft: isRtl ? 1 : -1,
    ArrowDown: columns || 1,
    ArrowUp: -(columns || 1),
    Home: -here,
    End: items.length - 1 - here,
  };
  const step = steps[event.key];
  if (step === undefined) return false;
  event.preventDefault();
  event.stopPropagation();
  items[Math.min(Math.max(here + step, 0), items.length - 1)]?.focus();
  return true;
}

/** For `onKeyDown` of a group in one line. */
export function onArrowKeys(event: KeyboardEvent<HTMLElement>): void {
  moveFocus(event);
}
