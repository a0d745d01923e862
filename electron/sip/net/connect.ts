// Opening connections: TCP, TLS with the identity check of RFC 5922, WebSocket with subprotocol `sip` (RFC 7118).
import { readFile } from 'node:fs/promises';
import net from 'node:net';
import tls from 'node:tls';
import { WebSocket } from 'ws';
import type { Clock } from '../../../contract/index.ts';
import { formatHostPort, MAX_SKIPPED } from '../wire/index.ts';
import { checkSipIdentity, trustContext } from './tls-identity.ts';
import { TransportError, toTransportError } from './transport-error.ts';
import type { Target } from './types.ts';

export interface ConnectOptions {
  clock: Clock;
  localAddress?: string;
  /** Milliseconds for everything: TCP, TLS and WebSocket handshakes. */
  timeout: number;
  /** PEM text of a further certificate authority. */
  ca?: string;
}

/** A TCP or TLS connection, or a rejection with TransportError. */
export function connectStream(target: Target, options: ConnectOptions): Promise<net.Socket> {
  const where = formatHostPort(target.host, target.port);
  return new Promise((resolve, reject) => {
    const place = { host: target.host, port: target.port, ...local(options) };
    const secure = target.transport === 'tls';
    const socket = secure ? tls.connect({ ...place, ...tlsOptions(target, options) }) : net.connect(place);
    const fail = (error: unknown): void => {
      socket.destroy();
      reject(toTransportError(error, where));
    };
    const giveUp = (): void => fail(new TransportError('timeout', `${where} does not answer`));
    const cancelTimer = options.clock.after(options.timeout, giveUp);
    const onClose = (): void => fail(new TransportError('closed', `${where} closed the connection`));
    socket.once('close', onClose);
    // Stays attached: a late error of a socket that was given up must not become an uncaught exception.
    socket.on('error', fail);
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      cancelTimer();
      socket.removeListener('close', onClose);
      resolve(socket);
    });
    socket.once('close', cancelTimer);
  });
}

/** A WebSocket that speaks SIP, and the socket below it. */
export function connectWebSocket(
  target: Target,
  options: ConnectOptions,
): Promise<{ webSocket: WebSocket; socket: net.Socket }> {
  const where = formatHostPort(target.host, target.port);
  const secure = target.transport === 'wss';
  // The URL names the domain, which virtual hosts go by; the connection goes to the address that was resolved.
  const url = `${target.transport}://${formatHostPort(target.domain ?? target.host, target.port)}${target.path ?? '/'}`;
  return new Promise((resolve, reject) => {
    let webSocket: WebSocket;
    let socket: net.Socket | null = null;
    try {
      webSocket = new WebSocket(url, 'sip', {
        createConnection: () => {
          const place = { host: target.host, port: target.port, ...local(options) };
          socket = secure ? tls.connect({ ...place, ...tlsOptions(target, options) }) : net.connect(place);
          return socket;
        },
        handshakeTimeout: options.timeout,
        // Larger than we read, so that a message that is too large gets its 513, and the connection stays.
        maxPayload: MAX_SKIPPED,
        perMessageDeflate: false,
      });
    } catch (error) {
      reject(new TransportError('websocket', `${url} is not the address of a WebSocket`, { cause: error }));
      return;
    }
    webSocket.on('error', (error) => reject(webSocketError(error, where)));
    webSocket.once('open', () => {
      if (socket) resolve({ webSocket, socket });
    });
  });
}

/** The certificate authority file of a target; a file that cannot be read is a certificate problem. */
export async function readAuthority(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new TransportError('certificate', `The certificate file ${file} could not be read.`, { cause: error });
  }
}

function tlsOptions(target: Target, options: ConnectOptions): tls.ConnectionOptions {
  const domain = target.domain ?? target.host;
  return {
    secureContext: trustContext(options.ca),
    rejectUnauthorized: true,
    ...(net.isIP(domain) === 0 ? { servername: domain } : {}),
    checkServerIdentity: (_host, certificate) => checkSipIdentity(domain, certificate),
  };
}

function webSocketError(error: Error, where: string): TransportError {
  const problem = toTransportError(error, where);
  if (/handshake has timed out/.test(error.message)) return new TransportError('timeout', `${where} does not answer`);
  return problem;
}

function local(options: ConnectOptions): { localAddress?: string } {
  return options.localAddress === undefined ? {} : { localAddress: options.localAddress };
}
