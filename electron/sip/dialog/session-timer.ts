// Session timers (RFC 4028): a call whose other side is gone ends by itself, at both ends and at the proxies between.
import type { Clock } from '../../../contract/index.ts';
import type { SipMessage, SipRequest, SipResponse } from '../wire/index.ts';
import { knows } from './capabilities.ts';

/** RFC 4028 4: the least interval that anyone may ask for, s. */
export const MIN_SE = 90;

/** Asked for unless the account says otherwise, s (RFC 4028 4.2). */
export const DEFAULT_SE = 1800;

/** Beyond a week nobody means it, and timers of the platform overflow. s */
const MAX_SE = 604_800;

/** What was agreed: how long the session lasts without a refresh, s, and who refreshes. */
export interface Terms {
  seconds: number;
  refresher: 'us' | 'them';
}

/** What we ask for. */
export interface Wish {
  /** s; 0: we ask for none, but take part when the other side does. */
  seconds: number;
  /** The least that any element on the way has demanded, s. */
  minimum: number;
}

/** Headers of a request of ours that begins or refreshes a session. `refresher`: who does it now, if agreed before. */
export function timerRequest(wish: Wish, refresher?: Terms['refresher']): [string, string][] {
  if (wish.seconds === 0) return [];
  const who = refresher === undefined ? '' : `;refresher=${refresher === 'us' ? 'uac' : 'uas'}`;
  const headers: [string, string][] = [['Session-Expires', `${Math.max(wish.seconds, wish.minimum)}${who}`]];
  if (wish.minimum > MIN_SE) headers.push(['Min-SE', String(wish.minimum)]);
  return headers;
}

/** What a 2xx to our request agrees to; null: no timer (RFC 4028 7.2). */
export function timerOfResponse(response: SipMessage): Terms | null {
  const asked = sessionExpires(response);
  if (asked === null) return null;
  return { seconds: bounded(asked.seconds), refresher: asked.refresher === 'uas' ? 'them' : 'us' };
}

/** The interval that a 422 demands, s; null when it names none that is longer than what we asked for. */
export function timerOf422(response: SipMessage, wish: Wish): Wish | null {
  const demanded = seconds(response.headers.get('Min-SE'));
  if (demanded === null || demanded <= Math.max(wish.minimum, wish.seconds) || demanded > MAX_SE) return null;
  return { seconds: Math.max(wish.seconds, demanded), minimum: demanded };
}

/** A request whose interval is too short, from one who can ask again (RFC 4028 9): the value for Min-SE of our 422. */
export function tooShort(request: SipRequest): number | null {
  const asked = sessionExpires(request);
  return asked !== null && asked.seconds < MIN_SE && knows(request, 'timer') ? MIN_SE : null;
}

/** Our answer to a request that begins or refreshes a session (RFC 4028 9, table 2): terms, and headers of the 2xx. */
export function timerAnswer(request: SipRequest, wish: Wish): { terms: Terms | null; headers: [string, string][] } {
  const asked = sessionExpires(request);
  const able = knows(request, 'timer');
  if (asked === null && (!able || wish.seconds === 0)) return { terms: null, headers: [] };
  const least = Math.max(MIN_SE, seconds(request.headers.get('Min-SE')) ?? 0);
  // What was asked for may be made shorter, never longer.
  const value = asked === null ? Math.max(wish.seconds, least) : asked.seconds;
  const refresher = able ? (asked?.refresher ?? 'uac') : 'uas';
  const headers: [string, string][] = [['Session-Expires', `${value};refresher=${refresher}`]];
  if (able) headers.unshift(['Require', 'timer']);
  return { terms: { seconds: bounded(value), refresher: refresher === 'uas' ? 'us' : 'them' }, headers };
}

/** Watches one session: when to refresh, and when it is over. */
export class SessionTimer {
  private readonly clock: Clock;
  private readonly refresh: () => void;
  private readonly expired: () => void;
  private cancels: (() => void)[] = [];
  private agreed: Terms | null = null;

  constructor(clock: Clock, act: { refresh(): void; expired(): void }) {
    this.clock = clock;
    this.refresh = () => act.refresh();
    this.expired = () => act.expired();
  }

  get terms(): Terms | null {
    return this.agreed;
  }

  /** A new interval begins, on these terms (RFC 4028 10). */
  start(terms: Terms | null): void {
    this.stop();
    this.agreed = terms;
    if (terms === null) return;
    const { seconds: interval, refresher } = terms;
    if (refresher === 'us') this.cancels.push(this.clock.after(interval * 500, this.refresh));
    // A little before the proxies give it up, so that our BYE still gets through.
    const end = interval - Math.min(32, interval / 3);
    this.cancels.push(this.clock.after(end * 1000, this.expired));
  }

  stop(): void {
    for (const cancel of this.cancels) cancel();
    this.cancels = [];
  }
}

function sessionExpires(message: SipRequest | SipResponse | SipMessage): {
  seconds: number;
  refresher?: 'uac' | 'uas';
} | null {
  const text = message.headers.get('Session-Expires');
  const value = seconds(text);
  if (value === null) return null;
  const refresher = /;\s*refresher\s*=\s*(uac|uas)\b/i.exec(text ?? '')?.[1]?.toLowerCase();
  return refresher === 'uac' || refresher === 'uas' ? { seconds: value, refresher } : { seconds: value };
}

function seconds(text: string | undefined): number | null {
  const digits = /^\s*(\d{1,10})\s*(?:;|$)/.exec(text ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

/** A timer below the RFC's least would only make a flood of refreshes. */
function bounded(value: number): number {
  return Math.min(Math.max(value, MIN_SE), MAX_SE);
}
