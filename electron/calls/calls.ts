// Calls: carries out the effects of the call machine on SIP and media, and feeds their events back. The only place where a call changes.
import { randomUUID } from 'node:crypto';
import {
  ProblemError,
  type AccountConfig,
  type Call,
  type CallQuality,
  type CallRecord,
  type CallResult,
  type Clock,
  type IceServer,
  type Logger,
  type Party,
  type Problem,
  type QualitySummary,
} from '../../contract/index.ts';
import { unusableOffer, type Media, type Silent } from '../media/index.ts';
import type { IncomingSession, InviteOptions, OutgoingSession, SessionEnd, Sip } from '../sip/index.ts';
import {
  incomingCall,
  next,
  outgoingCall,
  type CallEffect,
  type CallEvent,
  type CallModel,
  type Step,
} from './call.ts';
import { Conference } from './conference.ts';
import { partyOf } from './party.ts';
import { problemOf } from './problem-of.ts';
import { Transfers, type CallDesk } from './transfers.ts';
import { Wishes } from './wishes.ts';

/** How long an ended call stays on screen, ms. */
export const ENDED_CALL_STAYS_MS = 3_000;

export interface CallsOptions {
  sip: Sip;
  media: Media;
  clock: Clock;
  log: Logger;
  /** The account's settings now; undefined when it was removed. */
  account(accountId: string): AccountConfig | undefined;
  /** STUN and TURN of the account, with its password. */
  iceServers(account: AccountConfig): Promise<IceServer[]>;
  /** Why an incoming call must not ring, if so. */
  refusal(accountId: string): 480 | 486 | null;
  /** Any call changed, came or went. */
  changed(): void;
  /** A call is there, placed or incoming, and nobody knows yet who it is with. */
  arrived(call: Call): void;
  ended(record: CallRecord): void;
}

interface LiveCall {
  model: CallModel;
  session: IncomingSession | OutgoingSession | null;
  mediaOpen: Promise<void> | null;
  /** Offers of ours go one after the other: each is made of what the one before settled. */
  offers: Promise<unknown>;
  /** Further parts of our INVITE. */
  invitation: InviteOptions;
  /** Once it ended. */
  quality: QualitySummary | null;
}

/** More calls than this at once are answered "busy". */
const MOST_CALLS = 8;

/** All calls of the phone. */
export class Calls {
  readonly #live = new Map<string, LiveCall>();
  readonly #options: CallsOptions;
  readonly #log: Logger;
  readonly #conference: Conference;
  readonly #wishes: Wishes;
  /** Transfers of calls that are here. */
  readonly transfers: Transfers;

