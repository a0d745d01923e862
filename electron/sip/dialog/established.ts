// A confirmed INVITE dialog: BYE, re-INVITE and INFO, both ways (RFC 3261 14, 15; RFC 6086).
import { ProblemError, type Problem } from '../../../contract/index.ts';
import { createResponse } from '../wire/index.ts';
import { sdpOf } from './body.ts';
import { allow } from './core.ts';
import { digitOf } from './dtmf-info.ts';
import type { Listening } from './listening.ts';
import type { SessionContext } from './session-context.ts';
import { wireOf } from './sipjs-messages.ts';
import { SessionState, type IncomingInviteRequest, type IncomingMessage, type Session } from './sipjs.ts';

/** RFC 3261 14.1: who made the Call-ID waits longer after a 491, so that the two do not meet again. ms. */
const GLARE = { owner: [2100, 4000], other: [0, 2000] } as const;

/** 491 in a row until we give up. */
const GLARE_LIMIT = 5;

export interface EstablishedOptions {
  session: Session;
  /** We sent the first INVITE. */
  owner: boolean;
  context: SessionContext;
  listening: Listening;
  /** The ACK to our first 200, with its SDP. */
  acknowledged?(sdp: string | null): void;
  ackTimedOut?(): void;
}

type ReInviteResult = { status: number; reason: string; sdp: string | null };

export class Established {
  private readonly options: EstablishedOptions;
  private queue: Promise<unknown> = Promise.resolve();
  /** A re-INVITE of theirs that we have not answered yet. */
  private theirs: IncomingInviteRequest | null = null;
  /** Our 200 to their re-INVITE carried an offer; the ACK has the answer. */
  private offeredIn200 = false;
  private firstAck: boolean;
  private byeWaits = false;

  constructor(options: EstablishedOptions) {
    this.options = options;
    this.firstAck = !options.owner;
    options.session.delegate = {
      onAck: ({ message }) => this.acknowledged(message),
      onAckTimeout: () => this.ackTimedOut(),
      onBye: (bye) => {
        bye.accept();
        this.over();
        options.listening.end({ by: 'them', result: 'completed', reason: null });
      },
      onInfo: (info) => {
        const { digit, status } = readInfo(info.message);
        if (status === 200) info.accept();
        else info.reject({ statusCode: status });
        if (digit !== null) options.listening.listener?.digit?.(digit);
      },
      onInvite: (invite) => {
        this.reoffered(invite).catch((error: unknown) =>
          options.context.log.warn('re-INVITE', { error: String(error) }),
        );
      },
    };
  }

  /** Ends the dialog. A callee may not send BYE before the ACK has come (RFC 3261 15), so it may have to wait for it. */
  bye(): void {
    const { session, context } = this.options;
    this.refuseTheirs(487);
    if (session.sessionState === SessionState.Terminated) return;
    if (session.sessionState === SessionState.AckWait) {
      this.byeWaits = true;
      return;
    }
    try {
      session.bye();
    } catch (error) {
      context.log.warn('BYE', { error: String(error) });
    }
  }

  /** Sends a re-INVITE; one at a time, again after 491. Rejects with ProblemError when it was refused. */
  reoffer(sdp: string): Promise<string> {
    const result = this.queue.then(() => this.reofferNow(sdp));
    this.queue = result.catch(() => {});
    return result;
  }

  /** Sends INFO. Rejects with ProblemError when it was refused. */
  info(contentType: string, body: string): Promise<void> {
    const { session } = this.options;
    return new Promise((resolve, reject) => {
      if (session.sessionState !== SessionState.Confirmed) {
        reject(new ProblemError({ code: 'call-over', message: 'The call is not connected.' }));
        return;
      }
      session.info(
        {
          onAccept: () => resolve(),
          onReject: ({ message }) => reject(refused(message.statusCode ?? 0, message.reasonPhrase ?? '')),
        },
        { body: { contentDisposition: 'render', contentType, content: body } },
      );
    });
  }

  private acknowledged(ack: IncomingMessage): void {
    const sdp = sdpIn(ack);
    if (this.firstAck) {
      this.firstAck = false;
      this.options.acknowledged?.(sdp);
    } else if (this.offeredIn200 && sdp !== null) this.options.listening.listener?.answered?.(sdp);
    this.offeredIn200 = false;
    if (this.byeWaits) {
      this.byeWaits = false;
      // SIP.js counts the ACK only when this returns.
      queueMicrotask(() => this.bye());
    }
  }

  /** RFC 3261 13.3.1.4, 14.2: without an ACK the dialog stands, but the session should not. */
  private ackTimedOut(): void {
    const problem: Problem = {
      code: 'connection-lost',
      message: 'The other side did not confirm the call, so it was ended.',
      detail: 'no ACK within 32 s',
    };
    this.options.ackTimedOut?.();
    this.byeWaits = false;
    try {
      this.options.session.bye();
    } catch (error) {
      this.options.context.log.warn('BYE', { error: String(error) });
    }
    this.options.listening.end({ by: 'network', result: 'failed', reason: problem });
  }

