// Dialling: whom a call reaches, on which account, and the ways to start one.
import {
  ProblemError,
  type AccountConfig,
  type CommandResult,
  type Party,
  type Preferences,
} from '../../contract/index.ts';
import type { Calls } from '../calls/index.ts';
import { dialPreview } from '../directory/index.ts';
import type { Accounts } from './accounts.ts';
import type { BusyLamps } from './busy-lamps.ts';
import { emergencyAccount, emergencyNumbers, isEmergency, locationNotice } from './emergency.ts';
import type { Notices } from './notices.ts';
import { partyDialled } from './party-dialled.ts';
import type { Records } from './records.ts';
import type { Voicemail } from './voicemail.ts';

export interface DiallingOptions {
  accounts: Accounts;
  calls: Calls;
  records: Records;
  voicemail: Voicemail;
  lamps: BusyLamps;
  notices: Notices;
  preferences(): Preferences;
  /** ISO 3166, of the system. */
  region: string | undefined;
}

/** Whom to call, as a window asks for it. */
interface Wanted {
  callId: string;
  target: string;
  personId?: string | undefined;
}

export class Dialling {
  readonly #options: DiallingOptions;

  constructor(options: DiallingOptions) {
    this.#options = options;
  }

  /** The account that a call goes out on: the one asked for, else the person's choice. */
  accountFor(asked: string | undefined): AccountConfig | undefined {
    return this.#options.accounts.choose(asked, this.#options.preferences().defaultAccountId);
  }

  preview(text: string, accountId: string | undefined): ReturnType<typeof dialPreview> {
    return dialPreview(text, { domain: domainOf(this.accountFor(accountId)) });
  }

  /** Throws ProblemError `no-account`, `not-dialable`. */
  place(target: string, asked: string | undefined, personId: string | undefined): CommandResult {
    const { accounts, calls, notices, region } = this.#options;
    const preferences = this.#options.preferences();
    const isUrgent = isEmergency(target, emergencyNumbers(preferences, region));
    const wished = [preferences.emergencyAccountId, asked, preferences.defaultAccountId];
    const account = this.accountFor(isUrgent ? emergencyAccount(accounts.states, wished) : asked);
    if (!account) {
      throw new ProblemError({
        code: 'no-account',
        message: 'Add your account first: Hookswitch needs a server to call through.',
      });
    }
    if (isUrgent && preferences.emergencyLocation) notices.say(locationNotice(preferences.emergencyLocation));
    return { id: calls.place(account.id, partyDialled(target, personId, domainOf(account))) };
  }

  /** Calls the mailbox. Throws ProblemError `no-voicemail-number`. */
  callVoicemail(asked: string | undefined): CommandResult {
    const { voicemail } = this.#options;
    const mailbox = voicemail.states.find(({ accountId }) => asked === undefined || accountId === asked);
    const target = mailbox?.target ?? this.#options.preferences().voicemailNumber;
    if (!target) {
      throw new ProblemError({
        code: 'no-voicemail-number',
        message: 'Your server does not say which number voicemail has. Write it down in Settings, under Calls.',
      });
    }
    return this.place(target, asked ?? mailbox?.accountId, undefined);
  }

  /** Answers here what rings at a colleague's phone. Throws ProblemError `nothing-to-pick-up`. */
  pickUp(number: string): CommandResult {
    const { lamps, calls } = this.#options;
    const rings = lamps.pickUp(number);
    const account = this.accountFor(undefined);
    if (!rings || !account) {
      throw new ProblemError({ code: 'nothing-to-pick-up', message: 'Nothing rings there any more.' });
    }
    const party = { ...partyDialled(rings.target, undefined, domainOf(account)), uri: rings.target };
    return { id: calls.place(account.id, party, { replaces: rings.replaces }) };
  }

  /** Calls the last number again that was called; nothing where there is none. */
  async redial(): Promise<void> {
    const last = await this.#options.records.lastDialled();
    if (last) this.place(last.number, last.accountId, last.personId);
  }

  /** Whom a call is to be given to, as the account of that call would dial. */
  partyFor({ callId, target, personId }: Wanted): Party {
    const call = this.#options.calls.views.find(({ id }) => id === callId);
    return partyDialled(target, personId, domainOf(this.accountFor(call?.accountId)));
  }
}

function domainOf(account: AccountConfig | undefined): string {
  return account?.address.split('@').at(-1) ?? '';
}
