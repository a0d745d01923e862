// Asks directory servers that hang, lie, flood or show a wrong certificate: do local people come as fast as without them, and
// does each server's state say what is wrong? PEOPLE=100000 for a larger directory.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { percentile, type Bench } from '../../bench/report.ts';
import { madePeople, madeQueries } from '../../bench/lab/people.ts';
import { openServersRoom, type ServersRoom } from '../support/servers-room.ts';
import { startBadServers, type BadServer } from './support/bad-servers.ts';

const count = Number(process.env['PEOPLE'] ?? 20_000);
const searches = 300;
/** More than anybody has. */
const atOnce = 4;
/** How long the slowest server may take to be told bad, ms: its own limit, and that of its thread. */
const longest = 60_000;

export const drill: Bench = async (measure, note) => {
  const made = madePeople(count);
  const queries = madeQueries(made).prefix.map(({ text }) => text);
  const room = await openServersRoom(made.map(({ draft }) => draft));
  const bad = await startBadServers();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  try {
    note('people', String(count));
    await localSearches(room, queries);
    const alone = [...(await localSearches(room, queries)), ...(await localSearches(room, queries))];
    measure({ name: 'bad_servers_local_p99_ms_alone', value: percentile(alone, 99), unit: 'ms', samples: alone });
    const total = (await room.library.query({ type: 'people', text: '', offset: 0, limit: 1 })).total;

    delay.enable();
    const beside: number[] = [];
    const done = inTurns(bad.list, (server) => askedBadly(room, server));
    let verdicts: Awaited<typeof done> | null = null;
    while (verdicts === null) {
      beside.push(...(await localSearches(room, queries)));
      verdicts = await Promise.race([done, Promise.resolve(null)]);
    }
    delay.disable();
    measure({ name: 'bad_servers_local_p99_ms_beside', value: percentile(beside, 99), unit: 'ms', samples: beside });
    measure({ name: 'bad_servers_local_p50_ms_beside', value: percentile(beside, 50), unit: 'ms' });
    measure({ name: 'bad_servers_main_delay_p99_ms', value: delay.percentile(99) / 1e6, unit: 'ms' });

    const silent = verdicts.filter(({ isTold }) => !isTold);
    for (const { name, code, ms } of verdicts) console.log(`#   ${name}: ${code} after ${Math.round(ms)} ms`);
    measure({ name: 'bad_servers', value: verdicts.length, unit: 'servers' });
    measure({ name: 'bad_servers_not_told', value: silent.length, unit: 'servers' });
    measure({ name: 'bad_servers_strayed_requests', value: bad.strayed(), unit: 'requests' });
    const after = (await room.library.query({ type: 'people', text: '', offset: 0, limit: 1 })).total;
    measure({ name: 'bad_servers_people_added', value: after - total, unit: 'people' });
  } finally {
    await room.close();
    bad.close();
  }
};

/** A few at a time, in order. */
async function inTurns<T, R>(list: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = list.entries();
  const one = async () => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return results;
}

async function localSearches(room: ServersRoom, queries: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < searches; index += 1) {
    const text = queries[index % queries.length] ?? '';
    const started = performance.now();
    await room.library.query({ type: 'people', text, offset: 0, limit: 50 });
    times.push(performance.now() - started);
  }
  return times;
}

/** Saves the server, as a person would, waits for its state to say what is wrong, and takes it away again. */
async function askedBadly(room: ServersRoom, { name, config, says }: BadServer) {
  const started = performance.now();
  await room.servers.save({ server: config, password: 'secret' });
  if (config.kind === 'ldap') void room.servers.search('nora');
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), longest).unref());
  const state = await Promise.race([room.when(config.id, ({ problem }) => problem !== null), late]);
  const code = state?.problem?.code ?? 'nothing';
  const ms = performance.now() - started;
  await room.servers.remove(config.id);
  return { name, code, isTold: says.includes(code), ms };
}
