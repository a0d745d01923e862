// What of a long list is in sight, from where it is scrolled to. All heights are known, so nothing is ever measured.
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { letterHeight, type FlatList } from './flat-list.ts';

/** Places that are drawn above and below those in sight. */
const beside = 3;

export interface Sight {
  /** Places that are drawn. */
  first: number;
  last: number;
  /** The letter under which the topmost stands; -1: none. */
  letter: number;
}

export interface Shown extends Sight {
  /** Most that were ever drawn at once: so many rows are made, and take turns. */
  slots: number;
}

/** @param offset where the list was scrolled to, px, for when it comes back */
export function useInSight(scroller: RefObject<HTMLElement | null>, list: FlatList, offset: RefObject<number>): Shown {
  const [shown, setShown] = useState<Shown>({ first: 0, last: -1, letter: -1, slots: 1 });
  const before = useRef(0);

  const look = useCallback(
    (element: HTMLElement) => {
      const { scrollTop: top, clientHeight: height } = element;
      // Who jumps passes the rows beside.
      const more = Math.abs(top - before.current) > height ? 0 : beside;
      before.current = top;
      const next = sightOf(list, { top, height, more });
      setShown((last) =>
        isSame(last, next) ? last : { ...next, slots: Math.max(last.slots, next.last - next.first + 1) },
      );
    },
    [list],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    element.scrollTo({ top: offset.current, behavior: 'instant' });
    look(element);
    // Before the frame is painted, or it would show places that are not drawn yet.
    const onScroll = () => flushSync(() => look(element));
    const observer = new ResizeObserver(() => look(element));
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller, look, offset]);

  return shown;
}

/** @param more places above and below */
export function sightOf(list: FlatList, { top, height, more }: { top: number; height: number; more: number }): Sight {
  const topmost = list.placeAt(top);
  return {
    first: Math.max(topmost - more, 0),
    last: Math.min(list.placeAt(top + height - 1) + more, list.count - 1),
    letter: list.letterAbove(topmost),
  };
}

/** How far to scroll, px, so that the place is seen under the letter at the top: as little as may be. */
export function scrollTo(list: FlatList, place: number, { top, height }: { top: number; height: number }): number {
  const start = list.startOf(place) - letterHeight;
  const end = list.startOf(place + 1);
  if (start < top) return start;
  return end > top + height ? end - height : top;
}

function isSame(one: Sight, other: Sight): boolean {
  return one.first === other.first && one.last === other.last && one.letter === other.letter;
}
