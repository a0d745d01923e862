// 1,000 calls between two phones over UDP that loses 20 % each way, doubles 10 % and reorders 20 %: does each call come to
// its end, once, in both ledgers?
import type { Bench } from '../../bench/report.ts';
import { seeded } from './support/seeded.ts';
import { SipExchange } from './support/sip-exchange.ts';
import { SipPhone, type Entry } from './support/sip-phone.ts';

const calls = 1000;
/** At a time. */
const parallel = 100;
const seed = Number(process.env['HOOKSWITCH_SEED'] ?? 20_261_125);
/** Whoever hangs up does so within this, ms; the caller at last. */
const talkMs = 2000;
const ringMs = 2000;

export const drill: Bench = async (measure, note) => {
  note('seed', String(seed));
  const exchange = await SipExchange.start({ loss: 0.2, duplicates: 0.1, reordering: 0.2, random: seeded(seed) });
  const phones: SipPhone[] = [];
  try {
    const server = `127.0.0.1:${exchange.port}`;
    const bob = await SipPhone.start({ user: 'bob', server, role: 'answer', ringMs, hangUpShare: 0.5, talkMs, seed });
    phones.push(bob);
    const alice = await SipPhone.start({ user: 'alice', server, role: 'ring' });
    phones.push(alice);

    const began = performance.now();
    await alice.call({ calls, parallel, target: 'bob', talkMs });
    const took = (performance.now() - began) / 1000;
    // The other side's BYE may still be on its way.
    await new Promise((resolve) => setTimeout(resolve, 34_000));
    const [outgoing, incoming] = await Promise.all([alice.ledger(), bob.ledger()]);

    const { carried, lost, doubled, late } = exchange.traffic;
    note('datagrams', `${carried} carried, ${lost} lost, ${doubled} doubled, ${late} late; ${took.toFixed(0)} s`);
    const bad = [...outgoing].filter(([callId, entry]) => !isOk(entry, 1) || !isOk(incoming.get(callId), 0));
    for (const [callId, entry] of bad.slice(0, 5)) {
      note('call', `${JSON.stringify(entry)} and ${JSON.stringify(incoming.get(callId))}`);
    }
    for (const phone of phones) for (const line of (await phone.state()).complaints) note('complaint', line);
    const twice = [...outgoing.values(), ...incoming.values()].filter(isTwice).length;
    const foreign = [...incoming.keys()].filter((callId) => !outgoing.has(callId)).length;
    measure({ name: 'loss_calls', value: outgoing.size, unit: 'calls' });
    measure({ name: 'loss_calls_ok_percent', value: ((outgoing.size - bad.length) / calls) * 100, unit: '%' });
    measure({ name: 'loss_calls_twice', value: twice + foreign, unit: 'calls' });
  } finally {
    for (const phone of phones) await phone.stop();
    exchange.close();
  }
};

/** `connected`: at least so often. Whoever answers may hear BYE before ACK, and its call has still come and gone. */
function isOk(entry: Entry | undefined, connected: number): boolean {
  if (entry === undefined || entry.begun !== 1 || entry.ends.length !== 1) return false;
  return entry.connected >= connected && entry.connected <= 1 && entry.ends[0] === 'completed';
}

function isTwice({ begun, connected, ends }: Entry): boolean {
  return begun > 1 || connected > 1 || ends.length > 1;
}
