// The SIP room alone, without a window or media, as a phone for tests: what happens to it is written down and waited on.
import type { Clock, Logger, RegistrationState, TraceEntry, TransportName } from '../../../contract/index.ts';
import {
  createSip,
  type IncomingSession,
  type OutgoingSession,
  type ReferRequest,
  type SessionEnd,
  type SessionListener,
  type Sip,
} from '../../../electron/sip/index.ts';
import { realClock } from '../../../electron/sip/net/testing.ts';
import type { Kamailio } from './kamailio.ts';

export interface PhoneOptions {
  user: string;
  domain: string;
  /** As in an account; absent: found by DNS. */
  server?: string;
  transport: TransportName;
  caFile?: string;
  password?: string;
  expires?: number;
  /** DNS servers instead of the system's, `address:port`. */
  dnsServers?: readonly string[];
  /** See SipAccount. */
  allowWildcard?: boolean;
  pinnedCertificate?: string;
  sessionExpires?: number;
  /** Waits of 30 s and more are this many times shorter, so that tests need not sit through them. */
  haste?: number;
}

export interface Phone {
  readonly sip: Sip;
  readonly id: string;
  readonly states: RegistrationState[];
  readonly trace: TraceEntry[];
  /** Resolves with the first state of this name since the last one that was waited for. */
  state(name: RegistrationState['name'], ms?: number): Promise<RegistrationState>;
  incoming(ms?: number): Promise<IncomingSession>;
  /** Calls; resolves at once. `late`: without an offer. */
  call(target: string, options?: { late?: boolean }): Promise<PhoneCall>;
  answer(session: IncomingSession): Promise<PhoneCall>;
  close(): Promise<void>;
}

export interface PhoneCall {
  readonly session: IncomingSession | OutgoingSession;
  /** `progress 180`, `accepted`, `reoffered`, `digit 5`, `ended busy`, ... */
  readonly events: string[];
  event(text: string, ms?: number): Promise<void>;
  end(ms?: number): Promise<SessionEnd>;
  hangUp(): void;
  reoffer(sdp: string): Promise<string>;
  info(contentType: string, body: string): Promise<void>;
  /** The next REFER of the other side. */
  referred(): Promise<ReferRequest>;
}

/** A clock whose long waits are shorter. */
function hasty(haste: number): Clock {
  return { ...realClock, after: (ms, run) => realClock.after(ms < 30_000 ? ms : ms / haste, run) };
}

/** A description with PCMU at this address; nobody listens there. */
export function plainSdp(address: string, direction = 'sendrecv'): string {
  const family = address.includes(':') ? 'IP6' : 'IP4';
  return (
    `v=0\r\no=- 1 1 IN ${family} ${address}\r\ns=-\r\nc=IN ${family} ${address}\r\nt=0 0\r\n` +
    `m=audio 25998 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=${direction}\r\n`
  );
}

/** A phone of this server's. */
export function phoneOf(server: Kamailio, transport: TransportName, user = 'alice'): PhoneOptions {
  const secure = transport === 'tls' || transport === 'wss';
  return {
    user,
    domain: server.domain,
    server: server.server(transport),
    transport,
    ...(secure ? { caFile: server.caFile } : {}),
  };
}

/** Starts a phone; it registers at once. */
export function startPhone(options: PhoneOptions): Phone {
  const log: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
  const trace: TraceEntry[] = [];
  const states: RegistrationState[] = [];
  const waitState = waiter<RegistrationState>();
  const waitIncoming = waiter<IncomingSession>();
  const id = options.user;
  const sip = createSip({
    log,
    trace: { record: (entry) => trace.push(entry) },
    clock: options.haste === undefined ? realClock : hasty(options.haste),
    userAgent: 'Hookswitch/test',
    instanceId: '6f9619ff-8b86-4011-b42d-00c04fc964ff',
    password: () => Promise.resolve(options.password ?? 'secret'),
    ...(options.dnsServers === undefined ? {} : { dnsServers: options.dnsServers }),
  });
  sip.listen({
    registration(_id, state) {
      states.push(state);
      waitState.put(state);
    },
    incoming: (session) => waitIncoming.put(session),
  });
  sip.setAccount({
    id,
    displayName: '',
    user: options.user,
    domain: options.domain,
    transport: options.transport,
    expires: options.expires ?? 300,
    ...(options.sessionExpires === undefined ? {} : { sessionExpires: options.sessionExpires }),
    ...(options.server === undefined ? {} : { server: options.server }),
    ...(options.caFile === undefined ? {} : { caFile: options.caFile }),
    ...(options.allowWildcard === undefined ? {} : { allowWildcard: options.allowWildcard }),
    ...(options.pinnedCertificate === undefined ? {} : { pinnedCertificate: options.pinnedCertificate }),
  });
  return {
    sip,
    id,
    states,
    trace,
    state: (name, ms) => waitState.next(`registration "${name}"`, (state) => state.name === name, ms),
    incoming: (ms) => waitIncoming.next('incoming call', () => true, ms),
    async call(target, { late = false } = {}) {
      const address = await sip.localAddress(id);
      return follow(sip.invite(id, target, late ? null : plainSdp(address)), address);
    },
    async answer(session) {
      const call = follow(session, session.localAddress);
      await session.accept(plainSdp(session.localAddress));
      return call;
    },
    close: () => sip.close(),
  };
}

function follow(session: IncomingSession | OutgoingSession, address: string): PhoneCall {
  const events: string[] = [];
  const waitEvent = waiter<string>();
  const waitEnd = waiter<SessionEnd>();
  const waitRefer = waiter<ReferRequest>();
  const say = (text: string): void => {
    events.push(text);
    waitEvent.put(text);
  };
  const listener: SessionListener = {
    referRequested: (request) => waitRefer.put(request),
    progress: (status) => say(`progress ${status}`),
    accepted: () => say('accepted'),
    answered: () => say('answered'),
    digit: (digit) => say(`digit ${digit}`),
    reoffered: (sdp) => {
      say(`reoffered ${/a=(sendrecv|sendonly|recvonly|inactive)/.exec(sdp ?? '')?.[1] ?? 'without offer'}`);
      return Promise.resolve(plainSdp(address));
    },
    ended(end) {
      say(`ended ${end.result}`);
      waitEnd.put(end);
    },
  };
  session.listen(listener);
  return {
    session,
    events,
    referred: () => waitRefer.next('REFER', () => true),
    async event(text, ms) {
      await waitEvent.next(text, (one) => one === text, ms);
    },
    end: (ms) => waitEnd.next('end of the call', () => true, ms),
    hangUp: () => session.hangUp(),
    reoffer: (sdp) => session.reoffer(sdp),
    info: (contentType, body) => session.info(contentType, body),
  };
}

function waiter<T>(): {
  put(item: T): void;
  next(what: string, wanted: (item: T) => boolean, ms?: number): Promise<T>;
} {
  const items: T[] = [];
  let look = (): void => {};
  return {
    put(item) {
      items.push(item);
      look();
    },
    next(what, wanted, ms = 15_000) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${what} within ${ms} ms`)), ms);
        look = () => {
          const index = items.findIndex(wanted);
          const [found] = index < 0 ? [] : items.splice(0, index + 1).slice(-1);
          if (found === undefined) return;
          look = () => {};
          clearTimeout(timer);
          resolve(found);
        };
        look();
      });
    },
  };
}
