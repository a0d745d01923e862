// Loss, jitter and reordering between two phones, codec by codec: what NetEq conceals, how late sound gets, what the E-model
// (ITU-T G.107) says of it, and how soon delay is small again once the network is well.
import { setTimeout as delay } from 'node:timers/promises';
import type { CodecName } from '../../contract/index.ts';
import type { OpenOptions } from '../../electron/media/index.ts';
import type { Bench } from '../../bench/report.ts';
import { mos } from '../../electron/media/quality/e-model.ts';
import { startLab, type MediaLab } from '../media/support/media-lab.ts';
import { countersOfAll, watchPeers, type Counters } from './support/peer-counters.ts';
import { RoughWay, type Roughness } from './support/rough-way.ts';

/** All three take longer than a quiet machine may be had for: `HOOKSWITCH_CODEC` takes one. */
const codecs = (['PCMU', 'G722', 'opus'] satisfies CodecName[]).filter(
  (name) => name === (process.env['HOOKSWITCH_CODEC'] ?? name),
);
const measured = 8000;
const settling = 2500;
/** What a packet holds, ms: one way, beside the jitter buffer. */
const packet = 20;
/** Jitter adds delay; it must be small again within 30 s, looked at this often (ms). */
const recovery = { within: 30_000, every: 1000, small: 80 };

const conditions: Readonly<Record<string, Roughness>> = {
  clean: { loss: 0, reordering: 0, jitter: 0 },
  loss_5: { loss: 0.05, reordering: 0, jitter: 0 },
  loss_10: { loss: 0.1, reordering: 0, jitter: 0 },
  loss_20: { loss: 0.2, reordering: 0, jitter: 0 },
  reordering_10: { loss: 0, reordering: 0.1, jitter: 0 },
  jitter_200: { loss: 0, reordering: 0, jitter: 200 },
};

export const drill: Bench = async (measure, note) => {
  const lab = await startLab({ microphone: 700 });
  const other = await startLab({ microphone: 440 });
  try {
    await watchPeers(lab);
    for (const codec of codecs) {
      const way = await RoughWay.open();
      const callId = `rough-${codec}`;
      await call(lab, other, callId, codec, way);
      for (const [name, roughness] of Object.entries(conditions)) {
        way.roughness = roughness;
        await delay(settling);
        const before = await counters(lab);
        await delay(measured);
        const after = await counters(lab);
        const concealed = (after.concealed - before.concealed) / Math.max(1, after.samples - before.samples);
        const lost = after.lost - before.lost;
        const loss = lost / Math.max(1, lost + after.received - before.received);
        const late = (1000 * (after.jitterDelay - before.jitterDelay)) / Math.max(1, after.emitted - before.emitted);
        measure({ name: `rough_${codec}_${name}_concealed`, value: 100 * concealed, unit: '%' });
        measure({ name: `rough_${codec}_${name}_delay_ms`, value: late, unit: 'ms' });
        // What is concealed is what was missing when it was due: loss as the ear meets it.
        measure({
          name: `rough_${codec}_${name}_mos`,
          value: mos({ loss: 100 * Math.max(loss, concealed), delay: late + packet }),
          unit: 'MOS',
        });
      }
      way.roughness = { loss: 0, reordering: 0, jitter: 0 };
      measure({ name: `rough_${codec}_delay_small_again_s`, value: (await smallAgain(lab)) / 1000, unit: 's' });
      for (const phone of [lab, other]) phone.media.close(callId);
      way.close();
    }
    note('G.711 with PLC', 'ITU-T E-model at 5, 10, 20 % of random loss: 3.92, 3.40, 2.62');
  } finally {
    await lab.close();
    await other.close();
  }
};

/** A call whose packets both go the rough way. */
async function call(lab: MediaLab, other: MediaLab, callId: string, codec: CodecName, way: RoughWay): Promise<void> {
  const plain = { media: 'rtp', encryption: 'off', transport: 'udp', localAddress: '127.0.0.1' } as const;
  const options: OpenOptions = { ...plain, codecs: [codec] };
  await Promise.all([lab.media.open(callId, options), other.media.open(callId, options)]);
  const portOf = (sdp: string): number => Number(/^m=audio (\d+)/m.exec(sdp)?.[1]);
  const through = (sdp: string, port: number): string =>
    sdp.replace(/^m=audio \d+/m, `m=audio ${port}`).replace(/^a=rtcp:\d+\r\n/m, '');
  const offer = await lab.media.createOffer(callId);
  const answer = await other.media.createAnswer(callId, through(offer, way.ports.right));
  await lab.media.setAnswer(callId, through(answer, way.ports.left));
  way.join(portOf(offer), portOf(answer));
  await lab.says(`first-packet ${callId} in`);
}

/** Of the call under way, the newest one. */
async function counters(lab: MediaLab): Promise<Counters> {
  const newest = (await countersOfAll(lab)).at(-1);
  if (!newest) throw new Error('nothing comes in');
  return newest;
}

/** Milliseconds until a second of sound had less delay than is small; the whole time allowed when it never had. */
async function smallAgain(lab: MediaLab): Promise<number> {
  const began = performance.now();
  let before = await counters(lab);
  while (performance.now() - began < recovery.within) {
    await delay(recovery.every);
    const after = await counters(lab);
    const late = (1000 * (after.jitterDelay - before.jitterDelay)) / Math.max(1, after.emitted - before.emitted);
    if (late < recovery.small) return performance.now() - began;
    before = after;
  }
  return recovery.within;
}
