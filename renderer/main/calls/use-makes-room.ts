// Where the focus goes under the call, as in a low window with the keypad open, the call makes room (WCAG 2.2, 2.4.11).
import { useEffect, useRef, type RefObject } from 'react';

/** Calls `makeRoom` when keys move the focus to something that lies under `dock`. */
export function useMakesRoom(dock: RefObject<HTMLElement | null>, makeRoom: () => void): void {
  const latest = useRef(makeRoom);
  useEffect(() => {
    latest.current = makeRoom;
  });
  useEffect(() => {
    let frame = 0;
    const onFocus = ({ target }: FocusEvent) => {
      cancelAnimationFrame(frame);
      if (!(target instanceof Element) || !target.matches(':focus-visible')) return;
      // The frame after it has scrolled into sight, if it could.
      frame = requestAnimationFrame(() => {
        const { x, y, width, height } = target.getBoundingClientRect();
        const above = document.elementFromPoint(x + width / 2, y + height / 2);
        if (dock.current?.contains(above) && !dock.current.contains(target)) latest.current();
      });
    };
    document.addEventListener('focusin', onFocus);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('focusin', onFocus);
    };
  }, [dock]);
}
