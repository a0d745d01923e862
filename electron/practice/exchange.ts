// The practice exchange: a registrar and a few numbers to call, on loopback, for people without a server.
import { createTransactionLayer, type ServerTransaction } from '../sip/transaction/index.ts';
import { createResponse, parseUri, randomToken, tagOf, type SipRequest } from '../sip/wire/index.ts';
import { answerCall, placeCall, type Call, type CallWorld } from './call.ts';
import { createDigestCheck } from './digest-check.ts';
import { ALLOW, dialogKey } from './dialog.ts';
import { createRegistrar } from './registrar.ts';
import type { Melody } from './rtp.ts';
import type { PracticeExchange, StartPracticeExchange } from './types.ts';

const ADDRESS = '127.0.0.1';
const DOMAIN = 'practice.localhost';
const USER = 'practice';

const tone: Melody = () => 440;

/** Two beeps: 200 ms each, 200 ms apart. */
const beeps: Melody = (ms) => (ms < 200 || (ms >= 400 && ms < 600) ? 660 : 0);

/** 602 hangs up after its beeps, and calls back so much later, ms. */
const BEEPS_LAST = 1000;
const CALL_BACK_AFTER = 3000;

/** How long we let a phone ring, and 604 lets its caller wait, ms. */
const RING_FOR = 60_000;

/** A called-back person who forgets to hang up is hung up on, ms. */
const LONGEST_CALL_BACK = 300_000;

/** How long closing waits for answers to BYE, ms. */
const GOODBYES_LAST = 500;

/** Starts the exchange on a free UDP (and TCP) port of 127.0.0.1. */
export const startPracticeExchange: StartPracticeExchange = async ({ log, clock }) => {
  const password = randomToken(96);
  const digest = createDigestCheck({ realm: DOMAIN, user: USER, password });
  const registrar = createRegistrar(clock);
  const calls = new Map<string, Call>();
  /** INVITEs that ring: their number may want to know of a CANCEL. */
  const ringing = new Map<ServerTransaction, () => void>();
  const cancelled = new WeakSet<ServerTransaction>();
  const timers = new Set<() => void>();

  const layer = createTransactionLayer({
    clock,
    log,
    localAddress: ADDRESS,
    listener: {
      request: (transaction) => receive(transaction),
      cancel(invite) {
        cancelled.add(invite);
        ringing.get(invite)?.();
        ringing.delete(invite);
        invite.respond(createResponse(487));
      },
      ack(ack) {
        findCall(ack)?.acknowledged(ack);
      },
      ackTimeout() {},
      flowClosed() {},
    },
  });

  const world: CallWorld = {
    layer,
    clock,
    log,
    address: ADDRESS,
    isCancelled: (invite) => cancelled.has(invite),
    opened: (call) => void calls.set(dialogKey(call.dialog.callId, call.dialog.localTag), call),
    ended: (call) => void calls.delete(dialogKey(call.dialog.callId, call.dialog.localTag)),
  };

  function findCall(request: SipRequest): Call | undefined {
    return calls.get(dialogKey(request.headers.get('Call-ID'), tagOf(request.headers.get('To'))));
  }

  function receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    if (tagOf(request.headers.get('To')) !== undefined) {
      const call = findCall(request);
      if (call) call.receive(transaction);
      else transaction.respond(createResponse(481));
    } else if (request.method === 'REGISTER') {
      if (passes(transaction, 'Authorization', 401)) transaction.respond(registrar.register(request));
    } else if (request.method === 'INVITE') {
      if (passes(transaction, 'Proxy-Authorization', 407)) route(transaction);
    } else if (request.method === 'OPTIONS') {
      transaction.respond(createResponse(200, { headers: [['Allow', ALLOW]] }));
    } else {
      transaction.respond(createResponse(405, { headers: [['Allow', ALLOW]] }));
    }
  }

  /** True when the request carries our user's credentials; else it is challenged. */
  function passes(transaction: ServerTransaction, header: string, status: 401 | 407): boolean {
    const { request } = transaction;
    const verdict = digest.check(request.headers.get(header), request.method);
    if (verdict === 'ok') return true;
    const challenge = digest.challenge({ stale: verdict === 'stale' });
    const name = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
    transaction.respond(createResponse(status, { headers: [[name, challenge]] }));
    return false;
  }

  function route(invite: ServerTransaction): void {
    switch (parseUri(invite.request.uri)?.user) {
      case '600':
        run(answerCall(world, invite, { name: 'echo' }));
        return;
      case '601':
        run(answerCall(world, invite, { name: 'melody', melody: tone }));
        return;
      case '602':
        run(beepAndCallBack(invite));
        return;
      case '603':
        invite.respond(createResponse(486));
        return;
      case '604':
        ringForLong(invite);
        return;
      case '605':
        invite.respond(createResponse(603));
        return;
      default:
        invite.respond(createResponse(404));
    }
  }

  async function beepAndCallBack(invite: ServerTransaction): Promise<void> {
    const call = await answerCall(world, invite, { name: 'melody', melody: beeps });
    if (!call) return;
    after(BEEPS_LAST, () => {
      void call.hangUp();
      after(CALL_BACK_AFTER, () => run(callBack()));
    });
  }

  async function callBack(): Promise<void> {
    const uri = registrar.contact();
    if (uri === null) return;
    const from = `"Practice call" <sip:602@${DOMAIN}>`;
    const call = await placeCall(world, { from, uri }, { name: 'melody', melody: tone }, RING_FOR);
    if (call) after(LONGEST_CALL_BACK, () => void call.hangUp());
  }

  function ringForLong(invite: ServerTransaction): void {
    invite.respond(createResponse(180));
    const stop = after(RING_FOR, () => {
      ringing.delete(invite);
      invite.respond(createResponse(480));
    });
    ringing.set(invite, stop);
  }

  /** A timer that ends with the exchange. */
  function after(ms: number, what: () => void): () => void {
    const cancel = clock.after(ms, () => {
      timers.delete(cancel);
      what();
    });
    timers.add(cancel);
    return () => {
      timers.delete(cancel);
      cancel();
    };
  }

  function run(work: Promise<unknown>): void {
    work.catch((error: unknown) => log.error('practice exchange', { error: String(error) }));
  }

  const { port } = await layer.listen(ADDRESS);
  const exchange: PracticeExchange = {
    port,
    user: USER,
    password,
    async close() {
      for (const cancel of timers) cancel();
      const goodbyes = [...calls.values()].map((call) => call.hangUp());
      const enough = new Promise<void>((resolve) => clock.after(GOODBYES_LAST, resolve));
      await Promise.race([Promise.all(goodbyes), enough]);
      await layer.close();
    },
  };
  return exchange;
};
