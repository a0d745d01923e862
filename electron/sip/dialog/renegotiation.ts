// Changes of a session, and its refreshes: re-INVITE and UPDATE in both roles (RFC 3261 14, RFC 3311, RFC 6337, RFC 4028).
import { ProblemError } from '../../../contract/index.ts';
import type { ServerTransaction } from '../transaction/index.ts';
import type { SessionEnd } from '../session-types.ts';
import { createResponse } from '../wire/index.ts';
import { sdpOf } from './body.ts';
import { allow, type Capabilities } from './capabilities.ts';
import { credentialsOf, expired, glare, lost, over, refused, type Result } from './change-result.ts';
import { sdpBody } from './core.ts';
import { refreshTarget } from './dialog-state.ts';
import type { Listening } from './listening.ts';
import type { OfferAnswer } from './offer-answer.ts';
import { reliability, sendPrack } from './prack.ts';
import { EXPIRED } from './reason.ts';
import { ReliableReceipt } from './reliable.ts';
import { MOST_TRIES, pauseAfter, retryAfter } from './retry.ts';
import type { SessionContext } from './session-context.ts';
import {
  SessionTimer,
  timerAnswer,
  timerOf422,
  timerOfResponse,
  timerRequest,
  tooShort,
  type Wish,
} from './session-timer.ts';
import { wireOf } from './sipjs-messages.ts';
import { SessionState, type IncomingInviteRequest, type IncomingMessage, type SessionDialog } from './sipjs.ts';

/** A non-INVITE request must be answered within 32 s: our answer to an offer in UPDATE may take this long, ms (RFC 3311 5.2: 504). */
const ANSWER_DEADLINE = 10_000;

type Header = [string, string];

export interface RenegotiationOptions {
  dialog: SessionDialog;
  /** We sent the first INVITE, so the Call-ID is ours. */
  owner: boolean;
  context: SessionContext;
  listening: Listening;
  offers: OfferAnswer;
  peer: Capabilities;
  /** The session is over without anybody having said so: BYE with these headers, and this ending. */
  fail(end: SessionEnd, headers?: readonly Header[]): void;
}

export class Renegotiation {
  readonly timer: SessionTimer;
  private readonly options: RenegotiationOptions;
  private wish: Wish;
  /** A 422 to a change of ours demands this. */
  private wanted: Wish | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  /** A re-INVITE of theirs that we have not answered yet. */
  private theirs: { invite: IncomingInviteRequest; transaction: ServerTransaction | undefined } | null = null;
  /** An UPDATE of theirs that we have not answered yet. */
  private theirUpdate: ServerTransaction | null = null;
  /** A re-INVITE or UPDATE of ours is on its way. */
  private ours = false;
  /** Our 200 to their re-INVITE carried an offer; the ACK has the answer. */
  private offeredIn200 = false;
  private closed = false;
  private readonly pauses = new Set<() => void>();

  constructor(options: RenegotiationOptions) {
    this.options = options;
    const { clock, timer } = options.context;
    this.wish = timer;
    this.timer = new SessionTimer(clock, {
      refresh: () => this.refresh(),
      expired: () => options.fail({ by: 'network', result: 'failed', reason: expired }, [...EXPIRED]),
    });
  }

  /** What was asked for in the INVITE (it may have grown by a 422). */
  begin(wish: Wish): void {
    this.wish = wish;
  }

  /** Offers; one change at a time, again after 491. Rejects with ProblemError when it was refused. */
  reoffer(sdp: string): Promise<string> {
    return this.enqueue(async () => {
      const result = await this.insist(() => this.change(sdp));
      if (result.sdp === null) throw refused(result);
      return result.sdp;
    });
  }

  /** RFC 4028 7.4: by UPDATE without a description where the other side takes it, else by re-INVITE with the one in force. */
  private refresh(): void {
    const { offers, peer, listening, context } = this.options;
    this.enqueue(async () => {
      let result: Result | null = null;
      if (peer.allows('UPDATE')) {
        result = await this.insist(() => this.sendUpdate(null));
        if (result.status === 405 || result.status === 501) {
          peer.refuses('UPDATE');
          result = null;
        }
      }
      if (result !== null || offers.local === null) return;
      const before = offers.remote;
      const { sdp } = await this.insist(() => this.change(offers.local ?? ''));
      if (sdp !== null && sdp !== before) listening.listener?.answered?.(sdp);
    }).catch((error: unknown) => context.log.debug('refresh', { error: String(error) }));
  }

  private enqueue<T>(run: () => Promise<T>): Promise<T> {
    const result = this.queue.then(run);
    this.queue = result.catch(() => {});
    return result;
  }

