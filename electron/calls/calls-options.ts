// What the calls need of the rest of the phone.
import type { Call, CallRecord } from '../../contract/index.ts';
import type { Caller } from './auto-answer.ts';
import type { Forwarding, Hindrance } from './forwarding.ts';
import type { CallRoom } from './live-call.ts';

export interface CallsOptions extends Omit<CallRoom, 'find' | 'event'> {
  /** The caller is on the block list: their calls neither ring nor go on. */
  isBlocked(number: string): boolean;
  /** Why an incoming call must not ring, if so. */
  hindrance(accountId: string): Hindrance | null;
  /** Where calls of this account go on to. */
  forwarding(accountId: string): Forwarding;
  /** After how many ms the phone answers this caller by itself; null: a person does. */
  autoAnswer(caller: Caller): number | null;
  /** Any call changed, came or went. */
  changed(): void;
  /** A call is there, placed or incoming, and nobody knows yet who it is with. */
  arrived(call: Call): void;
  ended(record: CallRecord): void;
}
