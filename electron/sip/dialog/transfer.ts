// A transfer that we asked for: REFER, and what its notifications tell (RFC 3515, RFC 4488). The outcome is always told.
import type { Clock, Problem } from '../../../contract/index.ts';
import { PATIENCE } from '../transaction/index.ts';
import type { ReferOutcome } from '../session-types.ts';
import type { SipMessage, SipResponse } from '../wire/index.ts';
import { statusOfSipfrag } from './sipfrag.ts';

/** A subscription whose notifier names no time lasts this long, s. */
const DEFAULT_EXPIRES = 180;

/** Nobody keeps a transfer open longer, s. */
const LONGEST_EXPIRES = 300;

export interface TransferOptions {
  clock: Clock;
  /** CSeq of the REFER: its NOTIFYs name it as `id` (RFC 3515 2.4.6). */
  cseq: number;
  progress(status: number): void;
  /** Told once. */
  ended(outcome: ReferOutcome): void;
}

export class Transfer {
  private readonly options: TransferOptions;
  private isOpen = true;
  private status: number | null = null;
  private cancelTimer: () => void = () => {};

  constructor(options: TransferOptions) {
    this.options = options;
  }

  /** News is still awaited. */
  get open(): boolean {
    return this.isOpen;
  }

  /** The final response to the REFER. */
  answered(response: SipResponse): void {
    if (!this.isOpen) return;
    const { status } = response;
    if (status >= 300) {
      this.end({ result: 'refused', status, reason: refusal(status, response.reason) });
    } else if (/^\s*false\b/i.test(response.headers.get('Refer-Sub') ?? '')) {
      // RFC 4488: agreed, and no news will come.
      this.end({ result: 'unknown', reason: null });
    } else if (this.status === null) this.wait(PATIENCE);
  }

  /** A NOTIFY within the dialog. False: it is about something else (481). */
  notified(notify: SipMessage): boolean {
    const { headers } = notify;
    const event = headers.get('Event') ?? '';
    if (!/^\s*refer\s*(?:;|$)/i.test(event)) return false;
    const id = /;\s*id\s*=\s*(\d+)/i.exec(event)?.[1];
    // After a challenge the REFER went out with a higher number than it had at first.
    if (id !== undefined && Number(id) < this.options.cseq) return false;
    if (!this.isOpen) return true;
    const state = headers.get('Subscription-State') ?? '';
    const status = statusOfSipfrag(notify);
    if (status !== null && status !== this.status) {
      this.status = status;
      this.options.progress(status);
    }
    const final = this.status !== null && this.status >= 200;
    if (final || /^\s*terminated\b/i.test(state)) this.conclude();
    else this.wait(Math.min(expiresIn(state), LONGEST_EXPIRES) * 1000);
    return true;
  }

  private wait(ms: number): void {
    this.cancelTimer();
    this.cancelTimer = this.options.clock.after(ms, () => this.conclude());
  }

  private conclude(): void {
    const { status } = this;
    if (status === null || status < 200) this.end({ result: 'unknown', reason: null });
    else if (status < 300) this.end({ result: 'completed', status, reason: null });
    else this.end({ result: 'failed', status, reason: failure(status) });
  }

  private end(outcome: ReferOutcome): void {
    this.isOpen = false;
    this.cancelTimer();
    this.options.ended(outcome);
  }
}

function expiresIn(state: string): number {
  const digits = /;\s*expires\s*=\s*(\d{1,9})/i.exec(state)?.[1];
  return digits === undefined ? DEFAULT_EXPIRES : Number(digits);
}

function refusal(status: number, phrase: string): Problem {
  const detail = `${status} ${phrase}`.trim();
  if (status === 405 || status === 501 || status === 420) {
    return {
      code: 'transfer-unsupported',
      message: 'The other phone cannot be transferred: it does not know how.',
      detail,
    };
  }
  return {
    code: 'transfer-refused',
    message: 'The other phone refused the transfer. You are still connected.',
    detail,
  };
}

function failure(status: number): Problem {
  const detail = String(status);
  const sentences: Record<number, string> = {
    486: 'The transfer failed: the number is busy. You are still connected.',
    600: 'The transfer failed: the number is busy. You are still connected.',
    603: 'The transfer failed: the call was declined. You are still connected.',
    404: 'The transfer failed: the number does not exist. You are still connected.',
    604: 'The transfer failed: the number does not exist. You are still connected.',
    408: 'The transfer failed: nobody answered. You are still connected.',
    480: 'The transfer failed: nobody answered. You are still connected.',
    487: 'The transfer failed: nobody answered. You are still connected.',
  };
  const message = sentences[status] ?? 'The transfer failed. You are still connected.';
  return { code: 'transfer-failed', message, detail };
}
