// Tells that this computer's addresses may have changed, by a program of the system that hears it from the kernel.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { Dispose, Logger } from '../../contract/index.ts';

/** The program by its whole path, and its arguments. */
export type Program = readonly [path: string, ...args: string[]];

/** Only these count: what PATH leads to could be anybody's. */
const places = {
  ip: ['/sbin/ip', '/usr/sbin/ip', '/bin/ip', '/usr/bin/ip'],
  setpriv: ['/usr/bin/setpriv', '/bin/setpriv'],
};

/**
 * Programs that print something whenever an address comes or goes and sleep otherwise, best first; none on Windows. On Linux
 * they listen to links as well: a cable that is pulled leaves its IPv4 address configured. Where util-linux is there the
 * kernel ends `ip` with us, however we end; elsewhere it ends when it next prints, since nobody reads (SIGPIPE).
 */
export function addressPrograms(platform: NodeJS.Platform, exists: (path: string) => boolean = existsSync): Program[] {
  if (platform === 'darwin') return [['/sbin/route', '-n', 'monitor']];
  const ip = platform === 'linux' ? places.ip.find(exists) : undefined;
  if (ip === undefined) return [];
  const alone: Program = [ip, '-o', 'monitor', 'link', 'address'];
  const setpriv = places.setpriv.find(exists);
  return setpriv === undefined ? [alone] : [[setpriv, '--pdeathsig', 'KILL', '--', ...alone], alone];
}

/** From what is printed to the look at it, ms. */
const SOON = 50;
/** However much is printed, there is a look no more often than this, ms. */
const AT_MOST_EACH = 500;
/** Without a line for so long the next one is the first of a burst again, ms. */
const CALM_AFTER = 1000;
/** What still runs by then has long begun to listen; no such program says when it does. ms. */
const AT_WORK_AFTER = 5000;
/** One that was at work and ended is started again after this, ms. */
const AGAIN_AFTER = 60_000;

export interface AddressEventsOptions {
  /** Tried in turn until one stays. */
  programs: readonly Program[];
  /** `setTimeout`; returns how it is called off. */
  after: (ms: number, run: () => void) => Dispose;
  log: Logger;
  /** Something was printed. What it says is never read: its form is nobody's promise, and a look costs less. */
  happened: () => void;
  /** Whether changes are told of from now on: when a program is surely at work, and again should it end. */
  telling: (is: boolean) => void;
}

/** Starts the first program that stays, and again should it end. Returns how it is ended; nothing is called from then on. */
export function listenForAddresses(options: AddressEventsOptions): Dispose {
  const stop = new AbortController();
  void tryInTurn(options, stop.signal);
  return () => stop.abort();
}

async function tryInTurn(options: AddressEventsOptions, stopped: AbortSignal): Promise<void> {
  const { programs, log, telling } = options;
  for (const [index, program] of programs.entries()) {
    for (;;) {
      const { why, wasAtWork } = await lifeOf(program, options, stopped);
      if (stopped.aborted) return;
      if (!wasAtWork && index < programs.length - 1) break;
      log.warn('Changes of address are not told of; they are looked for now and then.', { program: program[0], why });
      if (!wasAtWork) return;
      telling(false);
      if (!(await passes(AGAIN_AFTER, options, stopped))) return;
    }
  }
}

/** Resolves after so long, ms, to true; to false as soon as nobody wants to hear any more. */
function passes(ms: number, { after }: AddressEventsOptions, stopped: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = after(ms, () => resolve(true));
    stopped.addEventListener('abort', () => {
      cancel();
      resolve(false);
    });
  });
}

interface End {
  why: string;
  wasAtWork: boolean;
}

/** Resolves when the program has ended. */
function lifeOf([path, ...args]: Program, options: AddressEventsOptions, stopped: AbortSignal): Promise<End> {
  return new Promise((resolve) => {
    let wasAtWork = false;
    const cancels: Dispose[] = [];
    const end = (why: string): void => {
      for (const cancel of cancels.splice(0)) cancel();
      resolve({ why, wasAtWork });
    };
    try {
      // Nothing of ours reaches it: neither environment nor folder nor input.
      const child = spawn(path, args, { cwd: '/', env: { LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'ignore'] });
      child.on('error', ({ message }) => end(message));
      child.on('exit', (code, signal) => end(`It ended with ${signal ?? code}.`));
      child.stdout.on('error', () => child.kill()); // Of no use where it cannot be heard.
      child.unref();
      cancels.push(
        hear(child.stdout, options),
        options.after(AT_WORK_AFTER, () => {
          wasAtWork = true;
          options.telling(true);
        }),
      );
      stopped.addEventListener('abort', () => {
        end('');
        child.kill();
      });
    } catch (error) {
      end(String(error)); // Some failures to start are thrown and not told by an event.
    }
  });
}

/**
 * The first line of a burst brings a look soon, and the others until then none. While more comes, looks come after twice that
 * time, four times, and so on. Meanwhile nothing is taken from the pipe once its buffer is full: a flood holds up who makes it.
 */
function hear(output: Readable, { after, happened }: AddressEventsOptions): Dispose {
  let pause = SOON;
  let isDue = false;
  let cancel: Dispose = () => {};
  const look = (): void => {
    isDue = false;
    pause = Math.min(2 * pause, AT_MOST_EACH);
    cancel = after(CALM_AFTER, () => {
      pause = SOON;
    });
    while (output.read() !== null); // First emptied, then looked: what comes from now on brings another look.
    happened();
  };
  const printed = (): void => {
    if (isDue) return;
    isDue = true;
    cancel();
    cancel = after(pause, look);
  };
  output.on('readable', printed);
  if (output instanceof Socket) output.unref(); // It keeps no program running.
  return () => {
    cancel();
    output.off('readable', printed);
  };
}
