// The way of a voice: what the engine adds beside a plain UDP forwarder in the same run, what it costs, what a main process
// that stands still does to it; from Answer to sound; from mouth to ear. README.md says how.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Forwarder, Gateway, type Lane, type Pair } from '../lab/gateway.ts';
import { cpuBetween, cpuTimes } from '../lab/process-meter.ts';
import { measureAnswers, measureMouthToEar } from '../lab/sound-path.ts';
import { median, percentile, type Bench, type Measure } from '../report.ts';

const seconds = 10;
const blockedSeconds = 20;
const warmUp = 2000;
const packetMs = 20;
/** A packet that comes later than this is late, ms. */
const late = 20;

export const bench: Bench = async (measure, note) => {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-gateway-'));
  const gateway = await Gateway.start(folder);
  const forwarder = Forwarder.start(folder);
  try {
    for (const calls of [1, 20]) await compare(gateway, forwarder, calls, measure);
    gateway.block(200, 1000);
    note('blocked', 'the main process stands still for 200 ms of each 1.2 s');
    const pairs = await openPairs(gateway, forwarder, 8, 'blocked');
    const { engine, control } = await traffic(pairs, blockedSeconds);
    const share = (delays: readonly number[]) => (100 * delays.filter((ms) => ms > late).length) / delays.length;
    measure({
      name: 'late_points_over_control_while_main_blocked',
      value: share(engine) - share(control),
      unit: 'points',
    });
    measure({ name: 'late_share_of_gateway_while_main_blocked', value: share(engine), unit: '%' });
    measure({ name: 'late_share_of_control', value: share(control), unit: '%' });
  } finally {
    gateway.stop();
    forwarder.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const answers = await measureAnswers();
  const report = (name: string, samples: readonly number[]) =>
    measure({ name, value: median(samples), unit: 'ms', samples });
  report('answer_to_rtp_ms', answers.rtp);
  report('answer_to_audible_ms', answers.audible);
  measure({ name: 'answer_to_audible_first_call_ms', value: answers.audible[0] ?? 0, unit: 'ms' });
  for (const codec of ['PCMU', 'opus'] as const) {
    report(codec === 'PCMU' ? 'mouth_to_ear_ms' : `mouth_to_ear_${codec}_ms`, await measureMouthToEar(codec));
  }
};

interface Pairs {
  engine: Pair[];
  control: Pair[];
}

async function openPairs(gateway: Gateway, forwarder: Forwarder, calls: number, name: string): Promise<Pairs> {
  const pairs: Pairs = { engine: [], control: [] };
  for (let call = 0; call < calls; call++) {
    pairs.engine.push(await gateway.pair(`${name}-${call}`));
    pairs.control.push(await forwarder.pair());
  }
  return pairs;
}

async function compare(gateway: Gateway, forwarder: Forwarder, calls: number, measure: Measure): Promise<void> {
  const pairs = await openPairs(gateway, forwarder, calls, `calls-${calls}`);
  await traffic(pairs, warmUp / 1000);
  const before = [gateway.enginePid, forwarder.pid].map((pid) => cpuTimes([pid]));
  const began = performance.now();
  const { engine, control } = await traffic(pairs, seconds);
  const passed = performance.now() - began;
  const after = [gateway.enginePid, forwarder.pid].map((pid) => cpuTimes([pid]));
  const percent = (index: number) => (100 * cpuBetween(before[index] ?? new Map(), after[index] ?? new Map())) / passed;
  measure({ name: `gateway_cpu_percent_${calls}`, value: percent(0), unit: '%' });
  measure({ name: `control_cpu_percent_${calls}`, value: percent(1), unit: '%' });
  measure({ name: `gateway_cpu_over_control_${calls}`, value: percent(0) / percent(1), unit: 'times' });
  const added = `gateway_added_p50_ms${calls === 1 ? '' : `_${calls}`}`;
  measure({ name: added, value: median(engine) - median(control), unit: 'ms' });
  measure({ name: `gateway_p99_ms_${calls}`, value: percentile(engine, 99), unit: 'ms' });
  measure({ name: `control_p99_ms_${calls}`, value: percentile(control, 99), unit: 'ms' });
}

/** Sends on every lane for so long; the delay of each packet, ms. */
async function traffic(
  { engine, control }: Pairs,
  forSeconds: number,
): Promise<{ engine: number[]; control: number[] }> {
  const delays = { engine: [] as number[], control: [] as number[] };
  const senders = [
    ...engine.flatMap(({ outward, inward }) => [outward, inward]).map((lane) => new Sender(lane, delays.engine)),
    ...control.flatMap(({ outward, inward }) => [outward, inward]).map((lane) => new Sender(lane, delays.control)),
  ];
  const began = performance.now();
  const count = (forSeconds * 1000) / packetMs;
  // Spread over the 20 ms, so that no packet waits for another one of ours.
  for (let tick = 0; tick < count * packetMs; tick++) {
    const due = began + tick;
    while (performance.now() < due) await delay(1);
    for (let index = tick % packetMs; index < senders.length; index += packetMs) senders[index]?.send();
  }
  await delay(300);
  return delays;
}

/** Counters go on from one run to the next: the engine sees one stream. */
const counters = new WeakMap<Lane, { sequence: number }>();

class Sender {
  readonly #lane: Lane;
  readonly #sentAt = new Map<number, number>();
  readonly #counter: { sequence: number };

  constructor(lane: Lane, delays: number[]) {
    this.#lane = lane;
    this.#counter = counters.get(lane) ?? { sequence: 0 };
    counters.set(lane, this.#counter);
    lane.onPacket = (packet) => {
      const sequence = packet.readUInt16BE(2);
      const sentAt = this.#sentAt.get(sequence);
      if (sentAt === undefined) return;
      this.#sentAt.delete(sequence);
      delays.push(performance.now() - sentAt);
    };
  }

  send(): void {
    this.#counter.sequence += 1;
    const { sequence } = this.#counter;
    const packet = Buffer.alloc(172, sequence & 0x7f);
    packet.writeUInt16BE(0x8000, 0);
    packet.writeUInt16BE(sequence & 0xffff, 2);
    packet.writeUInt32BE((sequence * 160) >>> 0, 4);
    packet.writeUInt32BE(0x1357_9bdf, 8);
    this.#sentAt.set(sequence & 0xffff, performance.now());
    this.#lane.send(packet);
  }
}
