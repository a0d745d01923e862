// An account's way to its server and back, looked at afresh: own DNS answers, own sockets, as if nothing had been used before.
import type {
  Bindings,
  Clock,
  Connected,
  Located,
  Logger,
  NatFacts,
  Problem,
  ServerPlace,
  Trace,
  WayBack,
} from '../../../contract/index.ts';
import { ProblemError } from '../../../contract/index.ts';
import type { Credentials, Exchange } from '../digest/index.ts';
import { connectStream, createResolver, readAuthority, ResolveError, type Flow, type Target } from '../net/index.ts';
import { createDns } from '../net/dns.ts';
import { connectionProblem } from '../problems.ts';
import { serverOf, targetsOf } from '../server.ts';
import { createTransactionLayer, type TransactionFailure, type TransactionLayer } from '../transaction/index.ts';
import type { SipAccount } from '../types.ts';
import {
  createRequest,
  createResponse,
  formatHostPort,
  parseVia,
  randomToken,
  type SipResponse,
} from '../wire/index.ts';
import { askBindings } from './bindings.ts';
import { certificateOf } from './certificate.ts';
import { foundBy, noted, type Answers } from './found-by.ts';
import { examineNat } from './nat.ts';

/** A server that does not take a connection within this is passed over, ms. */
const CONNECT = 2500;
/** How long a server that was reached may take to speak SIP, ms. */
const SPEAK = 1500;
/** How long a question to our own address may take to come in, ms: by then a caller has doubts, too. */
const COME_BACK = 2500;

/** Steps of "Why can't I be called?". None rejects; each is bounded by its caller, who closes in the end. */
export interface Examination {
  locate(): Promise<Located>;
  /** After {@link locate}. */
  connect(): Promise<Connected>;
  /** On the registered flow. */
  bindings(): Promise<Bindings>;
  /** A question to our own address, by a fresh path; after {@link connect}. */
  wayBack(): Promise<WayBack>;
  /** `stunServer`: host or host:port. */
  nat(stunServer: string): Promise<NatFacts>;
  close(): Promise<void>;
}

export interface ExaminationOptions {
  account: SipAccount;
  clock: Clock;
  log: Logger;
  trace: Trace;
  userAgent: string;
  dnsServers?: readonly string[];
  credentials: Credentials;
  contactUser: string;
  /** The registered side: its layer, the servers it uses, and whether a flow leads to one of ours. */
  registered: { layer: TransactionLayer; targets(): readonly Target[]; isOwn(flow: Flow): boolean };
  /** Calls back once when a request with this Call-ID comes in as callers' requests do. Returns a way to stop listening. */
  expect(callId: string, arrived: () => void): () => void;
}

type Answered = { response: SipResponse; flow: Flow } | { failure: TransactionFailure };

