// Between SIP.js, which writes requests and responses as text as if to a reliable transport, and our transactions: its text
// becomes our messages, and what comes back becomes its messages without its parser.
import {
  createResponse,
  parseMessage,
  parseVia,
  randomToken,
  type SipRequest,
  type SipResponse,
} from '../wire/index.ts';
import type { Clock, Logger } from '../../../contract/index.ts';
import type { Flow } from '../net/index.ts';
import type { Registration } from '../registration/index.ts';
import {
  PATIENCE,
  type ClientTransaction,
  type ServerTransaction,
  type TransactionFailure,
  type TransactionLayer,
} from '../transaction/index.ts';
import type { SipAccount } from '../types.ts';
import { applyStrictRouting, nextHop } from './routing.ts';
import { toSipJsRequest, toSipJsResponse, UNTAGGED } from './sipjs-messages.ts';
import type { IncomingMessage, URI, UserAgentCore } from './sipjs.ts';

type Header = readonly [string, string];

export interface SipJsTransportOptions {
  account: SipAccount;
  layer: TransactionLayer;
  registration: Registration;
  clock: Clock;
  log: Logger;
  /** Stands for the Request-URI of requests to us: whose they are has been decided. */
  aor: URI;
  core(): UserAgentCore;
}

/** A request of SIP.js's that is on its way, or still looking for it. */
interface Pending {
  client: ClientTransaction | null;
  cancelled: readonly Header[] | null;
}

const CREDENTIALS = ['Authorization', 'Proxy-Authorization'];

export class SipJsTransport {
  private readonly options: SipJsTransportOptions;
  private readonly core: () => UserAgentCore;
  private readonly pending = new Map<string, Pending>();
  private readonly servers = new Map<string, ServerTransaction>();
  private readonly forgetting = new Set<() => void>();
  private readonly latest = new WeakMap<ServerTransaction, SipResponse>();
  private readonly flows = new WeakMap<IncomingMessage, Flow>();
  private readonly failures = new WeakMap<IncomingMessage, TransactionFailure>();

  constructor(options: SipJsTransportOptions) {
    this.options = options;
    this.core = () => options.core();
  }

  /** Requests of and to SIP.js that are not done with. */
  get count(): number {
    return this.pending.size + this.servers.size;
  }

  /** Hands SIP.js a request; its response will find the way back. */
  receive(transaction: ServerTransaction): void {
    const id = randomToken(64);
    this.servers.set(id, transaction);
    try {
      this.core().receiveIncomingRequestFromTransport(toSipJsRequest(transaction.request, id, this.options.aor));
    } catch (error) {
      this.options.log.warn('SIP.js did not take a request', { error: String(error) });
      const unanswered = this.servers.delete(id);
      if (unanswered) transaction.respond(createResponse(500));
    }
  }

  /** CANCEL of this INVITE goes out as soon as RFC 3261 9.1 lets it, or the INVITE never does. */
  cancel(branch: string, headers: readonly Header[]): void {
    const pending = this.pending.get(branch);
    if (pending === undefined) return;
    pending.cancelled = headers;
    pending.client?.cancel(headers);
  }

  /** Sends the latest response to this request again. */
  repeat(transaction: ServerTransaction): void {
    const response = this.latest.get(transaction);
    if (response !== undefined) transaction.respond(response);
  }

  /** The transaction of a request that SIP.js has. */
  transactionOf(message: IncomingMessage): ServerTransaction | undefined {
    return this.servers.get(message.viaBranch);
  }

  /** The flow that this response, or this request, came on. */
  flowOf(message: IncomingMessage): Flow | undefined {
    return this.flows.get(message) ?? this.transactionOf(message)?.flow;
  }

  /** Why there was no response, for the 408 or 503 that SIP.js is told instead. */
  failureOf(message: IncomingMessage): TransactionFailure | undefined {
    return this.failures.get(message);
  }

  dispose(): void {
    for (const forget of this.forgetting) forget();
  }

