// SIP.js's UserAgentCore for one account, and who answers within its dialogs. SIP.js keeps INVITE, ACK and BYE; every
// other request of a dialog is sent and answered here, with the dialog's own numbers. Nothing from the network throws past here.
import type { Clock, Dispose, Logger } from '../../../contract/index.ts';
import type { Credentials } from '../digest/index.ts';
import type { Registration } from '../registration/index.ts';
import type { ServerTransaction, TransactionFailure, TransactionLayer } from '../transaction/index.ts';
import type { SipAccount } from '../types.ts';
import { createResponse, randomToken, tagOf, type SipRequest, type SipResponse } from '../wire/index.ts';
import { allow, SUPPORTED, unknownOf } from './capabilities.ts';
import { isInOrder, rememberSequence } from './dialog-state.ts';
import { correctSipJs, markCancelled, useCredentials } from './corrections/index.ts';
import { dialogIdOf, toSipJsRequest, WireUri, wireOf } from './sipjs-messages.ts';
import { SipJsTransport } from './sipjs-transport.ts';
import {
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
  /** The From is nobody's (RFC 3323 4.1.1.3). */
  anonymous: boolean;
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

export class DialogCore {
  readonly account: SipAccount;
  private readonly options: DialogCoreOptions;
  private readonly core: UserAgentCore;
  private readonly aor: URI;
  private readonly transport: SipJsTransport;
  private readonly attached = new Map<string, Attached>();

  constructor(options: DialogCoreOptions) {
    correctSipJs();
    this.options = options;
    this.account = options.account;
    const { user, domain, displayName } = options.account;
    this.aor = new WireUri(`sip:${user}@${domain}`);
    const contactUri = new WireUri(`sip:${options.contactUser}@hookswitch.invalid`);
    const { account, layer, registration, clock, log } = options;
    this.transport = new SipJsTransport({
      account,
      layer,
      registration,
      clock,
      log,
      aor: this.aor,
      core: () => this.core,
    });
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
        transportAccessor: () => ({ protocol: 'UDP', send: (text) => this.transport.send(text) }),
      },
      {
        onInvite: (invite) => {
          const transaction = this.transport.transactionOf(invite.message);
          if (transaction !== undefined) options.invited(invite, transaction);
        },
      },
    );
    useCredentials(this.core, {
      exchange: (request) => options.credentials.exchange(request),
      mayAnswer: (response) => this.isOwn(response),
    });
  }

  /** See {@link Registration.contact}. */
  get contact(): string {
    return this.options.registration.contact;
  }

  /** Sends an INVITE outside a dialog. */
  invite(invitation: Invitation, delegate: OutgoingInviteRequestDelegate): OutgoingInviteRequest {
    const { target, sdp, callId, fromTag, cseq, headers, anonymous } = invitation;
    const uri = new WireUri(target);
    const message = this.core.makeOutgoingRequestMessage(
      'INVITE',
      uri,
      anonymous ? new WireUri(ANONYMOUS) : this.aor,
      uri,
      {
        callId,
        fromTag,
        cseq,
        routeSet: [...this.options.registration.serviceRoute],
        ...(anonymous ? { fromDisplayName: 'Anonymous' } : {}),
      },
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
    return this.transport.transactionOf(message);
  }

  /** Sends the latest response to this request again. */
  repeat(transaction: ServerTransaction): void {
    this.transport.repeat(transaction);
  }

  /** Did this response, or this request, come on the account's own flow? */
  isOwn(message: IncomingMessage): boolean {
    const flow = this.transport.flowOf(message);
    return flow !== undefined && this.options.registration.isOwn(flow);
  }

  /** Cancels an INVITE of ours: CANCEL goes out as soon as RFC 3261 9.1 lets it, or the INVITE never does. */
  cancel(invite: OutgoingInviteRequest, headers: readonly Header[] = []): void {
    markCancelled(invite);
    this.transport.cancel(invite.message.branch ?? '', headers);
  }

  /** True when this request belongs to a dialog of this account. */
  hasDialog(request: SipRequest): boolean {
    const id = dialogIdOf(request);
    return this.core.dialogs.has(id) || this.attached.has(id);
  }

  /** A request inside a dialog, or an INVITE that begins one. It will be answered. */
  receive(transaction: ServerTransaction): void {
    if (tagOf(transaction.request.headers.get('To')) === undefined || this.receiveInside(transaction)) {
      this.transport.receive(transaction);
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
    return this.transport.failureOf(message);
  }

  /** Dialogs, and requests of and to SIP.js that are not done with. */
  get count(): number {
    const { dialogs, userAgentClients, userAgentServers } = this.core;
    const ids = new Set([...dialogs.keys(), ...this.attached.keys()]);
    return ids.size + userAgentClients.size + userAgentServers.size + this.transport.count;
  }

  dispose(): void {
    this.transport.dispose();
    this.attached.clear();
    this.core.dispose();
  }
}

/** RFC 3323 4.1.1.3. */
const ANONYMOUS = 'sip:anonymous@anonymous.invalid';

/** A session description as SIP.js wants it. */
export function sdpBody(content: string): Body {
  return { contentDisposition: 'session', contentType: 'application/sdp', content };
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
