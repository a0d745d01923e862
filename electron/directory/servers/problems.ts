// What is wrong with a directory server, in sentences a person can act on.
import * as v from 'valibot';
import { ProblemError, type Problem } from '../../../contract/index.ts';

/** Fields of the server form that a problem belongs to. */
export type ServerField = 'host' | 'port' | 'url' | 'password' | 'security' | 'baseDn' | 'filter' | 'caFile' | 'name';

export function serverError(code: string, message: string, field?: ServerField, detail?: string): ProblemError {
  return new ProblemError({
    code,
    message,
    ...(field === undefined ? {} : { field }),
    ...(detail === undefined ? {} : { detail }),
  });
}

export const silent = (host: string): ProblemError =>
  serverError(
    'server-silent',
    `${host} does not answer. Check the name and port, and whether it is reachable from here.`,
    'host',
  );

export const tooMuch = (host: string): ProblemError =>
  serverError(
    'server-too-much',
    `${host} answered with far more than was asked for, so the answer was dropped. Ask its administrator.`,
    'host',
  );

export const garbage = (host: string, wanted: string, detail?: string): ProblemError =>
  serverError(
    'server-garbage',
    `What ${host} answers is not ${wanted}. Check the name, the port and the encryption.`,
    'host',
    detail,
  );

/** DNS says that the server of `domain` is at `address`, in another domain. */
export const elsewhere = (domain: string, address: string): ProblemError =>
  new ProblemError({
    code: 'server-elsewhere',
    message: `${domain} names ${address} as its address book server, which is not in its own domain. If that is your server, type it as the address; nothing was sent there.`,
    field: 'url',
    values: { domain, address },
  });

export const noService = (domain: string): ProblemError =>
  serverError(
    'server-no-service',
    `${domain} says that it has no address book server. Check the domain, or type the server's whole address.`,
    'url',
  );

export const passwordRefused = (host: string, detail?: string): ProblemError =>
  serverError('server-password', `${host} did not accept the name and password. Type them again.`, 'password', detail);

export const caUnreadable = (file: string, detail: string): ProblemError =>
  serverError(
    'ca-file-unreadable',
    `The CA file ${file} could not be read. Check its path; it has to be a PEM file.`,
    'caFile',
    detail,
  );

const coded = v.object({ code: v.string() });

/** A network, TLS or other error on the way to `host`. */
export function serverProblem(error: unknown, host: string): Problem {
  if (error instanceof ProblemError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  const parsed = v.safeParse(coded, error);
  return (
    problemOfCode(parsed.success ? parsed.output.code : '', host, detail) ?? {
      code: 'directory-trouble',
      message: `${host} could not be asked. Try again; if it stays so, ask its administrator.`,
      detail,
    }
  );
}

function problemOfCode(code: string, host: string, detail: string): Problem | null {
  const say = (name: string, message: string, field: ServerField): Problem => ({ code: name, message, field, detail });
  switch (code) {
    case 'ECONNREFUSED':
      return say('directory-refused', `${host} refuses the connection. Check the name and the port.`, 'host');
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return say(
        'server-unknown',
        `There is no server named ${host}. Check the spelling, and that you are online.`,
        'host',
      );
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return silent(host).problem;
    case 'ECONNRESET':
    case 'EPIPE':
      return say('server-hung-up', `${host} hung up. Check the port and the encryption.`, 'host');
    case 'CERT_HAS_EXPIRED':
      return certificate(`The certificate of ${host} has expired. Ask its administrator to renew it.`, detail);
    case 'CERT_NOT_YET_VALID':
      return certificate(`The certificate of ${host} is not valid yet. Check this computer's date.`, detail);
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return certificate(
        `The certificate that came is not for ${host}. Check the spelling of the name.`,
        detail,
        'host',
      );
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_UNTRUSTED':
      return certificate(
        `The certificate of ${host} is signed by nobody this computer knows. If your company signs its own, give its CA file.`,
        detail,
        'caFile',
      );
    default:
      if (code.startsWith('HPE_')) return garbage(host, 'HTTP', detail).problem;
      if (!/^ERR_SSL|^EPROTO|ERR_TLS/.test(code)) return null;
      return say(
        'server-no-tls',
        `A secure connection to ${host} could not be made. Check the port and the encryption.`,
        'security',
      );
  }
}

function certificate(message: string, detail: string, field: ServerField = 'host'): Problem {
  return { code: 'server-certificate', message: `${message} Nothing was sent to it.`, field, detail };
}
