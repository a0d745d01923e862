// RTP sockets of a phone's media engine, as the kernel has them: none while audio goes round the engine.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { PhoneApp } from '../../support/app.ts';

/** As the Chromium host names the process, and as Electron does (its other one of this kind has no UDP socket). */
const engineProcess = /^Hookswitch media engine|node\.mojom\.NodeService/;

/** UDP sockets of the engine process of this phone. Linux only. */
export function engineSockets(app: PhoneApp): number {
  return enginesOf(app).reduce((sum, pid) => sum + udpSockets(pid), 0);
}

/** Process ids of the engine: one, or on Electron those that may be it. */
export function enginesOf(app: PhoneApp): number[] {
  const main = app.electron.process().pid;
  if (main === undefined) throw new Error('The app is not running.');
  const engines = descendants(main).filter((pid) => engineProcess.test(read(`/proc/${pid}/cmdline`)));
  if (engines.length === 0) throw new Error('The app runs no media engine.');
  return engines;
}

function udpSockets(pid: number): number {
  const tables = read(`/proc/${pid}/net/udp`) + read(`/proc/${pid}/net/udp6`);
  const inodes = new Set([...tables.matchAll(/^ *\d+: (?:\S+ +){8}(\d+)/gm)].map((match) => match[1]));
  return readdirSync(`/proc/${pid}/fd`).filter((descriptor) => {
    const inode = /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${descriptor}`))?.[1];
    return inode !== undefined && inodes.has(inode);
  }).length;
}

function descendants(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(/\) \S (\d+)/.exec(read(`/proc/${name}/stat`))?.[1]) === pid)
    .map(Number);
  return [...children, ...children.flatMap(descendants)];
}

/** Empty for what has just ended. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
