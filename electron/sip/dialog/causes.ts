// How a call ended, from the final response to our INVITE (RFC 3261 21) or from a CANCEL's Reason (RFC 3326).
import type { Problem } from '../../../contract/index.ts';
import type { Answer } from '../digest/index.ts';
import { connectionProblem } from '../problems.ts';
import type { TransactionFailure } from '../transaction/index.ts';
import type { SessionEnd } from '../session-types.ts';
import type { SipResponse } from '../wire/index.ts';
import { isElsewhere, saidIn } from './reason.ts';
import { redirectTargets } from './redirect.ts';

/** Statuses that need no sentence: the result says it. */
const plain: Record<number, SessionEnd['result']> = {
  408: 'no-answer',
  480: 'no-answer',
  486: 'busy',
  487: 'cancelled',
  600: 'busy',
  603: 'declined',
};

/** The number itself is the trouble. */
const unknownNumber = new Set([404, 410, 416, 484, 485, 604]);

/** The other side could not take our offer. */
const noCommonCodec = new Set([415, 488, 606]);

/** A final response to our INVITE. `how` says what became of a challenge, for 401 and 407. */
export function endOfResponse(response: SipResponse, how: Answer | undefined): SessionEnd {
  const { status } = response;
  const result = plain[status];
  if (result !== undefined) return { by: 'them', result, status, reason: null };
  const end: SessionEnd = { by: 'them', result: 'failed', status, reason: sentence(response, how) };
  return status >= 300 && status < 400 ? { ...end, redirect: redirectTargets(response) } : end;
}

/** No response came, or none could. */
export function endOfFailure(failure: TransactionFailure, server: string): SessionEnd {
  return { by: 'network', result: 'failed', reason: connectionProblem(failure, server) };
}

/** A CANCEL: who hung up, or who else answered. `reasons` are the values of its Reason headers. */
export function endOfCancel(reasons: readonly string[]): SessionEnd {
  const said = saidIn(reasons);
  const result = isElsewhere(reasons) ? 'answered-elsewhere' : 'cancelled';
  return { by: 'them', result, status: 487, reason: null, ...(said === undefined ? {} : { said }) };
}

function sentence(response: SipResponse, how: Answer | undefined): Problem {
  const { status } = response;
  const detail = [`${status} ${response.reason}`.trim(), ...response.headers.all('Warning').slice(0, 2)].join('; ');
  if (unknownNumber.has(status)) return { code: 'number-unknown', message: 'This number does not exist.', detail };
  if (noCommonCodec.has(status)) {
    return {
      code: 'no-common-codec',
      message: 'The other phone speaks none of the audio formats that this one does.',
      detail,
    };
  }
  if (status >= 300 && status < 400) {
    const [contact] = redirectTargets(response);
    const where = contact === undefined ? '' : ` It names ${contact.slice(0, 200)}: call that if you trust it.`;
    return { code: 'call-redirected', message: `This number has moved.${where}`, detail };
  }
  if (status === 401 || status === 407) return challengeSentence(how, detail);
  if (status === 403) {
    return { code: 'call-forbidden', message: 'The server does not allow this call. Ask your administrator.', detail };
  }
  if (status >= 500 && status < 600) {
    return { code: 'server-trouble', message: 'The server could not connect the call. Try again in a moment.', detail };
  }
  return { code: 'call-failed', message: 'The call could not be connected.', detail };
}

function challengeSentence(how: Answer | undefined, detail: string): Problem {
  if (how === 'no-password') {
    return { code: 'password-missing', message: 'The server asks for a password. Enter it in the account.', detail };
  }
  if (how === 'other-realm') {
    return {
      code: 'realm-changed',
      message:
        'A server that is not yours asked for your password, so it was not sent and the call did not go through.',
      detail,
    };
  }
  if (how === 'unknown-challenge') {
    return {
      code: 'login-method-unknown',
      message: 'The server asks for a kind of login that this phone does not know.',
      detail,
    };
  }
  return {
    code: 'password-not-accepted',
    message: 'The server did not accept your password for this call. Ask your administrator.',
    detail,
  };
}
