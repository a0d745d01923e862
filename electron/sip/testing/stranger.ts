// For tests: somebody on the network who is not the account's server: another address, by UDP or TCP.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createRequest, parseMessage, randomBranch, serialize, type SipMessage } from '../wire/index.ts';

export interface Stranger {
  readonly address: string;
  readonly port: number;
  /** What came back, as messages. */
  readonly received: SipMessage[];
  /** The next message that comes, other than 100. */
  next(): Promise<SipMessage>;
  /** Bytes as they are, by UDP. */
  sendRaw(bytes: Buffer | string, port: number): Promise<void>;
  /** By UDP. `headers` take the place of those that a call would have. */
  send(method: string, uri: string, port: number, headers?: readonly (readonly [string, string])[]): Promise<void>;
  /** A connection from this address. */
  connect(port: number): Promise<Socket>;
  close(): void;
}

/** Loopback is a whole network: 127.0.0.2 is not 127.0.0.1. */
export async function startStranger(address = '127.0.0.2'): Promise<Stranger> {
  const socket = createSocket('udp4');
  socket.bind(0, address);
  await once(socket, 'listening');
  const { port: own } = socket.address();
  const received: SipMessage[] = [];
  const connections: Socket[] = [];
  let arrived = (_message: SipMessage): void => {};
  socket.on('message', (bytes) => {
    const message = parseMessage(bytes);
    if (message.kind === 'malformed') return;
    received.push(message);
    if (message.kind === 'request' || message.status > 100) arrived(message);
  });
  let serial = 0;
  const sendRaw = (bytes: Buffer | string, port: number): Promise<void> =>
    new Promise((resolve, reject) =>
      socket.send(bytes, port, '127.0.0.1', (error) => (error ? reject(error) : resolve())),
    );
  return {
    address,
    port: own,
    received,
    next: () =>
      new Promise((resolve) => {
        arrived = resolve;
      }),
    sendRaw,
    async send(method, uri, port, headers = []) {
      serial += 1;
      const given = new Set(headers.map(([name]) => name));
      const usual: [string, string][] = [
        ['Via', `SIP/2.0/UDP ${address}:${own};branch=${randomBranch()};rport`],
        ['Max-Forwards', '70'],
        ['From', '"Your bank" <sip:bank@example.com>;tag=stranger'],
        ['To', `<${uri}>`],
        ['Call-ID', `stranger-${own}-${serial}`],
        ['CSeq', `${serial} ${method}`],
        ['Contact', `<sip:bank@${address}:${own}>`],
      ];
      const all = [...headers, ...usual.filter(([name]) => !given.has(name))];
      await sendRaw(serialize(createRequest(method, uri, all)), port);
    },
    async connect(port) {
      const connection = connect({ port, host: '127.0.0.1', localAddress: address });
      connections.push(connection);
      connection.on('error', () => {});
      await once(connection, 'connect');
      return connection;
    },
    close() {
      socket.close();
      for (const connection of connections) connection.destroy();
    },
  };
}
