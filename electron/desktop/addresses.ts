// This computer's addresses: no event tells that they changed, so they are looked at twice a second.
import type { NetworkChange } from './power.ts';

/** How often our addresses are looked at, ms. The system tells no one when a cable, a network or a VPN comes or goes. */
const LOOK = 500;

/** Calls `changed` when addresses of this machine come or go. `look` is `networkInterfaces` of node:os. */
export function watchAddresses(
  look: () => NodeJS.Dict<{ address: string; internal: boolean }[]>,
  every: (ms: number, run: () => void) => void,
  changed: (change: NetworkChange) => void,
): void {
  let known = addresses();
  every(LOOK, () => {
    const now = addresses();
    if (now === known) return;
    known = now;
    changed({ woke: false });
  });

  /** Link-local ones lead to no server. */
  function addresses(): string {
    const all = Object.values(look()).flatMap((one) => one ?? []);
    return all
      .flatMap(({ address, internal }) => (internal || /^fe80:/i.test(address) ? [] : [address]))
      .toSorted()
      .join();
  }
}
