// A call to us: INVITE, ringing, answer (RFC 3261 13.3).
import { ProblemError } from '../../../contract/index.ts';
import type { ServerTransaction } from '../transaction/index.ts';
import type { IncomingSession, SessionEnd, SessionListener } from '../types.ts';
import { formatHostPort, parseNameAddr, parseUri, type SipRequest } from '../wire/index.ts';
import { sdpOf } from './body.ts';
import { endOfCancel } from './causes.ts';
import { Established } from './established.ts';
import { Listening } from './listening.ts';
import type { SessionContext } from './session-context.ts';
import type { IncomingInviteRequest } from './sipjs.ts';

/** What a refusal of ours means. */
const results: Record<number, SessionEnd['result']> = {
  480: 'no-answer',
  486: 'busy',
  488: 'failed',
  500: 'failed',
  603: 'declined',
};

export class Incoming implements IncomingSession {
  readonly direction = 'incoming';
  readonly id: string;
  readonly accountId: string;
  readonly callId: string;
  readonly remote: { displayName?: string; uri: string };
  readonly localAddress: string;
  readonly offer: string | null;
  readonly receivedAt: number;
  /** It did not come through our server. */
  readonly direct: boolean;
  private readonly context: SessionContext;
  private readonly invite: IncomingInviteRequest;
  private readonly listening = new Listening();
  private established: Established | null = null;

  constructor(
    id: string,
    context: SessionContext,
    invite: IncomingInviteRequest,
    transaction: ServerTransaction,
    receivedAt: number,
  ) {
    this.id = id;
    this.context = context;
    this.invite = invite;
    this.receivedAt = receivedAt;
    this.accountId = context.accountId;
    this.callId = invite.message.callId;
    this.localAddress = transaction.flow.local.address;
    this.offer = sdpOf(transaction.request);
    this.direct = !context.registration.isOwn(transaction.flow);
    this.remote = this.direct ? directCaller(transaction) : callerOf(transaction.request);
  }

  get ended(): boolean {
    return this.listening.ended;
  }

  listen(listener: SessionListener): void {
    this.listening.listen(listener);
  }

  ring(): void {
    if (this.listening.ended || this.established !== null) return;
    const { session } = this.invite.progress({ statusCode: 180 });
    session.delegate = {
      onBye: (bye) => {
        bye.accept();
        this.invite.reject({ statusCode: 487 });
        this.listening.end({ by: 'them', result: 'cancelled', status: 487, reason: null });
      },
    };
  }

  accept(sdp: string): Promise<string | null> {
    if (this.listening.ended || this.established !== null) {
      return Promise.reject(new ProblemError({ code: 'call-over', message: 'The call is no longer there to answer.' }));
    }
    return new Promise((resolve, reject) => {
      const { session } = this.invite.accept({
        statusCode: 200,
        body: { contentDisposition: 'session', contentType: 'application/sdp', content: sdp },
      });
      this.established = new Established({
        session,
        owner: false,
        context: this.context,
        listening: this.listening,
        acknowledged: resolve,
        ackTimedOut: () =>
          reject(
            new ProblemError({
              code: 'connection-lost',
              message: 'The other side did not confirm the call, so it was ended.',
            }),
          ),
      });
    });
  }

  reject(status: 480 | 486 | 488 | 500 | 603): void {
    if (this.listening.ended || this.established !== null) return;
    this.invite.reject({ statusCode: status });
    this.listening.end({ by: 'us', result: results[status] ?? 'failed', status, reason: null });
  }

  hangUp(): void {
    if (this.listening.ended) return;
    if (this.established === null) {
      this.reject(603);
      return;
    }
    this.established.bye();
    this.listening.end({ by: 'us', result: 'completed', reason: null });
  }

  /** The caller gave up before we answered. */
  cancelled(cancel: SipRequest): void {
    if (this.listening.ended || this.established !== null) return;
    this.invite.reject({ statusCode: 487 });
    this.listening.end(endOfCancel(cancel.headers.all('Reason')));
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
}

/** Nobody vouches for what a direct caller says, so it is shown by where it comes from. */
function directCaller({ request, flow }: ServerTransaction): { uri: string } {
  const user = parseUri(parseNameAddr(request.headers.get('From') ?? '')?.uri ?? '')?.user;
  const host = formatHostPort(flow.remote.address);
  return { uri: user === undefined ? `sip:${host}` : `sip:${user}@${host}` };
}

/** From, or what our own server asserts instead (RFC 3325: only within the trust domain, so only on its flow). */
function callerOf(invite: SipRequest): { displayName?: string; uri: string } {
  const asserted = invite.headers.all('P-Asserted-Identity');
  const caller =
    asserted.map(parseNameAddr).find((address) => address !== null && /^(sips?|tel):/i.test(address.uri)) ??
    parseNameAddr(invite.headers.get('From') ?? '');
  if (caller === null) return { uri: 'sip:anonymous@anonymous.invalid' };
  return caller.displayName === undefined ? { uri: caller.uri } : { displayName: caller.displayName, uri: caller.uri };
}
