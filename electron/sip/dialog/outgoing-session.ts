// A call of ours: INVITE and what comes back, from several phones perhaps (RFC 3261 13.2).
import { ProblemError, type Problem } from '../../../contract/index.ts';
import type {
  OutgoingSession,
  ReferOptions,
  ReferOutcome,
  RemoteParty,
  SessionEnd,
  SessionListener,
} from '../session-types.ts';
import { randomToken, type SipResponse } from '../wire/index.ts';
import { sdpOf } from './body.ts';
import { endOfFailure, endOfResponse } from './causes.ts';
import { credentialsOf } from './change-result.ts';
import { sdpBody, type Invitation } from './core.ts';
import { answerTo } from './corrections/index.ts';
import { assertedParty } from './identity.ts';
import { connect, Leg, legOf, notConnected, referOn } from './leg.ts';
import { Listening } from './listening.ts';
import { reliability, sendPrack } from './prack.ts';
import { ELSEWHERE } from './reason.ts';
import { ReliableReceipt } from './reliable.ts';
import type { Replaces } from './replaces.ts';
import type { SessionContext } from './session-context.ts';
import { timerOf422, timerOfResponse, timerRequest, type Wish } from './session-timer.ts';
import { wireOf } from './sipjs-messages.ts';
import type {
  AckableIncomingResponseWithSession,
  IncomingResponse,
  IncomingResponseMessage,
  OutgoingInviteRequest,
  Session,
} from './sipjs.ts';

/** One phone that rings, or has answered. */
interface Branch {
  leg: Leg;
  receipt: ReliableReceipt;
  /** A description that came unreliably: a foretaste, until the 2xx repeats it or says nothing (RFC 6337 3.1.1). */
  preview: string | null;
}

export interface OutgoingOptions {
  id: string;
  context: SessionContext;
  target: string;
  /** null: the other side is to offer. */
  sdp: string | null;
  headers: readonly (readonly [string, string])[];
  /** The From is nobody's. */
  anonymous: boolean;
  /** Targets that this call was sent on from, and this one. */
  chain: readonly string[];
}

export class Outgoing implements OutgoingSession {
  readonly direction = 'outgoing';
  readonly id: string;
  readonly accountId: string;
  readonly callId: string;
  readonly chain: readonly string[];
  remote: RemoteParty;
  private readonly context: SessionContext;
  private readonly options: OutgoingOptions;
  private readonly listening: Listening;
  private readonly branches = new Map<string, Branch>();
  private invite: OutgoingInviteRequest;
  private wish: Wish;
  /** Somebody answered, and this is what the ACK waits for: our answer to the offer in the 2xx. */
  private acknowledge: ((sdp: string | null) => void) | null = null;
  private answered = false;

  constructor(options: OutgoingOptions) {
    const { id, context, target, chain } = options;
    this.id = id;
    this.context = context;
    this.options = options;
    this.accountId = context.accountId;
    this.chain = chain;
    this.remote = { uri: target, asserted: false, anonymous: false };
    this.listening = new Listening(() => context.ended(id));
    this.wish = context.timer;
    this.callId = randomToken(128);
    this.invite = this.send({ callId: this.callId, fromTag: randomToken(64), cseq: 1 });
  }

  get localAddress(): string {
    return this.context.localAddress();
  }

  get ended(): boolean {
    return this.listening.ended;
  }

  listen(listener: SessionListener): void {
    this.listening.listen(listener);
  }

  hangUp(options: { elsewhere?: boolean } = {}): void {
    if (this.listening.ended) return;
    const headers = options.elsewhere === true ? [...ELSEWHERE] : [];
    const result = this.answered ? 'completed' : 'cancelled';
    this.leave(headers);
    this.listening.end({ by: 'us', result, reason: null });
  }

  /** Does this Replaces mean this call? */
  isMeantBy(replaces: Replaces): 'early' | 'confirmed' | null {
    if (this.listening.ended) return null;
    for (const { leg } of this.branches.values()) if (leg.isMeantBy(replaces)) return leg.early ? 'early' : 'confirmed';
    return null;
  }

  /** Another call takes this one's place. */
  replaced(by: string): void {
    if (this.listening.ended) return;
    this.leave([]);
    this.listening.end({ by: 'them', result: 'completed', reason: null, replacedBy: by });
  }

