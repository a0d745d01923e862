// Reliable provisional responses (RFC 3262): ours are repeated until PRACK comes, theirs are taken once and in order.
import type { Clock } from '../../../contract/index.ts';
import { PATIENCE, T1 } from '../transaction/index.ts';
import { parseCSeq, type SipMessage } from '../wire/index.ts';
import { requires } from './capabilities.ts';

/** RAck of a PRACK: which response to which request it acknowledges. */
export interface RAck {
  rseq: number;
  cseq: number;
  method: string;
}

/** Reads `RSeq CSeq method`; null when it cannot be read. */
export function parseRAck(text: string | undefined): RAck | null {
  const match = /^\s*(\d{1,10})\s+(.+)$/.exec(text ?? '');
  const cseq = parseCSeq(match?.[2]);
  return match === null || cseq === null ? null : { rseq: Number(match[1]), cseq: cseq.number, method: cseq.method };
}

/** RSeq of a response that wants a PRACK; null for all others. */
export function rseqOf(response: SipMessage): number | null {
  if (response.kind !== 'response' || response.status <= 100 || response.status >= 200) return null;
  const digits = /^\s*(\d{1,10})\s*$/.exec(response.headers.get('RSeq') ?? '')?.[1];
  return digits === undefined || !requires(response, '100rel') ? null : Number(digits);
}

/** Their reliable responses of one early dialog. */
export class ReliableReceipt {
  private last: number | null = null;

  /** True: new and in order. False: a repeat, or one before it is missing; neither is looked at (RFC 3262 4). */
  take(rseq: number): boolean {
    if (this.last !== null && rseq !== this.last + 1) return false;
    this.last = rseq;
    return true;
  }
}

interface Outstanding {
  rseq: number;
  hasSdp: boolean;
  cancel(): void;
}

/** Our reliable responses to one INVITE, one after the other. */
export class ReliableResponses {
  private readonly clock: Clock;
  private readonly cseq: number;
  private readonly giveUp: () => void;
  private next: number;
  private outstanding: Outstanding | null = null;
  private waiting: (() => void)[] = [];

  /** `first`: the first RSeq, 1 to 2^31 - 1. `giveUp`: nobody acknowledged for 64*T1; the INVITE should get a 5xx. */
  constructor(options: { clock: Clock; cseq: number; first: number; giveUp(): void }) {
    this.clock = options.clock;
    this.cseq = options.cseq;
    this.next = options.first;
    this.giveUp = () => options.giveUp();
  }

  /** A 2xx may not pass a description that has not arrived (RFC 3262 3). */
  get holdsBack2xx(): boolean {
    return this.outstanding?.hasSdp === true;
  }

  /** Sends now or, while another is not acknowledged, after it. `send` is called with the RSeq, again for each repeat. */
  send(hasSdp: boolean, send: (rseq: number, repeat: boolean) => void): void {
    if (this.outstanding !== null) {
      this.waiting.push(() => this.send(hasSdp, send));
      return;
    }
    const rseq = this.next;
    this.next += 1;
    const outstanding: Outstanding = { rseq, hasSdp, cancel: () => {} };
    this.outstanding = outstanding;
    const repeat = (interval: number, elapsed: number): void => {
      outstanding.cancel = this.clock.after(interval, () => {
        if (elapsed + interval >= PATIENCE) {
          this.stop();
          this.giveUp();
          return;
        }
        send(rseq, true);
        repeat(Math.min(2 * interval, PATIENCE - elapsed - interval), elapsed + interval);
      });
    };
    send(rseq, false);
    repeat(T1, 0);
  }

  /** A PRACK came. False: it acknowledges nothing of ours (481). */
  acknowledged(rack: RAck): boolean {
    const { outstanding } = this;
    if (outstanding === null || rack.rseq !== outstanding.rseq || rack.cseq !== this.cseq || rack.method !== 'INVITE') {
      return false;
    }
    outstanding.cancel();
    this.outstanding = null;
    this.waiting.shift()?.();
    return true;
  }

  /** A final response is on its way, or the call is over: nothing is repeated any more. A late PRACK is still welcome. */
  stop(): void {
    this.outstanding?.cancel();
    this.waiting = [];
  }
}
