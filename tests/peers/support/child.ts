// A program that we started for a test: its output kept, waited on by line, ended by its own id. Each leads a process group,
// so that the processes it forks (Kamailio has a dozen, and they hold its sockets) go with it.
import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, appendFileSync, constants, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface ChildOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Everything it says goes here too, for reading after a failed test. */
  logFile?: string;
  /** Network namespace to run in (`ip netns exec`, root only). */
  netns?: string;
  /** Keep its standard input open for {@link Child.write}. */
  stdin?: boolean;
}

export interface Child {
  readonly pid: number;
  readonly exited: boolean;
  /** All output so far. */
  output(): string;
  /** Resolves to the first match in the output, past or coming. Rejects when it ends or `ms` have passed. */
  waitFor(pattern: RegExp, ms?: number): Promise<RegExpExecArray>;
  write(line: string): void;
  /** SIGTERM, then after `ms` SIGKILL to it and all it started. Resolves when it is gone. */
  stop(ms?: number): Promise<void>;
  /** As a crash would: SIGKILL to it and all it started. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGSTOP, SIGCONT, SIGKILL...: for fault drills. */
  signal(signal: NodeJS.Signals): void;
}

const running = new Set<ChildProcess>();
// A test that dies must not leave servers behind.
process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL');
});

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // All gone.
  }
}

/** Full path of a program, or null. `/usr/sbin` counts too: Kamailio and dnsmasq live there. */
export function findProgram(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin'];
  for (const folder of folders) {
    if (folder === '') continue;
    try {
      const path = join(folder, name);
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** Names of those programs that are not installed: the reason for a skipped test. */
export function missingPrograms(...names: readonly string[]): string[] {
  return names.filter((name) => findProgram(name) === null);
}

/** Starts a program. */
export function startChild(program: string, args: readonly string[], options: ChildOptions = {}): Child {
  const path = findProgram(program) ?? program;
  const command = options.netns === undefined ? path : (findProgram('ip') ?? 'ip');
  const commandArgs = options.netns === undefined ? args : ['netns', 'exec', options.netns, path, ...args];
  if (options.logFile !== undefined) writeFileSync(options.logFile, '');
  const child: ChildProcess = spawn(command, [...commandArgs], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: [options.stdin === true ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let text = '';
  let exited = false;
  const watchers = new Set<() => void>();
  const changed = (): void => {
    for (const watcher of watchers) watcher();
  };
  const hear = (chunk: Buffer): void => {
    text += chunk.toString('utf8');
    if (options.logFile !== undefined) appendFileSync(options.logFile, chunk);
    changed();
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const gone = new Promise<void>((resolve) => {
    const end = (): void => {
      exited = true;
      running.delete(child);
      changed();
      resolve();
    };
    child.once('exit', end);
    child.once('error', (error) => {
      text += `\n${error.message}\n`;
      end();
    });
  });

  return {
    get pid() {
      return child.pid ?? -1;
    },
    get exited() {
      return exited;
    },
    output: () => text,
    waitFor(pattern, ms = 15_000) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => finish(`did not say ${String(pattern)} within ${ms} ms`), ms);
        const finish = (failure: string | null, match?: RegExpExecArray): void => {
          clearTimeout(timer);
          watchers.delete(look);
          if (match !== undefined) resolve(match);
          else reject(new Error(`${program} ${failure ?? ''}; it said:\n${text.slice(-2000)}`));
        };
        const look = (): void => {
          const match = new RegExp(pattern.source, pattern.flags.replaceAll('g', '')).exec(text);
          if (match !== null) finish(null, match);
          else if (exited) finish(`ended before it said ${String(pattern)}`);
        };
        watchers.add(look);
        look();
      });
    },
    write(line) {
      child.stdin?.write(`${line}\n`);
    },
    async stop(ms = 3000) {
      if (exited) return;
      child.kill('SIGTERM');
      const kill = setTimeout(() => signalGroup(child, 'SIGKILL'), ms);
      await gone;
      clearTimeout(kill);
      signalGroup(child, 'SIGKILL');
    },
    async kill() {
      signalGroup(child, 'SIGKILL');
      await gone;
    },
    signal(signal) {
      // Its processes, too: one that is stopped alone leaves the others to answer.
      signalGroup(child, signal);
    },
  };
}

/** Asks again until `attempt` gives something other than null. For peers that have no event to wait on. */
export async function until<T>(what: string, attempt: () => Promise<T | null> | T | null, ms = 10_000): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const value = await attempt();
    if (value !== null) return value;
    if (performance.now() > end) throw new Error(`Waited ${ms} ms for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
