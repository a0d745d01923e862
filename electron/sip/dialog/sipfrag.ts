// message/sipfrag (RFC 3420) as REFER's notifications use it: a status line and nothing else (RFC 3515 2.4.5).
import { reasonPhrase, type SipMessage } from '../wire/index.ts';
import { mediaType } from './body.ts';

export const SIPFRAG = 'message/sipfrag;version=2.0';

/** The status in a NOTIFY's body; null when it has none. */
export function statusOfSipfrag(notify: SipMessage): number | null {
  if (mediaType(notify.headers.get('Content-Type') ?? '') !== 'message/sipfrag') return null;
  const digits = /^\s*SIP\/2\.0\s+([1-6]\d\d)\b/i.exec(notify.body.toString('utf8', 0, 200))?.[1];
  return digits === undefined ? null : Number(digits);
}

/** A status line as a body. */
export function sipfrag(status: number): string {
  return `SIP/2.0 ${status} ${reasonPhrase(status)}\r\n`;
}
