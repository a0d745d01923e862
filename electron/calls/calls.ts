// Calls: carries out the effects of the call machine on SIP and media, and feeds their events back. The only place where a call changes.
import { randomUUID } from 'node:crypto';
import type { Call, CallQuality, Logger, Party, VideoSource } from '../../contract/index.ts';
import type { Silent } from '../media/index.ts';
import type { IncomingSession, InviteOptions } from '../sip/index.ts';
import {
  callerOf,
  comingCall,
  sendOn,
  turnAway,
  turnedAway,
  unusable,
  type ComingCall,
  type Refusal,
} from './admission.ts';
import { incomingCall, next, outgoingCall } from './call.ts';
import { statusOf } from './call-end.ts';
import type { CallEffect, CallEvent, Step } from './call-model.ts';
import type { CallsOptions } from './calls-options.ts';
import { sendDigit } from './digits.ts';
import { forwardAtOnce, forwardLater } from './forwarding.ts';
import type { CallRoom, LiveCall } from './live-call.ts';
import { Negotiation } from './negotiation.ts';
import { reportQuality } from './quality-reports.ts';
import { Signalling } from './signalling.ts';
import { Transfers, type CallDesk } from './transfers.ts';
import { Voices } from './voices.ts';
import { Wishes } from './wishes.ts';

/** How long an ended call stays on screen, ms. */
export const ENDED_CALL_STAYS_MS = 3_000;

/** How long the tone is heard before the phone answers by itself. */
const AUTO_ANSWER_TONE_MS = 800;

/** More calls than this at once are answered "busy". */
const MOST_CALLS = 8;

/** All calls of the phone. */
export class Calls {
  readonly #live = new Map<string, LiveCall>();
  readonly #options: CallsOptions;
  readonly #log: Logger;
  readonly #room: CallRoom;
  readonly #negotiation: Negotiation;
  readonly #signalling: Signalling;
  readonly #voices: Voices;
  readonly #wishes: Wishes;
  /** Transfers of calls that are here. */
  readonly transfers: Transfers;

