// Whether the phone has kept the person waiting for half a second: then the window says that it works on it.
import { useSyncExternalStore } from 'react';

/** What takes longer than this needs to be seen, ms. */
const unnoticed = 500;

/** What is under way; a timer until half a second has passed, then null. */
interface Work {
  timer: ReturnType<typeof setTimeout> | null;
}

const works = new Set<Work>();
const listeners = new Set<() => void>();
let isPersonAsked = false;

function begin(work: Work): void {
  work.timer = setTimeout(() => {
    work.timer = null;
    tell();
  }, unnoticed);
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** The same promise; while it takes longer than half a second, `useWorking` is true. */
export async function whileWorking<T>(promise: Promise<T>): Promise<T> {
  const work: Work = { timer: null };
  works.add(work);
  begin(work);
  try {
    return await promise;
  } finally {
    works.delete(work);
    if (work.timer === null) tell();
    else clearTimeout(work.timer);
  }
}

/** While the person is asked, by a dialog of the system, nobody waits for the phone; afterwards its half second begins anew. */
export function personIsAsked(isAsked: boolean): void {
  if (isAsked === isPersonAsked) return;
  isPersonAsked = isAsked;
  for (const work of works) {
    if (work.timer !== null) clearTimeout(work.timer);
    begin(work);
  }
  tell();
}

/** True while something that was asked for takes longer than half a second. */
export function isWorking(): boolean {
  return !isPersonAsked && [...works].some((work) => work.timer === null);
}

/** The same, as state. */
export function useWorking(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, isWorking);
}
