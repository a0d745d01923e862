// This computer's addresses: no event tells that they changed, so they are looked at twice a second.
import type { NetworkInterfaceInfo } from 'node:os';

const interval = 500;

/** `read` is os.networkInterfaces. Returns what ends the watch. */
export function watchAddresses(read: () => NodeJS.Dict<NetworkInterfaceInfo[]>, changed: () => void): () => void {
  let known = addressesOf(read());
  const timer = setInterval(() => {
    const now = addressesOf(read());
    if (now === known) return;
    known = now;
    changed();
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}

/** Loopback never changes; an IPv6 address of a link is no way out. */
function addressesOf(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string {
  const addresses = Object.values(interfaces).flatMap((list = []) =>
    list.filter(({ internal, address }) => !internal && !address.startsWith('fe80')).map(({ address }) => address),
  );
  return addresses.toSorted().join(' ');
}
