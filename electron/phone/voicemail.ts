// The voicemail lamp: what waits in each account's mailbox (RFC 3842), and where to call to hear it.
import type { AccountConfig, AccountState, VoicemailState } from '../../contract/index.ts';
import type { EventSubscription, MessageSummary, Sip } from '../sip/index.ts';

export interface VoicemailOptions {
  sip: Pick<Sip, 'listen'>;
  /** Subscribes to the account's own mailbox. */
  watch(accountId: string, changed: (summary: MessageSummary) => void): EventSubscription;
  changed(): void;
}

/** Where voice messages wait: the class is `voice-message`, or the server names none. */
export function voicemailOf(accountId: string, summary: MessageSummary): VoicemailState {
  const count = summary.messages.get('voice-message');
  return {
    accountId,
    waiting: summary.waiting,
    fresh: count ? count.new + count.newUrgent : null,
    target: summary.account ?? null,
  };
}

/** One subscription an account, for as long as it is available. */
export class Voicemail {
  readonly #options: VoicemailOptions;
  readonly #watched = new Map<string, { config: AccountConfig; subscription: EventSubscription }>();
  readonly #mailboxes = new Map<string, VoicemailState>();

  constructor(options: VoicemailOptions) {
    this.#options = options;
    options.sip.listen({
      registration: () => {},
      incoming: () => {},
      messageSummary: (accountId, summary) => this.#heard(accountId, summary),
    });
  }

  get states(): VoicemailState[] {
    return [...this.#mailboxes.values()];
  }

  /** Subscribes for accounts that became available; lets go of those that are gone or were changed. */
  follow(accounts: readonly AccountState[]): void {
    for (const [accountId, { config, subscription }] of this.#watched) {
      const now = accounts.find((account) => account.config.id === accountId);
      if (now?.config === config && now.registration.name !== 'disabled') continue;
      this.#watched.delete(accountId);
      this.#mailboxes.delete(accountId);
      void subscription.close();
    }
    for (const { config, registration } of accounts) {
      if (registration.name !== 'available' || this.#watched.has(config.id)) continue;
      const subscription = this.#options.watch(config.id, (summary) => this.#heard(config.id, summary));
      this.#watched.set(config.id, { config, subscription });
    }
  }

  #heard(accountId: string, summary: MessageSummary): void {
    this.#mailboxes.set(accountId, voicemailOf(accountId, summary));
    this.#options.changed();
  }
}
