// Provisional responses of ours to one INVITE: plain, or reliable where the caller must or may have it so (RFC 3261
// 13.3.1.1, RFC 3262 3).
import { randomInt } from 'node:crypto';
import type { ServerTransaction } from '../transaction/index.ts';
import { createResponse, parseCSeq } from '../wire/index.ts';
import { sdpOf } from './body.ts';
import { knows, requires } from './capabilities.ts';
import { sdpBody } from './core.ts';
import type { Leg } from './leg.ts';
import type { Listening } from './listening.ts';
import { parseRAck, ReliableResponses } from './reliable.ts';
import type { SessionContext } from './session-context.ts';
import type { IncomingInviteRequest, Session } from './sipjs.ts';

/** A proxy gives up a call that says nothing for three minutes; so we say it each minute (RFC 3261 13.3.1.1). ms */
const REMINDER = 60_000;

export interface RingingOptions {
  invite: IncomingInviteRequest;
  transaction: ServerTransaction;
  context: SessionContext;
  listening: Listening;
  /** The early dialog is there. */
  leg(session: Session): Leg;
  /** Nobody acknowledged; the INVITE should get a 504 (RFC 3262 3). */
  giveUp(): void;
}

export class Ringing {
  private readonly options: RingingOptions;
  private readonly reliable: ReliableResponses | null;
  private cancelReminder: () => void = () => {};
  private over = false;
  private whenClear: (() => void) | null = null;

  constructor(options: RingingOptions) {
    this.options = options;
    const { transaction, context } = options;
    const { request } = transaction;
    const wanted = requires(request, '100rel') || (context.reliableRinging && knows(request, '100rel'));
    const { clock } = context;
    const cseq = parseCSeq(request.headers.get('CSeq'))?.number ?? 0;
    this.reliable = wanted
      ? new ReliableResponses({ clock, cseq, first: randomInt(1, 2 ** 31), giveUp: () => options.giveUp() })
      : null;
  }

  /** 180, or 183 with early media. */
  ring(sdp?: string): void {
    const { listening, transaction } = this.options;
    if (sdp !== undefined || this.reliable === null || sdpOf(transaction.request) !== null) {
      this.send(sdp === undefined ? 180 : 183, sdp ?? null);
      return;
    }
    // RFC 3261 13.2.1: where the INVITE made no offer, our first reliable response must. Whoever rings is about to listen.
    queueMicrotask(() => {
      listening.listener?.reoffered(null).then(
        (offer) => this.send(180, offer),
        // It will be offered in the 200 then.
        () => {},
      );
    });
  }

  /** Runs when a 2xx may be sent: not before a description sent reliably has arrived. */
  clear(run: () => void): void {
    if (this.reliable?.holdsBack2xx === true) this.whenClear = run;
    else run();
  }

  /** A final response is on its way. */
  stop(): void {
    this.over = true;
    this.whenClear = null;
    this.cancelReminder();
    this.reliable?.stop();
  }

  /** A PRACK (RFC 3262 3), with the answer to our offer or with a further offer (RFC 3262 5). */
  acknowledged(transaction: ServerTransaction, leg: Leg): void {
    const rack = parseRAck(transaction.request.headers.get('RAck'));
    if (rack === null || this.reliable?.acknowledged(rack) !== true) {
      transaction.respond(createResponse(481));
      return;
    }
    this.describe(transaction, leg).catch(() => transaction.respond(createResponse(488)));
    const run = this.whenClear;
    if (run === null || this.reliable.holdsBack2xx) return;
    this.whenClear = null;
    run();
  }

  private async describe(transaction: ServerTransaction, leg: Leg): Promise<void> {
    const sdp = sdpOf(transaction.request);
    const { listener } = this.options.listening;
    if (sdp === null) transaction.respond(createResponse(200));
    else if (leg.offers.state === 'offered') {
      leg.offers.answered(sdp);
      transaction.respond(createResponse(200));
      listener?.answered?.(sdp);
    } else {
      if (listener === null || !leg.offers.settled) throw new Error('no offer is due here');
      leg.offers.offered(sdp);
      try {
        const answer = await listener.reoffered(sdp);
        leg.offers.answer(answer);
        const headers: [string, string][] = [['Content-Type', 'application/sdp']];
        transaction.respond(createResponse(200, { headers, body: answer }));
      } catch (error) {
        leg.offers.refused();
        throw error;
      }
    }
  }

  private send(status: number, sdp: string | null): void {
    const { invite, transaction, context } = this.options;
    if (this.over) return;
    this.remind();
    const progress = (extraHeaders: string[]): void => {
      const body = sdp === null ? {} : { body: sdpBody(sdp) };
      const leg = this.options.leg(invite.progress({ statusCode: status, extraHeaders, ...body }).session);
      // Sent unreliably a description is only a foretaste; the 200 has to repeat it.
      if (sdp === null || this.reliable === null) return;
      if (leg.offers.state === 'owed') leg.offers.answer(sdp);
      else leg.offers.offer(sdp);
    };
    if (this.reliable === null) progress([]);
    else {
      this.reliable.send(sdp !== null, (rseq, repeat) => {
        if (repeat) context.core.repeat(transaction);
        else progress(['Require: 100rel', `RSeq: ${rseq}`]);
      });
    }
  }

  private remind(): void {
    this.cancelReminder();
    this.cancelReminder = this.options.context.clock.after(REMINDER, () => this.send(180, null));
  }
}
