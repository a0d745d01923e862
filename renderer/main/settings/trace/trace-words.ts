// A SIP message in few words: what it is, when, and whether it went well.
import type { TraceRow } from '../../../../contract/index.ts';

/** `INVITE sip:4417@example.com`, `486 Busy Here · INVITE`: a request says what it wants, a response to what it answers. */
export function wordsOf({ line, method }: Pick<TraceRow, 'line' | 'method'>): { first: string; second: string } {
  const status = /^SIP\/2\.0\s+(.*)$/.exec(line)?.[1];
  if (status !== undefined) return { first: status, second: method };
  const [name = '', ...rest] = line.replace(/\s+SIP\/2\.0$/, '').split(' ');
  return { first: name, second: rest.join(' ') };
}

/** What every call or registration may bring: 401 and 407 ask for the password, 487 confirms a CANCEL. */
const everyday = new Set([401, 407, 487]);

/** A response that says no. */
export function isRefusal({ line }: Pick<TraceRow, 'line'>): boolean {
  const status = Number(/^SIP\/2\.0\s+(\d{3})/.exec(line)?.[1] ?? '0');
  return status >= 400 && !everyday.has(status);
}

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

/** `11:52:07.123`, local time. */
export function traceTime(at: number): string {
  return clock.format(at);
}
