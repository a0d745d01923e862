// One account at work: its registration, its dialogs, its sessions.
import type { Clock, Logger, RegistrationState } from '../../contract/index.ts';
import { DialogCore, Incoming, Outgoing, type SessionContext } from './dialog/index.ts';
import { Credentials } from './digest/index.ts';
import { AccountEvents, type IncomingMessage, type MessageSummary } from './events/index.ts';
import type { Flow } from './net/index.ts';
import { Registration } from './registration/index.ts';
import { serverOf } from './server.ts';
import type { ServerTransaction, TransactionLayer } from './transaction/index.ts';
import type { IncomingSession, SipAccount } from './types.ts';
import { parseUri, randomToken, type SipRequest } from './wire/index.ts';

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
  private readonly context: SessionContext;
  private readonly contactUser = randomToken(96);
  private readonly sessions = new Set<Incoming | Outgoing>();
  private readonly ringing = new WeakMap<ServerTransaction, Incoming>();
  private receivedAt = 0;
  private lastAddress = '';

  constructor(options: AccountOptions) {
    const { config, layer, clock, userAgent, instanceId } = options;
    const log = options.log.child(config.id);
    this.options = options;
    this.config = config;
    const credentials = new Credentials({
      user: config.authUser ?? config.user,
      domain: config.domain,
      password: () => options.password(),
    });
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
        const session = new Incoming(randomToken(64), this.context, invite, transaction, this.receivedAt);
        this.ringing.set(transaction, session);
        this.add(session);
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
    };
  }

  /** Our own address towards this account's server. Rejects with TransportError or ResolveError. */
  async localAddress(): Promise<string> {
    const { registration } = this;
    const flow = registration.flow ?? (await this.options.layer.openFlow(await registration.resolveRoute()));
    this.lastAddress = flow.local.address;
    return this.lastAddress;
  }

  /** Calls this URI. */
  invite(target: string, sdp: string): Outgoing {
    const session = new Outgoing(randomToken(64), this.context, target, sdp);
    this.add(session);
    return session;
  }

  /** An INVITE, or a request of one of our dialogs. */
  receive(transaction: ServerTransaction): void {
    this.receivedAt = this.options.clock.monotonic();
    this.core.receive(transaction);
  }

  /** CANCEL of an INVITE that was given to {@link receive}. */
  cancel(invite: ServerTransaction, cancel: SipRequest): void {
    this.ringing.get(invite)?.cancelled(cancel);
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
    return [...this.sessions].some(
      (session) => session instanceof Incoming && session.direct && session.callId === callId,
    );
  }

  /** Calls that stand. */
  get calls(): number {
    for (const session of this.sessions) if (session.ended) this.sessions.delete(session);
    return this.sessions.size;
  }

  get busy(): boolean {
    return this.calls > 0;
  }

  hangUpAll(): void {
    for (const session of this.sessions) session.hangUp();
  }

  private add(session: Incoming | Outgoing): void {
    for (const old of this.sessions) if (old.ended) this.sessions.delete(old);
    this.sessions.add(session);
  }
}

function serverName(config: SipAccount): string {
  try {
    return serverOf(config).host;
  } catch {
    return config.domain;
  }
}
