// Which conversation is open: its number, '' for a new one, null for the list.
import { useSyncExternalStore } from 'react';

let open: string | null = null;
const listeners = new Set<() => void>();

export function openConversation(number: string | null): void {
  open = number;
  for (const listener of listeners) listener();
}

export function useOpenConversation(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
