// One INVITE dialog, early or confirmed: its requests both ways (RFC 3261 12, 15; RFC 6086; RFC 3515). A call that forks
// has several.
import { ProblemError, type Problem } from '../../../contract/index.ts';
import type { ServerTransaction } from '../transaction/index.ts';
import type { ReferOptions, ReferOutcome, SessionEnd } from '../session-types.ts';
import { createResponse, type SipRequest } from '../wire/index.ts';
import { mediaType, sdpOf } from './body.ts';
import { allow, Capabilities, SUPPORTED } from './capabilities.ts';
import type { DialogHandler } from './core.ts';
import { dialogOf } from './dialog-state.ts';
import { digitOf } from './dtmf-info.ts';
import { assertedParty } from './identity.ts';
import type { Listening } from './listening.ts';
import { OfferAnswer } from './offer-answer.ts';
import { isElsewhere, saidIn } from './reason.ts';
import { readRefer, Referral } from './referral.ts';
import { Renegotiation } from './renegotiation.ts';
import type { Replaces } from './replaces.ts';
import type { SessionContext } from './session-context.ts';
import { wireOf } from './sipjs-messages.ts';
import { SessionState, type IncomingMessage, type Session, type SessionDialog } from './sipjs.ts';
import { targetUri } from './target.ts';
import { Transfer } from './transfer.ts';

type Header = [string, string];

export interface LegOptions {
  session: Session;
  /** We sent the first INVITE. */
  owner: boolean;
  context: SessionContext;
  listening: Listening;
  offers?: OfferAnswer;
  /** A message of the other side's that tells what it can. */
  from?: SipRequest | undefined;
  /** The ACK to our first 200, with its SDP. */
  acknowledged?(sdp: string | null): void;
  ackTimedOut?(): void;
  /** BYE while it still rings. */
  byeEarly?(end: SessionEnd): void;
  /** PRACK; absent: there is nothing to acknowledge. */
  prack?(transaction: ServerTransaction): void;
}

export class Leg implements DialogHandler {
  readonly dialog: SessionDialog;
  readonly offers: OfferAnswer;
  readonly peer = new Capabilities();
  readonly negotiation: Renegotiation;
  private readonly options: LegOptions;
  private readonly detach: () => void;
  private firstAck: boolean;
  private byeWaits: readonly Header[] | null = null;
  private over = false;
  private transfer: Transfer | null = null;
  private readonly referrals = new Set<Referral>();

  constructor(options: LegOptions) {
    const { session, owner, context, listening, offers, from } = options;
    this.options = options;
    this.dialog = dialogOf(session);
    this.offers = offers ?? new OfferAnswer();
    this.firstAck = !owner;
    if (from !== undefined) this.peer.learn(from);
    this.negotiation = new Renegotiation({
      dialog: this.dialog,
      owner,
      context,
      listening,
      offers: this.offers,
      peer: this.peer,
      fail: (end, headers) => this.fail(end, headers),
    });
    this.detach = context.core.attach(this.dialog, this);
    session.delegate = {
      onAck: ({ message }) => this.acknowledged(message),
      onAckTimeout: () => this.ackTimedOut(),
      onBye: (bye) => {
        bye.accept();
        this.byeReceived(wireOf(bye.message)?.headers.all('Reason') ?? []);
      },
      onInvite: (invite) => this.negotiation.reoffered(invite),
    };
  }

  get early(): boolean {
    return this.dialog.sessionState === SessionState.Early;
  }

  /** What a Replaces must say to mean this dialog, as the one who receives it sees it (RFC 3891 3). */
  isMeantBy({ callId, toTag, fromTag }: Replaces): boolean {
    const { dialog } = this;
    return !this.over && callId === dialog.callId && toTag === dialog.localTag && fromTag === dialog.remoteTag;
  }

  /** Ends the dialog. A callee may not send BYE before the ACK has come (RFC 3261 15), so it may have to wait for it. */
  bye(headers: readonly Header[] = []): void {
    const { dialog } = this;
    if (dialog.sessionState === SessionState.AckWait) {
      this.byeWaits = headers;
      this.negotiation.close();
      return;
    }
    const stands = dialog.sessionState !== SessionState.Terminated;
    this.close();
    if (!stands) return;
    try {
      dialog.bye(undefined, { extraHeaders: headers.map(([name, value]) => `${name}: ${value}`) });
    } catch (error) {
      this.options.context.log.warn('BYE', { error: String(error) });
    }
  }

