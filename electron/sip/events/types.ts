// What the events room hands up: subscriptions, publications, page-mode messages, and the typed values of event packages.
import type { Problem } from '../../../contract/index.ts';

/** RFC 3842: one class of messages. */
export interface MessageCount {
  new: number;
  old: number;
  newUrgent: number;
  oldUrgent: number;
}

/** RFC 3842 3.5, 5.2: what waits in a mailbox. */
export interface MessageSummary {
  waiting: boolean;
  /** URI of the mailbox, to be called for listening. */
  account?: string;
  /** By class, such as `voice-message` or `fax-message`, lower case. */
  messages: ReadonlyMap<string, MessageCount>;
}

/** RFC 4235 3.7.1. */
export type WatchedDialogState = 'trying' | 'proceeding' | 'early' | 'confirmed' | 'terminated';

export interface DialogParty {
  /** URI of the identity. */
  identity?: string;
  /** Text from a stranger: show it as text. */
  display?: string;
  /** URI of the device. */
  target?: string;
}

/** RFC 4235 4.1: one dialog of the watched number. Call-ID and both tags are what Replaces needs for a pick-up. */
export interface WatchedDialog {
  id: string;
  state: WatchedDialogState;
  /** Who began it, as the watched number sees it. */
  direction?: 'initiator' | 'recipient';
  callId?: string;
  localTag?: string;
  remoteTag?: string;
  local?: DialogParty;
  remote?: DialogParty;
}

/** RFC 4235: what goes on at a watched number; the terminated are left out. */
export interface DialogInfo {
  entity: string;
  dialogs: readonly WatchedDialog[];
}

/** RFC 3863 with RFC 4480: whether somebody wants to be called, and why not. */
export interface Presence {
  entity: string;
  /** `open` when one of its tuples is; null when none says. */
  basic: 'open' | 'closed' | null;
  /** RFC 4480 3.2, such as `on-the-phone`, `away`, `busy`, `meeting`. */
  activities: readonly string[];
  /** Text from a stranger: show it as text. */
  note: string | null;
}

/** RFC 3680 5.2. */
export interface RegisteredContact {
  id: string;
  uri: string;
  displayName?: string;
  state: 'active' | 'terminated';
  /** `registered`, `created`, `refreshed`, `shortened`, `expired`, `deactivated`, `probation`, `unregistered`, `rejected`. */
  event: string;
  /** Seconds. */
  expires?: number;
}

export interface Registered {
  id: string;
  aor: string;
  state: 'init' | 'active' | 'terminated';
  contacts: readonly RegisteredContact[];
}

/** RFC 3680: which phones are registered for an address. */
export interface RegInfo {
  registrations: readonly Registered[];
}

/** Event packages (RFC 6665 7.2) and what their NOTIFYs say. */
export interface EventValues {
  'message-summary': MessageSummary;
  dialog: DialogInfo;
  presence: Presence;
  reg: RegInfo;
}

export type EventPackageName = keyof EventValues;

export type SubscriptionState =
  /** Asked for, and not granted yet; `pending` of RFC 6665 among it. */
  | { name: 'pending' }
  | { name: 'active' }
  /** Tried again by itself; `retryAt` in ms since the epoch. */
  | { name: 'waiting'; cause: Problem; retryAt: number }
  /** Over for good: asking again would bring the same answer. */
  | { name: 'ended'; cause: Problem };

export interface SubscriptionListener<Value> {
  state?(state: SubscriptionState): void;
  /** The whole value, after each NOTIFY that changed or repeated it. */
  changed(value: Value): void;
}

export interface EventSubscription {
  readonly accountId: string;
  /** Ends it: SUBSCRIBE with Expires 0, bounded. Nothing is heard of it from now on. Idempotent. */
  close(): Promise<void>;
}

/** What we tell of ourselves (RFC 3863, RFC 4480). */
export interface OwnPresence {
  basic: 'open' | 'closed';
  /** RFC 4480 names. */
  activities?: readonly string[];
  note?: string;
}

/** What can be published, and as what. */
export interface PublishedValues {
  presence: OwnPresence;
  /** Our own dialogs (RFC 4235), seen from us. */
  dialog: readonly WatchedDialog[];
}

export interface EventPublication<Value> {
  /** The newest counts; what is on its way is waited for. */
  update(value: Value): void;
  /** Takes it back, bounded. Idempotent. */
  close(): Promise<void>;
}

/** What became of a message (RFC 3428 7). */
export type MessageDelivery =
  /** 200: it is on the other phone. */
  | { name: 'delivered' }
  /** 202: somebody keeps it for them. */
  | { name: 'accepted' }
  | { name: 'failed'; cause: Problem };

export interface IncomingMessage {
  accountId: string;
  from: { displayName?: string; uri: string };
  /** Text from a stranger: show it as text. */
  text: string;
  /** Milliseconds since the epoch, by our clock. */
  at: number;
}

/** The events part of the SIP room's door. */
export interface Events {
  /**
   * Watches `target` (a number, user@domain or sip: URI; '' means the account itself). Kept alive, repeated after
   * failures and server restarts, until it is closed. Throws ProblemError for a target that is none.
   */
  subscribe<P extends EventPackageName>(
    accountId: string,
    event: P,
    target: string,
    listener: SubscriptionListener<EventValues[P]>,
  ): EventSubscription;
  /** Tells the account's server of ourselves (RFC 3903) until it is closed. */
  publish<P extends keyof PublishedValues>(
    accountId: string,
    event: P,
    value: PublishedValues[P],
  ): EventPublication<PublishedValues[P]>;
  /**
   * Tells `collector` (user@domain or sip: URI; null: the account's domain) how a call was heard, in a document of RFC 6035.
   * Throws ProblemError for a collector that is none; what the network says is in the result.
   */
  reportQuality(accountId: string, collector: string | null, report: string): Promise<MessageDelivery>;
  /** Sends one text. Throws ProblemError for what cannot be sent at all; what the network says is in the result. */
  message(accountId: string, target: string, text: string): Promise<MessageDelivery>;
}
