// One instance per user data: a lock file that names the first process, and a socket to hand command lines over.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';

const handoverSchema = v.object({ argv: v.array(v.string()), cwd: v.string(), data: v.unknown() });
export type Handover = v.InferOutput<typeof handoverSchema>;
type Listener = (argv: string[], cwd: string, data: unknown) => void;

export class SingleInstance {
  #file = '';
  #address = '';
  #server: Server | null = null;

  get held(): boolean {
    return this.#server !== null;
  }

  /** True for the first process of this user data; it is told of each later one. */
  lock(userData: string, listener: Listener): boolean {
    if (this.#server) return true;
    mkdirSync(userData, { recursive: true });
    this.#file = join(userData, 'host-instance');
    const key = createHash('sha256').update(userData).digest('hex').slice(0, 16);
    this.#address =
      process.platform === 'win32' ? `\\\\.\\pipe\\chromium-host-${key}` : join(tmpdir(), `chromium-host-${key}.sock`);
    if (!this.#claim()) return false;
    if (process.platform !== 'win32') rmSync(this.#address, { force: true });
    this.#server = createServer((socket) => {
      let text = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      socket.on('error', () => {});
      socket.on('end', () => {
        socket.end();
        const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), handoverSchema), text);
        if (parsed.success) listener(parsed.output.argv, parsed.output.cwd, parsed.output.data);
      });
    });
    this.#server.on('error', (error) => console.error('[host] A second start cannot reach this one:', error.message));
    this.#server.listen({ path: this.#address, readableAll: false, writableAll: false }).unref();
    return true;
  }

  /** Gives this process's command line to the first; settles when it has been taken. */
  handOver(handover: Handover): Promise<void> {
    return new Promise((resolve) => {
      const socket = connect(this.#address, () => socket.end(JSON.stringify(handover)));
      socket.on('error', (error) => console.error('[host] The first start does not answer:', error.message));
      socket.on('close', () => resolve());
      socket.resume();
    });
  }

  release(): void {
    if (!this.#server) return;
    this.#server.close();
    this.#server = null;
    rmSync(this.#file, { force: true });
  }

  #claim(): boolean {
    const mine = `${process.pid} ${startOf(process.pid)}`;
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        writeFileSync(this.#file, mine, { flag: 'wx' });
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      if (isAlive(readFileSync(this.#file, 'utf8'))) return false;
      rmSync(this.#file, { force: true }); // Left over from a process that was killed.
    }
    return false;
  }
}

function isAlive(owner: string): boolean {
  const [pid = '', ...start] = owner.split(' ');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return start.join(' ') === startOf(Number(pid));
}

/** When a process started, so that a number used again is not taken for the old process; empty where unknown. */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return '';
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // proc(5): field 22 is the start time; the second, the name in parentheses, may hold spaces.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
