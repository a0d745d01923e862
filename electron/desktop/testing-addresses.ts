// A process in a network namespace of its own that watches its addresses as the app does, for addresses-kernel.test.ts: reads
// arguments of `ip`, one command a line, and prints what came of them. `alone`: no kernel ends its program with it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { createInterface } from 'node:readline';
import type { Dispose, Logger } from '../../contract/index.ts';
import { addressPrograms, listenForAddresses } from './address-events.ts';
import { AddressWatch } from './addresses.ts';

const programs = addressPrograms('linux').slice(process.argv[2] === 'alone' ? -1 : 0);
/** That the watch and the events run, ms. */
const timers = { watch: new Set<number>(), events: new Set<number>() };
const count = { looks: 0, changes: 0 };
let believe = (): void => {};

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function after(running: Set<number>, ms: number, run: () => void): Dispose {
  running.add(ms);
  const timer = setTimeout(() => {
    running.delete(ms);
    run();
    if (timers.events.size === 0)
      say(`quiet after ${count.looks} looks, the watch waits [${[...timers.watch].join()}]`);
  }, ms);
  return () => {
    running.delete(ms);
    clearTimeout(timer);
  };
}

const outside = (): string[] =>
  Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).flatMap(({ address, internal }) => (internal || address.startsWith('fe80:') ? [] : [address])),
  );

const watch = new AddressWatch({
  interfaces: networkInterfaces,
  after: (ms, run) => after(timers.watch, ms, run),
  changed() {
    count.changes += 1;
    say(`change ${count.changes}: ${outside().join(' ') || 'none'}`);
  },
});
const log: Logger = {
  debug: () => {},
  info: () => {},
  warn: (message, details) => say(`warning ${message} ${JSON.stringify(details)}`),
  error: (message) => say(`error ${message}`),
  child: () => log,
};
listenForAddresses({
  programs,
  // Nobody waits here for five seconds: it is believed when the kernel says that it listens.
  after(ms, run) {
    if (ms !== 5000) return after(timers.events, ms, run);
    believe = run;
    return () => {
      believe = () => {};
    };
  },
  log,
  happened() {
    count.looks += 1;
    watch.look();
    say(`look ${count.looks}`);
  },
  telling(is) {
    watch.told(is);
    say(`${is ? 'telling' : 'silent'}, the watch waits [${[...timers.watch].join()}]`);
  },
});

/** Route sockets of this namespace that belong to groups: nobody's but the program's. */
const listens = (): boolean =>
  readFileSync('/proc/self/net/netlink', 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .some(([, protocol, , groups = '0']) => protocol === '0' && Number.parseInt(groups, 16) !== 0);

const knock = setInterval(() => {
  if (!listens()) return;
  clearInterval(knock);
  believe();
  const own = `${process.pid}`;
  say(`program ${execFileSync('ps', ['-o', 'pid=,args=', '--ppid', own], { encoding: 'utf8' }).trim()}`);
}, 10);

createInterface({ input: process.stdin })
  .on('line', (line) => {
    execFileSync('ip', line.split(' '));
    say(`done ${line}`);
  })
  .on('close', () => process.exit());
