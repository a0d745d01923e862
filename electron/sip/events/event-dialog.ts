// The dialog of a subscription (RFC 6665 4.4.1, RFC 3261 12): begun by a SUBSCRIBE, made by the first NOTIFY.
import { parseCSeq, parseNameAddr, randomToken, tagOf, type SipRequest, type SipResponse } from '../wire/index.ts';

export class EventDialog {
  readonly callId: string;
  readonly localTag: string;
  /** Null until somebody has answered. */
  remoteTag: string | null = null;
  /** Where requests go: the subscribed URI until the notifier's Contact is known. */
  remoteTarget: string;
  routeSet: readonly string[];
  /** A NOTIFY has come: the notifier is certain. Until then the 2xx may be of one notifier and the NOTIFY of another. */
  confirmed = false;
  private readonly numbers: { local: number };
  private remoteSequence: number | null = null;

  /** `route`: what requests outside a dialog carry (Service-Route). */
  constructor(target: string, route: readonly string[], like?: EventDialog) {
    this.callId = like?.callId ?? randomToken(128);
    this.localTag = like?.localTag ?? randomToken(64);
    this.remoteTarget = target;
    this.routeSet = route;
    // Forks share the Call-ID, and numbers of one Call-ID must rise (RFC 3261 12.2.1.1 asks it for each dialog).
    this.numbers = like?.numbers ?? { local: 0 };
  }

  /** Can requests within it be sent? */
  get established(): boolean {
    return this.remoteTag !== null;
  }

  nextSequence(): number {
    this.numbers.local += 1;
    return this.numbers.local;
  }

  /** A 2xx to SUBSCRIBE. Its Contact is a target refresh; routes never change once a NOTIFY has set them. */
  answered(response: SipResponse): void {
    const tag = tagOf(response.headers.get('To'));
    if (tag === undefined || (this.confirmed && tag !== this.remoteTag)) return;
    if (!this.confirmed) {
      this.remoteTag = tag;
      this.routeSet = response.headers.all('Record-Route').toReversed();
    }
    this.retarget(response);
  }

  /** A NOTIFY of this dialog. False: an old one, whose number was used already (RFC 3261 12.2.2). */
  notified(notify: SipRequest): boolean {
    const { number } = parseCSeq(notify.headers.get('CSeq')) ?? { number: 0 };
    if (this.remoteSequence !== null && number <= this.remoteSequence) return false;
    this.remoteSequence = number;
    if (!this.confirmed) {
      this.confirmed = true;
      this.remoteTag = tagOf(notify.headers.get('From')) ?? null;
      this.routeSet = [...notify.headers.all('Record-Route')];
    }
    this.retarget(notify);
    return true;
  }

  /** Is this NOTIFY for the subscription whose dialog this is, whoever sent it? */
  matches(notify: SipRequest): boolean {
    const { headers } = notify;
    return headers.get('Call-ID') === this.callId && tagOf(headers.get('To')) === this.localTag;
  }

  private retarget(message: SipRequest | SipResponse): void {
    const contact = parseNameAddr(message.headers.get('Contact') ?? '');
    if (contact !== null) this.remoteTarget = contact.uri;
  }
}
