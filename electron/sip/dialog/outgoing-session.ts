// A call of ours: INVITE and what comes back (RFC 3261 13.2).
import { ProblemError } from '../../../contract/index.ts';
import type { OutgoingSession, SessionEnd, SessionListener } from '../types.ts';
import { endOfFailure, endOfResponse } from './causes.ts';
import { credentialsOf, Established, sdpIn } from './established.ts';
import { Listening } from './listening.ts';
import type { SessionContext } from './session-context.ts';
import { answerTo } from './sipjs-corrections.ts';
import { wireOf } from './sipjs-messages.ts';
import type { AckableIncomingResponseWithSession, IncomingResponse, OutgoingInviteRequest } from './sipjs.ts';

export class Outgoing implements OutgoingSession {
  readonly direction = 'outgoing';
  readonly id: string;
  readonly accountId: string;
  readonly callId: string;
  readonly remote: { displayName?: string; uri: string };
  private readonly context: SessionContext;
  private readonly listening = new Listening();
  private readonly invite: OutgoingInviteRequest;
  private established: Established | null = null;

  constructor(id: string, context: SessionContext, target: string, sdp: string) {
    this.id = id;
    this.context = context;
    this.accountId = context.accountId;
    this.remote = { uri: target };
    this.invite = context.core.invite(target, sdp, {
      onProgress: ({ message }) => {
        if (this.listening.ended) return;
        this.listening.listener?.progress?.(message.statusCode ?? 180, sdpIn(message));
      },
      onAccept: (response) => this.accepted(response),
      onRedirect: (response) => this.refused(response),
      onReject: (response) => this.refused(response),
    });
    this.callId = this.invite.message.callId;
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

  hangUp(): void {
    if (this.listening.ended) return;
    if (this.established === null) this.context.core.cancel(this.invite);
    else this.established.bye();
    const result = this.established === null ? 'cancelled' : 'completed';
    this.listening.end({ by: 'us', result, reason: null });
  }

  async reoffer(sdp: string): Promise<string> {
    return this.dialog().reoffer(sdp);
  }

  async info(contentType: string, body: string): Promise<void> {
    return this.dialog().info(contentType, body);
  }

  private dialog(): Established {
    if (this.established === null) throw new ProblemError({ code: 'call-over', message: 'The call is not connected.' });
    return this.established;
  }

  private accepted(response: AckableIncomingResponseWithSession): void {
    const { context, listening } = this;
    response.ack({ extraHeaders: credentialsOf(this.invite.message) });
    // A second phone that answered (forking), or one that did before our CANCEL reached it (RFC 3261 13.2.2.4, 9.1).
    if (this.established !== null || listening.ended) {
      new Established({ session: response.session, owner: true, context, listening: new Listening() }).bye();
      return;
    }
    this.established = new Established({ session: response.session, owner: true, context, listening });
    listening.listener?.accepted?.(sdpIn(response.message));
  }

  private refused({ message }: IncomingResponse): void {
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
