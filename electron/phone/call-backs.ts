// Call back when free: somebody was busy, and their phone's dialogs (RFC 4235) say when they are not. Then we ring, and they are called once we say so.
import { ProblemError, type CallBack, type CommandResult, type Party, type Problem } from '../../contract/index.ts';
import type { DialogInfo, EventSubscription, Sip } from '../sip/index.ts';

/** Each is a subscription at the server. */
const MOST = 10;

export interface CallBacksOptions {
  sip: Pick<Sip, 'subscribe'>;
  place(party: Party, accountId: string): CommandResult;
  /** The server does not tell, and will not. */
  impossible(party: Party, cause: Problem): void;
  changed(): void;
}

interface Wish extends CallBack {
  subscription: EventSubscription | null;
}

export class CallBacks {
  readonly #options: CallBacksOptions;
  readonly #wishes = new Map<string, Wish>();

  constructor(options: CallBacksOptions) {
    this.#options = options;
  }

  get states(): CallBack[] {
    return [...this.#wishes.values()].map(({ id, accountId, party, isFree }) => ({ id, accountId, party, isFree }));
  }

  /** Waits for them to be free. Asked again for the same person nothing changes. */
  ask(accountId: string, party: Party): void {
    const id = `${accountId} ${party.uri}`;
    if (this.#wishes.has(id)) return;
    if (this.#wishes.size >= MOST) {
      const message = `You wait for ${MOST} people already. Take one of them off the list first.`;
      throw new ProblemError({ code: 'too-many-call-backs', message });
    }
    this.#wishes.set(id, { id, accountId, party, isFree: false, subscription: null });
    const subscription = this.#options.sip.subscribe(accountId, 'dialog', party.uri, {
      changed: (info) => this.#heard(id, info),
      state: (state) => {
        if (state.name !== 'ended') return;
        this.cancel(id);
        this.#options.impossible(party, state.cause);
      },
    });
    const wish = this.#wishes.get(id);
    if (wish) wish.subscription = subscription;
    else void subscription.close();
    this.#options.changed();
  }

  /** They are called now. Throws ProblemError `call-back-gone`. */
  call(id: string): CommandResult {
    const wish = this.#wishes.get(id);
    if (!wish) throw new ProblemError({ code: 'call-back-gone', message: 'Nobody waits for this person any more.' });
    this.cancel(id);
    return this.#options.place(wish.party, wish.accountId);
  }

  cancel(id: string): void {
    const wish = this.#wishes.get(id);
    if (!wish) return;
    this.#wishes.delete(id);
    void wish.subscription?.close();
    this.#options.changed();
  }

  #heard(id: string, { dialogs }: DialogInfo): void {
    const wish = this.#wishes.get(id);
    if (!wish) return;
    wish.isFree = dialogs.every(({ state }) => state === 'terminated');
    this.#options.changed();
  }
}