  constructor(options: CallsOptions) {
    this.#options = options;
    this.#log = options.log.child('calls');
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
      reofferNeeded: (callId) => this.#event(callId, { type: 'reoffer-needed' }),
      quality: (callId, quality, silent) => this.#quality(callId, quality, silent),
      recordingFailed: (callId, { problem }) => this.#event(callId, { type: 'recording-ended', problem }),
    });
    this.#conference = new Conference({
      mix: (callIds) => options.media.sound.join(callIds),
      joined: (callId, on) => this.#event(callId, { type: 'joined', on }),
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
  }

  /** As windows see them, in order of start. */
  get views(): Call[] {
    return [...this.#live.values()].map((live) => live.model.view);
  }

  /** Places a call; returns its id. Failure shows on the call itself. */
  place(accountId: string, party: Party, invitation: InviteOptions = {}): string {
    this.#holdOthers(null);
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
    this.#holdOthers(callId);
    this.#event(callId, { type: 'answer' });
  }

  decline(callId: string): void {
    this.#event(callId, { type: 'decline', at: this.#options.clock.now() });
  }

  silence(callId: string, on: boolean): void {
    this.#event(callId, { type: 'silence', on });
  }

  hangUp(callId: string): void {
    this.#event(callId, { type: 'hang-up', at: this.#options.clock.now() });
  }

  /** Resuming one call holds the others: one voice at a time. */
  hold(callId: string, on: boolean): void {
    if (!on) this.#holdOthers(callId);
    for (const id of this.#conference.with(callId)) {
      this.#event(id, { type: 'hold', on, at: this.#options.clock.now() });
    }
  }

  /** In a conference one microphone speaks to all. */
  mute(callId: string, on: boolean): void {
    for (const id of this.#conference.with(callId)) this.#event(id, { type: 'mute', on });
  }

  /** Connected calls hear each other from now on; those on hold are resumed, and all are muted as the first is. */
  join(callIds: readonly string[]): void {
    const connected = this.views.filter(({ id, phase }) => callIds.includes(id) && phase.name === 'connected');
    const [first] = connected;
    if (!first) return;
    this.#conference.join(connected.map(({ id }) => id));
    this.hold(first.id, false);
    this.mute(first.id, first.muted);
  }

  /** Out of the conference, and on hold while the others go on. */
  split(callId: string): void {
    if (!this.#conference.leave(callId)) return;
    if (this.#live.has(callId)) this.#event(callId, { type: 'hold', on: true, at: this.#options.clock.now() });
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
    const live = this.#live.get(callId);
    if (!live) return;
    const party = { ...live.model.view.party, ...who };
    live.model = { ...live.model, view: { ...live.model.view, party } };
    this.#options.changed();
  }

  /** Calls whose account is reached from another address of this computer than before get new ports there. */
  #followAddress(accountId: string): void {
    const { sip, media } = this.#options;
    for (const [callId, { model, mediaOpen }] of this.#live) {
      const { phase } = model.view;
      if (model.view.accountId !== accountId || phase.name === 'ended' || !mediaOpen) continue;
      sip.localAddress(accountId).then(
        (address) => media.move(callId, address),
        (error: unknown) => this.#log.warn('No address for a call.', { callId, error: String(error) }),
      );
    }
  }

  /** Ended calls are still on screen, but keep nobody out. */
  get #isFull(): boolean {
    return this.views.filter(({ phase }) => phase.name !== 'ended').length >= MOST_CALLS;
  }

  #incoming(session: IncomingSession): void {
    // A call that takes another's place (RFC 3891) rings like any other: answering it is the consent to end that one.
    const replaces = session.replaces === undefined ? undefined : this.#callOf(session.replaces);
    const refusal = this.#isFull ? 486 : replaces === undefined ? this.#options.refusal(session.accountId) : null;
    const { uri, displayName } = session.remote;
    const party = partyOf(uri, displayName, this.#options.account(session.accountId));
    const call = { id: session.id, accountId: session.accountId, party, at: this.#options.clock.now() };
    if (refusal !== null) {
      session.listen({ reoffered: refuseReoffer, ended: () => {} });
      session.reject(refusal);
      this.#options.ended(missed(call));
      return;
    }
    session.ring(); // first of all: the caller hears ringing
    const problem = this.#unusable(session);
    if (problem) {
      session.listen({ reoffered: refuseReoffer, ended: () => {} });
      session.reject(488);
      this.#options.ended({ ...missed(call), result: 'failed', reason: problem.message, seen: true });
      return;
    }
    this.#start(incomingCall({ ...call, lateOffer: session.offer === null, replaces }), session);
    this.#listen(call.id, session);
    this.#openMedia(call.id, session.localAddress).catch((error: unknown) => this.#mediaFailed(call.id, error));
  }

  /** A call that could not be answered does not ring: the caller is told at once, and the list says why. */
  #unusable({ accountId, offer }: IncomingSession): Problem | null {
    const account = this.#options.account(accountId);
    return offer === null || !account ? null : unusableOffer(offer, account.encryption);
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
        return this.#createOffer(callId);
      case 'create-answer':
        return this.#createAnswer(callId, live);
      case 'invite':
        return this.#invite(callId, live, effect.sdp);
      case 'accept':
        return this.#accept(callId, live, effect.sdp);
      case 'reject':
        if (live.session?.direction === 'incoming') live.session.reject(effect.status);
        return;
      case 'end-session':
        live.session?.hangUp();
        return;
      case 'set-answer':
        media.setAnswer(callId, effect.sdp).catch((error: unknown) => this.#mediaFailed(callId, error));
        return;
      case 'reoffer':
        this.#reoffer(callId, live, effect.hold);
        return;
      case 'refresh':
        this.#refresh(callId, live);
        return;
      case 'set-muted':
        media.setMuted(callId, effect.muted);
        return;
      case 'send-digit':
        this.#sendDigit(callId, live, effect.digit);
        return;
      case 'ring-back':
        media.ringBack(callId, effect.on);
        return;
      case 'close-media':
        live.quality = media.sound.qualitySummary(callId);
        this.#conference.leave(callId);
        media.close(callId);
        return;
      case 'record':
        this.#options.ended({ ...effect.record, ...(live.quality && { quality: live.quality }) });
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

  /** Opens the legs once; later askers wait for the same opening. */
  async #openMedia(callId: string, localAddress?: string): Promise<void> {
    const live = this.#live.get(callId);
    const account = live && this.#options.account(live.model.view.accountId);
    if (!live || !account) throw new ProblemError(accountGone);
    live.mediaOpen ??= (async () => {
      const address = localAddress ?? (await this.#options.sip.localAddress(account.id));
      const { media, encryption, transport, codecs, dtmf } = account;
      const iceServers = await this.#options.iceServers(account);
      await this.#options.media.open(callId, {
        media,
        encryption,
        transport,
        dtmf,
        localAddress: address,
        iceServers,
        ...(codecs && { codecs }),
      });
    })();
    await live.mediaOpen;
  }

  #createOffer(callId: string): void {
    void this.#withMedia(callId, async () => {
      await this.#openMedia(callId);
      this.#event(callId, { type: 'offer-ready', sdp: await this.#options.media.createOffer(callId) });
    });
  }

  #createAnswer(callId: string, live: LiveCall): void {
    const offer = live.session?.direction === 'incoming' ? live.session.offer : null;
    if (offer === null) return;
    void this.#withMedia(callId, async () => {
      await this.#openMedia(callId);
      this.#event(callId, { type: 'answer-ready', sdp: await this.#options.media.createAnswer(callId, offer) });
    });
  }

  #invite(callId: string, live: LiveCall, sdp: string): void {
    try {
      const session = this.#options.sip.invite(
        live.model.view.accountId,
        live.model.view.party.uri,
        sdp,
        live.invitation,
      );
      live.session = session;
      this.#listen(callId, session);
    } catch (error) {
      const end: SessionEnd = { by: 'us', result: 'failed', reason: problemOf(error) };
      this.#event(callId, { type: 'session-ended', end, at: this.#options.clock.now(), canFallBack: false });
    }
  }

  #accept(callId: string, live: LiveCall, sdp: string): void {
    const { session } = live;
    if (session?.direction !== 'incoming') return;
    const acknowledged = session.accept(sdp);
    this.#event(callId, { type: 'accepted', sdp: null, at: this.#options.clock.now() });
    acknowledged.then(
      (answer) => {
        if (!live.model.lateOffer) return;
        this.#event(callId, { type: 'late-answer', sdp: answer, at: this.#options.clock.now() });
      },
      (error: unknown) =>
        this.#log.warn('The call was answered but never acknowledged.', { callId, error: String(error) }),
    );
  }

  /** re-INVITE: offer and answer, after those that are under way. */
  #exchange(callId: string, live: LiveCall, options: { hold?: boolean }): Promise<void> {
    const { media } = this.#options;
    const exchanged = live.offers.then(async () => {
      if (!live.session) throw new Error('the call has no session');
      const offer = await media.createOffer(callId, options);
      await media.setAnswer(callId, await live.session.reoffer(offer));
    });
    live.offers = exchanged.catch(() => {});
    return exchanged;
  }

  #refresh(callId: string, live: LiveCall): void {
    this.#exchange(callId, live, {}).then(
      () => this.#event(callId, { type: 'refreshed', problem: null }),
      (error: unknown) => {
        this.#log.warn('Media could not be offered anew.', { callId, error: String(error) });
        const problem = { ...soundLost, detail: problemOf(error).message };
        this.#event(callId, { type: 'refreshed', problem });
      },
    );
  }

  #reoffer(callId: string, live: LiveCall, hold: boolean): void {
    const { media } = this.#options;
    this.#exchange(callId, live, { hold }).then(
      () => this.#event(callId, { type: 'hold-settled', on: hold, problem: null, at: this.#options.clock.now() }),
      (error: unknown) => {
        const problem: Problem = {
          code: 'hold-failed',
          message: hold
            ? 'The other side did not accept the hold. You can still hear each other.'
            : 'The call could not be resumed. Try again.',
          detail: problemOf(error).message,
        };
        this.#event(callId, { type: 'hold-settled', on: hold, problem, at: this.#options.clock.now() });
        media.createOffer(callId, { hold: !hold }).catch(() => {}); // puts the media's own hold back
      },
    );
  }

  #sendDigit(callId: string, live: LiveCall, digit: string): void {
    void this.#options.media
      .sendDigit(callId, digit)
      .then(async (how) => {
        if (how === 'info-needed') {
          await this.#sendInfo(live, digit);
        }
      })
      .catch((error: unknown) => this.#log.warn('A key could not be sent.', { callId, error: String(error) }));
  }

  /** Where the account leaves the way open and the other side takes no INFO, the key goes as tones in the sound. */
  async #sendInfo({ session, model: { view } }: LiveCall, digit: string): Promise<void> {
    try {
      await session?.info('application/dtmf-relay', `Signal=${digit}\r\nDuration=160\r\n`);
    } catch (error) {
      if ((this.#options.account(view.accountId)?.dtmf ?? 'auto') !== 'auto') throw error;
      this.#options.media.sound.sendInbandDigit(view.id, digit);
    }
  }

  /** Silence is no fault while somebody holds the call. */
  #quality(callId: string, quality: CallQuality | null, silent: Silent): void {
    const phase = this.#live.get(callId)?.model.view.phase;
    const isTalking = phase?.name === 'connected' && !phase.hold.byUs && !phase.hold.byThem;
    if (!isTalking) this.#options.media.sound.pauseWatch(callId);
    this.#event(callId, { type: 'quality', quality, silent: isTalking ? silent : null });
  }

  #listen(callId: string, session: IncomingSession | OutgoingSession): void {
    const { media, clock } = this.#options;
    session.listen({
      progress: (status, sdp) => {
        this.#event(callId, { type: 'progress', status, sdp });
        this.#wishes.status(callId, status);
      },
      accepted: (sdp) => {
        this.#event(callId, { type: 'accepted', sdp, at: clock.now() });
        this.#wishes.status(callId, 200);
      },
      referRequested: (request) => this.#wishes.asked(callId, request),
      reoffered: (sdp) => (sdp === null ? media.createOffer(callId) : media.createAnswer(callId, sdp)),
      answered: (sdp) => void this.#withMedia(callId, () => media.setAnswer(callId, sdp)),
      digit: (digit) => this.#event(callId, { type: 'digit-received', digit }),
      ended: (end) => {
        const canFallBack = end.status === 488 && media.fallBack(callId);
        this.#event(callId, { type: 'session-ended', end, at: clock.now(), canFallBack });
        const [target] = end.redirect ?? [];
        if (session.direction === 'outgoing' && target !== undefined) this.#wishes.redirected(callId, session, target);
      },
    });
  }

  async #withMedia(callId: string, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.#mediaFailed(callId, error);
    }
  }

  #mediaFailed(callId: string, error: unknown): void {
    this.#log.warn('Media failed.', { callId, error: String(error) });
    this.#event(callId, { type: 'media-failed', problem: problemOf(error), at: this.#options.clock.now() });
  }

  #holdOthers(callId: string | null): void {
    const together = new Set(callId === null ? [] : this.#conference.with(callId));
    const replaced = callId === null ? null : this.#live.get(callId)?.model.view.replaces;
    if (replaced) together.add(replaced); // it ends as soon as this one is answered
    for (const { model } of this.#live.values()) {
      const { id, phase } = model.view;
      if (!together.has(id) && phase.name === 'connected' && !phase.hold.byUs)
        this.#event(id, { type: 'hold', on: true, at: this.#options.clock.now() });
    }
  }
}

const soundLost: Problem = {
  code: 'sound-lost',
  message: 'The sound of this call could not be brought back. Call again.',
};

const accountGone: Problem = { code: 'account-gone', message: 'The account of this call was removed.' };

/** The final status to tell of a call that ended before it was answered. */
function statusOf({ view: { phase } }: CallModel): number {
  if (phase.name !== 'ended') return 500;
  return finalStatus[phase.result] ?? 500;
}

const finalStatus: Partial<Record<CallResult, number>> = {
  answered: 200,
  busy: 486,
  declined: 603,
  'no-answer': 480,
  cancelled: 487,
};

function refuseReoffer(): Promise<string> {
  return Promise.reject(new ProblemError({ code: 'not-ringing', message: 'This call was refused.' }));
}

function missed(call: { id: string; accountId: string; party: Party; at: number }): CallRecord {
  const { name } = call.party;
  return {
    id: call.id,
    accountId: call.accountId,
    direction: 'incoming',
    number: call.party.number,
    result: 'missed',
    startedAt: call.at,
    endedAt: call.at,
    seen: false,
    ...(name === undefined ? {} : { name }),
  };
}
