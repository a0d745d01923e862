// Negotiation: offers and answers of a call (RFC 3264), between its media and its session.
import { ProblemError, type Problem } from '../../contract/index.ts';
import type { CallRoom, LiveCall } from './live-call.ts';
import { problemOf } from './problem-of.ts';

export class Negotiation {
  readonly #room: CallRoom;

  constructor(room: CallRoom) {
    this.#room = room;
  }

  /** Opens the legs once; later askers wait for the same opening. */
  async open(callId: string, localAddress?: string): Promise<void> {
    const { sip, media } = this.#room;
    const live = this.#room.find(callId);
    const account = live && this.#room.account(live.model.view.accountId);
    if (!live || !account) throw new ProblemError(accountGone);
    live.mediaOpen ??= (async () => {
      const address = localAddress ?? (await sip.localAddress(account.id));
      const { encryption, transport, codecs, dtmf, qualityReports } = account;
      const iceServers = await this.#room.iceServers(account);
      await media.open(callId, {
        media: account.media,
        encryption,
        transport,
        dtmf,
        qualityReports,
        localAddress: address,
        iceServers,
        ...(codecs && { codecs }),
      });
    })();
    await live.mediaOpen;
  }

  /** The first offer of a call that we place, or of one that came without one. */
  offer(callId: string): void {
    void this.#withMedia(callId, async () => {
      await this.open(callId);
      this.#room.event(callId, { type: 'offer-ready', sdp: await this.#room.media.createOffer(callId) });
    });
  }

  /** The answer to the offer of a call that came in. */
  answer(callId: string, { session }: LiveCall): void {
    const offer = session?.direction === 'incoming' ? session.offer : null;
    if (offer === null) return;
    void this.#withMedia(callId, async () => {
      await this.open(callId);
      this.#room.event(callId, { type: 'answer-ready', sdp: await this.#room.media.createAnswer(callId, offer) });
    });
  }

  /** Their answer to our first offer. */
  answered(callId: string, sdp: string): void {
    void this.#withMedia(callId, () => this.#room.media.setAnswer(callId, sdp));
  }

  /** re-INVITE with the media as it is now. */
  refresh(callId: string, live: LiveCall): void {
    this.#exchange(callId, live, {}).then(
      () => this.#room.event(callId, { type: 'refreshed', problem: null }),
      (error: unknown) => {
        this.#room.log.warn('Media could not be offered anew.', { callId, error: String(error) });
        // An offer with a picture that is refused leaves the sound as it was (RFC 3261 14.1).
        const withPicture = (live.model.view.pictures?.ours ?? 'off') !== 'off';
        if (withPicture) this.#room.media.videoRefused(callId);
        const problem = { ...(withPicture ? pictureRefused : soundLost), detail: problemOf(error).message };
        this.#room.event(callId, { type: 'refreshed', problem });
      },
    );
  }

  /** re-INVITE that holds or resumes. */
  hold(callId: string, live: LiveCall, on: boolean): void {
    const { media, clock } = this.#room;
    this.#exchange(callId, live, { hold: on }).then(
      () => this.#room.event(callId, { type: 'hold-settled', on, problem: null, at: clock.now() }),
      (error: unknown) => {
        const problem: Problem = {
          code: 'hold-failed',
          message: on
            ? 'The other side did not accept the hold. You can still hear each other.'
            : 'The call could not be resumed. Try again.',
          detail: problemOf(error).message,
        };
        this.#room.event(callId, { type: 'hold-settled', on, problem, at: clock.now() });
        media.createOffer(callId, { hold: !on }).catch(() => {}); // puts the media's own hold back
      },
    );
  }

  failed(callId: string, error: unknown): void {
    this.#room.log.warn('Media failed.', { callId, error: String(error) });
    this.#room.event(callId, { type: 'media-failed', problem: problemOf(error), at: this.#room.clock.now() });
  }

  /** Calls whose account is reached from another address of this computer than before get new ports there. */
  async follow(callId: string, accountId: string): Promise<void> {
    const { sip, media, log } = this.#room;
    try {
      media.move(callId, await sip.localAddress(accountId));
    } catch (error) {
      log.warn('No address for a call.', { callId, error: String(error) });
    }
  }

  /** re-INVITE: offer and answer, after those that are under way. */
  #exchange(callId: string, live: LiveCall, options: { hold?: boolean }): Promise<void> {
    const { media } = this.#room;
    const exchanged = live.offers.then(async () => {
      if (!live.session) throw new Error('the call has no session');
      const offer = await media.createOffer(callId, options);
      await media.setAnswer(callId, await live.session.reoffer(offer));
    });
    live.offers = exchanged.catch(() => {});
    return exchanged;
  }

  async #withMedia(callId: string, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.failed(callId, error);
    }
  }
}

const soundLost: Problem = {
  code: 'sound-lost',
  message: 'The sound of this call could not be brought back. Call again.',
};

const pictureRefused: Problem = {
  code: 'picture-refused',
  message: 'The other phone did not take the picture. You can still hear each other.',
};

const accountGone: Problem = { code: 'account-gone', message: 'The account of this call was removed.' };