  /** The dialog is no more, or never became a call. */
  close(): void {
    if (this.over) return;
    this.over = true;
    this.byeWaits = null;
    this.negotiation.close();
    for (const referral of this.referrals) referral.callEnded();
    this.release();
  }

  /** Sends INFO. Rejects with ProblemError when it was refused. */
  async info(contentType: string, content: string): Promise<void> {
    if (this.over || this.early) throw new ProblemError(notConnected);
    const { status, response } = await this.options.context.core.requestInside(this.dialog, {
      method: 'INFO',
      body: { contentDisposition: 'render', contentType, content },
    });
    if (status < 300) return;
    throw new ProblemError({
      code: 'change-refused',
      message: 'The other side did not accept the change.',
      detail: `${status} ${response.reason}`.trim(),
    });
  }

  /** Sends REFER; `replaces` is the leg that shall be joined with this one. */
  async refer(target: string, options: ReferOptions, replaces: Leg | null): Promise<ReferOutcome> {
    const { context } = this.options;
    if (this.over || this.early || replaces?.over === true || replaces?.early === true) {
      throw new ProblemError(notConnected);
    }
    if (this.transfer?.open === true) throw new ProblemError(transferring);
    const dialog = replaces?.dialog;
    const params =
      dialog === undefined
        ? ''
        : `?Replaces=${encodeURIComponent(`${dialog.callId};to-tag=${dialog.remoteTag};from-tag=${dialog.localTag}`)}`;
    return new Promise((resolve) => {
      const reply = context.core.requestInside(this.dialog, {
        method: 'REFER',
        headers: [
          ['Refer-To', `<${target}${params}>`],
          ['Referred-By', `<${context.address}>`],
          ['Contact', context.core.contact],
        ],
      });
      const transfer = new Transfer({
        clock: context.clock,
        cseq: this.dialog.localSequenceNumber ?? 0,
        progress: (status) => options.progress?.(status),
        ended: (outcome) => {
          this.release();
          resolve(outcome);
        },
      });
      this.transfer = transfer;
      void reply.then(({ response }) => transfer.answered(response));
    });
  }

  admits(transaction: ServerTransaction): boolean {
    this.identify(transaction);
    return this.negotiation.admits(transaction);
  }

  cancelled(invite: ServerTransaction): void {
    this.negotiation.cancelled(invite);
  }

  receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    switch (request.method) {
      case 'UPDATE':
        this.identify(transaction);
        return this.negotiation.updated(transaction);
      case 'PRACK':
        if (this.options.prack === undefined) return transaction.respond(createResponse(481));
        return this.options.prack(transaction);
      case 'INFO':
        return this.informed(transaction);
      case 'OPTIONS':
        return transaction.respond(createResponse(200, { headers: [...abilities] }));
      case 'MESSAGE':
        return this.messaged(transaction);
      case 'REFER':
        return this.referred(transaction);
      case 'NOTIFY':
        return this.notified(transaction);
      case 'SUBSCRIBE':
        return transaction.respond(createResponse(489));
      default:
        return transaction.respond(createResponse(405, { headers: [['Allow', allow]] }));
    }
  }

  private informed(transaction: ServerTransaction): void {
    const { headers, body } = transaction.request;
    if (headers.has('Info-Package')) {
      // RFC 6086 4.2.2: we have agreed to no package.
      return transaction.respond(createResponse(469, { reason: 'Bad Info Package', headers: [['Recv-Info', '']] }));
    }
    const contentType = headers.get('Content-Type');
    // An empty INFO asks whether the dialog is alive.
    if (contentType === undefined) return transaction.respond(createResponse(200));
    const digit = digitOf(contentType, body.toString('utf8'));
    const accept: Header[] = [['Accept', 'application/dtmf-relay, application/dtmf']];
    transaction.respond(digit === null ? createResponse(415, { headers: accept }) : createResponse(200));
    if (digit !== null) this.options.listening.listener?.digit?.(digit);
  }

  private messaged(transaction: ServerTransaction): void {
    const { headers, body } = transaction.request;
    const type = mediaType(headers.get('Content-Type') ?? 'text/plain');
    const taken = this.options.listening.listener?.message?.(type, body.toString('utf8')) ?? false;
    const others = allow.replace(/, MESSAGE\b/, '');
    transaction.respond(taken ? createResponse(200) : createResponse(405, { headers: [['Allow', others]] }));
  }

  private referred(transaction: ServerTransaction): void {
    const { listening, context } = this.options;
    const wanted = readRefer(transaction.request);
    if (typeof wanted === 'number') return transaction.respond(createResponse(wanted));
    const ask = listening.listener?.referRequested?.bind(listening.listener);
    // One at a time, and only in a call that stands.
    if (ask === undefined || this.early || this.referrals.size > 0) return transaction.respond(createResponse(603));
    const referral: Referral = new Referral({
      clock: context.clock,
      core: context.core,
      dialog: this.dialog,
      transaction,
      wanted,
      done: () => this.referrals.delete(referral),
    });
    this.referrals.add(referral);
    ask(referral);
  }

  private notified(transaction: ServerTransaction): void {
    const known = this.transfer?.notified(transaction.request) ?? false;
    transaction.respond(createResponse(known ? 200 : 481));
  }

  /** Our server may say that somebody else is there now: after a transfer, or when a queue hands the call on. */
  private identify(transaction: ServerTransaction): void {
    const { context, listening } = this.options;
    const party = assertedParty(transaction.request, context.registration.isOwn(transaction.flow));
    if (party !== null) listening.listener?.identified?.(party);
  }

  private acknowledged(ack: IncomingMessage): void {
    const wire = wireOf(ack);
    const sdp = wire === undefined ? null : sdpOf(wire);
    if (this.firstAck) {
      this.firstAck = false;
      this.options.acknowledged?.(sdp);
    } else this.negotiation.acknowledged(sdp);
    const { byeWaits } = this;
    if (byeWaits === null) return;
    this.byeWaits = null;
    // SIP.js counts the ACK only when this returns.
    queueMicrotask(() => this.bye(byeWaits));
  }

  private byeReceived(reasons: readonly string[]): void {
    const { options } = this;
    const said = saidIn(reasons);
    const text = said === undefined ? {} : { said };
    const early = this.early;
    this.close();
    if (early && options.byeEarly !== undefined) {
      const result = isElsewhere(reasons) ? 'answered-elsewhere' : 'cancelled';
      options.byeEarly({ by: 'them', result, status: 487, reason: null, ...text });
    } else options.listening.end({ by: 'them', result: 'completed', reason: null, ...text });
  }

  /** RFC 3261 13.3.1.4, 14.2: without an ACK the dialog stands, but the session should not. */
  private ackTimedOut(): void {
    this.options.ackTimedOut?.();
    this.byeWaits = null;
    this.close();
    try {
      this.dialog.bye();
    } catch (error) {
      this.options.context.log.warn('BYE', { error: String(error) });
    }
    this.options.listening.end({ by: 'network', result: 'failed', reason: unconfirmed });
  }

  private fail(end: SessionEnd, headers: readonly Header[] = []): void {
    this.bye(headers);
    this.options.listening.end(end);
  }

  /** News of a transfer may come after the call itself is over (RFC 5057 4.2). */
  private release(): void {
    if (this.over && this.transfer?.open !== true) this.detach();
  }
}

const connected = new WeakMap<object, Leg>();

/** This session stands on this leg now. */
export function connect(session: object, leg: Leg): void {
  connected.set(session, leg);
}

/** The leg that a session stands on; null while it rings. */
export function legOf(session: object): Leg | null {
  return connected.get(session) ?? null;
}

/**
 * Asks the phone on this leg to call `target` (RFC 3515), or to take the place of the call in `options.replaces`. Rejects with
 * ProblemError where either is not connected.
 */
export async function referOn(
  leg: Leg | null,
  target: string,
  options: ReferOptions,
  domain: string,
): Promise<ReferOutcome> {
  const { replaces } = options;
  const other = replaces === undefined ? null : legOf(replaces);
  if (leg === null || (replaces !== undefined && other === null)) throw new ProblemError(notConnected);
  return leg.refer(targetUri(target, domain), options, other);
}

/** In answer to OPTIONS. */
export const abilities: readonly Header[] = [
  ['Allow', allow],
  ['Accept', 'application/sdp'],
  ['Supported', SUPPORTED.join(', ')],
];

export const notConnected: Problem = { code: 'call-over', message: 'The call is not connected.' };

const transferring: Problem = {
  code: 'transfer-pending',
  message: 'This call is being transferred already. Wait until the other phone has answered.',
};

const unconfirmed: Problem = {
  code: 'connection-lost',
  message: 'The other side did not confirm the call, so it was ended.',
  detail: 'no ACK within 32 s',
};
