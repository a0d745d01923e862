// A call to us: INVITE, ringing, answer (RFC 3261 13.3).
import { ProblemError, type Problem } from '../../../contract/index.ts';
import type {
  IncomingSession,
  ReferOptions,
  ReferOutcome,
  RemoteParty,
  SessionEnd,
  SessionListener,
} from '../session-types.ts';
import type { ServerTransaction } from '../transaction/index.ts';
import type { SipRequest } from '../wire/index.ts';
import { sdpOf } from './body.ts';
import { endOfCancel } from './causes.ts';
import { sdpBody } from './core.ts';
import { alertInfo, autoAnswerAfter, callerOf, directCaller, divertedFrom } from './identity.ts';
import { connect, Leg, legOf, notConnected, referOn } from './leg.ts';
import { Listening } from './listening.ts';
import { OfferAnswer } from './offer-answer.ts';
import { ELSEWHERE } from './reason.ts';
import type { Replaces } from './replaces.ts';
import { Ringing } from './ringing.ts';
import type { SessionContext } from './session-context.ts';
import { timerAnswer } from './session-timer.ts';
import type { IncomingInviteRequest, Session } from './sipjs.ts';
import { targetUri } from './target.ts';

/** What a refusal of ours means. */
const results: Record<number, SessionEnd['result']> = {
  480: 'no-answer',
  486: 'busy',
  603: 'declined',
};

export interface IncomingOptions {
  id: string;
  context: SessionContext;
  invite: IncomingInviteRequest;
  transaction: ServerTransaction;
  receivedAt: number;
  /** Session whose place it wants to take. */
  replaces: string | null;
}

export class Incoming implements IncomingSession {
  readonly direction = 'incoming';
  readonly id: string;
  readonly accountId: string;
  readonly callId: string;
  readonly remote: RemoteParty;
  readonly localAddress: string;
  readonly offer: string | null;
  readonly receivedAt: number;
  /** It did not come through our server. */
  readonly direct: boolean;
  readonly replaces?: string;
  readonly divertedFrom?: string;
  readonly autoAnswerAfter?: number;
  readonly alertInfo?: string;
  private readonly context: SessionContext;
  private readonly invite: IncomingInviteRequest;
  private readonly request: SipRequest;
  private readonly listening: Listening;
  private readonly offers = new OfferAnswer();
  private readonly ringing: Ringing;
  private leg: Leg | null = null;
  private answered = false;
  /** Settles what `accept` returned. */
  private settle: { resolve(answer: string | null): void; reject(error: ProblemError): void } | null = null;

  constructor(options: IncomingOptions) {
    const { id, context, invite, transaction, receivedAt, replaces } = options;
    const { request } = transaction;
    this.id = id;
    this.context = context;
    this.invite = invite;
    this.request = request;
    this.receivedAt = receivedAt;
    this.accountId = context.accountId;
    this.callId = invite.message.callId;
    this.localAddress = transaction.flow.local.address;
    this.offer = sdpOf(request);
    this.direct = !context.registration.isOwn(transaction.flow);
    this.remote = this.direct ? directCaller(request, transaction.flow.remote.address) : callerOf(request, true);
    if (replaces !== null) this.replaces = replaces;
    const [diverted, after, alert] = [divertedFrom(request), autoAnswerAfter(request), alertInfo(request)];
    if (diverted !== undefined) this.divertedFrom = diverted;
    if (after !== undefined) this.autoAnswerAfter = after;
    if (alert !== undefined) this.alertInfo = alert;
    if (this.offer !== null) this.offers.offered(this.offer);
    this.listening = new Listening(() => context.ended(id));
    this.ringing = new Ringing({
      invite,
      transaction,
      context,
      listening: this.listening,
      leg: (session) => this.legOn(session),
      giveUp: () => {
        this.refuse(504);
        this.listening.end({ by: 'network', result: 'failed', status: 504, reason: unconfirmedRinging });
      },
    });
  }

  get ended(): boolean {
    return this.listening.ended;
  }

  listen(listener: SessionListener): void {
    this.listening.listen(listener);
  }

  ring(sdp?: string): void {
    if (!this.listening.ended && !this.answered) this.ringing.ring(sdp);
  }