  /** While it rings: with the one phone that has agreed on a description so far (RFC 3311 5.1). */
  async reoffer(sdp: string): Promise<string> {
    const early = [...this.branches.values()].filter(({ leg }) => leg.offers.settled);
    const leg = legOf(this) ?? (early.length === 1 ? early[0]?.leg : undefined);
    if (leg === undefined || this.listening.ended) throw new ProblemError(notConnected);
    return leg.negotiation.reoffer(sdp);
  }

  async info(contentType: string, body: string): Promise<void> {
    return this.onLeg().info(contentType, body);
  }

  refer(target: string, options: ReferOptions = {}): Promise<ReferOutcome> {
    return referOn(legOf(this), target, options, this.context.domain);
  }

  private onLeg(): Leg {
    const leg = legOf(this);
    if (leg === null) throw new ProblemError(notConnected);
    return leg;
  }

  private send(again: Pick<Invitation, 'callId' | 'fromTag' | 'cseq'>): OutgoingInviteRequest {
    const { target, sdp, headers, anonymous } = this.options;
    return this.context.core.invite(
      { ...again, target, sdp, anonymous, headers: [...headers, ...timerRequest(this.wish)] },
      {
        onProgress: ({ message, session }) => this.progress(message, session),
        onAccept: (response) => this.accepted(response),
        onRedirect: (response) => this.refused(response),
        onReject: (response) => this.refused(response),
      },
    );
  }

  /** CANCEL, or BYE where somebody has answered. */
  private leave(headers: [string, string][]): void {
    const leg = legOf(this);
    if (leg === null) this.context.core.cancel(this.invite, headers);
    else {
      this.acknowledge?.(null);
      leg.bye(headers);
    }
  }

  private branchOf(session: Session): Branch {
    let branch = this.branches.get(session.id);
    if (branch === undefined) {
      const leg = new Leg({
        session,
        owner: true,
        context: this.context,
        listening: this.listening,
        byeEarly: () => this.branches.delete(session.id),
      });
      const { sdp } = this.options;
      if (sdp !== null) leg.offers.offer(sdp);
      leg.negotiation.begin(this.wish);
      branch = { leg, receipt: new ReliableReceipt(), preview: null };
      this.branches.set(session.id, branch);
    }
    return branch;
  }

  private progress(message: IncomingResponseMessage, session: Session): void {
    const response = wireOf(message);
    if (response?.kind !== 'response') return;
    const branch = this.branchOf(session);
    const { leg, receipt } = branch;
    const how = reliability(response, receipt);
    if (how === 'ignored') return;
    leg.peer.learn(response);
    const sdp = sdpOf(response);
    if (how === 'new' && sdp !== null && this.options.sdp === null && !leg.offers.settled) {
      this.answerEarly(branch, response, sdp);
      return;
    }
    let heard: string | null = null;
    if (sdp !== null && leg.offers.state === 'offered') {
      heard = sdp;
      if (how === 'new') leg.offers.answered(sdp);
      else branch.preview = sdp;
    }
    if (how === 'new') sendPrack(this.context.core, leg.dialog, response, null);
    this.report(message, response, leg, heard);
  }

  private report(message: IncomingResponseMessage, response: SipResponse, leg: Leg, sdp: string | null): void {
    if (this.listening.ended) return;
    this.identify(message, response);
    this.listening.listener?.progress?.(response.status, sdp, leg.dialog.remoteTag);
  }

  /** The offer that we did not make came in a reliable 18x: the PRACK has our answer (RFC 3262 5). */
  private answerEarly({ leg }: Branch, response: SipResponse, offer: string): void {
    leg.offers.offered(offer);
    this.answerTo(offer).then(
      (answer) => {
        leg.offers.answer(answer);
        sendPrack(this.context.core, leg.dialog, response, answer);
        if (!this.listening.ended) {
          this.listening.listener?.progress?.(response.status, offer, leg.dialog.remoteTag);
        }
      },
      () => {
        leg.offers.refused();
        sendPrack(this.context.core, leg.dialog, response, null);
        if (this.listening.ended) return;
        this.leave([]);
        this.listening.end({ by: 'us', result: 'failed', reason: noCommonCodec });
      },
    );
  }

