// Eight calls at once for ten minutes between two phones: how much of the sound had to be made up? HOOKSWITCH_MINUTES for
// another length. A drill that was cut off goes on with the minutes that are left.
import { loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { median, type Bench } from '../../bench/report.ts';
import type { OpenOptions } from '../../electron/media/index.ts';
import { startLab, type MediaLab } from '../media/support/media-lab.ts';
import { countersOfAll, watchPeers } from './support/peer-counters.ts';
import { numberFrom, openProgress } from './support/progress.ts';

const calls = 8;
const minute = 60_000;
/** A call's first seconds have a delay of their own, ms. */
const settling = 5000;
const plain: OpenOptions = { media: 'rtp', encryption: 'off', transport: 'udp', localAddress: '127.0.0.1' };

/** One minute of one call as one side heard it. */
const heard = v.object({ concealed: v.number(), samples: v.number(), lost: v.number(), received: v.number() });
const minuteSchema = v.object({ heard: v.array(heard), load: v.string() });
type Minute = v.InferOutput<typeof minuteSchema>;

export const drill: Bench = async (measure, note) => {
  const minutes = numberFrom('HOOKSWITCH_MINUTES', 10);
  const progress = openProgress('many-calls', (value) => v.parse(minuteSchema, value));
  const phones = [await startLab({ microphone: 700 }), await startLab({ microphone: 440 })] as const;
  try {
    await Promise.all(phones.map(watchPeers));
    for (let call = 0; call < calls; call++) await connect(phones, `many-${call}`);
    await delay(settling);
    while (progress.rounds.length < minutes) progress.add(await oneMinute(phones));
    const rounds = [...progress.rounds];
    const all = rounds.flatMap((round) => round.heard);
    const sum = (what: 'concealed' | 'samples' | 'lost' | 'received') =>
      all.reduce((total, one) => total + one[what], 0);
    const shares = all.map(({ concealed, samples }) => (100 * concealed) / Math.max(1, samples));
    const expected = sum('lost') + sum('received');
    note('calls', `${calls} calls, both sides, ${rounds.length} minutes; a sample is one minute of one side`);
    measure({ name: 'many_calls_concealed_percent', value: (100 * sum('concealed')) / sum('samples'), unit: '%' });
    measure({ name: 'many_calls_concealed_percent_median', value: median(shares), unit: '%', samples: shares });
    measure({ name: 'many_calls_lost_percent', value: (100 * sum('lost')) / expected, unit: '%' });
    progress.finish();
  } finally {
    for (const phone of phones) await phone.close();
  }
};

async function connect([one, other]: readonly [MediaLab, MediaLab], callId: string): Promise<void> {
  await Promise.all([one.media.open(callId, plain), other.media.open(callId, plain)]);
  const offer = await one.media.createOffer(callId);
  await one.media.setAnswer(callId, await other.media.createAnswer(callId, offer));
  await Promise.all([one.says(`first-packet ${callId} in`), other.says(`first-packet ${callId} in`)]);
}

async function oneMinute(phones: readonly MediaLab[]): Promise<Minute> {
  const look = async () => (await Promise.all(phones.map(countersOfAll))).flat();
  const before = await look();
  await delay(minute);
  const after = await look();
  if (after.length !== 2 * calls) throw new Error(`${after.length} streams are left of ${2 * calls}`);
  return {
    heard: after.map((now, index) => {
      const then = before[index] ?? now;
      return {
        concealed: now.concealed - then.concealed,
        samples: now.samples - then.samples,
        lost: now.lost - then.lost,
        received: now.received - then.received,
      };
    }),
    load: loadavg()[0]?.toFixed(1) ?? '',
  };
}
