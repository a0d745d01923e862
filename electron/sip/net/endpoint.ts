// A local address at which peers reach us: one port for UDP and TCP alike (RFC 3261 18.1.1), which Via and Contact name.
import dgram from 'node:dgram';
import net from 'node:net';
import type { Logger } from '../../../contract/index.ts';
import { formatHostPort } from '../wire/index.ts';
import { toTransportError } from './transport-error.ts';

export interface EndpointHandlers {
  datagram(endpoint: Endpoint, bytes: Buffer, remote: { address: string; port: number }): void;
  connection(endpoint: Endpoint, socket: net.Socket): void;
}

export interface Endpoint {
  readonly address: string;
  readonly port: number;
  /** False where TCP could not listen on UDP's port. */
  readonly listensTcp: boolean;
  send(bytes: Buffer, remote: { address: string; port: number }): Promise<void>;
  close(): void;
}

/** A free port is free for UDP; when TCP has it taken, another is tried. */
const ATTEMPTS = 8;

/** Opens the endpoint on a port that the system picks. */
export async function openEndpoint(address: string, log: Logger, handlers: EndpointHandlers): Promise<Endpoint> {
  for (let attempt = 1; ; attempt++) {
    const udp = await bindUdp(address);
    const { port } = udp.address();
    const tcp = await listenTcp(address, port);
    if (tcp || attempt === ATTEMPTS) {
      if (!tcp) log.warn('no TCP listener: peers can reach this address by UDP only', { address, port });
      return joinSockets(udp, tcp, log, handlers);
    }
    udp.close();
  }
}

function joinSockets(udp: dgram.Socket, tcp: net.Server | null, log: Logger, handlers: EndpointHandlers): Endpoint {
  const { address, port } = udp.address();
  const endpoint: Endpoint = {
    address,
    port,
    listensTcp: tcp !== null,
    send: (bytes, remote) =>
      new Promise((resolve, reject) => {
        const fail = (error: unknown): void =>
          reject(toTransportError(error, formatHostPort(remote.address, remote.port)));
        try {
          udp.send(bytes, remote.port, remote.address, (error) => (error ? fail(error) : resolve()));
        } catch (error) {
          fail(error);
        }
      }),
    close() {
      udp.close();
      tcp?.close();
    },
  };
  udp.on('message', (bytes, remote) => handlers.datagram(endpoint, bytes, remote));
  udp.on('error', (error) => log.warn('UDP socket', { address, port, error: error.message }));
  tcp?.on('connection', (socket) => handlers.connection(endpoint, socket));
  tcp?.on('error', (error) => log.warn('TCP listener', { address, port, error: error.message }));
  return endpoint;
}

/** A UDP socket for addresses only: no name is ever looked up on its way, which saves a turn of the loop a datagram. */
export function createUdpSocket(address: string): dgram.Socket {
  const family = net.isIPv6(address) ? 6 : 4;
  return dgram.createSocket({
    type: family === 6 ? 'udp6' : 'udp4',
    lookup: (host, _options, done) => done(null, host, family),
  });
}

function bindUdp(address: string): Promise<dgram.Socket> {
  return new Promise((resolve, reject) => {
    const socket = createUdpSocket(address);
    socket.once('error', (error) => reject(toTransportError(error, address)));
    socket.bind({ address, port: 0, exclusive: true }, () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

function listenTcp(address: string, port: number): Promise<net.Server | null> {
  return new Promise((resolve) => {
    const server = net.createServer({ noDelay: true });
    server.once('error', () => resolve(null));
    server.listen({ host: address, port, exclusive: true }, () => {
      server.removeAllListeners('error');
      resolve(server);
    });
  });
}
