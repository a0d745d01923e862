// Programs that tell of a change of address: real ones that print what the test wants, while the clock is the test's.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Dispose, Logger } from '../../contract/index.ts';
import { addressPrograms, listenForAddresses, type Program } from './address-events.ts';
import { handTurnedClock } from './testing.ts';

let folder: string;
/** What the program reads and prints. */
let fifo: string;
const stops: (() => Promise<void> | void)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hs-addresses-'));
  fifo = join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
});
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
  rmSync(folder, { recursive: true });
});

/** Prints what is written to the fifo; first its id, and what reaches it of us, into files. */
const parrot = (): Program => ['/bin/sh', '-c', script, folder];
const script = 'pwd > "$0/folder"; cd "$0"; /usr/bin/env > environment; echo $$ > id; exec cat fifo';
const lost: Program = ['/nowhere/ip'];

/** A process that has ended stays in the table until its parent asks for it (state Z). */
const isAlive = (pid: number): boolean => {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
};

/** Listens to these programs, on a clock that is turned by hand. */
function listening(programs: readonly Program[]) {
  const { timers, after } = handTurnedClock();
  const told: string[] = [];
  const lines: unknown[] = [];
  const never = () => expect.fail('nothing else is logged');
  const log: Logger = {
    debug: never,
    info: never,
    error: never,
    warn: (_, details) => lines.push(details),
    child: () => log,
  };
  const stop: Dispose = listenForAddresses({
    programs,
    after,
    log,
    happened: () => told.push('happened'),
    telling: (is) => told.push(is ? 'telling' : 'silent'),
  });
  stops.push(stop);
  return {
    told,
    lines,
    stop,
    /** Of all timers that run, ms. */
    waits: () => timers.map(({ ms }) => ms),
    async timer(ms: number): Promise<void> {
      await vi.waitUntil(() => timers.some((timer) => timer.ms === ms));
    },
    /** The timer of this length goes off. */
    pass(ms: number): void {
      const [timer] = timers.splice(
        timers.findIndex((one) => one.ms === ms),
        1,
      );
      expect(timer?.ms).toBe(ms);
      timer?.run();
    },
  };
}

/** The parrot's other end. It is there when the parrot runs. */
async function speaker(): Promise<{ say: (text: string) => Promise<void>; close: () => Promise<void> }> {
  const file: FileHandle = await open(fifo, 'w');
  let isOpen = true;
  const close = async () => {
    if (isOpen) await file.close();
    isOpen = false;
  };
  stops.push(close);
  return { say: async (text) => void (await file.write(text)), close };
}

const idOf = (): number => Number(readFileSync(join(folder, 'id'), 'utf8'));

