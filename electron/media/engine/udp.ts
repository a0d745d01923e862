// UDP sockets of the legs. Their packets go to addresses, never to names.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

/** Bound to this address; `port` 0 takes a free one. Rejects when that cannot be done. */
export async function bindUdp(address: string, port: number): Promise<Socket> {
  const ipv6 = isIPv6(address);
  const socket = createSocket({
    type: ipv6 ? 'udp6' : 'udp4',
    // Node would ask its resolver for every packet, and send it a turn of the event loop later.
    lookup: (host, _options, found) => found(null, host, ipv6 ? 6 : 4),
  });
  try {
    // Without a resolver it listens, or fails, before `bind` returns.
    const listening = once(socket, 'listening');
    socket.bind(port, address);
    await listening;
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}
