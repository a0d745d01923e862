// Signalling: a call's INVITE, its 200, and what its session says afterwards.
import type { IncomingSession, OutgoingSession, SessionEnd } from '../sip/index.ts';
import type { CallRoom, LiveCall } from './live-call.ts';
import type { Negotiation } from './negotiation.ts';
import { problemOf } from './problem-of.ts';
import type { Wishes } from './wishes.ts';

export class Signalling {
  readonly #room: CallRoom;
  readonly #negotiation: Negotiation;
  readonly #wishes: Wishes;

  constructor(room: CallRoom, negotiation: Negotiation, wishes: Wishes) {
    this.#room = room;
    this.#negotiation = negotiation;
    this.#wishes = wishes;
  }

  invite(callId: string, live: LiveCall, sdp: string): void {
    const { sip, clock } = this.#room;
    const { accountId, party } = live.model.view;
    try {
      const session = sip.invite(accountId, party.uri, sdp, live.invitation);
      live.session = session;
      this.listen(callId, session);
    } catch (error) {
      const end: SessionEnd = { by: 'us', result: 'failed', reason: problemOf(error) };
      this.#room.event(callId, { type: 'session-ended', end, at: clock.now(), canFallBack: false });
    }
  }

  accept(callId: string, live: LiveCall, sdp: string): void {
    const { clock, log } = this.#room;
    const { session } = live;
    if (session?.direction !== 'incoming') return;
    const acknowledged = session.accept(sdp);
    this.#room.event(callId, { type: 'accepted', sdp: null, at: clock.now() });
    acknowledged.then(
      (answer) => {
        if (!live.model.lateOffer) return;
        this.#room.event(callId, { type: 'late-answer', sdp: answer, at: clock.now() });
      },
      (error: unknown) => log.warn('The call was answered but never acknowledged.', { callId, error: String(error) }),
    );
  }

  listen(callId: string, session: IncomingSession | OutgoingSession): void {
    const { media, clock } = this.#room;
    this.#room.dialog(callId, session.callId);
    session.listen({
      progress: (status, sdp) => {
        this.#room.event(callId, { type: 'progress', status, sdp });
        this.#wishes.status(callId, status);
      },
      accepted: (sdp) => {
        this.#room.event(callId, { type: 'accepted', sdp, at: clock.now() });
        this.#wishes.status(callId, 200);
      },
      referRequested: (request) => this.#wishes.asked(callId, request),
      reoffered: (sdp) => (sdp === null ? media.createOffer(callId) : media.createAnswer(callId, sdp)),
      answered: (sdp) => this.#negotiation.answered(callId, sdp),
      digit: (digit) => this.#room.event(callId, { type: 'digit-received', digit }),
      ended: (end) => {
        const canFallBack = end.status === 488 && media.fallBack(callId);
        this.#room.event(callId, { type: 'session-ended', end, at: clock.now(), canFallBack });
        const [target] = end.redirect ?? [];
        if (session.direction === 'outgoing' && target !== undefined) this.#wishes.redirected(callId, session, target);
      },
    });
  }
}
