// The SIP room alone, with a fixed SDP and no engine, in a process of its own: a phone that is called, or that calls, by
// number. Started by sip-phone.ts; told what to do by messages.
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../../contract/index.ts';
import { createSip, type IncomingSession, type OutgoingSession } from '../../../electron/sip/index.ts';
import { realClock } from '../../../electron/sip/net/testing.ts';
import { seeded } from './seeded.ts';
import type { CallPlan, Entry, PhoneOptions, PhoneState, Question } from './sip-phone.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as PhoneOptions;
const random = seeded(options.seed ?? 1);

const complaints: string[] = [];
let lines = 0;
const log: Logger = {
  debug() {},
  info: () => void (lines += 1),
  warn: (message, details) => complain(message, details),
  error: (message, details) => complain(message, details),
  child: () => log,
};

function complain(message: string, details?: Record<string, unknown>): void {
  lines += 1;
  if (complaints.length < 20) complaints.push(`${message} ${JSON.stringify(details)}`);
}

/** Every call, by Call-ID: what an accountant would want to know. */
const ledger = new Map<string, Entry>();

function entryOf(callId: string): Entry {
  const entry = ledger.get(callId) ?? { begun: 0, connected: 0, ends: [] };
  ledger.set(callId, entry);
  return entry;
}

const sdp =
  'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n' +
  'm=audio 25998 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n';

/** How late the loop is for a timer of 10 ms, each time. */
let lateness: number[] = [];
let peakRss = 0;
const sampler = setInterval(() => {
  peakRss = Math.max(peakRss, process.memoryUsage.rss());
}, 250);
sampler.unref();

async function watchLoop(): Promise<void> {
  for (;;) {
    const due = performance.now() + 10;
    await delay(10, undefined, { ref: false });
    if (lateness.length < 1_000_000) lateness.push(performance.now() - due);
  }
}

const sip = createSip({
  log,
  trace: { record() {} },
  clock: realClock,
  userAgent: 'Hookswitch/drill',
  instanceId: '00000000-0000-4000-8000-000000000002',
  password: () => Promise.resolve('secret'),
});

sip.listen({
  registration: (_id, state) => process.send?.({ registered: state.name === 'available' }),
  incoming: (session) => {
    answer(session).catch((error: unknown) => complain('answering', { error: String(error) }));
  },
});

async function answer(session: IncomingSession): Promise<void> {
  const entry = entryOf(session.callId);
  entry.begun += 1;
  const ended = Promise.withResolvers<void>();
  session.listen({
    reoffered: () => Promise.resolve(sdp),
    ended: (end) => {
      entry.ends.push(end.result);
      ended.resolve();
    },
  });
  session.ring();
  if (options.role === 'ring') return;
  if (options.ringMs) await Promise.race([delay(random() * options.ringMs), ended.promise]);
  if (entry.ends.length > 0) return;
  await session.accept(sdp);
  entry.connected += 1;
  if (!options.hangUpShare || random() >= options.hangUpShare) return;
  await Promise.race([delay(random() * (options.talkMs ?? 0)), ended.promise]);
  session.hangUp();
}

async function call({ calls, parallel, perSecond = Infinity, target, talkMs }: CallPlan): Promise<void> {
  let left = calls;
  let turn = performance.now();
  const caller = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      turn = Math.max(turn + 1000 / perSecond, performance.now());
      await delay(Math.max(0, turn - performance.now()));
      await callOnce(sip.invite(options.user, target, sdp), talkMs);
    }
  };
  await Promise.all(Array.from({ length: parallel }, caller));
}

async function callOnce(session: OutgoingSession, talkMs: number): Promise<void> {
  const entry = entryOf(session.callId);
  entry.begun += 1;
  const ended = Promise.withResolvers<void>();
  session.listen({
    accepted: () => {
      entry.connected += 1;
      const hangUp = setTimeout(() => session.hangUp(), talkMs);
      void ended.promise.then(() => clearTimeout(hangUp));
    },
    reoffered: () => Promise.resolve(sdp),
    ended: (end) => {
      entry.ends.push(end.result);
      ended.resolve();
    },
  });
  await ended.promise;
}

async function state(): Promise<PhoneState> {
  // Twice, with a turn in between: finalizers of the first leave garbage for the second.
  globalThis.gc?.();
  await delay(20);
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const resources: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  const { user, system } = process.cpuUsage();
  return {
    counts: sip.counts,
    heap: heapUsed + external,
    rss,
    peakRss: Math.max(peakRss, rss),
    resources,
    cpuMs: (user + system) / 1000,
    lateness,
    complaints,
    logLines: lines,
    calls: ledger.size,
  };
}

async function reply(question: Question): Promise<unknown> {
  switch (question.ask) {
    case 'call':
      return call(question.plan);
    case 'state':
      return state();
    case 'ledger': {
      const entries = [...ledger];
      ledger.clear();
      return entries;
    }
    case 'forget':
      ledger.clear();
      lateness = [];
      peakRss = 0;
      return null;
    case 'close':
      await sip.close();
      return null;
  }
}

process.on('message', (question: Question & { id: number }) => {
  reply(question).then(
    (value) => process.send?.({ id: question.id, value: value ?? null }),
    (error: unknown) => process.send?.({ id: question.id, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
process.on('uncaughtException', (error) => complain('uncaught', { error: error.stack ?? error.message }));
process.on('unhandledRejection', (error) => complain('unhandled', { error: String(error) }));

void watchLoop();
sip.setAccount({
  id: options.user,
  displayName: '',
  user: options.user,
  domain: 'drill.test',
  server: options.server,
  transport: 'udp',
  expires: 3600,
});