  /** What SIP.js writes. */
  async send(text: string): Promise<void> {
    const message = parseMessage(Buffer.from(text));
    if (message.kind === 'malformed') throw new Error(`SIP.js wrote what is no SIP: ${message.reason}`);
    const branch = parseVia(message.headers.get('Via') ?? '')?.params.get('branch') ?? '';
    if (message.kind === 'response') this.respond(branch, message);
    else if (message.method !== 'ACK') await this.request(branch, message);
    // The floor below has acknowledged any other response already (RFC 3261 17.1.1.3).
    else if (!this.pending.has(branch)) await this.sendAck(message);
  }

  private respond(id: string, response: SipResponse): void {
    const transaction = this.servers.get(id);
    if (transaction === undefined) return;
    const isInvite = transaction.request.method === 'INVITE';
    if (response.status >= 300 || (response.status >= 200 && !isInvite)) this.servers.delete(id);
    // A 2xx to INVITE is repeated by SIP.js until the ACK comes.
    else if (response.status >= 200) this.forgetLater(id);
    // SIP.js searches all its servers for each INVITE; one that is answered has nothing to be found for any more.
    if (response.status >= 200) this.core().userAgentServers.delete(id);
    response.headers.delete('Via');
    this.latest.set(transaction, response);
    transaction.respond(response);
  }

  private forgetLater(id: string): void {
    const cancel = this.options.clock.after(PATIENCE + 1000, () => {
      this.servers.delete(id);
      this.forgetting.delete(cancel);
    });
    this.forgetting.add(cancel);
  }

  private async sendAck(ack: SipRequest): Promise<void> {
    const hop = await this.prepare(ack);
    await this.options.layer.sendAck(ack, { targets: hop.targets });
  }

  private async request(branch: string, request: SipRequest): Promise<void> {
    const pending: Pending = { client: null, cancelled: null };
    this.pending.set(branch, pending);
    const requestUri = request.uri;
    const fail = (failure: TransactionFailure): void => this.fail(branch, request, requestUri, failure);
    let hop;
    try {
      hop = await this.prepare(request);
    } catch (error) {
      fail({ reason: 'resolve', error: error instanceof Error ? error : new Error(String(error)) });
      return;
    }
    if (pending.cancelled !== null) {
      fail({ reason: 'transport', error: new Error('cancelled before it was sent') });
      return;
    }
    pending.client = this.options.layer.request(
      request,
      { response: (response, flow) => this.receiveResponse(branch, requestUri, response, flow), failure: fail },
      { targets: hop.targets },
    );
  }

  private async prepare(request: SipRequest): Promise<{ targets: Awaited<ReturnType<typeof nextHop>>['targets'] }> {
    const { account, registration, layer } = this.options;
    // A tag that the other side never gave is not sent either (RFC 3261 12.2.1.1).
    request.headers.set('To', (request.headers.get('To') ?? '').replace(`;tag=${UNTAGGED}`, ''));
    const strict = applyStrictRouting(request);
    const hop = await nextHop(request, strict, account, registration, layer);
    if (!hop.own) for (const name of CREDENTIALS) request.headers.delete(name);
    return hop;
  }

  private receiveResponse(branch: string, requestUri: string, response: SipResponse, flow: Flow): void {
    try {
      const message = toSipJsResponse(response, branch, requestUri);
      this.flows.set(message, flow);
      this.core().receiveIncomingResponseFromTransport(message);
    } catch (error) {
      this.options.log.warn('SIP.js did not take a response', { status: response.status, error: String(error) });
    }
    if (response.status >= 200) this.pending.delete(branch);
  }

  /** RFC 3261 8.1.3.1: no response is like a 408, a broken transport like a 503. */
  private fail(branch: string, request: SipRequest, requestUri: string, failure: TransactionFailure): void {
    const response = createResponse(failure.reason === 'timeout' ? 408 : 503);
    for (const name of ['From', 'To', 'Call-ID', 'CSeq']) response.headers.set(name, request.headers.get(name) ?? '');
    try {
      const message = toSipJsResponse(response, branch, requestUri);
      this.failures.set(message, failure);
      this.core().receiveIncomingResponseFromTransport(message);
    } catch (error) {
      this.options.log.warn('SIP.js did not take a failure', { error: String(error) });
    }
    this.pending.delete(branch);
  }
}
