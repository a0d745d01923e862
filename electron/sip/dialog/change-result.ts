// What became of a change of the session that we asked for.
import { ProblemError, type Problem } from '../../../contract/index.ts';
import type { SipResponse } from '../wire/index.ts';

/** The final response to it, and the description that it brought. */
export interface Result {
  status: number;
  response: SipResponse | null;
  sdp: string | null;
}

/** The ACK to a 2xx carries the credentials of its INVITE (RFC 3261 22.1). */
export function credentialsOf(message: { getHeader(name: string): string | undefined }): string[] {
  return ['Authorization', 'Proxy-Authorization'].flatMap((name) => {
    const value = message.getHeader(name);
    return value === undefined ? [] : [`${name}: ${value}`];
  });
}

export const glare: Result = { status: 491, response: null, sdp: null };

export const over = new ProblemError({ code: 'call-over', message: 'The call has ended.' });

export const expired: Problem = {
  code: 'connection-lost',
  message: 'The connection to the other side was lost.',
  detail: 'session expired (RFC 4028)',
};

function phrase({ status, response }: Result): string {
  return `${status} ${response?.reason ?? ''}`.trim();
}

export function refused(result: Result): ProblemError {
  return new ProblemError({
    code: 'change-refused',
    message: 'The other side did not accept the change.',
    detail: phrase(result),
  });
}

export function lost(result: Result): Problem {
  return { code: 'connection-lost', message: 'The connection to the other side was lost.', detail: phrase(result) };
}
