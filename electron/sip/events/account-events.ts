// The events of one account: its subscriptions and publications, and requests outside a dialog that are no INVITE.
import type { Clock, Logger } from '../../../contract/index.ts';
import type { Credentials } from '../digest/index.ts';
import type { Registration } from '../registration/index.ts';
import type { ServerTransaction, TransactionLayer } from '../transaction/index.ts';
import type { SipAccount } from '../types.ts';
import { createResponse, type SipRequest, type SipResponse } from '../wire/index.ts';
import { allowHeader, capabilityHeaders } from './capabilities.ts';
import { readMessage, sendMessage } from './message.ts';
import { readMessageSummary } from './message-summary.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { packages, type EventPackage } from './packages.ts';
import { Publication, type Document } from './publication.ts';
import { sendQualityReport } from './quality-report.ts';
import { Requester } from './requester.ts';
import { eventOf, Subscription } from './subscription.ts';
import type {
  EventPackageName,
  IncomingMessage,
  MessageDelivery,
  MessageSummary,
  SubscriptionListener,
} from './types.ts';
import type { EventContext } from './usage.ts';

/** SUBSCRIBEs a second: a company's busy lamps are up within seconds, and no server minds. */
const PER_SECOND = 20;

/** Methods that begin no dialog, or only one of this room. */
const METHODS = new Set(['OPTIONS', 'MESSAGE', 'NOTIFY', 'SUBSCRIBE', 'PUBLISH']);

/** Is a request with this method, when it comes outside a dialog, for the events room? */
export function isEventMethod(method: string): boolean {
  return METHODS.has(method);
}

export interface AccountEventsOptions {
  account: SipAccount;
  layer: TransactionLayer;
  registration: Registration;
  credentials: Credentials;
  clock: Clock;
  log: Logger;
  userAgent: string;
  contactUser: string;
  /** Null: nobody reads messages. */
  message: () => ((message: IncomingMessage) => void) | null;
  /** Voicemail that the server told of unasked (RFC 3842 2.1). */
  summary(summary: MessageSummary): void;
}

export class AccountEvents {
  private readonly options: AccountEventsOptions;
  private readonly context: EventContext;
  private readonly subscriptions = new Set<Pick<Subscription<never>, 'matches' | 'notify' | 'registered' | 'close'>>();
  private readonly publications = new Set<Publication>();
  private registeredOn: string | null = null;

  constructor(options: AccountEventsOptions) {
    const { account, registration, clock, log, contactUser } = options;
    const pacer: Pacer = createPacer(clock, PER_SECOND);
    this.options = options;
    this.context = {
      aor: `sip:${account.user}@${account.domain}`,
      displayName: account.displayName,
      contact: `<sip:${contactUser}@hookswitch.invalid>`,
      domain: account.domain,
      requester: new Requester(options),
      pacer,
      clock,
      log,
      route: () => registration.serviceRoute,
    };
  }

  get aor(): string {
    return this.context.aor;
  }

  /** Names this phone among others of the same address, in what it publishes. */
  get instance(): string {
    return this.options.contactUser;
  }

  /** The registration changed: on a new flow, or after an outage, all is asked and told again. */
  registration(available: boolean): void {
    const flow = available ? (this.options.registration.flow?.id ?? 'unknown') : null;
    const isNew = flow !== null && flow !== this.registeredOn;
    this.registeredOn = flow;
    if (!isNew) return;
    for (const one of [...this.subscriptions, ...this.publications]) one.registered();
  }

  /**
   * The machine slept, and our timers with it: what the server granted may be over there. With the next registration, also
   * one on the same flow, all is asked and told again.
   */
  woke(): void {
    this.registeredOn = null;
  }

  subscribe<Value>(
    event: EventPackage<Value>,
    target: string,
    listener: SubscriptionListener<Value>,
  ): { close(): Promise<void> } {
    const subscription = new Subscription(this.context, event, target, listener);
    this.subscriptions.add(subscription);
    if (this.registeredOn !== null) subscription.registered();
    return {
      close: async () => {
        await subscription.close();
        this.subscriptions.delete(subscription);
      },
    };
  }

  publish(event: EventPackageName, document: Document): { changed(): void; close(): Promise<void> } {
    const publication = new Publication(this.context, event, document);
    this.publications.add(publication);
    if (this.registeredOn !== null) publication.registered();
    return {
      changed: () => publication.changed(),
      close: async () => {
        await publication.close();
        this.publications.delete(publication);
      },
    };
  }

  message(target: string, text: string): Promise<MessageDelivery> {
    return sendMessage(this.context, target, text, this.options.account.transport);
  }

  reportQuality(collector: string, report: string): Promise<MessageDelivery> {
    return sendQualityReport(this.context, collector, report);
  }

  /** Is it a NOTIFY of a live subscription, by Call-ID and our tag? */
  owns(request: SipRequest): boolean {
    return request.method === 'NOTIFY' && this.find(request) !== undefined;
  }

  /** A request that {@link owns}, or one outside a dialog that came on the account's own flow. */
  receive(transaction: ServerTransaction): void {
    transaction.respond(this.answer(transaction.request));
  }

  private find(notify: SipRequest): Pick<Subscription<never>, 'notify'> | undefined {
    return [...this.subscriptions].find((subscription) => subscription.matches(notify));
  }

  private answer(request: SipRequest): SipResponse {
    const takesMessages = this.options.message() !== null;
    switch (request.method) {
      case 'NOTIFY':
        return this.find(request)?.notify(request) ?? this.unsolicited(request);
      case 'MESSAGE':
        return this.takeMessage(request);
      case 'OPTIONS':
        return createResponse(200, { headers: capabilityHeaders(takesMessages) });
      case 'SUBSCRIBE':
        // We are watched through what we publish, never by asking us.
        return createResponse(489, { headers: [['Allow-Events', '']] });
      default:
        return createResponse(405, { headers: [allowHeader(takesMessages)] });
    }
  }

  /** Many servers tell of voicemail unasked. Everything else needs a subscription of ours (RFC 6665 4.1.3). */
  private unsolicited(notify: SipRequest): SipResponse {
    const event = packages['message-summary'];
    if (eventOf(notify) !== event.name) return createResponse(481);
    const summary = readMessageSummary(notify.body);
    if (summary !== null) this.options.summary(summary);
    return createResponse(200);
  }

  private takeMessage(request: SipRequest): SipResponse {
    const { account, clock, message } = this.options;
    const take = message();
    // To take it and show it to nobody would tell the sender a lie.
    if (take === null) return createResponse(405, { headers: [allowHeader(false)] });
    const read = readMessage(request);
    if ('status' in read) return read;
    take({ accountId: account.id, ...read, at: clock.now() });
    return createResponse(200);
  }
}