  constructor(options: CallsOptions) {
    this.#options = options;
    this.#log = options.log.child('calls');
    this.#room = {
      ...options,
      log: this.#log,
      find: (callId) => this.#live.get(callId),
      event: (callId, event) => this.#event(callId, event),
    };
    options.sip.listen({
      // A registration that stands says which address this account is reached from now.
      registration: (accountId, state) => state.name === 'available' && this.#followAddress(accountId),
      incoming: (session) => this.#incoming(session),
    });
    options.media.listen({
      digit: (callId, digit) => this.#event(callId, { type: 'digit-received', digit }),
      negotiated: (callId, what) => this.#event(callId, { type: 'negotiated', ...what }),
      remoteHold: (callId, held) => this.#event(callId, { type: 'held-by-them', held, at: options.clock.now() }),
      problem: (callId, problem) => this.#event(callId, { type: 'media-problem', problem }),
      pictures: (callId, pictures) => this.#event(callId, { type: 'pictures', pictures }),
      reofferNeeded: (callId) => this.#event(callId, { type: 'reoffer-needed' }),
      quality: (callId, quality, silent) => this.#quality(callId, quality, silent),
      recordingFailed: (callId, { problem }) => this.#event(callId, { type: 'recording-ended', problem }),
    });
    this.#voices = new Voices({
      views: () => this.views,
      event: (callId, event) => this.#event(callId, event),
      mix: (callIds) => options.media.sound.join(callIds),
      now: () => options.clock.now(),
    });
    const desk: CallDesk = {
      view: (callId) => this.#live.get(callId)?.model.view,
      session: (callId) => this.#live.get(callId)?.session ?? null,
      event: (callId, event) => this.#event(callId, event),
      place: (accountId, party, invitation) => this.place(accountId, party, invitation),
      hold: (callId, on) => this.hold(callId, on),
      hangUp: (callId) => this.hangUp(callId),
      settled: async (callId) => this.#live.get(callId)?.offers,
      log: this.#log,
    };
    this.transfers = new Transfers(desk);
    this.#wishes = new Wishes(desk, (accountId) => options.account(accountId));
    this.#negotiation = new Negotiation(this.#room);
    this.#signalling = new Signalling(this.#room, this.#negotiation, this.#wishes);
  }

  /** As windows see them, in order of start. */
  get views(): Call[] {
    return [...this.#live.values()].map((live) => live.model.view);
  }

  /** Places a call; returns its id. Failure shows on the call itself. */
  place(accountId: string, party: Party, invitation: InviteOptions = {}): string {
    this.#voices.holdOthers(null);
    const id = randomUUID();
    const at = this.#options.clock.now();
    this.#start(outgoingCall({ id, accountId, party, at }), null, invitation);
    return id;
  }

  /** Consent, or none, to a call that the other side wants of us. Returns the new call's id, if there is one. */
  answerWish(callId: string, yes: boolean): string | null {
    const id = this.#wishes.answer(callId, yes);
    if (this.#live.get(callId)?.model.view.phase.name === 'ended') this.#remove(callId);
    return id;
  }

  answer(callId: string): void {
    this.#voices.holdOthers(callId);
    this.#event(callId, { type: 'answer' });
  }

  /** `said`: a sentence for the caller, as the reason phrase. */
  decline(callId: string, said?: string): void {
    const at = this.#options.clock.now();
    this.#event(callId, { type: 'decline', at, ...(said === undefined ? {} : { said }) });
  }

  silence(callId: string, on: boolean): void {
    this.#event(callId, { type: 'silence', on });
  }

  hangUp(callId: string): void {
    this.#event(callId, { type: 'hang-up', at: this.#options.clock.now() });
  }

  hold(callId: string, on: boolean): void {
    this.#voices.hold(callId, on);
  }

  mute(callId: string, on: boolean): void {
    this.#voices.mute(callId, on);
  }

  /** ProblemError `no-video-here` where the call carries no pictures. */
  setVideo(callId: string, source: VideoSource): void {
    if (this.#live.get(callId)?.model.view.phase.name === 'connected') this.#options.media.setVideo(callId, source);
  }

  join(callIds: readonly string[]): void {
    this.#voices.join(callIds);
  }

  split(callId: string): void {
    this.#voices.split(callId);
  }

  /** Records a connected call into this new file. */
  startRecording(callId: string, file: string, notice: boolean): void {
    const view = this.#live.get(callId)?.model.view;
    if (view?.phase.name !== 'connected' || view.recordingSince !== null) return;
    this.#options.media.sound.startRecording(callId, file, { notice });
    this.#event(callId, { type: 'recording', file, at: this.#options.clock.now() });
  }

  async stopRecording(callId: string): Promise<void> {
    this.#event(callId, { type: 'recording-ended', problem: null });
    await this.#options.media.sound.stopRecording(callId);
  }

  sendDigit(callId: string, digit: string): void {
    this.#event(callId, { type: 'send-digit', digit });
  }

  /** Ends every call; for quitting and removing an account. */
  hangUpAll(accountId?: string): void {
    for (const { model } of this.#live.values()) {
      if (accountId === undefined || model.view.accountId === accountId) this.hangUp(model.view.id);
    }
  }

  /** The directory knows who this is. */
  identified(callId: string, who: Partial<Party>): void {
    const party = this.#live.get(callId)?.model.view.party;
    if (party) this.known(callId, { party: { ...party, ...who } });
  }

  /** What the person writes about a call; false when it is over, and belongs to the history. */
  note(callId: string, note: string): boolean {
    const phase = this.#live.get(callId)?.model.view.phase;
    if (!phase || phase.name === 'ended') return false;
    this.known(callId, { note });
    return true;
  }

  /** What was found out about a call beside it. */
  known(callId: string, facts: Partial<Pick<Call, 'party' | 'lastCall' | 'divertedFrom' | 'note'>>): void {
    const live = this.#live.get(callId);
    if (!live) return;
    live.model = { ...live.model, view: { ...live.model.view, ...facts } };
    this.#options.changed();
  }

  /** Calls whose account is reached from another address of this computer than before get new ports there. */
  #followAddress(accountId: string): void {
    for (const [callId, { model, mediaOpen }] of this.#live) {
      if (model.view.accountId !== accountId || model.view.phase.name === 'ended' || !mediaOpen) continue;
      void this.#negotiation.follow(callId, accountId);
    }
  }

  /** Ended calls are still on screen, but keep nobody out. */
  get #isFull(): boolean {
    return this.views.filter(({ phase }) => phase.name !== 'ended').length >= MOST_CALLS;
  }

  #incoming(session: IncomingSession): void {
    this.#options.dialog(session.id, session.callId);
    const { accountId } = session;
    const account = this.#options.account(accountId);
    // A call that takes another's place (RFC 3891) rings like any other: answering it is the consent to end that one.
    const replaces = session.replaces === undefined ? undefined : this.#callOf(session.replaces);
    const isNew = replaces === undefined;
    const call = comingCall(session, account, this.#options.clock.now());
    if (isNew && this.#options.isBlocked(call.party.number)) {
      return this.#refuse(session, call, { status: 603, result: 'blocked' });
    }
    const hindrance = this.#isFull ? 'busy' : isNew ? this.#options.hindrance(accountId) : null;
    const forwarding = this.#options.forwarding(accountId);
    const forward = isNew ? forwardAtOnce(forwarding, hindrance) : null;
    if (forward !== null) return this.#options.ended(sendOn(session, call, forward));
    if (hindrance !== null) {
      const status = hindrance === 'rings-elsewhere' ? 480 : 486;
      return this.#refuse(session, call, { status, result: 'missed' });
    }
    session.ring(); // first of all: the caller hears ringing
    const problem = unusable(session, account);
    if (problem) {
      turnAway(session, 488);
      this.#options.ended({
        ...turnedAway(call, { result: 'failed' }),
        reason: problem.message,
        reasonCode: problem.code,
      });
      return;
    }
    const { divertedFrom } = session;
    this.#start(incomingCall({ ...call, lateOffer: session.offer === null, replaces, divertedFrom }), session);
    this.#signalling.listen(call.id, session);
    this.#negotiation
      .open(call.id, session.localAddress)
      .catch((error: unknown) => this.#negotiation.failed(call.id, error));
    this.#waitForAnswer(session, call, forwardLater(forwarding));
  }

  /** What happens to a call that rings when its time comes: the phone answers it, or it goes on to another number. */
  #waitForAnswer(session: IncomingSession, call: ComingCall, later: ReturnType<typeof forwardLater>): void {
    const { clock } = this.#options;
    const rings = (): boolean => this.#live.get(call.id)?.model.view.phase.name === 'incoming';
    const after = this.#options.autoAnswer(callerOf(session, call));
    if (after !== null) {
      clock.after(after, () => {
        if (!rings() || this.#isTalking) return;
        this.#event(call.id, { type: 'answers-itself' });
        clock.after(AUTO_ANSWER_TONE_MS, () => rings() && this.answer(call.id));
      });
    } else if (later !== null) {
      clock.after(later.after, () => this.#event(call.id, { type: 'forward', forward: later, at: clock.now() }));
    }
  }

  /** A call is on, or being set up by us: who calls now would have to wait. */
  get isBusy(): boolean {
    return this.views.some(({ phase }) => phase.name !== 'ended' && phase.name !== 'incoming');
  }

  get #isTalking(): boolean {
    return this.views.some(({ phase }) => phase.name === 'connected' || phase.name === 'answering');
  }

  /** Turns a call away that does not ring, and has it kept. */
  #refuse(session: IncomingSession, call: ComingCall, refusal: Refusal): void {
    turnAway(session, refusal.status);
    this.#options.ended(turnedAway(call, refusal));
  }

  #callOf(sessionId: string): string | undefined {
    return [...this.#live].find(([, { session }]) => session?.id === sessionId)?.[0];
  }

  #remove(callId: string): void {
    this.#live.delete(callId);
    this.#options.changed();
  }

  #start(step: Step, session: IncomingSession | null, invitation: InviteOptions = {}): void {
    const [model, effects] = step;
    this.#live.set(model.view.id, {
      model,
      session,
      mediaOpen: null,
      offers: Promise.resolve(),
      invitation,
      quality: null,
      report: null,
    });
    this.#options.changed();
    this.#options.arrived(model.view);
    for (const effect of effects) this.#carryOut(model.view.id, effect);
  }

  #event(callId: string, event: CallEvent): void {
    const live = this.#live.get(callId);
    if (!live) return;
    const [model, effects] = next(live.model, event);
    const changed = model !== live.model;
    live.model = model;
    if (changed) this.#options.changed();
    for (const effect of effects) this.#carryOut(callId, effect);
  }

  #carryOut(callId: string, effect: CallEffect): void {
    const { media } = this.#options;
    const live = this.#live.get(callId);
    if (!live) return;
    switch (effect.type) {
      case 'create-offer':
        return this.#negotiation.offer(callId);
      case 'create-answer':
        return this.#negotiation.answer(callId, live);
      case 'invite':
        return this.#signalling.invite(callId, live, effect.sdp);
      case 'accept':
        return this.#signalling.accept(callId, live, effect.sdp);
      case 'reject':
        if (live.session?.direction === 'incoming') live.session.reject(effect.status, effect.said);
        return;
      case 'redirect':
        if (live.session?.direction === 'incoming') {
          live.session.redirect(effect.forward.to.uri, effect.forward.reason);
        }
        return;
      case 'end-session':
        live.session?.hangUp();
        return;
      case 'set-answer':
        return this.#negotiation.answered(callId, effect.sdp);
      case 'reoffer':
        return this.#negotiation.hold(callId, live, effect.hold);
      case 'refresh':
        return this.#negotiation.refresh(callId, live);
      case 'set-muted':
        media.setMuted(callId, effect.muted);
        return;
      case 'send-digit':
        return sendDigit(this.#room, callId, live, effect.digit);
      case 'ring-back':
        media.ringBack(callId, effect.on);
        return;
      case 'close-media':
        live.quality = media.sound.qualitySummary(callId);
        live.report = media.sound.qualityReport(callId);
        this.#voices.left(callId);
        media.close(callId);
        return;
      case 'record':
        this.#options.ended({ ...effect.record, ...(live.quality && { quality: live.quality }) });
        reportQuality(this.#room, live, effect.record);
        this.#wishes.callEnded(callId);
        this.#wishes.status(callId, statusOf(live.model));
        this.transfers.callEnded(live.model.view, this.views);
        return;
      case 'remove-later':
        this.#options.clock.after(ENDED_CALL_STAYS_MS, () => {
          if (!this.#wishes.isOpen(callId)) this.#remove(callId);
        });
    }
  }

  /** Silence is no fault while somebody holds the call. */
  #quality(callId: string, quality: CallQuality | null, silent: Silent): void {
    const phase = this.#live.get(callId)?.model.view.phase;
    const isTalking = phase?.name === 'connected' && !phase.hold.byUs && !phase.hold.byThem;
    if (!isTalking) this.#options.media.sound.pauseWatch(callId);
    this.#event(callId, { type: 'quality', quality, silent: isTalking ? silent : null });
  }
}
