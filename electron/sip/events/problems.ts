// Why a SUBSCRIBE, PUBLISH or MESSAGE came to nothing, in sentences.
import type { Problem } from '../../../contract/index.ts';
import type { Answer } from '../digest/index.ts';
import { connectionProblem } from '../problems.ts';
import type { TransactionFailure } from '../transaction/index.ts';

/** No response came, or none could. */
export function failureProblem(failure: TransactionFailure, domain: string): Problem {
  return connectionProblem(failure, domain);
}

/** A final response other than 2xx. `about` is whom or what was asked for; `how` what became of a challenge. */
export function eventProblem(
  status: number,
  phrase: string,
  about: string,
  domain: string,
  how: Answer | null,
): Problem {
  const detail = `${status} ${phrase}`.trim();
  if (how !== null || status === 401 || status === 407) {
    return {
      code: 'password-not-accepted',
      message: `${domain} did not accept this account's password. Check it in the account's settings.`,
      detail,
    };
  }
  if (status === 403 || status === 603) {
    return {
      code: 'not-permitted',
      message: `${domain} does not permit this for ${about}. Ask your administrator.`,
      detail,
    };
  }
  if (status === 404 || status === 604 || status === 410) {
    return { code: 'address-unknown', message: `${domain} does not know ${about}.`, detail };
  }
  if (status === 405 || status === 489 || status === 501) {
    return { code: 'not-supported', message: `${domain} does not offer this.`, detail };
  }
  if (status === 415) {
    return { code: 'not-supported', message: `${about} cannot read this kind of message.`, detail };
  }
  if (status === 480 || status === 408) {
    return { code: 'not-available', message: `${about} is not available at the moment.`, detail };
  }
  if (status >= 500 && status < 600) {
    return { code: 'server-trouble', message: `${domain} has trouble of its own at the moment.`, detail };
  }
  return {
    code: 'server-refused',
    message: `${domain} refused this. Mention "${detail}" to your administrator.`,
    detail,
  };
}
