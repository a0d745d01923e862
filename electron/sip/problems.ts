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
  return sentences[kind](server, detailOf(error), error instanceof TransportError ? (error.code ?? '') : '');
}

const sentences: Record<TransportErrorKind, (server: string, detail: string, code: string) => Problem> = {
  refused: (server, detail) => ({
    code: 'connection-refused',
    message: `${server} refused the connection. Check the port and the transport, or ask your administrator.`,
    detail,
  }),
  unreachable,
  timeout: unreachable,
  certificate: (server, detail, code) => ({
    code: 'certificate-not-trusted',
    message: certificateSentence(server, code),
    detail,
  }),
  tls: (server, detail, code) => ({
    code: 'secure-connection-failed',
    message: outdated.test(code)
      ? `${server} offers only outdated encryption (older than TLS 1.2), so nothing was sent. Ask your administrator to update it.`
      : `A secure connection to ${server} could not be made. Check the port and the transport.`,
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

/** What OpenSSL says of a server that knows no TLS 1.2. */
const outdated = /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|NO_PROTOCOLS/;

/** What is wrong with the certificate, and who can mend it. `code` is Node's, or one of net's refusals. */
function certificateSentence(server: string, code: string): string {
  const nothing = 'so nothing was sent';
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return `The certificate of ${server} has expired, ${nothing}. Ask your administrator to renew it, and check this computer's date.`;
    case 'CERT_NOT_YET_VALID':
      return `The certificate of ${server} is not valid yet, ${nothing}. Check this computer's date, or ask your administrator.`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate that came is not for ${server}, ${nothing}. Check the spelling of the address, or ask your administrator.`;
    case 'CERT_COMMON_NAME_ONLY':
      return `The certificate of ${server} has its name in the old place (common name) alone, ${nothing}. Ask your administrator for one with a subject alternative name.`;
    case 'CERT_WILDCARD':
      return `The certificate of ${server} is for all names of its domain (a wildcard), ${nothing}. If your administrator says that this is right, allow wildcards in the account's settings.`;
    case 'CERT_NOT_PINNED':
      return `${server} has another certificate than the one in the account's settings, ${nothing}. Ask your administrator whether it was changed.`;
    case 'CERT_REVOKED':
      return `The certificate of ${server} was revoked, ${nothing}. Ask your administrator.`;
    case 'INVALID_PURPOSE':
      return `The certificate of ${server} is not one for servers, ${nothing}. Ask your administrator for another.`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `The certificate of ${server} is of an authority that this computer does not know, ${nothing}. Ask your administrator for the company's certificate file.`;
    default:
      return `The certificate of ${server} is not trusted, ${nothing}. Ask your administrator for the company's certificate file.`;
  }
}

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
