// The phone's state as this window knows it: the last snapshot from the main process. Drawn from, never edited.
import { useRef, useSyncExternalStore } from 'react';
import { noPhoneYet, type PhoneState } from '../../contract/index.ts';
import { isShallowEqual, share } from './share.ts';

let state = noPhoneYet;
let isListening = false;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  listen();
  return () => listeners.delete(listener);
}

/** Subscribes to the bridge once, for the life of the window. */
function listen(): void {
  if (isListening) return;
  isListening = true;
  window.hookswitch.phone.onState((next) => {
    state = share(state, next);
    for (const listener of listeners) listener();
  });
}

/** The state now, outside of a component: for event handlers. */
export function phoneState(): PhoneState {
  return state;
}

/** Calls back after each snapshot; returns a disposer. */
export function onPhoneState(listener: () => void): () => void {
  return subscribe(listener);
}

/** A part of the state. Renders again only when that part changed (small objects made by the selector may be compared). */
export function usePhone<T>(selector: (state: PhoneState) => T): T {
  const last = useRef<{ value: T } | null>(null);
  const snapshot = (): T => {
    const value = selector(state);
    if (last.current && isShallowEqual(last.current.value, value)) return last.current.value;
    last.current = { value };
    return value;
  };
  return useSyncExternalStore(subscribe, snapshot);
}
