// Keys that act from anywhere in the window, whatever has the focus, and before it hears of them.
import { useEffect, useRef } from 'react';

/** On an element that is given the next keys, whichever they are: a shortcut that is being chosen. */
export const takesKeys = 'data-takes-keys';

/** `act` says whether the press was for it; nothing else then hears of it. */
export function useKeysFromAnywhere(act: (press: KeyboardEvent) => boolean): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || (event.target instanceof Element && event.target.closest(`[${takesKeys}]`))) return;
      if (!latest.current(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
