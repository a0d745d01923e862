// The correction of SIP.js's digest authentication: whose credentials go where, and again with the next number.
import type { Answer, Challenged, Exchange } from '../../digest/index.ts';
import type { Headers } from '../../wire/index.ts';
import { UserAgentClient, type IncomingResponseMessage, type UserAgentCore } from '../sipjs.ts';
import { wireOf } from '../sipjs-messages.ts';
import { wrap } from './wrap.ts';

/** Who answers challenges for one SIP.js core. */
export interface CredentialsSource {
  exchange(request: Challenged): Exchange;
  /** Credentials go to the account's own server and nowhere else. */
  mayAnswer(response: IncomingResponseMessage): boolean;
}

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

/** SIP.js knows MD5 and one challenge, drops others, and asks no one whether this server may have our credentials. */
export function digest(): void {
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
