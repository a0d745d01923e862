// The day that it is, as state: a window may stay open over midnight.
import { useSyncExternalStore } from 'react';
import { startOfDay } from './format.ts';

/** Local midnight before now, ms since the epoch: looked at each minute while the window can be seen. One timer for all. */
export function useToday(): number {
  return useSyncExternalStore(followDay, () => startOfDay(Date.now()));
}

const dayListeners = new Set<() => void>();
let minutes: ReturnType<typeof setInterval> | undefined;

// Not one timer until midnight: a computer that sleeps would find its rest still to be waited for.
function followDay(listener: () => void): () => void {
  dayListeners.add(listener);
  if (dayListeners.size === 1) {
    document.addEventListener('visibilitychange', lookWhileSeen);
    lookWhileSeen();
  }
  return () => {
    dayListeners.delete(listener);
    if (dayListeners.size > 0) return;
    document.removeEventListener('visibilitychange', lookWhileSeen);
    clearInterval(minutes);
  };
}

/** No timer runs in a window that nobody sees; who sees it again sees the day that it is. */
function lookWhileSeen(): void {
  clearInterval(minutes);
  if (document.visibilityState !== 'visible') return;
  minutes = setInterval(tellDay, 60_000);
  tellDay();
}

function tellDay(): void {
  for (const listener of dayListeners) listener();
}