  /** Tries until it is accepted or there is no hope. */
  private async insist(send: () => Promise<Result>): Promise<Result> {
    const { listening, owner } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      if (this.closed || listening.ended) throw over;
      const result = await send();
      const { status, response } = result;
      if (status < 300) return result;
      if (status === 408 || status === 481) {
        // RFC 3261 12.2.1.2: the other side knows nothing of this dialog any more.
        this.options.fail({ by: 'network', result: 'failed', status, reason: lost(result) });
        throw refused(result);
      }
      const longer = status === 422 && response !== null ? timerOf422(response, this.asked) : null;
      const pause = longer === null ? pauseAfter(status, response, owner, Math.random()) : 0;
      if (longer !== null) this.wanted = longer;
      if (pause === null || attempt === MOST_TRIES) return result;
      if (pause > 0) await this.pause(pause);
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        this.pauses.delete(done);
        resolve();
      };
      const cancel = this.options.context.clock.after(ms, done);
      this.pauses.add(done);
    });
  }

  /** A new offer: by re-INVITE, or by UPDATE before the call is answered (RFC 3311 5.1). */
  private async change(sdp: string): Promise<Result> {
    const { offers, dialog, peer } = this.options;
    if (offers.state !== 'idle' || this.theirs !== null) return glare;
    if (dialog.sessionState !== SessionState.Early) return this.sendReInvite(sdp);
    if (!offers.settled || !peer.allows('UPDATE')) return { status: 488, response: null, sdp: null };
    return this.sendUpdate(sdp);
  }

  /** The interval in force, or the one that we would like (RFC 4028 7.4). */
  private get asked(): Wish {
    const { wanted, wish } = this;
    const { terms } = this.timer;
    return wanted ?? { seconds: terms?.seconds ?? wish.seconds, minimum: wish.minimum };
  }

  private headers(): Header[] {
    return [
      ['Contact', this.options.context.core.contact],
      ['Allow', allow],
      ...timerRequest(this.asked, this.timer.terms?.refresher),
    ];
  }

  private async sendUpdate(sdp: string | null): Promise<Result> {
    const { context, dialog, offers, peer } = this.options;
    if (this.theirUpdate !== null) return glare;
    if (sdp !== null) offers.offer(sdp);
    this.ours = true;
    const body = sdp === null ? {} : { body: sdpBody(sdp) };
    const { status, response } = await context.core.requestInside(dialog, {
      method: 'UPDATE',
      headers: this.headers(),
      ...body,
    });
    this.ours = false;
    peer.learn(response);
    const answer = status < 300 ? sdpOf(response) : null;
    if (sdp !== null) {
      if (answer === null) offers.refused();
      else offers.answered(answer);
    }
    if (status < 300 && !this.closed) {
      refreshTarget(dialog, response);
      this.timer.start(timerOfResponse(response));
    }
    return { status, response, sdp: answer };
  }

  private sendReInvite(sdp: string): Promise<Result> {
    const { dialog, context, offers } = this.options;
    const receipt = new ReliableReceipt();
    let early: string | null = null;
    this.ours = true;
    offers.offer(sdp);
    return new Promise((resolve) => {
      const settle = (result: Result): void => {
        this.ours = false;
        if (result.sdp === null) offers.refused();
        else offers.answered(result.sdp);
        resolve(result);
      };
      const ended = ({ message }: { message: IncomingMessage & { statusCode?: number } }): void => {
        const wire = wireOf(message);
        settle({ status: message.statusCode ?? 0, response: wire?.kind === 'response' ? wire : null, sdp: null });
      };
      try {
        const request = dialog.invite(
          {
            onProgress: ({ message }) => {
              const wire = wireOf(message);
              if (wire === undefined || reliability(wire, receipt) !== 'new') return;
              early ??= sdpOf(wire);
              sendPrack(context.core, dialog, wire, null);
            },
            onAccept: (response) => {
              response.ack({ extraHeaders: credentialsOf(request.message) });
              const wire = wireOf(response.message);
              if (wire?.kind !== 'response') return settle({ status: 0, response: null, sdp: null });
              this.options.peer.learn(wire);
              if (!this.closed) this.timer.start(timerOfResponse(wire));
              settle({ status: wire.status, response: wire, sdp: early ?? sdpOf(wire) });
            },
            onRedirect: ended,
            onReject: ended,
          },
          { extraHeaders: this.headers().map(([name, value]) => `${name}: ${value}`), body: sdpBody(sdp) },
        );
      } catch {
        // SIP.js throws while another re-INVITE is open: that is glare, found on this side.
        settle(glare);
      }
    });
  }

  /** A re-INVITE came. False: it was refused here (RFC 3261 14.2, RFC 6337 4.3). */
  admits(transaction: ServerTransaction): boolean {
    const { dialog, owner, offers } = this.options;
    const busy = this.theirs !== null || this.theirUpdate !== null;
    const refusal = this.ours
      ? 491
      : dialog.sessionState === SessionState.Early
        ? owner
          ? 491
          : 500
        : busy
          ? 500
          : offers.refusal;
    return !this.refuse(transaction, refusal);
  }

  /** SIP.js has taken a re-INVITE. */
  reoffered(invite: IncomingInviteRequest): void {
    const { context, listening, offers, peer } = this.options;
    const transaction = context.core.transactionOf(invite.message);
    const theirs = { invite, transaction };
    this.theirs = theirs;
    const request = transaction?.request;
    if (request === undefined) return this.refuseTheirs(500);
    peer.learn(request);
    const offer = sdpOf(request);
    if (offer !== null) offers.offered(offer);
    const { terms, headers } = timerAnswer(request, this.wish);
    this.describe(offer).then(
      (sdp) => {
        if (this.theirs !== theirs) return;
        this.theirs = null;
        this.offeredIn200 = offer === null;
        if (offer === null) offers.offer(sdp);
        else offers.answer(sdp);
        const all: Header[] = [['Contact', context.core.contact], ['Allow', allow], ...headers];
        invite.accept({
          statusCode: 200,
          extraHeaders: all.map(([name, value]) => `${name}: ${value}`),
          body: sdpBody(sdp),
        });
        this.timer.start(terms);
      },
      (error: unknown) => {
        if (!(error instanceof ProblemError)) context.log.warn('re-INVITE', { error: String(error) });
        if (this.theirs !== theirs) return;
        if (offer !== null) offers.refused();
        this.refuseTheirs(listening.ended ? 487 : 488);
      },
    );
  }

  /** The ACK to our 200 to a re-INVITE. */
  acknowledged(sdp: string | null): void {
    if (!this.offeredIn200) return;
    this.offeredIn200 = false;
    const { offers, listening } = this.options;
    if (sdp === null) offers.refused();
    else {
      offers.answered(sdp);
      listening.listener?.answered?.(sdp);
    }
  }

  /** RFC 3311 5.2. */
  updated(transaction: ServerTransaction): void {
    const { offers, peer } = this.options;
    const { request } = transaction;
    const offer = sdpOf(request);
    const early = offer !== null && !offers.settled && offers.state === 'idle';
    const busy = this.theirUpdate !== null || (this.theirs !== null && offer !== null);
    const refusal = busy || early ? 500 : offer === null ? null : offers.refusal;
    if (this.refuse(transaction, refusal)) return;
    peer.learn(request);
    if (offer === null) {
      this.acceptUpdate(transaction, null);
      return;
    }
    this.theirUpdate = transaction;
    offers.offered(offer);
    const deadline = this.options.context.clock.after(ANSWER_DEADLINE, () => this.refuseUpdate(transaction, 504));
    this.describe(offer).then(
      (sdp) => {
        deadline();
        if (this.theirUpdate !== transaction) return;
        this.theirUpdate = null;
        offers.answer(sdp);
        this.acceptUpdate(transaction, sdp);
      },
      () => {
        deadline();
        this.refuseUpdate(transaction, this.closed ? 487 : 488);
      },
    );
  }

  cancelled(invite: ServerTransaction): void {
    if (this.theirs?.transaction !== invite) return;
    this.options.offers.refused();
    this.refuseTheirs(487);
  }

  /** The call is over: what is open ends with it (RFC 3261 15.1.2). */
  close(): void {
    this.closed = true;
    this.timer.stop();
    this.refuseTheirs(487);
    if (this.theirUpdate !== null) this.refuseUpdate(this.theirUpdate, 487);
    for (const done of this.pauses) done();
  }

  private acceptUpdate(transaction: ServerTransaction, sdp: string | null): void {
    const { context, dialog } = this.options;
    const { terms, headers } = timerAnswer(transaction.request, this.wish);
    refreshTarget(dialog, transaction.request);
    transaction.respond(
      createResponse(200, {
        headers: [
          ['Contact', context.core.contact],
          ['Allow', allow],
          ...headers,
          ...(sdp === null ? [] : ([['Content-Type', 'application/sdp']] satisfies Header[])),
        ],
        body: sdp ?? '',
      }),
    );
    // Before the call is answered there is no session to time (RFC 4028 7.4).
    if (dialog.sessionState !== SessionState.Early) this.timer.start(terms);
  }

  private async describe(offer: string | null): Promise<string> {
    const { listening } = this.options;
    if (listening.listener === null || listening.ended) throw over;
    return listening.listener.reoffered(offer);
  }

  /** True: it was refused, for this reason or because its interval is too short. */
  private refuse(transaction: ServerTransaction, status: number | null): boolean {
    const least = tooShort(transaction.request);
    if (status === null && least === null) return false;
    const headers: Header[] =
      status === null ? [['Min-SE', String(least)]] : status === 500 ? [retryAfter(Math.random())] : [];
    transaction.respond(createResponse(status ?? 422, { headers }));
    return true;
  }

  private refuseTheirs(statusCode: number): void {
    const { theirs } = this;
    this.theirs = null;
    theirs?.invite.reject({ statusCode });
  }

  private refuseUpdate(transaction: ServerTransaction, status: number): void {
    if (this.theirUpdate !== transaction) return;
    this.theirUpdate = null;
    this.options.offers.refused();
    transaction.respond(createResponse(status));
  }
}
