// 10,000 calls between two phones, as fast as a phone promises to take them: is every map, timer and socket back at its starting count, and the heap
// within 5 %?
import type { Bench } from '../../bench/report.ts';
import { SipExchange } from './support/sip-exchange.ts';
import { SipPhone, type PhoneState } from './support/sip-phone.ts';

const calls = Number(process.env['HOOKSWITCH_CALLS'] ?? 10_000);
/** At a time, and in a second: beyond 200 a phone says 503 (its memory for repeats is full). */
const parallel = 20;
const perSecond = 195;
/** Before the first look: code is compiled and pools are filled by then. */
const warmUp = 500;
/** All that a call leaves behind is gone after 64*T1, and a moment for the slowest timer, ms. */
const settled = 36_000;
/** Calls between two lines of progress. */
const step = 2000;

export const drill: Bench = async (measure, note) => {
  const exchange = await SipExchange.start();
  const phones: SipPhone[] = [];
  try {
    const server = `127.0.0.1:${exchange.port}`;
    const bob = await SipPhone.start({ user: 'bob', server, role: 'answer', hangUpShare: 0.5, talkMs: 20 });
    phones.push(bob);
    const alice = await SipPhone.start({ user: 'alice', server, role: 'ring' });
    phones.push(alice);
    await alice.call({ calls: warmUp, parallel, perSecond, target: 'bob', talkMs: 20 });
    await rest(phones);
    const before = await Promise.all(phones.map(atRest));

    let failed = 0;
    for (let done = 0; done < calls; done += step) {
      const began = performance.now();
      const count = Math.min(step, calls - done);
      await alice.call({ calls: count, parallel, perSecond, target: 'bob', talkMs: 20 });
      const [outgoing] = await Promise.all([alice.ledger(), bob.ledger()]);
      failed += count - [...outgoing.values()].filter(({ connected, ends }) => connected === 1 && isOver(ends)).length;
      const seconds = (performance.now() - began) / 1000;
      note('progress', `${done + count} of ${calls}, ${failed} failed, ${(count / seconds).toFixed(0)} calls/s`);
    }
    await rest(phones);
    const after = await Promise.all(phones.map(atRest));

    measure({ name: 'soak_calls', value: calls, unit: 'calls' });
    measure({ name: 'soak_failed', value: failed, unit: 'calls' });
    const left = after.flatMap((state, index) => leftOver(before[index], state));
    for (const what of left) note('left over', what);
    measure({ name: 'soak_left_over', value: left.length, unit: 'counts' });
    const growth = after.map((state, index) => (state.heap / (before[index]?.heap ?? 1) - 1) * 100);
    for (const [index, state] of after.entries()) {
      note(index === 0 ? 'callee' : 'caller', `heap ${megabytes(before[index]?.heap)} -> ${megabytes(state.heap)} MB`);
      for (const line of state.complaints) note('complaint', line);
    }
    measure({ name: 'soak_heap_growth_percent', value: Math.max(...growth), unit: '%' });
  } finally {
    for (const phone of phones) await phone.stop();
    exchange.close();
  }
};

async function rest(phones: readonly SipPhone[]): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, settled));
  for (const phone of phones) await phone.forget();
}

interface Rest {
  counts: Record<string, number>;
  /** Bytes. */
  heap: number;
  complaints: readonly string[];
}

/**
 * A phone at rest asks its server every few seconds whether it is there, and is asked: of each count the least of a while, or
 * it would depend on the moment.
 */
async function atRest(phone: SipPhone): Promise<Rest> {
  const samples: PhoneState[] = [];
  for (let second = 0; second < 8; second += 1) {
    samples.push(await phone.state());
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  const all = samples.map(({ counts, resources }): Record<string, number> => ({ ...counts, ...resources }));
  const names = new Set(all.flatMap((one) => Object.keys(one)));
  return {
    counts: Object.fromEntries([...names].map((name) => [name, Math.min(...all.map((one) => one[name] ?? 0))])),
    heap: Math.min(...samples.map(({ heap }) => heap)),
    complaints: samples.at(-1)?.complaints ?? [],
  };
}

function isOver(ends: readonly string[]): boolean {
  return ends.length === 1 && ends[0] === 'completed';
}

/** Every count that is higher than it was: of the room, and of timers and sockets in the process. */
function leftOver(before: Rest | undefined, after: Rest): string[] {
  return Object.entries(after.counts)
    .filter(([name, count]) => count > (before?.counts[name] ?? 0))
    .map(([name, count]) => `${name}: ${before?.counts[name] ?? 0} -> ${count}`);
}

function megabytes(bytes = 0): string {
  return (bytes / 2 ** 20).toFixed(2);
}
