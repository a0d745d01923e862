// What the two server transactions of RFC 3261 17.2 have in common.
import type { Clock } from '../../../contract/index.ts';

export interface ServerMachineOptions {
  reliable: boolean;
  clock: Clock;
  send(bytes: Buffer): void;
  /** The user takes its time: answer 100 (RFC 4320 4.1). */
  trying(): void;
  /** Timer H: the final response to an INVITE was never acknowledged. */
  ackTimeout(): void;
  terminated(): void;
}

export interface ServerMachine {
  /** A final response was given. */
  readonly answered: boolean;
  respond(status: number, bytes: Buffer): void;
  /** The request came again. */
  receiveRepeat(): void;
  /** ACK with this transaction's branch; false when it is the user's business (ACK to a 2xx). */
  receiveAck(): boolean;
  terminate(): void;
}
