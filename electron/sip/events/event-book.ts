// Who wants which events of which account: kept over a change of the account's settings, which makes a new account.
import type { AccountEvents } from './account-events.ts';
import { packages } from './packages.ts';
import { writePidf } from './pidf.ts';
import type { Document } from './publication.ts';
import type {
  EventPackageName,
  EventPublication,
  EventSubscription,
  EventValues,
  OwnPresence,
  PublishedValues,
  SubscriptionListener,
  WatchedDialog,
} from './types.ts';
import { writeDialogInfo } from './write-dialog-info.ts';

/** Something that is wanted, and the running thing that serves it while the account is there. */
interface Wish {
  accountId: string;
  start(events: AccountEvents): { close(): Promise<void> };
  running: { close(): Promise<void> } | null;
}

export class EventBook {
  private readonly wishes = new Set<Wish>();
  private readonly accounts = new Map<string, AccountEvents>();

  /** The account is there: all that is wanted of it begins. */
  attach(accountId: string, events: AccountEvents): void {
    this.accounts.set(accountId, events);
    for (const wish of this.wishes) if (wish.accountId === accountId) wish.running = wish.start(events);
  }

  /** The account leaves or changes. Resolves when its events are taken back, or after 2 s. */
  async detach(accountId: string): Promise<void> {
    this.accounts.delete(accountId);
    const ending: Promise<void>[] = [];
    for (const wish of this.wishes) {
      if (wish.accountId !== accountId || wish.running === null) continue;
      ending.push(wish.running.close());
      wish.running = null;
    }
    await Promise.all(ending);
  }

  subscribe<P extends EventPackageName>(
    accountId: string,
    event: P,
    target: (events: AccountEvents) => string,
    listener: SubscriptionListener<EventValues[P]>,
  ): EventSubscription {
    return {
      accountId,
      close: this.add({
        accountId,
        start: (events) => events.subscribe<EventValues[P]>(packages[event], target(events), listener),
        running: null,
      }),
    };
  }

  publish<P extends keyof PublishedValues>(
    accountId: string,
    event: P,
    value: PublishedValues[P],
  ): EventPublication<PublishedValues[P]> {
    let latest = value;
    let changed = (): void => {};
    const close = this.add({
      accountId,
      start(events) {
        const running = events.publish(
          event,
          documents[event](events, () => latest),
        );
        changed = () => running.changed();
        return running;
      },
      running: null,
    });
    return {
      update(next) {
        latest = next;
        changed();
      },
      close,
    };
  }

  /** Starts it where the account is there; returns how it is ended. */
  private add(wish: Wish): () => Promise<void> {
    const events = this.accounts.get(wish.accountId);
    if (events !== undefined) wish.running = wish.start(events);
    this.wishes.add(wish);
    return async () => {
      this.wishes.delete(wish);
      const { running } = wish;
      wish.running = null;
      await running?.close();
    };
  }
}

const documents: {
  [P in keyof PublishedValues]: (events: AccountEvents, value: () => PublishedValues[P]) => Document;
} = {
  presence: (events, value: () => OwnPresence) => ({
    contentType: packages.presence.accept,
    write: () => writePidf(events.aor, events.instance, value()),
  }),
  dialog(events, value: () => readonly WatchedDialog[]) {
    let version = 0;
    return {
      contentType: packages.dialog.accept,
      write: () => writeDialogInfo(events.aor, version++, value()),
    };
  },
};
