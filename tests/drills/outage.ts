// A server that is away for 1,000 s, once as one that refuses (killed) and once as one that is silent (stopped): how often
// does each phone try, and how long after the server's return is it registered again? Takes 17 minutes; OUTAGE_SECONDS=60
// for a quick look. Beside it, how 50 phones that lost their server together come back.
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from '../../bench/report.ts';
import { startKamailio } from '../peers/support/index.ts';
import { phoneOf, startPhone } from '../peers/support/room.ts';
import { numberFrom } from './support/progress.ts';
import { timelineOf, type Timeline } from './support/timeline.ts';

const users = { udp: 'alice', tcp: 'bob', tls: 'carol', ws: 'dave' } as const;
const transports = ['udp', 'tcp', 'tls', 'ws'] as const;

/** Phones that come back at once. */
const crowd = 50;

const PATIENCE = 120_000;

/** Each attempt (a connection, or a REGISTER) ends with a state that says when the next one is. */
function attempts(timeline: Timeline, from: number, to: number): number {
  const failed = timeline.moments.filter(({ at, state }) => {
    return at >= from && at < to && state.name === 'offline' && state.retryAt !== null;
  });
  // And the one that is under way at the end.
  return failed.length + 1;
}

export const drill: Bench = async (measure, note) => {
  const seconds = numberFrom('OUTAGE_SECONDS', 1000);
  const outages = await Promise.all(
    (['refused', 'silent'] as const).map(async (kind) => {
      // As companies have it: TLS and WebSocket beside SIP's own port, each server at an address of its own.
      const server = await startKamailio({ address: `127.0.0.${kind === 'refused' ? 61 : 62}`, ports: { sip: 5060 } });
      const phones = transports.map((transport) => {
        const phone = startPhone(phoneOf(server, transport, users[transport]));
        return { transport, phone, timeline: timelineOf(phone) };
      });
      return { kind, server, phones };
    }),
  );
  // A port that no connection of the phones is given by the system while it is free.
  const common = await startKamailio({ address: '127.0.0.63', ports: { sip: 5060 } });
  const many = Array.from({ length: crowd }, () => startPhone(phoneOf(common, 'tcp', 'alice')));
  const timelines = many.map((phone) => timelineOf(phone));
  try {
    for (const { phones } of outages) for (const { phone } of phones) await phone.state('available');
    for (const phone of many) await phone.state('available');
    await delay(8000);
    const began = performance.now();
    await Promise.all([
      common.kill(),
      ...outages.map(({ kind, server }) => (kind === 'refused' ? server.kill() : null)),
    ]);
    for (const { kind, server } of outages) if (kind === 'silent') server.signal('SIGSTOP');
    for (let left = seconds; left > 0; left -= 60) {
      await delay(Math.min(left, 60) * 1000);
      console.log(`# ${Math.round((performance.now() - began) / 1000)} of ${seconds} s`);
    }

    const back: number[] = [];
    const tried: number[] = [];
    for (const { kind, server, phones } of outages) {
      const over = performance.now();
      if (kind === 'refused') await server.start();
      else server.signal('SIGCONT');
      const up = performance.now();
      const found = await Promise.all(phones.map(({ timeline }) => timeline.first('available', over, PATIENCE)));
      for (const [index, { transport, timeline }] of phones.entries()) {
        const count = attempts(timeline, began, over);
        const at = found[index]?.at;
        const wait = at === undefined ? PATIENCE / 1000 : Math.max(0, at - up) / 1000;
        measure({ name: `outage_${kind}_${transport}_attempts`, value: count, unit: `in ${seconds} s` });
        measure({ name: `outage_${kind}_${transport}_back_s`, value: wait, unit: 's' });
        tried.push(count);
        back.push(wait);
      }
    }
    measure({ name: 'outage_attempts', value: Math.max(...tried), unit: 'at most', samples: tried });
    measure({ name: 'outage_back_s', value: Math.max(...back), unit: 's', samples: back });

    const over = performance.now();
    await common.start();
    const found = await Promise.all(timelines.map((timeline) => timeline.first('available', over, PATIENCE)));
    const times = found.flatMap((moment) => (moment === null ? [] : [(moment.at - over) / 1000]));
    measure({ name: 'outage_crowd_back', value: times.length, unit: `of ${crowd}` });
    measure({
      name: 'outage_crowd_spread_s',
      value: Math.max(...times) - Math.min(...times),
      unit: 's',
      samples: times,
    });
    note('crowd', `${crowd} phones over TCP, whose server was away for ${seconds} s and more`);
  } finally {
    for (const { server } of outages) server.signal('SIGCONT');
    await Promise.all([
      ...outages.flatMap(({ phones }) => phones.map(({ phone }) => phone.close())),
      ...many.map((one) => one.close()),
    ]);
    await Promise.all([common.stop(), ...outages.map(({ server }) => server.stop())]);
  }
};
