// Parking: a call is left with the server by its feature code (a transfer), and taken back by another.
import {
  ProblemError,
  type Call,
  type CommandResult,
  type ParkedCall,
  type Party,
  type Preferences,
} from '../../contract/index.ts';

export interface ParkingOptions {
  preferences(): Preferences;
  now(): number;
  transfer(callId: string, target: string): void;
  place(target: string, accountId: string): CommandResult;
  changed(): void;
}

export class Parking {
  readonly #options: ParkingOptions;
  /** Transfers to the park that are under way. */
  readonly #leaving = new Map<string, Party>();
  readonly #parked = new Map<string, ParkedCall>();

  constructor(options: ParkingOptions) {
    this.#options = options;
  }

  get parked(): readonly ParkedCall[] {
    return [...this.#parked.values()];
  }

  /** Throws ProblemError `no-park-code`. */
  park(call: Call): void {
    const { parkCode } = this.#options.preferences();
    if (!parkCode) throw new ProblemError(noParkCode);
    this.#leaving.set(call.id, call.party);
    this.#options.transfer(call.id, parkCode);
  }

  /** Calls the park. Throws ProblemError `not-parked`. */
  retrieve(callId: string): CommandResult {
    const parked = this.#parked.get(callId);
    if (!parked) throw new ProblemError({ code: 'not-parked', message: 'This call is not parked any more.' });
    const { retrieveCode, parkCode } = this.#options.preferences();
    const made = this.#options.place(retrieveCode ?? parkCode ?? '', parked.accountId);
    this.forget(callId);
    return made;
  }

  /** Somebody else took it, or it came back by itself: the server does not say. */
  forget(callId: string): void {
    if (this.#parked.delete(callId)) this.#options.changed();
  }

  /** A transfer that worked has parked its call. */
  follow(calls: readonly Call[]): void {
    for (const [callId, party] of this.#leaving) {
      const call = calls.find(({ id }) => id === callId);
      if (call?.transfer?.name === 'transferring') continue;
      this.#leaving.delete(callId);
      if (call?.transfer?.name !== 'done') continue;
      this.#parked.set(callId, { callId, accountId: call.accountId, party, since: this.#options.now() });
      this.#options.changed();
    }
  }
}

const noParkCode = {
  code: 'no-park-code',
  message: 'Which number parks a call depends on your server. Write it down in Settings, under Calls.',
};
