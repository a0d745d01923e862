// The transaction layer: requests and responses in and out, each to its transaction (RFC 3261 sections 17 and 18).
import { createHash } from 'node:crypto';
import {
  createNet,
  createResolver,
  ResolveError,
  TransportError,
  type Flow,
  type NetListener,
  type OpenOptions,
  type Target,
} from '../net/index.ts';
import {
  checkRequest,
  checkResponse,
  createResponse,
  parseCSeq,
  parseNameAddr,
  parseUri,
  parseVia,
  randomBranch,
  randomToken,
  serialize,
  tagOf,
  type Malformed,
  type SipRequest,
  type SipResponse,
  type Via,
} from '../wire/index.ts';
import type { ClientMachine } from './client-machine.ts';
import { ClientRequest, SILENT_CONNECT, type ClientContext } from './client-request.ts';
import { InviteServerTransaction } from './invite-server-transaction.ts';
import { ackKeys, clientKey, isAckFor, serverKey } from './matching.ts';
import { MergedRequests } from './merged.ts';
import { NonInviteServerTransaction } from './non-invite-server-transaction.ts';
import { answersOn, responseFlow } from './response-routing.ts';
import { completeResponse, ServerRequest } from './server-request.ts';
import { stampReceived, stampRequest } from './stamp.ts';
import { createOccasionalLog } from './occasional-log.ts';
import { createSourceLimits } from './source-limits.ts';
import { createTargetMemory } from './target-memory.ts';
import { createTracer } from './trace.ts';
import type { RequestOptions, TransactionLayer, TransactionLayerOptions } from './types.ts';

/** Enough for 200 calls a second, whose INVITE and BYE are remembered for 64*T1 each. What ends a call still has room then. */
const MAX_SERVER_TRANSACTIONS = 15_000;

/** Within a dialog: who is let in has its tags, and a BYE that is turned away leaves a call for ever. */
function isInside(request: SipRequest): boolean {
  return tagOf(request.headers.get('To')) !== undefined;
}