describe('a program that tells of changes', () => {
  it('is believed when it has run for five seconds, and no timer runs from then on', async () => {
    const ears = listening([parrot()]);
    await speaker();
    expect(ears.waits()).toEqual([5000]);
    ears.pass(5000);
    expect(ears.told).toEqual(['telling']);
    expect(ears.waits()).toEqual([]);
  });

  it('brings one look for a burst, soon, and is heard again afterwards', async () => {
    const ears = listening([parrot()]);
    const { say } = await speaker();
    await say('2: eth0 inet 10.0.0.2/24\n');
    await ears.timer(50);
    await say('3: eth0 inet6 fd00::2/64\n');
    expect(ears.told).toEqual([]);
    expect(ears.waits()).toEqual([5000, 50]);
    ears.pass(50);
    expect(ears.told).toEqual(['happened']);
    ears.pass(1000); // It is calm again.
    expect(ears.waits()).toEqual([5000]);
    await say('Deleted 2: eth0 inet 10.0.0.2/24\n');
    await ears.timer(50);
    ears.pass(50);
    expect(ears.told).toEqual(['happened', 'happened']);
  });

  it('is looked after ever more seldom while it goes on and on, but not less than each half second', async () => {
    const ears = listening([['/bin/sh', '-c', 'while :; do echo again; done']]);
    const waits = [50, 100, 200, 400, 500, 500, 500];
    for (const ms of waits) {
      await ears.timer(ms);
      ears.pass(ms);
    }
    expect(ears.told).toEqual(waits.map(() => 'happened'));
  });

  it('gets nothing of ours: no environment, no folder', async () => {
    listening([parrot()]);
    await speaker();
    const own = (name: string) => readFileSync(join(folder, name), 'utf8');
    expect(own('folder').trim()).toBe('/');
    expect(own('environment')).toContain('LC_ALL=C\n');
    expect(own('environment')).not.toMatch(/^(PATH|HOME|VITEST\w*|NODE_\w+)=/m);
  });

  it('that ends is told of at once, with one line in the log, and is started again a minute later', async () => {
    const ears = listening([parrot(), ['/bin/sh', '-c', 'sleep 60']]);
    const { close } = await speaker();
    ears.pass(5000);
    await close();
    await ears.timer(60_000);
    expect(ears.told).toEqual(['telling', 'silent']);
    expect(ears.lines).toEqual([{ program: '/bin/sh', why: 'It ended with 0.' }]);
    expect(ears.waits()).toEqual([60_000]);
    ears.pass(60_000);
    await speaker();
    ears.pass(5000);
    expect(ears.told).toEqual(['telling', 'silent', 'telling']);
  });

  it('that ended is not started again when nobody wants to hear any more', async () => {
    const ears = listening([parrot()]);
    const { close } = await speaker();
    ears.pass(5000);
    await close();
    await ears.timer(60_000);
    ears.stop();
    expect(ears.waits()).toEqual([]);
  });

  it('that is killed while a look is due leaves no timer behind', async () => {
    const ears = listening([parrot()]);
    const { say } = await speaker();
    await say('x\n');
    await ears.timer(50);
    process.kill(idOf(), 'SIGKILL');
    await vi.waitUntil(() => ears.lines.length > 0);
    expect(ears.lines).toEqual([{ program: '/bin/sh', why: 'It ended with SIGKILL.' }]);
    expect(ears.waits()).toEqual([]);
    expect(ears.told).toEqual([]);
  });

  it('is replaced by the next when it cannot be started, or ends before it is believed', async () => {
    const ears = listening([lost, [join(fifo, 'ip')], ['/bin/sh', '-c', 'exit 3'], parrot()]);
    const { say } = await speaker();
    await say('x\n');
    await ears.timer(50);
    expect(ears.waits()).toEqual([5000, 50]);
    expect(ears.lines).toEqual([]);
  });

  it('is never believed when none can be started; the last is named in the log', async () => {
    const ears = listening([['/bin/sh', '-c', 'exit 3'], lost]);
    await vi.waitUntil(() => ears.lines.length > 0);
    expect(ears.lines).toEqual([{ program: '/nowhere/ip', why: 'spawn /nowhere/ip ENOENT' }]);
    expect(ears.told).toEqual([]);
    expect(ears.waits()).toEqual([]);
  });

  it('is ended by its id when nobody wants to hear any more, and nothing is said of that', async () => {
    const ears = listening([parrot(), lost]);
    const { say } = await speaker();
    ears.pass(5000);
    await say('x\n');
    await ears.timer(50);
    const id = idOf();
    ears.stop();
    await vi.waitUntil(() => !isAlive(id));
    expect(ears.waits()).toEqual([]);
    expect(ears.told).toEqual(['telling']);
    expect(ears.lines).toEqual([]);
  });

  it('keeps no process of ours running, and ends when it next prints after that process is gone', async () => {
    const listener = `import { listenForAddresses } from ${JSON.stringify(import.meta.resolve('./address-events.ts'))};
      const nothing = () => {};
      listenForAddresses({ programs: [${JSON.stringify(parrot())}], after: () => nothing, happened: nothing, telling: nothing });`;
    const mouth = speaker(); // Opens when the parrot does.
    execFileSync(process.execPath, ['--input-type=module', '-e', listener]);
    const { say } = await mouth;
    expect(isAlive(idOf())).toBe(true);
    await say('x\n');
    await vi.waitUntil(() => !isAlive(idOf()));
  });
});

describe('the programs of a system', () => {
  const has =
    (...paths: string[]) =>
    (path: string) =>
      paths.includes(path);

  it('are ip on Linux, wherever it lies, ended by the kernel together with us where setpriv is there', () => {
    const alone = ['/usr/bin/ip', '-o', 'monitor', 'link', 'address'];
    expect(addressPrograms('linux', has('/usr/bin/ip'))).toEqual([alone]);
    expect(addressPrograms('linux', has('/usr/bin/ip', '/usr/bin/setpriv'))).toEqual([
      ['/usr/bin/setpriv', '--pdeathsig', 'KILL', '--', ...alone],
      alone,
    ]);
    expect(addressPrograms('linux', has('/usr/bin/setpriv'))).toEqual([]);
  });

  it('are route on macOS, and none on Windows', () => {
    expect(addressPrograms('darwin', has())).toEqual([['/sbin/route', '-n', 'monitor']]);
    expect(addressPrograms('win32', () => true)).toEqual([]);
  });
});
