// What the two client transactions of RFC 3261 17.1 have in common.
import type { Clock } from '../../../contract/index.ts';
import type { Flow } from '../net/index.ts';
import type { SipRequest, SipResponse } from '../wire/index.ts';

/** The transaction user, as the state machines see it. After `terminated` nothing more is called but one failure. */
export interface ClientUser {
  response(response: SipResponse, flow: Flow): void;
  timeout(): void;
  transportError(error: Error): void;
  terminated(): void;
}

export interface ClientMachineOptions {
  /** As it goes on the wire: Via in place. */
  request: SipRequest;
  flow: Flow;
  clock: Clock;
  send(bytes: Buffer): Promise<void>;
  user: ClientUser;
}

export interface ClientMachine {
  readonly request: SipRequest;
  readonly flow: Flow;
  /** A provisional response has come and no final one. */
  readonly proceeding: boolean;
  start(): void;
  receive(response: SipResponse, flow: Flow): void;
  /** The flow broke. */
  fail(error: Error): void;
  /** Ends it without a word to anybody but `terminated`. */
  terminate(): void;
}
