// One account at work: its registration, its dialogs, its sessions.
import type { Clock, Logger, RegistrationState, Trace } from '../../contract/index.ts';
import {
  chainOf,
  DEFAULT_SE,
  DialogCore,
  Incoming,
  MIN_SE,
  Outgoing,
  parseReplaces,
  type SessionContext,
} from './dialog/index.ts';
import { Credentials } from './digest/index.ts';
import { createExamination, type Examination } from './examination/index.ts';
import { AccountEvents, type IncomingMessage, type MessageSummary } from './events/index.ts';
import type { Flow } from './net/index.ts';
import { Registration } from './registration/index.ts';
import { serverOf } from './server.ts';
import type { ServerTransaction, TransactionLayer } from './transaction/index.ts';
import type { IncomingSession, InviteOptions, SipAccount } from './types.ts';
import { createResponse, parseUri, randomToken, tagOf, type SipRequest } from './wire/index.ts';

export interface AccountOptions {
  config: SipAccount;
  layer: TransactionLayer;
  clock: Clock;
  log: Logger;
  userAgent: string;
  instanceId: string;
  password(): Promise<string | null>;
  report(state: RegistrationState): void;
  incoming(session: IncomingSession): void;
  /** Who reads page-mode messages now; null: nobody. */
  message(): ((message: IncomingMessage) => void) | null;
  /** Voicemail that the server told of unasked. */
  summary(summary: MessageSummary): void;
}

export class Account {
  readonly config: SipAccount;
  readonly registration: Registration;
  readonly core: DialogCore;
  readonly events: AccountEvents;
  private readonly options: AccountOptions;
  private readonly credentials: Credentials;
  private readonly context: SessionContext;
  private readonly contactUser = randomToken(96);
  private readonly sessions = new Map<string, Incoming | Outgoing>();
  private readonly ringing = new WeakMap<ServerTransaction, Incoming>();
  private readonly replacing = new WeakMap<ServerTransaction, string>();
  private receivedAt = 0;
  private lastAddress = '';

  constructor(options: AccountOptions) {
    const { config, layer, clock, userAgent, instanceId } = options;
    const log = options.log.child(config.id);
    this.options = options;
    this.config = config;
    this.credentials = new Credentials({
      user: config.authUser ?? config.user,
      domain: config.domain,
      password: () => options.password(),
    });
    const { credentials } = this;
    const common = { account: config, layer, credentials, clock, log, userAgent, contactUser: this.contactUser };
    this.registration = new Registration({
      ...common,
      instanceId,
      busy: () => this.busy,
      report: (state) => {
        this.events.registration(state.name === 'available');
        options.report(state);
      },
    });
    this.events = new AccountEvents({
      ...common,
      registration: this.registration,
      message: () => options.message(),
      summary: (summary) => options.summary(summary),
    });
    this.core = new DialogCore({
      ...common,
      registration: this.registration,
      invited: (invite, transaction) => {
        const session = new Incoming({
          id: randomToken(64),
          context: this.context,
          invite,
          transaction,
          receivedAt: this.receivedAt,
          replaces: this.replacing.get(transaction) ?? null,
        });
        this.ringing.set(transaction, session);
        this.sessions.set(session.id, session);
        options.incoming(session);
      },
    });
    this.context = {
      localAddress: () => this.registration.flow?.local.address ?? this.lastAddress,
      accountId: config.id,
      core: this.core,
      registration: this.registration,
      clock,
      log,
      server: serverName(config),
      address: `sip:${config.user}@${config.domain}`,
      domain: config.domain,
      timer: { seconds: config.sessionExpires ?? DEFAULT_SE, minimum: MIN_SE },
      reliableRinging: config.reliableRinging ?? false,
      replace: (sessionId, by) => this.sessions.get(sessionId)?.replaced(by),
      ended: (sessionId) => this.sessions.delete(sessionId),
    };
  }

  /** Our own address towards this account's server. Rejects with TransportError or ResolveError. */
  async localAddress(): Promise<string> {
    const { registration } = this;
    const flow = registration.flow ?? (await this.options.layer.openFlow(await registration.resolveRoute()));
    this.lastAddress = flow.local.address;
    return this.lastAddress;
  }

