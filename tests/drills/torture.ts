// RFC 4475 and 5118, the abuse set, and streams cut and glued at will, on the running SIP room with a call going on.
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import type { Bench } from '../../bench/report.ts';
import { gapDuring } from '../peers/support/gap.ts';
import { startChild, until } from '../peers/support/index.ts';
import { runTemplate, type Scene } from './support/abuse-templates.ts';
import { abuseCases, tortureCases, withOwnBranches, type HostileCase } from './support/hostile-cases.ts';
import { openHostileRoom } from './support/hostile-room.ts';
import { sayAndJudge, type Verdict } from './support/hostile-run.ts';
import { startHostileServer, type HostileServer, type HostileTransport } from './support/hostile-server.ts';
import { startLiveCall } from './support/live-call.ts';
import { splitResult, type SplitResult } from './support/splits.ts';

/** Reliable ones first: their transactions leave nothing behind that would take a later message for a repeat. */
const transports = ['ws', 'tcp', 'udp'] satisfies HostileTransport[];

export const drill: Bench = async (measure, note) => {
  const address = addresses();
  const room = openHostileRoom();
  const servers: HostileServer[] = [];
  const stops: (() => unknown)[] = [() => room.sip.close()];
  try {
    for (const transport of transports) {
      const server = await startHostileServer(transport, address());
      stops.unshift(() => server.close());
      servers.push(server);
      room.addAccount(transport, server);
      await until(`${transport} to register`, () => (room.state(transport)?.name === 'available' ? true : null));
    }
    const live = await startLiveCall(room.sip, (id) => room.state(id));
    stops.unshift(() => live.stop());
    const gaps: number[] = [];
    const quiet = await gapDuring(live.peer, () => delay(2000));
    const under = async (run: () => Promise<void>): Promise<void> => {
      const gap = await gapDuring(live.peer, run);
      gaps.push(gap.heard);
      await live.check();
    };

    for (const server of servers) {
      await under(async () => {
        const verdicts = await judgeAll(withOwnBranches(tortureCases()), (one) => sayAndJudge(one, server, room));
        report(`torture_ok_${server.transport}`, verdicts);
      });
    }
    const [, tcp, udp] = servers;
    if (!tcp || !udp) throw new Error('A server is missing.');
    const scene: Scene = { room, udp, tcp, address };
    await under(async () => {
      const verdicts = await judgeAll(withOwnBranches(abuseCases()), (one) =>
        one.expected === 'template' ? runTemplate(one, scene) : sayAndJudge(one, udp, room),
      );
      report('abuse_ok', verdicts);
    });
    await under(async () => {
      const { cuts, cutsOk, pairs, pairsOk } = await splitElsewhere();
      measure({ name: 'split_ok', value: cutsOk + pairsOk, unit: `of ${cuts + pairs}` });
    });

    measure({ name: 'live_call_gap_ms', value: Math.max(...gaps), unit: 'ms', samples: gaps });
    measure({ name: 'live_call_gap_ms_before', value: quiet.heard, unit: 'ms' });
    const accounts = [...transports, live.accountId];
    const available = accounts.filter((id) => room.state(id)?.name === 'available');
    measure({ name: 'accounts_registered', value: available.length, unit: `of ${accounts.length}` });
    // TCP's connection is ended on purpose where a message leaves it in a state that no one can go on from.
    const lost = accounts.filter((id) => id !== 'tcp').reduce((sum, id) => sum + room.lost(id), 0);
    measure({ name: 'registrations_lost', value: lost, unit: 'without TCP, whose streams are broken on purpose' });
    measure({ name: 'room_errors', value: room.errors.length, unit: 'logged' });
    for (const error of room.errors) note('error', error);
  } finally {
    for (const stop of stops) await stop();
  }

  function report(name: string, verdicts: readonly Verdict[]): void {
    const wrong = verdicts.filter((verdict) => !verdict.ok);
    measure({ name, value: verdicts.length - wrong.length, unit: `of ${verdicts.length}` });
    for (const { id, answer } of wrong) note(`${name}, wrong`, `${id}: ${answer}`);
    const quiet = verdicts.filter(({ ok, answer }) => ok && typeof answer !== 'number');
    note(`${name}, rightly without answer`, quiet.map(({ id }) => id).join(' '));
  }
};

async function judgeAll(
  cases: readonly HostileCase[],
  judge: (one: HostileCase) => Promise<Verdict>,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const one of cases) verdicts.push(await judge(one));
  return verdicts;
}

async function splitElsewhere(): Promise<SplitResult> {
  const child = startChild(process.execPath, [join(import.meta.dirname, 'support/split-process.ts')]);
  await child.waitFor(/\}$/, 240_000);
  return v.parse(splitResult, JSON.parse(child.output()));
}

/** Addresses of loopback, a row of its own for each run: others test beside us. */
function addresses(): () => string {
  const row = `127.${randomInt(64, 250)}.${randomInt(1, 250)}`;
  let last = 0;
  return () => `${row}.${++last}`;
}
