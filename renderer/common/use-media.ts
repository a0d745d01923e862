// Media queries, as state.
import { useSyncExternalStore } from 'react';

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