export function createExamination(options: ExaminationOptions): Examination {
  const { account, clock, log, trace, userAgent, dnsServers, credentials, contactUser, registered } = options;
  const answers: Answers = { srv: [], addresses: [] };
  const aor = `sip:${account.user}@${account.domain}`;
  let targets: readonly Target[] = [];
  let used: Target | null = null;
  const isServer = (address: string): boolean => targets.some(({ host }) => host === address);
  const layer = createTransactionLayer({
    clock,
    log,
    trace,
    resolver: createResolver({
      clock,
      createDns: (servers) => noted(createDns(servers), answers),
      ...(dnsServers === undefined ? {} : { servers: dnsServers }),
    }),
    accountOf: () => account.id,
    // Nobody has business with us here.
    admission: { isTrusted: isServer, admits: () => false },
    listener: {
      request: (transaction) => transaction.respond(createResponse(481)),
      cancel() {},
      ack() {},
      ackTimeout() {},
      flowClosed() {},
    },
  });

  const placeOf = ({ transport, host, port }: Target): ServerPlace => ({
    transport,
    address: host,
    port,
    by: foundBy({ host, port }, answers),
  });

  /** The final answer to an OPTIONS, or why there is none. */
  function askOptions(uri: string, callId: string, exchange: Exchange | null, via: readonly Target[]) {
    const fromTag = randomToken(64);
    let cseq = 0;
    return new Promise<Answered>((resolve) => {
      const send = (): void => {
        cseq += 1;
        const request = createRequest('OPTIONS', uri, [
          ['Max-Forwards', '70'],
          ['From', `<${aor}>;tag=${fromTag}`],
          ['To', `<${uri}>`],
          ['Call-ID', callId],
          ['CSeq', `${cseq} OPTIONS`],
          ['User-Agent', userAgent],
          ...(exchange?.headers() ?? []),
        ]);
        layer.request(request, { response: answered, failure: (failure) => resolve({ failure }) }, { targets: via });
      };
      const answered = (response: SipResponse, flow: Flow): void => {
        const { status } = response;
        if (status < 200) return;
        const asks = status === 401 || status === 407;
        if (exchange === null || !asks || !registered.isOwn(flow)) return resolve({ response, flow });
        exchange.answer(status, response.headers).then(
          (how) => (how === 'retry' ? send() : resolve({ response, flow })),
          () => resolve({ response, flow }),
        );
      };
      send();
    });
  }

  function problemOf(reason: 'resolve' | 'transport', thrown: unknown): Problem {
    if (thrown instanceof ProblemError) return thrown.problem;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return connectionProblem({ reason, error }, serverName(account), account.server ? 'server' : 'address');
  }

  return {
    async locate() {
      try {
        targets = await targetsOf(account, layer);
        return { ok: true, servers: targets.map(placeOf) };
      } catch (error) {
        return { ok: false, problem: problemOf(error instanceof ResolveError ? 'resolve' : 'transport', error) };
      }
    },

    async connect() {
      let problem: Problem | null = null;
      for (const [failed, target] of targets.entries()) {
        try {
          const certificate = await certificateAt(target, clock);
          if ((await bounded(layer.openFlow([target]), CONNECT, clock)) === null) {
            problem ??= connectionProblem({ reason: 'timeout' }, serverName(account));
            continue;
          }
          const speaks = await bounded(
            askOptions(`sip:${account.domain}`, randomToken(128), null, [target]),
            SPEAK,
            clock,
          );
          // On UDP nothing but an answer shows that anybody is there.
          const failure =
            speaks === null ? ({ reason: 'timeout' } as const) : 'failure' in speaks ? speaks.failure : null;
          if (failure !== null && target.transport === 'udp') {
            problem ??= connectionProblem(failure, serverName(account));
            continue;
          }
          used = target;
          return { ok: true, server: placeOf(target), failed, certificate, speaksSip: failure === null };
        } catch (error) {
          problem ??= problemOf('transport', error);
        }
      }
      return { ok: false, problem: problem ?? connectionProblem({ reason: 'timeout' }, serverName(account)) };
    },

    bindings: () =>
      askBindings({
        layer: registered.layer,
        targets: registered.targets(),
        exchange: credentials.exchange({
          kind: 'register',
          method: 'REGISTER',
          uri: `sip:${account.domain}`,
          body: Buffer.alloc(0),
        }),
        registrar: `sip:${account.domain}`,
        aor,
        userAgent,
        contactUser,
        isOwn: (flow) => registered.isOwn(flow),
      }),

    async wayBack() {
      const callId = randomToken(128);
      let arrived = false;
      const came = Promise.withResolvers<null>();
      const stop = options.expect(callId, () => {
        arrived = true;
        came.resolve(null);
      });
      const exchange = credentials.exchange({ kind: 'outside', method: 'OPTIONS', uri: aor, body: Buffer.alloc(0) });
      const answered = askOptions(aor, callId, exchange, used === null ? targets : [used]);
      // What arrived needs no answer to have arrived; the answer is waited for all the same, for what the server saw.
      const answer = await Promise.race([
        bounded(answered, COME_BACK, clock),
        came.promise.then(() => bounded(answered, SPEAK, clock)),
      ]);
      stop();
      if (answer === null || 'failure' in answer) return { arrived, status: null, phrase: '', seen: null };
      const { response, flow } = answer;
      return { arrived, status: response.status, phrase: response.reason, seen: seenAt(response, flow) };
    },

    nat: (stunServer) => examineNat(stunServer, clock, dnsServers),
    close: () => layer.close(),
  };
}

/** The certificate of a connection that is made for this alone; null for transports without. Rejects with TransportError. */
async function certificateAt(target: Target, clock: Clock) {
  if (target.transport !== 'tls' && target.transport !== 'wss') return null;
  const ca = target.caFile === undefined ? {} : { ca: await readAuthority(target.caFile) };
  const socket = await connectStream(target, { clock, timeout: CONNECT, sessions: new Map(), ...ca });
  const certificate = certificateOf(socket);
  socket.destroy();
  return certificate;
}

/** Where the server saw our request come from, and where it left (RFC 3581). */
function seenAt(response: SipResponse, flow: Flow): WayBack['seen'] {
  const params = parseVia(response.headers.get('Via') ?? '')?.params;
  const received = params?.get('received');
  if (!received) return null;
  const port = Number(params?.get('rport'));
  const { local } = flow;
  return {
    from: formatHostPort(received, port > 0 ? port : undefined),
    left: formatHostPort(local.address, port > 0 ? local.port : undefined),
  };
}

function serverName(account: SipAccount): string {
  try {
    return serverOf(account).host;
  } catch {
    return account.domain;
  }
}

function bounded<T>(work: Promise<T>, ms: number, clock: Clock): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => resolve(null));
    work.then(resolve, reject).finally(cancel);
  });
}