  private async reoffered(invite: IncomingInviteRequest): Promise<void> {
    const { listening } = this.options;
    const { listener } = listening;
    this.theirs = invite;
    const offer = sdpIn(invite.message);
    try {
      if (listener === null || listening.ended) throw new Error('nobody listens');
      const sdp = await listener.reoffered(offer);
      if (this.theirs !== invite) return;
      this.theirs = null;
      this.offeredIn200 = offer === null;
      invite.accept({
        statusCode: 200,
        extraHeaders: [`Contact: ${this.options.context.core.contact}`, `Allow: ${allow}`],
        body: { contentDisposition: 'session', contentType: 'application/sdp', content: sdp },
      });
    } catch (error) {
      if (!(error instanceof ProblemError)) this.options.context.log.warn('re-INVITE', { error: String(error) });
      if (this.theirs === invite) this.refuseTheirs(488);
    }
  }

  private refuseTheirs(statusCode: number): void {
    const { theirs } = this;
    this.theirs = null;
    theirs?.reject({ statusCode });
  }

  /** A BYE came: what is open ends with it (RFC 3261 15.1.2). */
  private over(): void {
    this.refuseTheirs(487);
    this.byeWaits = false;
  }

  private async reofferNow(sdp: string): Promise<string> {
    const { listening, context, session, owner } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      if (listening.ended) throw new ProblemError({ code: 'call-over', message: 'The call has ended.' });
      const result = this.theirs === null ? await this.sendReInvite(sdp) : { status: 491, reason: '', sdp: null };
      if (result.sdp !== null) return result.sdp;
      if (result.status === 408 || result.status === 481) {
        // RFC 3261 12.2.1.2: the other side knows nothing of this dialog any more.
        session.bye();
        listening.end({ by: 'network', result: 'failed', status: result.status, reason: lost(result) });
      }
      if (result.status !== 491 || attempt === GLARE_LIMIT) throw refused(result.status, result.reason);
      const [least, most] = owner ? GLARE.owner : GLARE.other;
      await new Promise<void>((resolve) => {
        context.clock.after(least + Math.random() * (most - least), resolve);
      });
    }
  }

  private sendReInvite(sdp: string): Promise<ReInviteResult> {
    const { session, context } = this.options;
    return new Promise((resolve) => {
      const ended = ({
        message,
      }: {
        message: { statusCode?: number | undefined; reasonPhrase?: string | undefined };
      }): void => resolve({ status: message.statusCode ?? 0, reason: message.reasonPhrase ?? '', sdp: null });
      try {
        const request = session.invite(
          {
            onAccept: (response) => {
              response.ack({ extraHeaders: credentialsOf(request.message) });
              const answer = sdpIn(response.message);
              resolve({ status: 200, reason: 'without SDP', sdp: answer });
            },
            onRedirect: ended,
            onReject: ended,
          },
          {
            extraHeaders: [`Contact: ${context.core.contact}`, `Allow: ${allow}`],
            body: { contentDisposition: 'session', contentType: 'application/sdp', content: sdp },
          },
        );
      } catch {
        // SIP.js throws while another re-INVITE is open: that is glare, found on this side.
        resolve({ status: 491, reason: 'Request Pending', sdp: null });
      }
    });
  }
}

/** The ACK to a 2xx carries the credentials of its INVITE (RFC 3261 22.1). */
export function credentialsOf(message: { getHeader(name: string): string | undefined }): string[] {
  return ['Authorization', 'Proxy-Authorization'].flatMap((name) => {
    const value = message.getHeader(name);
    return value === undefined ? [] : [`${name}: ${value}`];
  });
}

/** The SDP of one of SIP.js's messages. */
export function sdpIn(message: IncomingMessage): string | null {
  const wire = wireOf(message);
  return wire === undefined ? null : sdpOf(wire);
}

function readInfo(message: IncomingMessage): { digit: string | null; status: number } {
  const wire = wireOf(message) ?? createResponse(200);
  const contentType = wire.headers.get('Content-Type');
  // An empty INFO asks whether the dialog is alive.
  if (contentType === undefined) return { digit: null, status: 200 };
  const digit = digitOf(contentType, wire.body.toString('utf8'));
  return { digit, status: digit === null ? 415 : 200 };
}

function refused(status: number, phrase: string): ProblemError {
  return new ProblemError({
    code: 'change-refused',
    message: 'The other side did not accept the change.',
    detail: `${status} ${phrase}`.trim(),
  });
}

function lost(result: ReInviteResult): Problem {
  return {
    code: 'connection-lost',
    message: 'The connection to the other side was lost.',
    detail: `${result.status} ${result.reason}`.trim(),
  };
}
