// Scanners and a flood, beside a live call: 10,000 probes of the known tools, then 2,000 datagrams of rubbish and 200 calls to
// unknown names a second, for a minute. Does anything ring, does anybody get an answer, does the phone still work?
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Lab, type LabCall } from '../../bench/lab/lab.ts';
import { median, percentile, type Bench, type Note } from '../../bench/report.ts';
import type { Attack, Outcome } from './support/sip-attacker.ts';
import { SipPhone, type PhoneState } from './support/sip-phone.ts';

const user = 'bob';
const probes = { kind: 'probes', count: 10_000, perSecond: 900, sources: 250 } as const;
const floodSeconds = Number(process.env['HOOKSWITCH_FLOOD_SECONDS'] ?? 60);
const flood = { kind: 'flood', count: 2200 * floodSeconds, perSecond: 2200, sources: 250 } as const;
/** Real calls while it floods: one each, ms. */
const callEvery = 3000;

interface Target {
  lab: Lab;
  phone: SipPhone;
  port: number;
  contact: string;
}

export const drill: Bench = async (measure, note) => {
  const lab = await Lab.start();
  const phone = await SipPhone.start({ user, server: `127.0.0.1:${lab.port}`, role: 'answer' });
  try {
    const live = await connect(lab);
    // Compiled code and full pools are no growth.
    for (let call = 0; call < 100; call += 1) await ring(lab);
    const contact = uriOf(live);
    const target: Target = { lab, phone, contact, port: Number(/:(\d+)/.exec(contact.replace('sip:', ''))?.[1]) };
    await phone.forget();
    await delay(2000);
    const calm = await phone.state();

    const scanned = await attack({ ...probes, port: target.port, contact });
    say(note, 'probes', scanned);
    const { cpuMs } = await phone.state();
    const began = performance.now();
    const { state, rings, outcome } = await floodWhileCalling(target, note);
    const share = (state.cpuMs - cpuMs) / (performance.now() - began);
    measure({ name: 'strangers_probes', value: scanned.sent, unit: 'datagrams' });
    measure({ name: 'strangers_answered', value: scanned.answered + outcome.answered, unit: 'answers' });
    measure({ name: 'strangers_rings', value: state.calls - rings.length, unit: 'calls' });
    measure({ name: 'flood_loop_p99_ms', value: percentile(state.lateness, 99), unit: 'ms' });
    // A busy machine makes every loop late; this is what the flood itself took.
    measure({ name: 'flood_cpu_percent', value: share * 100, unit: '% of a core' });
    measure({ name: 'calm_loop_p99_ms', value: percentile(calm.lateness, 99), unit: 'ms' });
    measure({ name: 'flood_memory_mb', value: (state.peakRss - calm.rss) / 2 ** 20, unit: 'MB' });
    measure({ name: 'flood_heap_mb', value: (state.heap - calm.heap) / 2 ** 20, unit: 'MB' });
    measure({ name: 'flood_call_ring_ms', value: Math.max(...rings), unit: 'ms', samples: rings });
    measure({ name: 'flood_call_ring_ms_median', value: median(rings), unit: 'ms', samples: rings });
    measure({ name: 'flood_log_lines', value: state.logLines - calm.logLines, unit: 'lines' });
    for (const line of state.complaints) note('complaint', line);
    // Rejects when the call did not survive.
    await lab.bye(user, live);
    measure({ name: 'flood_live_call_kept', value: 1, unit: 'calls' });
  } finally {
    await phone.stop();
    lab.close();
  }
};

/** A call that stands. */
async function connect(lab: Lab): Promise<LabCall> {
  const call = lab.invite(user);
  await call.when(200);
  lab.acknowledge(user, call);
  return call;
}

/** A whole call; ms from INVITE to 180. */
async function ring(lab: Lab): Promise<number> {
  const call = await connect(lab);
  const took = (await call.when(180)) - call.sentAt;
  await lab.bye(user, call);
  return took;
}

async function floodWhileCalling(
  { lab, phone, port, contact }: Target,
  note: Note,
): Promise<{ state: PhoneState; rings: number[]; outcome: Outcome }> {
  const rings: number[] = [];
  const flooding = attack({ ...flood, port, contact });
  let outcome: Outcome | null = null;
  for (;;) {
    outcome = await Promise.race([delay(callEvery, null), flooding]);
    if (outcome !== null) break;
    rings.push(await ring(lab));
  }
  say(note, 'flood', outcome);
  return { state: await phone.state(), rings, outcome };
}

function say(note: Note, what: string, { sent, answered, example }: Outcome): void {
  note(what, `${sent} sent, ${answered} answered${example === '' ? '' : `, such as ${JSON.stringify(example)}`}`);
}

async function attack(plan: Attack): Promise<Outcome> {
  const child = fork(join(import.meta.dirname, 'support/sip-attacker.ts'), [JSON.stringify(plan)]);
  const [outcome] = (await once(child, 'message')) as [Outcome];
  return outcome;
}

/** The phone's Contact in its 200. */
function uriOf(call: LabCall): string {
  return /<([^>]+)>/.exec(call.final?.headers.get('contact')?.[0] ?? '')?.[1] ?? '';
}
