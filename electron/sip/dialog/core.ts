// SIP.js's UserAgentCore for one account, between our transaction floor and the sessions.
//
// SIP.js writes requests and responses as text, as if to a reliable transport. Here they become our messages and go to
// our transactions; what comes back becomes SIP.js's messages without its parser. Nothing from the network throws past here.
import type { Clock, Dispose, Logger } from '../../../contract/index.ts';
import type { Credentials } from '../digest/index.ts';
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
import {
  createResponse,
  parseMessage,
  parseVia,
  randomToken,
  tagOf,
  type SipRequest,
  type SipResponse,
} from '../wire/index.ts';
import { allow, SUPPORTED, unknownOf } from './capabilities.ts';
import { isInOrder, rememberSequence } from './dialog-state.ts';
import { applyStrictRouting, nextHop } from './routing.ts';
import { correctSipJs, markCancelled, useCredentials } from './corrections/index.ts';
import { dialogIdOf, toSipJsRequest, toSipJsResponse, UNTAGGED, WireUri, wireOf } from './sipjs-messages.ts';
import {
  InviteUserAgentServer,
  LoggerFactory,
  UserAgentCore,
  type Body,
  type Dialog,
  type IncomingInviteRequest,
  type IncomingMessage,
  type IncomingResponseMessage,
  type OutgoingInviteRequest,
  type OutgoingInviteRequestDelegate,
  type URI,
} from './sipjs.ts';

export interface DialogCoreOptions {
  account: SipAccount;
  layer: TransactionLayer;
  registration: Registration;
  credentials: Credentials;
  clock: Clock;
  log: Logger;
  userAgent: string;
  /** User part of our Contact. */
  contactUser: string;
  /** An INVITE outside a dialog, which SIP.js has taken. */
  invited(invite: IncomingInviteRequest, transaction: ServerTransaction): void;
}

type Header = readonly [string, string];

/** An INVITE of ours that begins a dialog. */
export interface Invitation {
  target: string;
  /** null: the other side is to offer. */
  sdp: string | null;
  callId: string;
  fromTag: string;
  /** 1, or one more for each time that it is sent again (after 422). */
  cseq: number;
  headers: readonly Header[];
}

/** A request of ours within a dialog. */
export interface Inside {
  method: string;
  headers?: readonly Header[];
  body?: Body;
}

/** The final response to it; what stands for one when none came is a 408 or 503 (RFC 3261 8.1.3.1). */
export interface Reply {
  status: number;
  response: SipResponse;
}

/** Who answers requests within one dialog. */
export interface DialogHandler {
  /** A re-INVITE, in order. False: it was answered here; true: SIP.js may have it. */
  admits(transaction: ServerTransaction): boolean;
  /** Any other request than ACK and BYE, in order. It must be answered. */
  receive(transaction: ServerTransaction): void;
  /** A re-INVITE was cancelled. */
  cancelled(invite: ServerTransaction): void;
}

interface Attached {
  dialog: Dialog;
  handler: DialogHandler;
}

/** A request of SIP.js's that is on its way, or still looking for it. */
interface Pending {
  client: ClientTransaction | null;
  cancelled: readonly Header[] | null;
}

const CREDENTIALS = ['Authorization', 'Proxy-Authorization'];

export class DialogCore {
  readonly account: SipAccount;
  /** Contact of dialogs; the transaction floor fills in where the flow is reached. */
  readonly contact: string;
  private readonly options: DialogCoreOptions;
  private readonly core: UserAgentCore;
  private readonly aor: URI;
  private readonly pending = new Map<string, Pending>();
  private readonly servers = new Map<string, ServerTransaction>();
  private readonly attached = new Map<string, Attached>();
  private readonly forgetting = new Set<() => void>();
  private readonly latest = new WeakMap<ServerTransaction, SipResponse>();
  private readonly flows = new WeakMap<IncomingMessage, Flow>();
  private readonly failures = new WeakMap<IncomingMessage, TransactionFailure>();

