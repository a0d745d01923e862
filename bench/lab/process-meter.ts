// CPU time and memory of a whole process tree, from /proc (Linux). For benches only.
import { readdirSync, readFileSync } from 'node:fs';

/** The process and all its descendants. */
export function processTree(pid: number): number[] {
  const pids = [pid];
  for (const parent of pids) {
    try {
      for (const thread of readdirSync(`/proc/${parent}/task`)) {
        const children = readFileSync(`/proc/${parent}/task/${thread}/children`, 'utf8').trim();
        if (children !== '') pids.push(...children.split(' ').map(Number));
      }
    } catch {
      // it ended while we looked
    }
  }
  return pids;
}

/** CPU time used so far by these processes, ms. */
export function cpuMs(pids: readonly number[]): number {
  let nanoseconds = 0;
  for (const pid of pids) {
    try {
      for (const thread of readdirSync(`/proc/${pid}/task`)) {
        nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
      }
    } catch {
      // it ended while we looked
    }
  }
  return nanoseconds / 1e6;
}

/** Proportional set size of these processes, MB. */
export function pssMb(pids: readonly number[]): number {
  let kilobytes = 0;
  for (const pid of pids) {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      kilobytes += Number(/\nPss:\s+(\d+)/.exec(rollup)?.[1] ?? 0);
    } catch {
      // it ended while we looked
    }
  }
  return kilobytes / 1024;
}
