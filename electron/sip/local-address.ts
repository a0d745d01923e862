// The address that the routing table picks towards a host: a connected UDP socket knows it, and nothing is sent.
import { createSocket } from 'node:dgram';

/** Resolves to our own address towards this one; null when no way leads there. */
export function localAddressTowards(remote: { address: string; port: number }): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket(remote.address.includes(':') ? 'udp6' : 'udp4');
    const finish = (address: string | null): void => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => finish(null));
    // Node hands the error to this callback, which its types do not tell, and says nothing by `error` then.
    socket.connect(remote.port, remote.address, (...failed: unknown[]) =>
      finish(failed.length > 0 ? null : socket.address().address),
    );
  });
}