  /** Looks at the way to this account's server and back, afresh. `expect`: see ExaminationOptions. */
  examine(more: {
    trace: Trace;
    dnsServers?: readonly string[];
    expect(callId: string, arrived: () => void): () => void;
  }): Examination {
    const { layer, clock, log, userAgent } = this.options;
    const { registration, credentials, contactUser } = this;
    return createExamination({
      ...more,
      account: this.config,
      clock,
      log: log.child('examination'),
      userAgent,
      credentials,
      contactUser,
      registered: {
        layer,
        targets: () => registration.route,
        isOwn: (flow) => registration.isOwn(flow),
      },
    });
  }

  /** Calls this URI. Throws ProblemError for a call that goes round in circles. */
  invite(target: string, sdp: string | null, options: InviteOptions = {}): Outgoing {
    const { replaces, referredBy, redirectedFrom, anonymous = false } = options;
    const before = redirectedFrom instanceof Outgoing ? redirectedFrom.chain : [];
    const headers: [string, string][] = [];
    if (replaces !== undefined) headers.push(['Replaces', replaces], ['Require', 'replaces']);
    if (referredBy !== undefined) headers.push(['Referred-By', referredBy]);
    if (anonymous) headers.push(['Privacy', 'id']);
    const session = new Outgoing({
      id: randomToken(64),
      anonymous,
      context: this.context,
      target,
      sdp,
      headers,
      chain: chainOf(before, target),
    });
    this.sessions.set(session.id, session);
    return session;
  }

  /** An INVITE, or a request of one of our dialogs. */
  receive(transaction: ServerTransaction): void {
    this.receivedAt = this.options.clock.monotonic();
    const { request } = transaction;
    const beginsCall = request.method === 'INVITE' && tagOf(request.headers.get('To')) === undefined;
    if (beginsCall && request.headers.has('Replaces')) {
      const found = this.replacedBy(request);
      if (typeof found === 'number') {
        transaction.respond(createResponse(found));
        return;
      }
      this.replacing.set(transaction, found.id);
    }
    this.core.receive(transaction);
  }

  /** CANCEL of an INVITE that was given to {@link receive}. */
  cancel(invite: ServerTransaction, cancel: SipRequest): void {
    const session = this.ringing.get(invite);
    if (session === undefined) this.core.cancelled(invite);
    else session.cancelled(cancel);
  }

  /** The call that this INVITE wants to take the place of, or the status that refuses it (RFC 3891 3). */
  private replacedBy(invite: SipRequest): Incoming | Outgoing | number {
    const values = [...invite.headers.entries()].filter(([name]) => name === 'Replaces');
    const replaces = parseReplaces(invite.headers.get('Replaces') ?? '');
    if (values.length !== 1 || invite.headers.has('Join') || replaces === null) return 400;
    for (const session of this.sessions.values()) {
      const how = session.isMeantBy(replaces);
      if (how !== null) return how === 'confirmed' && replaces.earlyOnly ? 486 : session;
    }
    return 481;
  }

  /** Does a request outside a dialog, that came on this flow, mean this account? */
  isMeant(request: SipRequest, flow: Flow): 'contact' | 'address' | 'server' | null {
    if (!this.registration.isOwn(flow)) return null;
    const uri = parseUri(request.uri);
    if (uri?.user === this.contactUser) return 'contact';
    const ours = uri?.user === this.config.user && uri.host.toLowerCase() === this.config.domain.toLowerCase();
    return ours ? 'address' : 'server';
  }

  /** May a caller who does not come through our server ring with this INVITE? It must know our name, and take no call over. */
  mayBeCalledDirectly({ method, uri, headers }: SipRequest): boolean {
    if (this.config.allowDirect !== true || method !== 'INVITE') return false;
    const user = parseUri(uri)?.user;
    const isOurs = user !== undefined && (user === this.config.user || user === this.contactUser);
    return isOurs && !headers.has('Replaces') && !headers.has('Join');
  }

  /** Is this request within a call that came directly? */
  isDirect(request: SipRequest): boolean {
    const callId = request.headers.get('Call-ID');
    return [...this.sessions.values()].some(
      (session) => session instanceof Incoming && session.direct && session.callId === callId,
    );
  }

  /** Calls that stand. */
  get busy(): boolean {
    return this.sessions.size > 0;
  }

  /** Calls, and what their dialogs still wait for. */
  get counts(): { sessions: number; dialogs: number } {
    return { sessions: this.sessions.size, dialogs: this.core.count };
  }

  hangUpAll(): void {
    for (const session of this.sessions.values()) session.hangUp();
  }
}

function serverName(config: SipAccount): string {
  try {
    return serverOf(config).host;
  } catch {
    return config.domain;
  }
}
