// Dialling: whom a call reaches, on which account, and the ways to start one.
import {
  ProblemError,
  type AccountConfig,
  type CommandResult,
  type DialPreview,
  type Party,
  type Preferences,
  type Query,
} from '../../contract/index.ts';
import type { Calls } from '../calls/index.ts';
import { dialPreview, type DialContext } from '../directory/index.ts';
import type { Accounts } from './accounts.ts';
import type { BusyLamps } from './busy-lamps.ts';
import { isServerPerson, type DirectoryServers } from './directory-servers.ts';
import { emergencyAccount, emergencyNumbers, isEmergency, locationNotice } from './emergency.ts';
import type { KeysAfter } from './keys-after.ts';
import type { Notices } from './notices.ts';
import { partyDialled } from './party-dialled.ts';
import type { Records } from './records.ts';
import type { Voicemail } from './voicemail.ts';

export interface DiallingOptions {
  accounts: Accounts;
  calls: Calls;
  records: Records;
  servers: Pick<DirectoryServers, 'person'>;
  voicemail: Voicemail;
  lamps: BusyLamps;
  keysAfter: KeysAfter;
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

  /** `settings`: those that are being typed, in place of the account's. */
  preview({ text, accountId, settings }: Extract<Query, { type: 'dial-preview' }>): DialPreview {
    return dialPreview(text, { ...this.contextOf(this.accountFor(accountId)), ...settings });
  }

  /** Throws ProblemError `no-account`, `not-dialable`, and `dial-changed` where `shown` is not what would be dialled. */
  place(
    target: string,
    asked?: string,
    { personId, shown, anonymous = false }: { personId?: string; shown?: string; anonymous?: boolean } = {},
  ): CommandResult {
    const { accounts, calls, notices, region, keysAfter, servers } = this.#options;
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
    const context = this.contextOf(account);
    const isOnServer = personId !== undefined && isServerPerson(personId);
    const { party, keys } = partyDialled(target, isOnServer ? undefined : personId, context);
    const preview = dialPreview(target, context);
    if (shown !== undefined && preview.dialable && preview.shown !== shown) {
      throw new ProblemError({
        code: 'dial-changed',
        message: `This would now dial ${preview.shown}, so nothing was dialled. Look at it, and call again.`,
      });
    }
    // Somebody on a server is in no list of ours; their name goes with the call.
    const found = isOnServer ? servers.person(personId) : null;
    const known = found ? { name: found.name, ...(found.company === undefined ? {} : { company: found.company }) } : {};
    // Who answers an emergency call must be able to call back.
    const invitation = anonymous && !isUrgent ? { anonymous } : {};
    const id = calls.place(account.id, { ...party, ...known }, invitation);
    keysAfter.keep(id, keys);
    return { id };
  }

  /** What decides whom a typed number reaches on this account. */
  contextOf(account: AccountConfig | undefined): DialContext & { domain: string } {
    const asTyped = emergencyNumbers(this.#options.preferences(), this.#options.region);
    return { domain: domainOf(account), country: account?.country, dialRules: account?.dialRules, asTyped };
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
    return this.place(target, asked ?? mailbox?.accountId);
  }

  /** Answers here what rings at a colleague's phone. Throws ProblemError `nothing-to-pick-up`. */
  pickUp(number: string): CommandResult {
    const { lamps, calls } = this.#options;
    const rings = lamps.pickUp(number);
    const account = this.accountFor(undefined);
    if (!rings || !account) {
      throw new ProblemError({ code: 'nothing-to-pick-up', message: 'Nothing rings there any more.' });
    }
    const party = { ...partyDialled(rings.target, undefined, this.contextOf(account)).party, uri: rings.target };
    return { id: calls.place(account.id, party, { replaces: rings.replaces }) };
  }

  /** Calls the last number again that was called; nothing where there is none. */
  async redial(): Promise<void> {
    const last = await this.#options.records.lastDialled();
    if (last) this.place(last.number, last.accountId, last.personId === undefined ? {} : { personId: last.personId });
  }

  /** Whom a call is to be given to, as the account of that call would dial. */
  partyFor({ callId, target, personId }: Wanted): Party {
    const call = this.#options.calls.views.find(({ id }) => id === callId);
    return partyDialled(target, personId, this.contextOf(this.accountFor(call?.accountId))).party;
  }
}

function domainOf(account: AccountConfig | undefined): string {
  return account?.address.split('@').at(-1) ?? '';
}
