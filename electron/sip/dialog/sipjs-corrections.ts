// Every correction of SIP.js 0.21.2, by name, each with a test beside it. SIP.js is pinned; nothing else patches it.
//
// Members that its typings call private or protected are reached by Reflect, here and nowhere else.
import { randomBranch, randomToken, type Headers } from '../wire/index.ts';
import type { Answer, Challenged, Exchange } from '../digest/index.ts';
import {
  AllowedMethods,
  ClientTransaction,
  Dialog,
  NameAddrHeader,
  ReInviteUserAgentClient,
  SessionDialog,
  Timers,
  TransactionState,
  UserAgentClient,
  UserAgentServer,
  type DialogState,
  type IncomingResponseMessage,
  type ReInviteServer,
  type UserAgentCore,
} from './sipjs.ts';
import { wireOf } from './sipjs-messages.ts';

/** Who answers challenges for one SIP.js core. */
export interface CredentialsSource {
  exchange(request: Challenged): Exchange;
  /** Credentials go to the account's own server and nowhere else. */
  mayAnswer(response: IncomingResponseMessage): boolean;
}

type Method = (this: object, ...args: unknown[]) => unknown;

const sources = new WeakMap<object, CredentialsSource>();
const exchanges = new WeakMap<object, Exchange>();
const cancelled = new WeakSet<object>();
const answers = new WeakMap<object, Answer>();

/** Lets this core's requests carry the account's credentials. */
export function useCredentials(core: UserAgentCore, source: CredentialsSource): void {
  sources.set(core, source);
}

/** The request was cancelled: a challenge that comes now must not send it again (the race of RFC 3261 9.1 with 22.2). */
export function markCancelled(client: object): void {
  cancelled.add(client);
}

/** What became of the challenge in this response, where one was not simply answered. */
export function answerTo(response: IncomingResponseMessage): Answer | undefined {
  return answers.get(response);
}

let applied = false;

/** Applies all corrections, once. */
export function correctSipJs(): void {
  if (applied) return;
  applied = true;
  for (const correct of Object.values(corrections)) correct();
}

/** Name -> what it does. */
export const corrections = {
  /**
   * The Contact of a 2xx is the remote target (RFC 3261 12.1.2, 12.2.1.2). SIP.js keeps the Contact of the 180, and does
   * not look at that of a 200 to re-INVITE: ACK and BYE go to the wrong place behind many B2BUAs.
   */
  targetRefresh() {
    wrap(
      Dialog.prototype,
      'recomputeRouteSet',
      (original) =>
        function (message) {
          original.call(this, message);
          refreshTarget(this, message);
        },
    );
    wrap(
      ReInviteUserAgentClient.prototype,
      'receiveResponse',
      (original) =>
        function (message) {
          const status: unknown = Reflect.get(Object(message), 'statusCode');
          if (typeof status === 'number' && status >= 200 && status < 300)
            refreshTarget(Reflect.get(this, 'dialog'), message);
          return original.call(this, message);
        },
    );
  },

  /**
   * A 200 to a re-INVITE that is never acknowledged leaves SIP.js waiting for ever, and each later re-INVITE gets a 500.
   * RFC 3261 13.3.1.4: the session ends. Reported as for the first INVITE, by `onAckTimeout`.
   */
  reInviteAckTimeout() {
    wrap(
      SessionDialog.prototype,
      'startReInvite2xxRetransmissionTimer',
      (original) =>
        function () {
          original.call(this);
          const server: ReInviteServer | undefined = Reflect.get(this, 'reinviteUserAgentServer');
          if (server === undefined || !(this instanceof SessionDialog)) return;
          const { transaction } = server;
          transaction.addStateChangeListener(() => {
            if (transaction.state !== TransactionState.Terminated || this.reinviteUserAgentServer !== server) return;
            this.reinviteUserAgentServer = undefined;
            this.delegate?.onAckTimeout?.();
          });
        },
    );
  },

  /** SIP.js knows MD5 and one challenge, drops others, and asks no one whether this server may have our credentials. */
  digest() {
    wrap(
      UserAgentClient.prototype,
      'init',
      (original) =>
        function () {
          if (this instanceof UserAgentClient) addCredentials(this);
          original.call(this);
        },
    );
    wrap(
      UserAgentClient.prototype,
      'authenticationGuard',
      () =>
        function (response) {
          return this instanceof UserAgentClient ? passesGuard(this, Object(response)) : true;
        },
    );
  },

  /** Branches of 23 bits and tags from Math.random collide and can be guessed (RFC 3261 8.1.1.7, 19.3). */
  randomTokens() {
    Reflect.set(ClientTransaction, 'makeId', (request: { method: string; branch?: string }) =>
      request.method === 'CANCEL' && request.branch !== undefined ? request.branch : randomBranch(),
    );
    wrap(
      UserAgentServer.prototype,
      'init',
      (original) =>
        function () {
          if (this instanceof UserAgentServer && !this.message.toTag) Reflect.set(this, 'toTag', randomToken(64));
          original.call(this);
        },
    );
  },

  /**
   * The floor below decides when a request has failed (it may try several servers, each for 64*T1), and absorbs repeats.
   * With SIP.js's own B and F a late second server would be cut off; with its H each refused call would stay for 32 s.
   */
  timers() {
    Timers.TIMER_B = 600_000;
    Timers.TIMER_F = 600_000;
    Timers.TIMER_H = 0;
  },

  /** SIP.js says that it allows what nobody here answers; REFER would even be followed by itself (toll fraud). */
  allowedMethods() {
    AllowedMethods.splice(0, AllowedMethods.length, 'INVITE', 'ACK', 'CANCEL', 'BYE', 'OPTIONS', 'INFO');
  },
} satisfies Record<string, () => void>;

