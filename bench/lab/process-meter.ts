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

/** CPU time of each thread so far, ns. */
export type CpuTimes = ReadonlyMap<string, number>;

/** Reads the scheduler's own account, which is exact; the ticks of /proc/PID/stat are 10 ms each. */
export function cpuTimes(pids: readonly number[]): CpuTimes {
  const times = new Map<string, number>();
  for (const pid of pids) {
    try {
      for (const thread of readdirSync(`/proc/${pid}/task`)) {
        const [nanoseconds] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
        times.set(`${pid}/${thread}`, Number(nanoseconds));
      }
    } catch {
      // it ended while we looked
    }
  }
  return times;
}

/** CPU time spent between two readings, ms. What a thread did that began and ended in between is not seen. */
export function cpuBetween(before: CpuTimes, after: CpuTimes): number {
  let nanoseconds = 0;
  for (const [thread, now] of after) nanoseconds += now - (before.get(thread) ?? 0);
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
