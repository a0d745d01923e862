// The SIP room alone: how fast it reads, how soon it rings (beside baresip), how many calls a second it takes and what each
// costs. No window, no media engine, a fixed SDP. README.md says how.
import { SipPhone } from '../../tests/drills/support/sip-phone.ts';
import { runSipp } from '../../tests/peers/support/sipp.ts';
import { baresipUser, configureBaresip, removeBaresip, startBaresip } from '../lab/baresip.ts';
import { Lab } from '../lab/lab.ts';
import { parsePerSecond, sipJsPerSecond } from '../lab/parse-rate.ts';
import { median, type Bench, type Measure } from '../report.ts';

const user = 'alice';
/** Calls that ring, to each in turn, and those before that are not counted: both have warmed up by then. */
const rings = 50;
const warmUp = 20;
/** Calls a second, and for how long (s). */
const rate = 200;
const seconds = 10;

export const bench: Bench = async (measure, note) => {
  const parsed = parsePerSecond();
  measure({ name: 'parse_per_s', value: median(parsed), unit: '/s', samples: parsed });
  const theirs = sipJsPerSecond();
  measure({ name: 'sipjs_parse_per_s', value: median(theirs), unit: '/s', samples: theirs });

  const lab = await Lab.start();
  try {
    await ring(lab, measure);
    await takeCalls(lab, measure, (text) => note('SIPp', text));
  } finally {
    lab.close();
  }
};

/** Calls to baresip and to the room in turn, each from INVITE sent to 180 received, then cancelled. */
async function ring(lab: Lab, measure: Measure): Promise<void> {
  const directory = configureBaresip(lab.port);
  const registered = lab.registered(baresipUser);
  const baresip = startBaresip(directory);
  const phone = await SipPhone.start({ user, server: `127.0.0.1:${lab.port}`, role: 'ring' });
  try {
    await registered;
    const ours: number[] = [];
    const peers: number[] = [];
    for (let round = 0; round < warmUp + rings; round += 1) {
      for (const [callee, samples] of [
        [baresipUser, peers],
        [user, ours],
      ] as const) {
        const call = lab.invite(callee);
        const took = (await call.when(180)) - call.sentAt;
        await lab.cancel(callee, call);
        if (round >= warmUp) samples.push(took);
      }
    }
    measure({ name: 'invite_to_180_ms', value: median(ours), unit: 'ms', samples: ours });
    measure({ name: 'baresip_invite_to_180_ms', value: median(peers), unit: 'ms', samples: peers });
  } finally {
    await phone.stop();
    await baresip.stop();
    removeBaresip(directory);
  }
}

/** Calls from SIPp, answered at once; the caller hangs up after 0.1 s. */
async function takeCalls(lab: Lab, measure: Measure, say: (text: string) => void): Promise<void> {
  const profile = process.env['HOOKSWITCH_CPU_PROFILE'];
  const phone = await SipPhone.start(
    { user, server: `127.0.0.1:${lab.port}`, role: 'answer' },
    profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`],
  );
  try {
    const call = lab.invite(user);
    await call.when(200);
    lab.acknowledge(user, call);
    const [, port = ''] = /<sip:[^>]*?:(\d+)/.exec(call.final?.headers.get('contact')?.[0] ?? '') ?? [];
    await lab.bye(user, call);
    // What runs all day is compiled.
    await runSipp({ target: `127.0.0.1:${port}`, user, calls: rate, rate, hold: 100 });
    await phone.forget();

    const before = await phone.state();
    const calls = rate * seconds;
    const { output } = await runSipp({ target: `127.0.0.1:${port}`, user, calls, rate, hold: 100 });
    const after = await phone.state();
    const successful = total(output, 'Successful call');
    const reached = Number(/Call Rate\s*\|[^|]*\|\s*([\d.]+) cps/.exec(output)?.[1] ?? 'NaN');
    say(`${calls} calls at ${rate}/s, ${total(output, 'INVITE ---------->', 1)} INVITEs repeated`);
    for (const line of after.complaints) say(line);
    measure({ name: 'calls_per_s', value: reached, unit: '/s' });
    measure({ name: 'calls_failed', value: calls - successful, unit: 'calls' });
    measure({ name: 'cpu_per_call_ms', value: (after.cpuMs - before.cpuMs) / calls, unit: 'ms' });
  } finally {
    await phone.stop();
  }
}

/** A number of SIPp's last screen: of a statistic the cumulative one, of a message the column asked for. */
function total(output: string, name: string, column?: number): number {
  const last = output.slice(output.lastIndexOf(name) + name.length);
  if (column !== undefined) return Number(/^\s*(?:\d+\s+){1}(\d+)/.exec(last)?.[column] ?? 'NaN');
  return Number(/^\s*\|\s*\d+\s*\|\s*(\d+)/.exec(last)?.[1] ?? 'NaN');
}
