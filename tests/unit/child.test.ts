// Programs that tests start: none of their processes may outlive them, or a "killed" server goes on listening.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { startChild, until } from '../peers/support/child.ts';

/** A process that has ended stays in the table until its parent asks for it (state Z), and then it holds no socket. */
const alive = (pid: number): boolean => {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
};

/** A program that ignores SIGTERM, as Kamailio does while it starts, with a process of its own below it. */
async function stubborn(): Promise<{ child: ReturnType<typeof startChild>; below: number }> {
  const child = startChild('sh', [
    '-c',
    'trap "" TERM; sh -c \'trap "" TERM; while :; do sleep 1; done\' & echo below $!; wait',
  ]);
  const [, below] = await child.waitFor(/below (\d+)/);
  return { child, below: Number(below) };
}

it('a program that does not end when asked is killed with everything it started', async () => {
  const { child, below } = await stubborn();
  await child.stop(50);
  await until('the process below to be gone', () => (alive(below) ? null : true), 2000);
  expect(child.exited).toBe(true);
});

it('a program that is killed goes at once, with everything it started', async () => {
  const { child, below } = await stubborn();
  await child.kill();
  await until('the process below to be gone', () => (alive(below) ? null : true), 2000);
  expect(child.exited).toBe(true);
});
