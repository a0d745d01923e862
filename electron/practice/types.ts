// The practice exchange's door: a small SIP server on loopback for people without one.
import type { Clock, Logger } from '../../contract/index.ts';

export interface PracticeExchange {
  /** UDP port on 127.0.0.1. */
  readonly port: number;
  /** Account to register with: user, password. Domain is `practice.localhost`, server `127.0.0.1:port`. */
  readonly user: string;
  readonly password: string;
  close(): Promise<void>;
}

export type StartPracticeExchange = (options: { log: Logger; clock: Clock }) => Promise<PracticeExchange>;
