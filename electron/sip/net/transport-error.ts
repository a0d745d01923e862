// Why bytes could not travel, in kinds that a person can be told apart: refused, unreachable, certificate, ...

export type TransportErrorKind =
  /** Nobody listens there: ECONNREFUSED, ICMP port unreachable. */
  | 'refused'
  /** No way to that host. */
  | 'unreachable'
  | 'timeout'
  /** The server's certificate is not trusted, expired, or of another name (RFC 5922). */
  | 'certificate'
  /** TLS failed in another way. */
  | 'tls'
  /** No WebSocket with subprotocol `sip` there (RFC 7118). */
  | 'websocket'
  /** The connection ended. */
  | 'closed'
  /** Given up by us before anything was sent. */
  | 'cancelled';

export class TransportError extends Error {
  readonly kind: TransportErrorKind;
  /** Node's or OpenSSL's code, such as `CERT_HAS_EXPIRED`. */
  readonly code: string | undefined;

  constructor(kind: TransportErrorKind, message: string, options?: { cause?: unknown; code?: string }) {
    super(message, { cause: options?.cause });
    this.name = 'TransportError';
    this.kind = kind;
    this.code = options?.code;
  }
}

const UNREACHABLE = new Set([
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EHOSTDOWN',
  'ENETDOWN',
  'EACCES',
  'EINVAL',
  'EPERM',
]);

/** X.509 verification results as Node names them (OpenSSL's X509_V_ERR_... without the prefix). */
const CERTIFICATE =
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY|DECRYPT|DECODE)_|CRL_|INVALID_(CA|PURPOSE)|PATH_LENGTH_|HOSTNAME_MISMATCH|ERROR_IN_CERT_)/;

/** Any error of Node's sockets, TLS or WebSockets as a TransportError. `where` is `host:port`. */
export function toTransportError(error: unknown, where: string): TransportError {
  if (error instanceof TransportError) return error;
  const code = codeOf(error);
  const text = error instanceof Error ? error.message : String(error);
  const kind = kindOf(code, text);
  return new TransportError(kind, `${where}: ${text}`, { cause: error, ...(code === undefined ? {} : { code }) });
}

function kindOf(code: string | undefined, text: string): TransportErrorKind {
  if (code === undefined) return /server|handshake|websocket|subprotocol/i.test(text) ? 'websocket' : 'closed';
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ETIMEDOUT') return 'timeout';
  if (UNREACHABLE.has(code)) return 'unreachable';
  if (CERTIFICATE.test(code)) return 'certificate';
  if (/^(ERR_SSL|ERR_TLS|EPROTO)/.test(code)) return 'tls';
  return code.startsWith('WS_ERR') ? 'websocket' : 'closed';
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
