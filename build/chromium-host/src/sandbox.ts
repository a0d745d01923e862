// Whether Chromium's sandbox is real, read from the kernel and not from a switch.
import { readFileSync, readlinkSync } from 'node:fs';
import type { Chromium } from './chromium.ts';

/** `real`, or `not shown: ` and why. Ask when a page is loaded. */
export async function sandboxState(chromium: Chromium): Promise<string> {
  if (!chromium.sandboxed) return 'not shown: this system lets Chromium make no sandbox.';
  if (process.platform !== 'linux') return 'not shown: only on Linux can a process be asked about its sandbox.';
  const { processInfo } = await chromium.cdp.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  if (renderers.length === 0) return 'not shown: no page has a process yet.';
  for (const { id } of renderers) {
    const problem = weakness(id);
    if (problem) return `not shown: process ${id} of a page ${problem}`;
  }
  return 'real';
}

/** proc(5), status. Seccomp 2 is a filter; a renderer also lives in a user namespace of its own. */
function weakness(pid: number): string | null {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1];
  if (field('Uid') === '0') return 'runs as root.';
  if (field('NoNewPrivs') !== '1') return 'could gain privileges.';
  if (field('Seccomp') !== '2') return 'has no system call filter.';
  if (readlinkSync(`/proc/${pid}/ns/user`) === readlinkSync('/proc/self/ns/user'))
    return 'has no namespace of its own.';
  return null;
}
