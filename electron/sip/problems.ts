// What went wrong on the way to a server, in sentences a person can act on.
import type { Problem } from '../../contract/index.ts';
import { ResolveError, TransportError, type TransportErrorKind } from './net/index.ts';
import type { TransactionFailure } from './transaction/types.ts';

/** Why nothing could be sent to `server` (the name the person typed, in `field` of the form), or why no answer came. */
export function connectionProblem(failure: TransactionFailure, server: string, field?: string): Problem {
  if (failure.reason === 'timeout') return unreachable(server, 'no answer');
  const { error } = failure;
  if (failure.reason === 'resolve') {
    if (error instanceof ResolveError && error.kind === 'unavailable') {
      return {
        code: 'name-service-unreachable',
        message: `The address of ${server} could not be looked up. Check your internet connection.`,
        detail: error.message,
      };
    }
    return {
      code: 'host-unknown',
      message: `There is no server named ${server}. Check the spelling of the address.`,
      ...(field === undefined ? {} : { field }),
      detail: error.message,
    };
  }
  const kind: TransportErrorKind = error instanceof TransportError ? error.kind : 'closed';
  return sentences[kind](server, detailOf(error));
}

const sentences: Record<TransportErrorKind, (server: string, detail: string) => Problem> = {
  refused: (server, detail) => ({
    code: 'connection-refused',
    message: `${server} refused the connection. Check the port and the transport, or ask your administrator.`,
    detail,
  }),
  unreachable,
  timeout: unreachable,
  certificate: (server, detail) => ({
    code: 'certificate-not-trusted',
    message: `The certificate of ${server} is not trusted, so nothing was sent. Ask your administrator for the company's certificate file.`,
    detail,
  }),
  tls: (server, detail) => ({
    code: 'secure-connection-failed',
    message: `A secure connection to ${server} could not be made. Check the port and the transport.`,
    detail,
  }),
  websocket: (server, detail) => ({
    code: 'websocket-refused',
    message: `${server} does not offer SIP over WebSocket at this address. Check the address and its path.`,
    detail,
  }),
  closed: (server, detail) => ({
    code: 'connection-lost',
    message: `The connection to ${server} was lost.`,
    detail,
  }),
  cancelled: (server, detail) => ({
    code: 'connection-lost',
    message: `The connection to ${server} was given up.`,
    detail,
  }),
};

function unreachable(server: string, detail: string): Problem {
  return {
    code: 'server-unreachable',
    message: `${server} does not answer. Check your network connection; the phone keeps trying.`,
    detail,
  };
}

function detailOf(error: Error): string {
  return error instanceof TransportError && error.code !== undefined
    ? `${error.code}: ${error.message}`
    : error.message;
}