  constructor(options: DialogCoreOptions) {
    correctSipJs();
    this.options = options;
    this.account = options.account;
    const { user, domain, displayName } = options.account;
    this.aor = new WireUri(`sip:${user}@${domain}`);
    const contactUri = new WireUri(`sip:${options.contactUser}@hookswitch.invalid`);
    this.contact = `<${contactUri.toString()}>`;
    this.core = new UserAgentCore(
      {
        aor: this.aor,
        contact: { pubGruu: undefined, tempGruu: undefined, uri: contactUri, toString: () => this.contact },
        displayName: displayName.replace(/[\\"]/g, '\\$&'),
        loggerFactory: quietLogger(options.log),
        hackViaTcp: false,
        routeSet: [],
        sipjsId: '',
        supportedOptionTags: [...SUPPORTED],
        supportedOptionTagsResponse: [...SUPPORTED],
        userAgentHeaderFieldValue: options.userAgent,
        viaForceRport: true,
        viaHost: 'hookswitch.invalid',
        authenticationFactory: () => undefined,
        transportAccessor: () => ({ protocol: 'UDP', send: (text) => this.send(text) }),
      },
      {
        onInvite: (invite) => {
          const transaction = this.servers.get(invite.message.viaBranch);
          if (transaction !== undefined) options.invited(invite, transaction);
        },
      },
    );
    useCredentials(this.core, {
      exchange: (request) => options.credentials.exchange(request),
      mayAnswer: (response) => {
        const flow = this.flows.get(response);
        return flow !== undefined && options.registration.isOwn(flow);
      },
    });
  }

  /** Sends an INVITE outside a dialog. */
  invite(invitation: Invitation, delegate: OutgoingInviteRequestDelegate): OutgoingInviteRequest {
    const { target, sdp, callId, fromTag, cseq, headers } = invitation;
    const uri = new WireUri(target);
    const message = this.core.makeOutgoingRequestMessage(
      'INVITE',
      uri,
      this.aor,
      uri,
      { callId, fromTag, cseq, routeSet: [...this.options.registration.serviceRoute] },
      [`Contact: ${this.contact}`, `Allow: ${allow}`, ...headers.map(([name, value]) => `${name}: ${value}`)],
      sdp === null ? undefined : sdpBody(sdp),
    );
    return this.core.invite(message, delegate);
  }

  /** Sends a request within a dialog. Always resolves. */
  requestInside(dialog: Dialog, { method, headers = [], body }: Inside): Promise<Reply> {
    const extraHeaders = headers.map(([name, value]) => `${name}: ${value}`);
    const message = dialog.createOutgoingRequestMessage(method, {
      extraHeaders,
      ...(body === undefined ? {} : { body }),
    });
    return new Promise((resolve) => {
      const ended = (response: { message: IncomingResponseMessage }): void => {
        const wire = wireOf(response.message);
        const status = response.message.statusCode ?? 503;
        resolve({ status, response: wire?.kind === 'response' ? wire : createResponse(status) });
      };
      this.core.request(message, { onAccept: ended, onRedirect: ended, onReject: ended });
    });
  }

  /** From now on this handler gets the dialog's requests, until the disposer is called; it may outlive the session in it. */
  attach(dialog: Dialog, handler: DialogHandler): Dispose {
    const { id } = dialog;
    const attached = { dialog, handler };
    this.attached.set(id, attached);
    return () => {
      if (this.attached.get(id) === attached) this.attached.delete(id);
    };
  }

  /** CANCEL of a re-INVITE. */
  cancelled(invite: ServerTransaction): void {
    this.attached.get(dialogIdOf(invite.request))?.handler.cancelled(invite);
  }

  /** The transaction of a request that SIP.js has. */
  transactionOf(message: IncomingMessage): ServerTransaction | undefined {
    return this.servers.get(message.viaBranch);
  }

  /** Sends the latest response to this request again. */
  repeat(transaction: ServerTransaction): void {
    const response = this.latest.get(transaction);
    if (response !== undefined) transaction.respond(response);
  }

  /** Did this response, or this request, come on the account's own flow? */
  isOwn(message: IncomingMessage): boolean {
    const flow = this.flows.get(message) ?? this.transactionOf(message)?.flow;
    return flow !== undefined && this.options.registration.isOwn(flow);
  }

  /** Cancels an INVITE of ours: CANCEL goes out as soon as RFC 3261 9.1 lets it, or the INVITE never does. */
  cancel(invite: OutgoingInviteRequest, headers: readonly Header[] = []): void {
    markCancelled(invite);
    const pending = this.pending.get(invite.message.branch ?? '');
    if (pending === undefined) return;
    pending.cancelled = headers;
    pending.client?.cancel(headers);
  }

  /** True when this request belongs to a dialog of this account. */
  hasDialog(request: SipRequest): boolean {
    const id = dialogIdOf(request);
    return this.core.dialogs.has(id) || this.attached.has(id);
  }

  /** A request inside a dialog, or an INVITE that begins one. It will be answered. */
  receive(transaction: ServerTransaction): void {
    if (tagOf(transaction.request.headers.get('To')) === undefined || this.receiveInside(transaction)) {
      this.handOver(transaction);
    }
  }

  /** True: SIP.js may have it. */
  private receiveInside(transaction: ServerTransaction): boolean {
    const { request } = transaction;
    const id = dialogIdOf(request);
    const { dialog = this.core.dialogs.get(id), handler } = this.attached.get(id) ?? {};
    const stands = this.core.dialogs.has(id);
    if (dialog === undefined) {
      transaction.respond(createResponse(481));
      return false;
    }
    if (!isInOrder(dialog, request)) {
      transaction.respond(createResponse(500));
      return false;
    }
    // The call is over, and only news of a transfer may still come.
    if (!stands && request.method !== 'NOTIFY') {
      transaction.respond(createResponse(481));
      return false;
    }
    if (request.method === 'BYE') return true;
    const unknown = unknownOf(request);
    const refusal =
      unknown.length > 0
        ? createResponse(420, { headers: [['Unsupported', unknown.join(', ')]] })
        : handler === undefined
          ? createResponse(481)
          : null;
    if (refusal === null && request.method === 'INVITE' && handler?.admits(transaction) === true) return true;
    rememberSequence(dialog, request);
    if (refusal !== null) transaction.respond(refusal);
    else if (request.method !== 'INVITE') handler?.receive(transaction);
    return false;
  }

  private handOver(transaction: ServerTransaction): void {
    const id = randomToken(64);
    this.servers.set(id, transaction);
    try {
      this.core.receiveIncomingRequestFromTransport(toSipJsRequest(transaction.request, id, this.aor));
    } catch (error) {
      this.options.log.warn('SIP.js did not take a request', { error: String(error) });
      const unanswered = this.servers.delete(id);
      if (unanswered) transaction.respond(createResponse(500));
    }
  }

  /** An ACK to a 2xx of ours. */
  acknowledge(ack: SipRequest): void {
    try {
      this.core.receiveIncomingRequestFromTransport(toSipJsRequest(ack, randomToken(64), this.aor));
    } catch (error) {
      this.options.log.warn('SIP.js did not take an ACK', { error: String(error) });
    }
  }

  /** Why there was no response, for the 408 or 503 that SIP.js is told instead. */
  failureOf(message: IncomingMessage): TransactionFailure | undefined {
    return this.failures.get(message);
  }

  /** The flow a response came on. */
  flowOf(message: IncomingMessage): Flow | undefined {
    return this.flows.get(message);
  }

  /** Dialogs, and requests of and to SIP.js that are not done with. */
  get count(): number {
    const { dialogs, userAgentClients, userAgentServers } = this.core;
    const ids = new Set([...dialogs.keys(), ...this.attached.keys()]);
    return ids.size + userAgentClients.size + userAgentServers.size + this.pending.size + this.servers.size;
  }

  dispose(): void {
    for (const forget of this.forgetting) forget();
    this.attached.clear();
    this.core.dispose();
  }

  private async send(text: string): Promise<void> {
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
      this.core.receiveIncomingResponseFromTransport(message);
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
      this.core.receiveIncomingResponseFromTransport(message);
    } catch (error) {
      this.options.log.warn('SIP.js did not take a failure', { error: String(error) });
    }
    this.pending.delete(branch);
  }
}

/** A session description as SIP.js wants it. */
export function sdpBody(content: string): Body {
  return { contentDisposition: 'session', contentType: 'application/sdp', content };
}

/** True for the SIP.js object of an INVITE outside a dialog. */
export function isInviteServer(invite: IncomingInviteRequest): invite is InviteUserAgentServer {
  return invite instanceof InviteUserAgentServer;
}

/** SIP.js talks a lot; what it warns of is worth a line when something is being looked for. */
function quietLogger(log: Logger): LoggerFactory {
  const factory = new LoggerFactory();
  factory.builtinEnabled = false;
  factory.connector = (level, category, _label, content) => {
    if (level === 'warn' || level === 'error') log.debug(`sip.js ${category}: ${String(content)}`);
  };
  return factory;
}
