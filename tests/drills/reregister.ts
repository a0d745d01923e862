// Kills Kamailio, leaves it down for 5 to 15 s and brings it back: how long until each transport is registered again?
// Then restarts that are as short as it can start: does UDP, which has no connection to lose, notice?
// REREGISTER_ROUNDS=8 for a quick look. About 6 minutes for 25 rounds; one that was cut off goes on.
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { median, percentile, type Bench } from '../../bench/report.ts';
import { startKamailio } from '../peers/support/index.ts';
import { phoneOf, startPhone } from '../peers/support/room.ts';
import { numberFrom, openProgress } from './support/progress.ts';
import { timelineOf } from './support/timeline.ts';

const users = { udp: 'alice', tcp: 'bob', tls: 'carol', ws: 'dave', wss: 'x' } as const;
const transports = ['udp', 'tcp', 'tls', 'ws', 'wss'] as const;

/** Longer than any refresh would take to mend it by chance is not waited for, ms. */
const PATIENCE = 60_000;

const roundSchema = v.object({
  down: v.number(),
  /** Seconds from the server's return; null: not within the patience. */
  back: v.record(v.picklist(transports), v.nullable(v.number())),
});
const shortSchema = v.object({ back: v.nullable(v.number()) });

export const drill: Bench = async (measure, note) => {
  const rounds = numberFrom('REREGISTER_ROUNDS', 25);
  const shorts = numberFrom('REREGISTER_SHORT_ROUNDS', 5);
  const progress = openProgress('reregister', (value) => v.parse(roundSchema, value));
  const short = openProgress('reregister-short', (value) => v.parse(shortSchema, value));
  const server = await startKamailio();
  const phones = transports.map((transport) => {
    const phone = startPhone(phoneOf(server, transport, users[transport]));
    return { transport, phone, timeline: timelineOf(phone) };
  });
  try {
    for (const { phone } of phones) await phone.state('available');
    while (progress.rounds.length < rounds) {
      await delay(3000);
      // Spread evenly from 5 to 15 s, in an order that looks like chance and is the same each time.
      const down = 5000 + ((progress.rounds.length * 7) % rounds) * (10_000 / Math.max(1, rounds - 1));
      const killed = performance.now();
      await server.kill();
      await delay(down);
      const starting = performance.now();
      await server.start();
      const up = performance.now();
      const back = await Promise.all(
        phones.map(async ({ transport, timeline }) => {
          // A stream may be accepted a moment before the server answers our own question.
          const lost = await timeline.first('connecting', killed, 1000);
          const found = lost === null ? null : await timeline.first('available', starting, PATIENCE);
          return [transport, found === null ? null : Math.max(0, found.at - up) / 1000] as const;
        }),
      );
      progress.add({ down: down / 1000, back: Object.fromEntries(back) });
    }
    while (short.rounds.length < shorts) {
      await delay(3000);
      const killed = performance.now();
      await server.kill();
      await server.start();
      const up = performance.now();
      const [udp] = phones;
      const found = await udp?.timeline.first('available', killed, 20_000);
      short.add({ back: found == null ? null : Math.max(0, found.at - up) / 1000 });
      if (found == null) udp?.phone.sip.networkChanged({ woke: true });
    }
  } finally {
    for (const { phone } of phones) await phone.close();
    await server.stop();
  }

  for (const transport of transports) {
    const all = progress.rounds.map(({ back }) => back[transport] ?? null);
    const samples = all.filter((one) => one !== null);
    measure({ name: `reregister_${transport}_p95_s`, value: percentile(samples, 95), unit: 's', samples });
    measure({ name: `reregister_${transport}_median_s`, value: median(samples), unit: 's', samples });
    measure({ name: `reregister_${transport}_missed`, value: all.length - samples.length, unit: `of ${all.length}` });
  }
  const noticed = short.rounds.flatMap(({ back }) => back ?? []);
  if (noticed.length > 0) {
    measure({ name: 'reregister_udp_short_restart_s', value: Math.max(...noticed), unit: 's', samples: noticed });
  }
  const unnoticed = short.rounds.length - noticed.length;
  measure({ name: 'reregister_udp_short_restart_unnoticed', value: unnoticed, unit: `of ${short.rounds.length}` });
  note('down', `5 to 15 s, ${progress.rounds.length} times, all transports at once`);
  progress.finish();
  short.finish();
};
