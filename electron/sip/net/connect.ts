// Opening connections: TCP, TLS with the identity check of RFC 5922, WebSocket with subprotocol `sip` (RFC 7118).
import { readFile } from 'node:fs/promises';
import net from 'node:net';
import tls from 'node:tls';
import { WebSocket } from 'ws';
import type { Clock } from '../../../contract/index.ts';
import { formatHostPort, MAX_SKIPPED } from '../wire/index.ts';
import { checkIdentity, checkPin, trustContext } from './tls-identity.ts';
import { TransportError, toTransportError } from './transport-error.ts';
import type { Target } from './types.ts';

export interface ConnectOptions {
  clock: Clock;
  localAddress?: string;
  /** Milliseconds for everything: TCP, TLS and WebSocket handshakes. */
  timeout: number;
  /** PEM text of a further certificate authority. */
  ca?: string;
  /** TLS sessions to take up again: a reconnect then needs no certificate and one round trip less. */
  sessions: Map<string, Buffer>;
}

const MAX_SESSIONS = 100;

/** A TCP or TLS connection, or a rejection with TransportError. Over TLS the server has been identified when it resolves. */
export function connectStream(target: Target, options: ConnectOptions): Promise<net.Socket> {
  const where = formatHostPort(target.host, target.port);
  return new Promise((resolve, reject) => {
    const place = { host: target.host, port: target.port, ...local(options) };
    const secure = target.transport === 'tls' || target.transport === 'wss';
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
      const wrong = socket instanceof tls.TLSSocket ? pinProblem(target, socket, options.clock) : undefined;
      if (wrong !== undefined) {
        fail(wrong);
        return;
      }
      cancelTimer();
      socket.removeListener('close', onClose);
      if (socket instanceof tls.TLSSocket) keepSession(socket, sessionKey(target, options), options.sessions);
      resolve(socket);
    });
    socket.once('close', cancelTimer);
  });
}

/** A WebSocket that speaks SIP, and the socket below it. */
export async function connectWebSocket(
  target: Target,
  options: ConnectOptions,
): Promise<{ webSocket: WebSocket; socket: net.Socket }> {
  const where = formatHostPort(target.host, target.port);
  // The URL names the domain, which virtual hosts go by; the connection goes to the address that was resolved.
  const url = `${target.transport}://${formatHostPort(target.domain ?? target.host, target.port)}${target.path ?? '/'}`;
  const startedAt = options.clock.monotonic();
  // First the connection, so that not even the handshake is sent to a server that is not the one asked for.
  const socket = await connectStream(target, options);
  return new Promise((resolve, reject) => {
    let webSocket: WebSocket;
    try {
      webSocket = new WebSocket(url, 'sip', {
        createConnection: () => socket,
        handshakeTimeout: Math.max(1, options.timeout - (options.clock.monotonic() - startedAt)),
        // Larger than we read, so that a message that is too large gets its 513, and the connection stays.
        maxPayload: MAX_SKIPPED,
        perMessageDeflate: false,
      });
    } catch (error) {
      socket.destroy();
      reject(new TransportError('websocket', `${url} is not the address of a WebSocket`, { cause: error }));
      return;
    }
    webSocket.on('error', (error) => reject(webSocketError(error, where)));
    webSocket.once('open', () => resolve({ webSocket, socket }));
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
  const session = options.sessions.get(sessionKey(target, options));
  return {
    secureContext: trustContext(options.ca),
    // A pinned certificate is looked at below, whoever signed it.
    rejectUnauthorized: target.pinnedCertificate === undefined,
    ...(net.isIP(domain) === 0 ? { servername: domain } : {}),
    ...(session === undefined ? {} : { session }),
    checkServerIdentity: (_host, certificate) => checkIdentity(target, certificate),
  };
}

function pinProblem(target: Target, socket: tls.TLSSocket, clock: Clock): Error | undefined {
  const { pinnedCertificate } = target;
  return pinnedCertificate === undefined
    ? undefined
    : checkPin(pinnedCertificate, socket.getPeerCertificate(), clock.now());
}

/** A session that is taken up again is not checked again, so it serves only for the same name and the same trust. */
function sessionKey(target: Target, options: ConnectOptions): string {
  const { transport, host, port, domain, allowWildcard, pinnedCertificate } = target;
  return [transport, host, port, domain, allowWildcard, pinnedCertificate, options.ca].join(' ');
}

function keepSession(socket: tls.TLSSocket, key: string, sessions: Map<string, Buffer>): void {
  const keep = (session: Buffer | undefined): void => {
    if (session === undefined) return;
    if (sessions.size >= MAX_SESSIONS) sessions.clear();
    sessions.set(key, session);
  };
  // Up to TLS 1.2 the session is there; in TLS 1.3 its tickets follow.
  if (socket.getProtocol() !== 'TLSv1.3') keep(socket.getSession());
  socket.on('session', keep);
}

function webSocketError(error: Error, where: string): TransportError {
  const problem = toTransportError(error, where);
  if (/handshake has timed out/.test(error.message)) return new TransportError('timeout', `${where} does not answer`);
  return problem;
}

function local(options: ConnectOptions): { localAddress?: string } {
  return options.localAddress === undefined ? {} : { localAddress: options.localAddress };
}