  accept(sdp: string): Promise<string | null> {
    if (this.listening.ended || this.answered) {
      return Promise.reject(new ProblemError({ code: 'call-over', message: 'The call is no longer there to answer.' }));
    }
    this.answered = true;
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      this.ringing.clear(() => this.answer(sdp));
    });
  }

  reject(status: 480 | 481 | 486 | 488 | 500 | 603, said?: string): void {
    if (this.listening.ended || this.answered) return;
    this.refuse(status, said);
    this.listening.end({ by: 'us', result: results[status] ?? 'failed', status, reason: null });
  }

  redirect(target: string, reason: string): void {
    if (this.listening.ended || this.answered) return;
    const { domain, address } = this.context;
    const uri = targetUri(target, domain);
    this.ringing.stop();
    // A server that follows it knows whom the caller had dialled, and does not come back here (RFC 5806 4).
    const extraHeaders = [`Contact: <${uri}>`, `Diversion: <${address}>;reason=${reason}`];
    this.invite.redirect([], { statusCode: 302, extraHeaders });
    this.leg?.close();
    this.listening.end({ by: 'us', result: 'completed', status: 302, reason: null });
  }

  hangUp(options: { elsewhere?: boolean } = {}): void {
    if (this.listening.ended) return;
    const leg = legOf(this);
    if (leg === null) {
      // Answered, but the 200 waits for a PRACK that may never come: then it is a refusal after all.
      this.answered = false;
      this.reject(603);
      return;
    }
    leg.bye(options.elsewhere === true ? [...ELSEWHERE] : []);
    this.listening.end({ by: 'us', result: 'completed', reason: null });
  }

  /** The caller gave up before we answered. */
  cancelled(cancel: SipRequest): void {
    if (this.listening.ended || legOf(this) !== null) return;
    this.gone(endOfCancel(cancel.headers.all('Reason')));
  }

  /** Does this Replaces mean this call? A call that rings here is not ours to give away (RFC 3891 3). */
  isMeantBy(replaces: Replaces): 'confirmed' | null {
    return legOf(this)?.isMeantBy(replaces) === true ? 'confirmed' : null;
  }

  /** Another call takes this one's place. */
  replaced(by: string): void {
    if (this.listening.ended) return;
    legOf(this)?.bye();
    this.listening.end({ by: 'them', result: 'completed', reason: null, replacedBy: by });
  }

  async reoffer(sdp: string): Promise<string> {
    return this.onLeg().negotiation.reoffer(sdp);
  }

  async info(contentType: string, body: string): Promise<void> {
    return this.onLeg().info(contentType, body);
  }

  refer(target: string, options: ReferOptions = {}): Promise<ReferOutcome> {
    return referOn(this.leg, target, options, this.context.domain);
  }

  private onLeg(): Leg {
    if (this.leg === null) throw new ProblemError(notConnected);
    return this.leg;
  }

  /** The one leg of an incoming call. */
  private legOn(session: Session): Leg {
    this.leg ??= new Leg({
      session,
      owner: false,
      context: this.context,
      listening: this.listening,
      offers: this.offers,
      from: this.request,
      acknowledged: (sdp) => this.acknowledged(sdp),
      ackTimedOut: () => this.settle?.reject(new ProblemError(unconfirmed)),
      byeEarly: (end) => this.gone(end),
      prack: (transaction) => {
        if (this.leg !== null) this.ringing.acknowledged(transaction, this.leg);
      },
    });
    return this.leg;
  }

  private answer(sdp: string): void {
    if (this.listening.ended) return;
    const { offers, context } = this;
    this.ringing.stop();
    const { terms, headers } = timerAnswer(this.request, context.timer);
    // What was agreed on while it rang stands (RFC 6337 3.1).
    const body = offers.settled ? {} : { body: sdpBody(sdp) };
    const extraHeaders = headers.map(([name, value]) => `${name}: ${value}`);
    const { session } = this.invite.accept({ statusCode: 200, extraHeaders, ...body });
    const leg = this.legOn(session);
    connect(this, leg);
    if (!offers.settled) {
      if (offers.state === 'owed') offers.answer(sdp);
      else offers.offer(sdp);
    }
    leg.negotiation.timer.start(terms);
    if (this.replaces !== undefined) context.replace(this.replaces, this.id);
  }

  private acknowledged(sdp: string | null): void {
    const { offers } = this;
    if (offers.state === 'offered') {
      if (sdp === null) offers.refused();
      else offers.answered(sdp);
    }
    this.settle?.resolve(this.offer === null ? offers.remote : sdp);
  }

  private gone(end: SessionEnd): void {
    this.refuse(487);
    this.settle?.reject(new ProblemError({ code: 'call-over', message: 'The call is no longer there to answer.' }));
    this.listening.end(end);
  }

  private refuse(statusCode: number, said?: string): void {
    this.ringing.stop();
    const reasonPhrase = said === undefined ? '' : phrase(said);
    this.invite.reject({ statusCode, ...(reasonPhrase === '' ? {} : { reasonPhrase }) });
    this.leg?.close();
  }
}

/** RFC 3261 25.1: a reason phrase is one line of UTF-8 text. */
function phrase(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 120);
}

const unconfirmed: Problem = {
  code: 'connection-lost',
  message: 'The other side did not confirm the call, so it was ended.',
};

const unconfirmedRinging: Problem = { ...unconfirmed, detail: 'no PRACK within 32 s' };