/** Makes a transaction layer; sockets are opened when they are first needed. */
export function createTransactionLayer(options: TransactionLayerOptions): TransactionLayer {
  const { clock, log, listener } = options;
  const clients = new Map<string, ClientMachine>();
  const servers = new Map<string, ServerRequest>();
  const merged = new MergedRequests();
  const requests = new Set<ClientRequest>();
  const resolver = options.resolver ?? createResolver({ clock, servers: options.dnsServers });
  const memory = createTargetMemory(clock);
  const record = createTracer(options.trace, clock, options.accountOf);
  const extensions = options.extensions && new Set(options.extensions.map((tag) => tag.toLowerCase()));
  const { admission, maxServerTransactions = MAX_SERVER_TRANSACTIONS } = options;
  const limits = admission && createSourceLimits(clock, (address) => admission.isTrusted(address));
  const logOccasionally = createOccasionalLog(log, clock);
  const statelessSecret = randomToken(128);
  const gate = extensions ? { extensions } : {};

  const netListener: NetListener = {
    message(message, flow, bytes) {
      if (message.kind === 'response') receiveResponse(message, flow, bytes);
      else receiveRequest(message, flow, bytes);
    },
    malformed: receiveMalformed,
    closed(flow, error) {
      const failure = error ?? new TransportError('closed', `${flow.id} was closed`);
      for (const machine of clients.values()) if (machine.flow === flow) machine.fail(failure);
      guard('flowClosed', () => listener.flowClosed(flow, error));
    },
  };
  const net = (options.createNet ?? createNet)({
    clock,
    log: log.child('net'),
    listener: netListener,
    ...(options.tls ? { tls: options.tls } : {}),
    ...(options.localAddress === undefined ? {} : { localAddress: options.localAddress }),
    ...(limits ? { mayPass: (address: string) => limits.take(address) } : {}),
  });

  const context: ClientContext = {
    clock,
    net,
    memory,
    send,
    add: (key, machine) => clients.set(key, machine),
    remove: (key) => clients.delete(key),
  };

  function send(flow: Flow, bytes: Buffer): Promise<void> {
    record('out', flow, bytes);
    return flow.send(bytes);
  }

  /** What is above must not take down what is below. */
  function guard(what: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      log.error(`${what} failed`, { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }

  /** What comes from nobody we know leaves no trace: a flood would push out what a person looks for. */
  function recordKnown(flow: Flow, bytes: Buffer): void {
    if (admission?.isTrusted(flow.remote.address) !== false) record('in', flow, bytes);
  }

  /** Not a word, and the connection that they made ends. */
  function ignoreStranger(what: string, flow: Flow): void {
    logOccasionally('ignored somebody who is not our server', { what, transport: flow.transport, ...flow.remote });
    if (flow.accepted) flow.close();
  }

  function receiveResponse(response: SipResponse, flow: Flow, bytes: Buffer): void {
    if (!checkResponse(response)) {
      recordKnown(flow, bytes);
      log.debug('response dropped: malformed', { flow: flow.id });
      return;
    }
    // The branch alone, which nobody can guess: routers that rewrite messages also rewrite sent-by (18.1.2), and badly.
    const branch = parseVia(response.headers.get('Via') ?? '')?.params.get('branch') ?? '';
    const method = parseCSeq(response.headers.get('CSeq'))?.method ?? '';
    const machine = clients.get(clientKey(branch, method));
    if (machine) record('in', flow, bytes);
    else recordKnown(flow, bytes);
    if (machine) guard('response', () => machine.receive(response, flow));
    else log.debug('response dropped: no transaction', { flow: flow.id, status: response.status });
  }

  function receiveRequest(request: SipRequest, flow: Flow, bytes: Buffer): void {
    const received = parseVia(request.headers.get('Via') ?? '');
    if (!received) {
      recordKnown(flow, bytes);
      log.debug('request dropped: no way back', { flow: flow.id });
      return;
    }
    // Matching needs no more than the Via as it came; a stranger's request gets no work beyond this.
    if (request.method === 'ACK') {
      receiveAck(request, received, flow, bytes);
      return;
    }
    const key = serverKey(request, received);
    const existing = servers.get(key);
    if (existing) {
      record('in', flow, bytes);
      existing.machine.receiveRepeat();
      return;
    }
    const cancels = request.method === 'CANCEL' && servers.has(serverKey(request, received, 'INVITE'));
    if (admission && !cancels && !admission.admits(request, flow)) {
      ignoreStranger(request.method, flow);
      return;
    }
    record('in', flow, bytes);
    const via = stampReceived(request, received, flow);
    const refusal = checkRequest(request, gate);
    if (refusal) {
      logOccasionally('request refused', { flow: flow.id, status: refusal.status, why: refusal.why });
      respondStateless(request, via, flow, createResponse(refusal.status, { headers: refusal.headers }));
    } else if (servers.size >= (cancels || isInside(request) ? 2 : 1) * maxServerTransactions) {
      respondStateless(request, via, flow, createResponse(503, { headers: [['Retry-After', '5']] }));
    } else if (request.method === 'CANCEL') receiveCancel(request, via, flow, key);
    else if (merged.has(request)) respondStateless(request, via, flow, createResponse(482));
    else {
      const transaction = addServer(request, via, flow, key);
      if (request.method === 'INVITE') transaction.respond(createResponse(100));
      guard('request', () => listener.request(transaction));
    }
  }

  function receiveAck(ack: SipRequest, via: Via, flow: Flow, bytes: Buffer): void {
    for (const key of ackKeys(ack, via)) {
      const invite = servers.get(key);
      if (!invite || !isAckFor(ack, via, invite.toTag) || !invite.machine.receiveAck()) continue;
      record('in', flow, bytes);
      return;
    }
    if (admission && !admission.admits(ack, flow)) {
      ignoreStranger('ACK', flow);
      return;
    }
    record('in', flow, bytes);
    if (!checkRequest(ack)) guard('ack', () => listener.ack(ack, flow));
  }

  function receiveCancel(request: SipRequest, via: Via, flow: Flow, key: string): void {
    const invite = servers.get(serverKey(request, via, 'INVITE'));
    const transaction = addServer(request, via, flow, key);
    if (!invite) {
      transaction.respond(createResponse(481));
      return;
    }
    transaction.toTag = invite.toTag;
    transaction.respond(createResponse(200));
    if (!invite.machine.answered) guard('cancel', () => listener.cancel(invite, request));
  }

  function receiveMalformed(malformed: Malformed, flow: Flow, bytes: Buffer): void {
    const { request } = malformed;
    // Whoever cannot write SIP is no party to a call either: only our servers are told what is wrong.
    if (admission?.isTrusted(flow.remote.address) === false) {
      ignoreStranger(malformed.reason, flow);
      return;
    }
    record('in', flow, bytes);
    const via = request && parseVia(request.headers.get('Via') ?? '');
    logOccasionally('malformed message', { flow: flow.id, why: malformed.reason });
    if (!request || !via || request.method === 'ACK') return;
    const stamped = stampReceived(request, via, flow);
    respondStateless(request, stamped, flow, createResponse(malformed.status));
  }

  /** No transaction: the same request gets the same answer again, tag included (RFC 3261 8.2.7). */
  function respondStateless(request: SipRequest, via: Via, flow: Flow, response: SipResponse): void {
    const parts = [
      statelessSecret,
      via.params.get('branch'),
      request.headers.get('Call-ID'),
      request.headers.get('CSeq'),
    ];
    const tag = createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
    sendResponse(flow, via, serialize(completeResponse(request, response, () => tag)));
  }

  function sendResponse(flow: Flow, via: Via, bytes: Buffer): void {
    const sent = answersOn(flow, via)
      ? send(flow, bytes)
      : responseFlow(net, flow, via).then((route) => send(route, bytes));
    sent.catch((error: Error) => log.warn('response not sent', { flow: flow.id, error: error.message }));
  }

  function addServer(request: SipRequest, via: Via, flow: Flow, key: string): ServerRequest {
    const Machine = request.method === 'INVITE' ? InviteServerTransaction : NonInviteServerTransaction;
    const machine = new Machine({
      reliable: flow.reliable,
      clock,
      send: (bytes) => sendResponse(flow, via, bytes),
      trying: () => transaction.respond(createResponse(100)),
      ackTimeout: () => guard('ackTimeout', () => listener.ackTimeout(transaction)),
      terminated: () => {
        servers.delete(key);
        merged.delete(request);
      },
    });
    const transaction = new ServerRequest(request, flow, machine);
    servers.set(key, transaction);
    merged.add(request);
    return transaction;
  }

  async function targetsFor(
    request: SipRequest,
    preferred: Target['transport'] | undefined,
  ): Promise<readonly Target[]> {
    // RFC 3261 8.1.2: the topmost Route, or the Request-URI.
    const route = request.headers.get('Route');
    const hop = route === undefined ? request.uri : (parseNameAddr(route)?.uri ?? route);
    return resolve(hop, preferred);
  }

  async function resolve(text: string, preferred?: Target['transport']): Promise<Target[]> {
    const uri = parseUri(text);
    if (!uri) throw new ResolveError('unknown', text);
    return resolver.resolve(uri, preferred);
  }

  async function openFirst(targets: readonly Target[], open: OpenOptions): Promise<Flow> {
    let failure: unknown = new TransportError('unreachable', 'no target to open a flow to');
    const ordered = memory.order(targets);
    for (const [index, target] of ordered.entries()) {
      try {
        const isLast = index === ordered.length - 1;
        return await net.open(target, isLast ? open : { timeout: SILENT_CONNECT, ...open });
      } catch (error) {
        memory.failed(target);
        failure = error;
      }
    }
    throw failure;
  }

  async function flowFor(request: SipRequest, choice: RequestOptions): Promise<Flow> {
    if (choice.flow) return choice.flow;
    return openFirst(choice.targets ?? (await targetsFor(request, choice.preferred)), {});
  }

  return {
    request(request, requestListener, choice = {}) {
      const outgoing = new ClientRequest(context, request, {
        response: (response, flow) => {
          if (response.status >= 200) requests.delete(outgoing);
          guard('response', () => requestListener.response(response, flow));
        },
        failure: (failure) => {
          requests.delete(outgoing);
          guard('failure', () => requestListener.failure(failure));
        },
      });
      requests.add(outgoing);
      if (choice.flow) outgoing.startOn(choice.flow);
      else void outgoing.start(choice.targets ?? targetsFor(request, choice.preferred));
      return outgoing;
    },
    async sendAck(ack, choice = {}) {
      const flow = await flowFor(ack, choice);
      await send(flow, serialize(stampRequest(ack, flow, randomBranch())));
    },
    openFlow: (targets) => openFirst(targets, { keepAlive: true, exact: true }),
    listen: (address) => net.listen(address),
    resolve,
    networkChanged() {
      resolver.forget();
      net.networkChanged().catch((error: unknown) => log.error('network change', { error: String(error) }));
    },
    get counts() {
      return { client: clients.size, server: servers.size };
    },
    get flows() {
      return net.flows;
    },
    async close() {
      for (const outgoing of requests) outgoing.terminate();
      requests.clear();
      for (const machine of clients.values()) machine.terminate();
      for (const transaction of servers.values()) transaction.machine.terminate();
      await net.close();
    },
  };
}
