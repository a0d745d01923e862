// What a SIP session is to those above: events up, requests down (RFC 3261, 3262, 3311, 3515, 3891, 4028).
import type { Problem } from '../../contract/index.ts';

/** How a session ended. */
export interface SessionEnd {
  by: 'us' | 'them' | 'network';
  result: 'completed' | 'busy' | 'declined' | 'no-answer' | 'cancelled' | 'answered-elsewhere' | 'failed';
  /** Final status, where one ended it. */
  status?: number;
  /** A sentence, except for plain endings. */
  reason: Problem | null;
  /** Of a 3xx: where to call instead, best first. Never followed here; hand it to a person. */
  redirect?: readonly string[];
  /** `id` of the session that took this one's place (RFC 3891). */
  replacedBy?: string;
  /** Why, in the other side's words (Reason, RFC 3326). Text, nothing more. */
  said?: string;
}

/** Who is at the other end, as far as SIP says. */
export interface RemoteParty {
  displayName?: string;
  uri: string;
  /** Our own server vouches for it (RFC 3325); else it is what the other side says of itself. */
  asserted: boolean;
  /** The caller asked that it not be known (RFC 3323). */
  anonymous: boolean;
}

export interface SessionListener {
  /**
   * 18x; SDP when it carries one (early media). Outgoing only. A call that forks rings at several phones: `dialog` tells
   * them apart, and each has a description of its own.
   */
  progress?(status: number, sdp: string | null, dialog: string): void;
  /** Outgoing: answered, with the description of the phone that answered. ACK is sent by the room. */
  accepted?(sdp: string | null): void;
  /** The other side offers; resolves to our answer (or our offer, when `sdp` is null). Throws ProblemError for 488. */
  reoffered(sdp: string | null): Promise<string>;
  /** The answer to the offer that `reoffered(null)` gave, or a changed one to a refresh of the session. */
  answered?(sdp: string): void;
  /** DTMF by SIP INFO (application/dtmf-relay, application/dtmf). */
  digit?(digit: string): void;
  /** Our server says that somebody else is at the other end now. */
  identified?(remote: RemoteParty): void;
  /** The other side asks us to call somebody (RFC 3515). Nothing happens without consent; nobody listening: refused. */
  referRequested?(request: ReferRequest): void;
  /** MESSAGE within the call; false: not taken (405). */
  message?(contentType: string, body: string): boolean;
  /** Exactly once. */
  ended(end: SessionEnd): void;
}

/** A wish of the other side's that we call somebody. Exactly one of its methods is called, once. */
export interface ReferRequest {
  /** URI to call, without header parameters. */
  readonly target: string;
  /** The call at `target` that ours shall replace (an attended transfer); goes into {@link InviteOptions}. */
  readonly replaces?: string;
  /** Who sends us there, as it says itself; goes into {@link InviteOptions}. */
  readonly referredBy?: string;
  /** Consent: 202. The other side is told of the new call's progress until a final status was reported. */
  accept(): ReferProgress;
  /** 603. */
  refuse(): void;
}

export interface ReferProgress {
  /** Status of the new call: 180, 200, 486... A final one ends the reports. */
  report(status: number): void;
}

/** What became of our wish that the other side call somebody. */
export interface ReferOutcome {
  /**
   * `completed`: they are connected. `refused`: the other side will not. `failed`: it tried in vain. `unknown`: it agreed, and never
   * said more.
   */
  result: 'completed' | 'refused' | 'failed' | 'unknown';
  /** Of the refusal, or of the call that failed. */
  status?: number;
  reason: Problem | null;
}

export interface ReferOptions {
  /** A connected call of ours whose other side shall be joined with this one's (attended transfer, RFC 3891). */
  replaces?: Session;
  /** Each status that the other side tells of its new call. */
  progress?(status: number): void;
}

/** Further parts of an INVITE of ours. */
export interface InviteOptions {
  /** The callee is not to know who calls (RFC 3323 4.1, RFC 3325 9.3). The account's server knows by the credentials. */
  anonymous?: boolean;
  /** {@link ReferRequest.replaces}. */
  replaces?: string;
  /** {@link ReferRequest.referredBy}. */
  referredBy?: string;
  /** The call that was redirected to this target. Throws `redirected-in-circles` for a target that was tried or too long a chain. */
  redirectedFrom?: OutgoingSession;
}

export interface Session {
  /** Ours, unique in this run. */
  readonly id: string;
  readonly accountId: string;
  /** SIP Call-ID. */
  readonly callId: string;
  readonly remote: RemoteParty;
  /** Local address of the flow, for SDP's c= line. */
  readonly localAddress: string;
  listen(listener: SessionListener): void;
  /**
   * Ends it whatever its state: CANCEL, BYE, or 603/480 for an incoming one. Idempotent. `elsewhere`: tells phones that
   * still ring that the call was answered elsewhere (RFC 3326).
   */
  hangUp(options?: { elsewhere?: boolean }): void;
  /** re-INVITE (or UPDATE while it rings) with this offer; resolves to the answer. Retries glare (491). */
  reoffer(sdp: string): Promise<string>;
  info(contentType: string, body: string): Promise<void>;
  /** Asks the other side to call `target` (a transfer). Always resolves, bounded; rejects with ProblemError when it could not be asked. */
  refer(target: string, options?: ReferOptions): Promise<ReferOutcome>;
}

export interface OutgoingSession extends Session {
  readonly direction: 'outgoing';
}

export interface IncomingSession extends Session {
  readonly direction: 'incoming';
  /** null: late offer. */
  readonly offer: string | null;
  /** Milliseconds, monotonic, when the INVITE came off the wire. */
  readonly receivedAt: number;
  /** It did not come through our server: nobody vouches for who calls. */
  readonly direct: boolean;
  /** `id` of the session that this call wants to take the place of (RFC 3891). Accepting it ends that one: ask first. */
  readonly replaces?: string;
  /** Whom the caller had dialled before the call was sent on to us (RFC 5806, RFC 7044). Text, nothing more. */
  readonly divertedFrom?: string;
  /** Seconds after which the caller's system wants us to answer by ourselves. Without effect here: the user has to allow it. */
  readonly autoAnswerAfter?: number;
  /** What Alert-Info says of the ring (a URN or a URL). Text: nothing is fetched. */
  readonly alertInfo?: string;
  /** 180; with early media (an answer, or an offer where none came) when given, 183. */
  ring(sdp?: string): void;
  /** 200 with our answer (or offer); resolves when ACK came, with the answer that a late offer gets. */
  accept(sdp: string): Promise<string | null>;
  /** Refuses it. `said`: a sentence for the caller, as the reason phrase. */
  reject(status: 480 | 481 | 486 | 488 | 500 | 603, said?: string): void;
  /** 302: the caller is to call `target` instead (RFC 3261 21.3.3), and why (RFC 5806). */
  redirect(target: string, reason: string): void;
}