  private accepted(response: AckableIncomingResponseWithSession): void {
    const { listening } = this;
    const wire = wireOf(response.message);
    const branch = this.branchOf(response.session);
    const { leg } = branch;
    if (wire !== undefined) leg.peer.learn(wire);
    const ack = (sdp: string | null): void => {
      this.acknowledge = null;
      response.ack({
        extraHeaders: credentialsOf(this.invite.message),
        ...(sdp === null ? {} : { body: sdpBody(sdp) }),
      });
    };
    // A second phone that answered (forking), or one that did before our CANCEL reached it (RFC 3261 13.2.2.4, 9.1).
    if (this.answered || listening.ended || wire?.kind !== 'response') {
      ack(null);
      this.branches.delete(response.session.id);
      leg.bye(this.answered && !listening.ended ? [...ELSEWHERE] : []);
      return;
    }
    this.answered = true;
    connect(this, leg);
    for (const [id, other] of this.branches) {
      if (other === branch) continue;
      other.leg.close();
      this.branches.delete(id);
    }
    leg.negotiation.timer.start(timerOfResponse(wire));
    this.identify(response.message, wire);
    const sdp = sdpOf(wire);
    const { offers } = leg;
    if (this.options.sdp === null && !offers.settled) {
      this.acknowledge = ack;
      this.answerLate(leg, sdp);
      return;
    }
    ack(null);
    const answer = sdp ?? branch.preview;
    if (offers.state === 'offered') {
      if (answer === null) offers.refused();
      else offers.answered(answer);
    }
    listening.listener?.accepted?.(offers.remote);
  }

  /** The 2xx brought the offer that we did not make: the ACK has our answer (RFC 3261 13.2.2.4). */
  private answerLate(leg: Leg, offer: string | null): void {
    const { listening } = this;
    const fail = (reason: Problem): void => {
      if (listening.ended) return;
      this.leave([]);
      listening.end({ by: 'us', result: 'failed', reason });
    };
    if (offer === null) return fail(nothingOffered);
    leg.offers.offered(offer);
    this.answerTo(offer).then(
      (answer) => {
        if (listening.ended) return;
        leg.offers.answer(answer);
        this.acknowledge?.(answer);
        listening.listener?.accepted?.(offer);
      },
      () => {
        leg.offers.refused();
        fail(noCommonCodec);
      },
    );
  }

  private async answerTo(offer: string): Promise<string> {
    const { listener, ended } = this.listening;
    if (listener === null || ended) throw new ProblemError(notConnected);
    return listener.reoffered(offer);
  }

  private identify(message: IncomingResponseMessage, response: SipResponse): void {
    const party = assertedParty(response, this.context.core.isOwn(message));
    if (party === null || party.uri === this.remote.uri) return;
    this.remote = party;
    this.listening.listener?.identified?.(party);
  }

  private refused({ message }: IncomingResponse): void {
    const response = wireOf(message);
    const wish = message.statusCode === 422 && response !== undefined ? timerOf422(response, this.wish) : null;
    if (wish !== null && !this.listening.ended) {
      // RFC 4028 7.4: the same call again, with an interval that everybody on the way accepts. It grows each time.
      this.wish = wish;
      const { callId, fromTag, cseq } = this.invite.message;
      this.invite = this.send({ callId, fromTag, cseq: cseq + 1 });
      return;
    }
    for (const { leg } of this.branches.values()) leg.close();
    this.branches.clear();
    this.listening.end(this.endOf(message));
  }

  private endOf(message: IncomingResponse['message']): SessionEnd {
    const failure = this.context.core.failureOf(message);
    if (failure !== undefined) return endOfFailure(failure, this.context.server);
    const response = wireOf(message);
    if (response?.kind !== 'response') {
      return endOfFailure({ reason: 'transport', error: new Error(`${message.statusCode ?? 0}`) }, this.context.server);
    }
    return endOfResponse(response, answerTo(message));
  }
}

const noCommonCodec: Problem = {
  code: 'no-common-codec',
  message: 'The other phone speaks none of the audio formats that this one does.',
};

const nothingOffered: Problem = {
  code: 'no-sdp-in-answer',
  message:
    'The other side answered without saying how to send it audio. Try again, or report it to your administrator.',
};
