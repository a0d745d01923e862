// Final responses to REGISTER, in sentences.
import type { Problem } from '../../../contract/index.ts';
import type { Answer } from '../digest/index.ts';
import type { Redirection } from './redirect.ts';

/** Why a registrar turned us away. `how` says what became of its challenge, for 401 and 407. */
export function registrationProblem(status: number, phrase: string, domain: string, how: Answer | null): Problem {
  const detail = `${status} ${phrase}`.trim();
  if (how === 'no-password') {
    return {
      code: 'password-missing',
      message: `${domain} asks for a password. Enter it in the account's settings.`,
      field: 'password',
      detail,
    };
  }
  if (how === 'other-realm') {
    return {
      code: 'realm-changed',
      message: `The server asks for the password of another domain, so it was not sent. Ask your administrator, then try again.`,
      detail,
    };
  }
  if (how === 'unknown-challenge') {
    return {
      code: 'login-method-unknown',
      message: `${domain} asks for a kind of login that this phone does not know.`,
      detail,
    };
  }
  if (status === 401 || status === 403 || status === 407) {
    if (how === null) {
      return {
        code: 'server-refused',
        message: `${domain} does not let this account in. Ask your administrator whether it may be used here.`,
        detail,
      };
    }
    return {
      code: 'password-not-accepted',
      message: `${domain} did not accept this password. Check capital letters, or ask your administrator for a new one.`,
      field: 'password',
      detail,
    };
  }
  if (status === 404 || status === 604) {
    return {
      code: 'address-unknown',
      message: `${domain} does not know this address. Check its spelling.`,
      field: 'address',
      detail,
    };
  }
  if (status === 408 || status === 504) {
    return {
      code: 'server-unreachable',
      message: `${domain} does not answer. Check your network connection; the phone keeps trying.`,
      detail,
    };
  }
  if (status >= 500 && status < 600) {
    return {
      code: 'server-trouble',
      message: `${domain} has trouble of its own at the moment. The phone keeps trying.`,
      detail,
    };
  }
  return {
    code: 'server-refused',
    message: `${domain} refused to register this phone. Ask your administrator, and mention "${detail}".`,
    detail,
  };
}

/** Why a 3xx was not followed. */
export function redirectionProblem(domain: string, found: Redirection, detail: string): Problem {
  if (found.kind === 'foreign') {
    return {
      code: 'server-moved',
      message: `${domain} sends this phone to ${found.host}, which is not its own, so nothing was sent there. If your administrator says that this is right, enter it as server.`,
      field: 'server',
      detail,
    };
  }
  return {
    code: 'server-refused',
    message: `${domain} sends this phone elsewhere, but not to where it could register. Ask your administrator, and mention "${detail}".`,
    detail,
  };
}
