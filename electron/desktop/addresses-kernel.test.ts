// Changes of address as the kernel tells of them: `ip monitor` in a network namespace, where cables are laid and pulled.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startChild, type Child } from '../../tests/peers/support/child.ts';

const script = join(import.meta.dirname, 'testing-addresses.ts');
/** Everybody may have a namespace within a namespace of users; root needs no other users. */
const apart = process.getuid?.() === 0 ? ['--net'] : ['--net', '--map-root-user'];
/** Some Linux systems give namespaces to root only; others than Linux have none. */
const hasNamespaces = process.platform === 'linux' && spawnSync('unshare', [...apart, 'true']).status === 0;

const running: Child[] = [];
afterEach(async () => {
  for (const child of running.splice(0)) await child.stop();
});

interface Watching {
  child: Child;
  /** The id of `ip`. */
  program: number;
  /** `ip` with these arguments, and what is said once it has come of them. */
  ip: (command: string, comes?: RegExp) => Promise<void>;
}

/** A process that watches, and is told of changes. */
async function watching(...given: string[]): Promise<Watching> {
  const child = startChild('unshare', [...apart, process.execPath, script, ...given], { stdin: true });
  running.push(child);
  await child.waitFor(/^telling, the watch waits \[\]$/m);
  const [, id] = await child.waitFor(/^program (\d+) \S*ip -o monitor link address$/m);
  return {
    child,
    program: Number(id),
    async ip(command, comes) {
      child.write(command);
      await child.waitFor(comes ?? new RegExp(`^done ${command}$`, 'm'));
    },
  };
}

/** A process that has ended stays in the table until its parent asks for it (state Z). */
const isAlive = (pid: number): boolean => {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
};

describe.runIf(hasNamespaces)('on Linux, with no timer running,', () => {
  it('an address is missed or found whatever took or brought it: a person, a cable, or the other end of it', async () => {
    const { child, ip } = await watching();
    await ip('link add eth type veth peer name far');
    await ip('link set eth addrgenmode none'); // Nothing but what is done here is told of.
    await ip('addr add 10.9.0.2/24 dev eth');
    await ip('link set far up');
    await ip('link set eth up', /^change 1: 10\.9\.0\.2$/m);
    await ip('addr add 10.9.1.2/24 dev eth', /^change 2: 10\.9\.0\.2 10\.9\.1\.2$/m);
    await ip('addr del 10.9.0.2/24 dev eth', /^change 3: 10\.9\.1\.2$/m);
    await ip('addr del 10.9.1.2/24 dev eth', /^change 4: none$/m);
    await ip('addr add 10.9.0.4/24 dev eth', /^change 5: 10\.9\.0\.4$/m);
    // The address stays configured; what is told of is the cable.
    await ip('link set eth down', /^change 6: none$/m);
    await ip('link set eth up', /^change 7: 10\.9\.0\.4$/m);
    await ip('link set far down', /^change 8: none$/m);
    await ip('link set far up', /^change 9: 10\.9\.0\.4$/m);
    await ip('link del eth', /^change 10: none$/m);
    await child.waitFor(/^quiet after \d+ looks, the watch waits \[\]$/m);
  });

  it('an IPv6 address that only lives longer costs one look and is no change', async () => {
    const { child, ip } = await watching();
    await ip('link add eth type veth peer name far');
    for (const end of ['eth', 'far']) await ip(`link set ${end} addrgenmode none`); // Nothing goes on by itself.
    await ip('link set far up');
    await ip('link set eth up');
    await ip('addr add fd00:9::2/64 dev eth nodad', /^change 1: fd00:9::2$/m);
    const [, looks = ''] = await child.waitFor(/^quiet after (\d+) looks(?![^]*look \d+\n)/m);
    await ip('addr change fd00:9::2/64 dev eth valid_lft 900 preferred_lft 600');
    await child.waitFor(new RegExp(`^quiet after ${Number(looks) + 1} looks`, 'm'));
    expect(child.output()).not.toContain('change 2');
  });

  it('a flood of changes costs a look each half second, and the last one is found', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hs-flood-'));
    try {
      const wave = ['addr add 10.9.0.2/24 dev eth', 'addr del 10.9.0.2/24 dev eth'];
      const flood = [...Array.from({ length: 5000 }, () => wave).flat(), 'addr add 10.9.9.9/24 dev eth'];
      writeFileSync(join(folder, 'flood'), flood.join('\n'));
      const { child, ip } = await watching();
      await ip('link add eth type veth peer name far');
      await ip('link set far up');
      await ip('link set eth up');
      const began = performance.now();
      await ip(`-batch ${join(folder, 'flood')}`, /^change \d+: 10\.9\.9\.9$/m);
      const [, looks] = await child.waitFor(/^quiet after (\d+) looks(?![^]*look \d+\n)/m);
      // Four at the beginning of it, and what the cable cost.
      expect(Number(looks)).toBeLessThanOrEqual(10 + (performance.now() - began) / 500);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('the looks by the clock come back at once when the program is killed', async () => {
    const { child, program } = await watching();
    process.kill(program, 'SIGKILL');
    await child.waitFor(/^silent, the watch waits \[5000\]$/m);
    expect(child.output().match(/^warning .*$/gm)).toEqual([
      expect.stringMatching(/looked for now and then.*It ended with SIGKILL/),
    ]);
  });
});

describe.runIf(hasNamespaces)('the program of a process that is killed', () => {
  it('ends with it', async () => {
    const { child, program } = await watching();
    process.kill(child.pid, 'SIGKILL');
    await vi.waitUntil(() => !isAlive(program), { timeout: 5000 });
  });

  it('ends at its next line where the kernel cannot be asked for that', async () => {
    const { child, program } = await watching('alone');
    process.kill(child.pid, 'SIGKILL');
    await vi.waitUntil(() => child.exited);
    expect(isAlive(program)).toBe(true);
    const inside = [
      '--target',
      `${program}`,
      '--net',
      ...(apart.length > 1 ? ['--user', '--preserve-credentials'] : []),
    ];
    execFileSync('nsenter', [...inside, 'ip', 'link', 'set', 'lo', 'up']);
    await vi.waitUntil(() => !isAlive(program), { timeout: 5000 });
  });
});
