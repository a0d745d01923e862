// Runs first in the page's own world of each document: waits for what the preload exposes.
import { openBridge } from './bridge.ts';

export function start(secret: string): void {
  const { unpack, hear } = openBridge(secret, 'main', 'preload');
  hear('expose', ({ key, api }) => {
    Object.defineProperty(globalThis, key, { value: deepFreeze(unpack(api)), enumerable: true });
  });
}

function deepFreeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const item of Object.values(value)) deepFreeze(item);
  return Object.freeze(value);
}
