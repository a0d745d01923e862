// Cards that change places slide there, so that the eye can follow which call went where.
import { useLayoutEffect, useRef, type RefObject } from 'react';

/** As `--time-slow` and `--ease-move` of tokens.css. */
const move = { duration: 260, easing: 'cubic-bezier(0.4, 0, 0.15, 1)' };

/**
 * Slides the children of `dock` that carry `data-call` from where they were, whenever `order` changes. Other renders
 * (a new name, a problem line) only note where the cards are.
 */
export function useTradePlaces(dock: RefObject<HTMLElement | null>, order: string): void {
  const last = useRef({ order, tops: new Map<string, number>() });
  useLayoutEffect(() => {
    const container = dock.current;
    if (!container) {
      last.current = { order, tops: new Map() };
      return;
    }
    const isReduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const tops = new Map<string, number>();
    for (const card of container.querySelectorAll<HTMLElement>(':scope > [data-call]')) {
      const id = card.dataset['call'] ?? '';
      const top = container.offsetTop + card.offsetTop;
      const before = last.current.tops.get(id);
      tops.set(id, top);
      if (isReduced || last.current.order === order || before === undefined || before === top) continue;
      card.animate([{ transform: `translateY(${before - top}px)` }, { transform: 'none' }], move);
    }
    last.current = { order, tops };
  });
}
