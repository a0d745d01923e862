// Forwarding as a person sets it: done by this phone (302), or told to the server by its feature codes.
import {
  ProblemError,
  forwardPreference,
  usualForwardCodes,
  type AccountConfig,
  type CallRecord,
  type CommandResult,
  type ForwardKind,
  type Preferences,
} from '../../contract/index.ts';
import { featureCode, noForwarding, type Forwarding } from '../calls/index.ts';
import type { DialContext } from '../directory/index.ts';
import type { Notices } from './notices.ts';
import { partyDialled } from './party-dialled.ts';
import type { KeepPreferences } from './rooms.ts';

/** Where calls go on to at an account that dials so; nowhere while the server does it. A target that is none is left out. */
export function forwardingOf(preferences: Preferences, context: DialContext & { domain: string }): Forwarding {
  if (preferences.forwardBy === 'server') return noForwarding;
  const targets: Forwarding['targets'] = {};
  for (const kind of ['always', 'busy', 'no-answer'] as const) {
    const target = preferences[forwardPreference[kind]];
    if (target === undefined) continue;
    try {
      const { number, uri } = partyDialled(target, undefined, context).party;
      targets[kind] = { number, uri };
    } catch {
      // It was refused when it was typed; a provisioning file may still hold it.
    }
  }
  const seconds = preferences.forwardNoAnswerSeconds;
  return { targets, noAnswerAfter: seconds === undefined ? noForwarding.noAnswerAfter : seconds * 1000 };
}

export interface ForwardChoiceOptions {
  preferences(): Preferences;
  /** The account that calls go out on. */
  account(): AccountConfig | undefined;
  place(target: string): CommandResult;
  keep: KeepPreferences;
  notices: Notices;
  background(work: Promise<unknown>): void;
}

/** Sets where calls go. A code of the server is dialled, and kept once the server took it. */
export class ForwardChoice {
  readonly #options: ForwardChoiceOptions;
  readonly #dialled = new Map<string, { kind: ForwardKind; target: string | null }>();

  constructor(options: ForwardChoiceOptions) {
    this.#options = options;
  }

  /** Throws ProblemError `not-dialable`, `forward-to-self`. Returns the call to the server, where there is one. */
  async choose(kind: ForwardKind, target: string | null): Promise<CommandResult | void> {
    const preferences = this.#options.preferences();
    const number = target === null ? null : this.#dialable(target);
    if (preferences.forwardBy !== 'server') return this.#keep(kind, target);
    const code = (preferences.forwardCodes ?? usualForwardCodes)[kind];
    const made = this.#options.place(number === null ? code.off : featureCode(code.on, number));
    if (made.id !== undefined) this.#dialled.set(made.id, { kind, target });
    return made;
  }

  /** The call with the code is over: what the server answered counts. */
  callEnded({ id, result, reason }: CallRecord): void {
    const dialled = this.#dialled.get(id);
    if (!dialled) return;
    this.#dialled.delete(id);
    if (result === 'answered') return this.#options.background(this.#keep(dialled.kind, dialled.target));
    this.#options.notices.say({
      id: 'forwarding-refused',
      kind: 'warning',
      title: 'Forwarding was not changed',
      text: reason ?? 'Your server did not take the code. Check it in Settings, under Calls.',
      action: { label: 'Dismiss', command: 'dismiss-notice' },
    });
  }

  #dialable(target: string): string {
    const account = this.#options.account();
    const domain = account?.address.split('@').at(-1) ?? '';
    const { number, uri } = partyDialled(target, undefined, { domain }).party;
    if (account && uri.toLowerCase() === `sip:${account.address}`.toLowerCase()) {
      throw new ProblemError({ code: 'forward-to-self', message: 'That is your own number. Choose another one.' });
    }
    return number;
  }

  #keep(kind: ForwardKind, target: string | null): Promise<void> {
    return this.#options.keep({ [forwardPreference[kind]]: target ?? undefined });
  }
}
