// Whether the phone has kept the person waiting for half a second: then the window says that it works on it.
import { useSyncExternalStore } from 'react';

/** What takes longer than this needs to be seen, ms. */
const unnoticed = 500;

let late = 0;
const listeners = new Set<() => void>();

function add(change: 1 | -1): void {
  late += change;
  for (const listener of listeners) listener();
}

/** The same promise; while it takes longer than half a second, `useWorking` is true. */
export async function whileWorking<T>(work: Promise<T>): Promise<T> {
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    add(1);
  }, unnoticed);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    if (isLate) add(-1);
  }
}

/** True while something that was asked for takes longer than half a second. */
export function isWorking(): boolean {
  return late > 0;
}

/** The same, as state. */
export function useWorking(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, isWorking);
}
