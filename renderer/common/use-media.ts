// Media queries and the clock, as state.
import { useEffect, useState, useSyncExternalStore } from 'react';

/** Whether the query holds now, such as `(min-width: 960px)`. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}

/** Milliseconds since the epoch, renewed every `everyMs` while mounted and the window can be seen; null: not renewed. */
export function useNow(everyMs: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (everyMs === null) return undefined;
    const renew = () => {
      if (document.visibilityState === 'visible') setNow(Date.now());
    };
    renew();
    const timer = setInterval(renew, everyMs);
    document.addEventListener('visibilitychange', renew);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', renew);
    };
  }, [everyMs]);
  return now;
}
