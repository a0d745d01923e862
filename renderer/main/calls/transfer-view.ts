// Which call the person is about to transfer: the panel takes the list's place while it is chosen.
import { useSyncExternalStore } from 'react';

let chosen: string | null = null;
const listeners = new Set<() => void>();

/** Opens the panel for this call; null closes it. */
export function chooseTransfer(callId: string | null): void {
  chosen = callId;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Id of the call whose transfer is being chosen. */
export function useChosenTransfer(): string | null {
  return useSyncExternalStore(listen, () => chosen);
}
