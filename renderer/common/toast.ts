// What just happened, said in passing: a line that goes away by itself, with at most one way back.
import { useSyncExternalStore } from 'react';

export interface Toast {
  id: number;
  kind: 'done' | 'problem';
  text: string;
  action?: { label: string; run: () => void } | undefined;
}

/** A line that can be acted on stays long enough to be read and reached, ms. */
const stayMs = { done: 8_000, problem: 10_000 } as const;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Shows a line, in place of an equal one. Returns its id. */
export function showToast(toast: Omit<Toast, 'id'>): number {
  const id = ++lastId;
  set([...toasts.filter((other) => other.text !== toast.text), { ...toast, id }].slice(-3));
  setTimeout(() => dismissToast(id), stayMs[toast.kind]);
  return id;
}

export function dismissToast(id: number): void {
  if (toasts.some((toast) => toast.id === id)) set(toasts.filter((toast) => toast.id !== id));
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
}