function wrap(prototype: object, name: string, make: (original: Method) => Method): void {
  const original: unknown = Reflect.get(prototype, name);
  if (typeof original !== 'function') throw new Error(`SIP.js has no ${name}: it is pinned to 0.21.2.`);
  Reflect.set(
    prototype,
    name,
    make(function (this: object, ...args: unknown[]): unknown {
      return Reflect.apply(original, this, args);
    }),
  );
}

function refreshTarget(dialog: unknown, message: unknown): void {
  const state: DialogState | undefined = Reflect.get(Object(dialog), 'dialogState');
  const parse: unknown = Reflect.get(Object(message), 'parseHeader');
  const contact: unknown = typeof parse === 'function' ? Reflect.apply(parse, message, ['contact']) : undefined;
  if (state !== undefined && contact instanceof NameAddrHeader) state.remoteTarget = contact.uri;
}

/** Nonces in use go along with the first sending already: no extra round trip for each request. */
function addCredentials(client: UserAgentClient): void {
  const { message } = client;
  const source = sources.get(Reflect.get(client, 'core'));
  if (source === undefined || message.method === 'ACK' || message.method === 'CANCEL') return;
  let exchange = exchanges.get(client);
  if (exchange === undefined) {
    const { body } = message;
    const text = typeof body === 'string' ? body : (body?.body ?? '');
    const kind = message.toTag === undefined || message.toTag === '' ? 'outside' : 'inside';
    exchange = source.exchange({ kind, method: message.method, uri: message.ruri.toRaw(), body: Buffer.from(text) });
    exchanges.set(client, exchange);
  }
  const lines = exchange.headers();
  for (const name of new Set(lines.map(([header]) => header))) {
    message.setHeader(
      name,
      lines.filter(([header]) => header === name).map(([, value]) => value),
    );
  }
}

/** True: the response goes on to its receiver. False: the request will be sent again, or the response given back later. */
function passesGuard(client: UserAgentClient, response: IncomingResponseMessage): boolean {
  const { statusCode } = response;
  const headers: Headers | undefined = wireOf(response)?.headers;
  if ((statusCode !== 401 && statusCode !== 407) || headers === undefined || answers.has(response)) return true;
  const exchange = exchanges.get(client);
  const source = sources.get(Reflect.get(client, 'core'));
  if (exchange === undefined || source === undefined) return true;
  if (!source.mayAnswer(response)) {
    answers.set(response, 'other-realm');
    return true;
  }
  void exchange
    .answer(statusCode, headers)
    .catch((): Answer => 'no-password')
    .then((answer) => {
      if (answer === 'retry' && !cancelled.has(client)) sendAgain(client);
      else {
        answers.set(response, answer);
        Reflect.apply(Reflect.get(client, 'receiveResponse'), client, [response]);
      }
    })
    .catch((error: unknown) => client.loggerFactory.getLogger('hookswitch').error(String(error)));
  return false;
}

/** RFC 3261 22.2: the same request with a new CSeq; within a dialog that number is the dialog's next one. */
function sendAgain(client: UserAgentClient): void {
  const { message } = client;
  const core: UserAgentCore = Reflect.get(client, 'core');
  const dialog = core.dialogs.get(`${message.callId}${message.fromTag}${message.toTag}`);
  if (dialog?.localSequenceNumber === undefined) message.cseq += 1;
  else {
    dialog.incrementLocalSequenceNumber();
    message.cseq = dialog.localSequenceNumber;
  }
  message.setHeader('cseq', `${message.cseq} ${message.method}`);
  Reflect.apply(Reflect.get(client, 'init'), client, []);
}
