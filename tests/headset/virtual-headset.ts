// A test's hand on the virtual headset: press buttons, read lamps, pull the plug, while the whole app runs.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname, resolve } from 'node:path';
import { build } from 'esbuild';
import * as v from 'valibot';
import type { ModelName } from '../../electron/headset/virtual/models.ts';
import type { VirtualButton } from '../../electron/headset/virtual/virtual-headset.ts';
import { addressVariable, hostVariable, lines, stateSchema, type VirtualCommand, type VirtualState } from './wire.ts';

const root = resolve(import.meta.dirname, '../..');
const bundle = resolve(root, 'out/tests/virtual-headset-host.cjs');

type Lamps = VirtualState['lamps'];

/**
 * Listens for an app to be launched with {@link VirtualHeadsetControl.env} in its environment.
 *
 *     const headset = await startVirtualHeadset('jabra');
 *     const app = await launch({ env: { ...process.env, ...headset.env } });
 *     await headset.waitForOpen();
 *     await headset.waitForLamps({ ring: true });
 *     await headset.press('hook');
 */
export async function startVirtualHeadset(model: ModelName = 'jabra'): Promise<VirtualHeadsetControl> {
  await bundleHost();
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return new VirtualHeadsetControl(server, model);
}

export class VirtualHeadsetControl {
  /** For the app's environment. */
  readonly env: Record<string, string>;
  readonly #server: Server;
  readonly #waiting = new Set<() => void>();
  #sent = 0;
  #socket: Socket | null = null;
  #state: VirtualState | null = null;

  constructor(server: Server, model: ModelName) {
    this.#server = server;
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    this.env = { [hostVariable]: bundle, [addressVariable]: `${model}@127.0.0.1:${port}` };
    // Each start of the app's headset host comes anew.
    server.on('connection', (socket) => this.#accept(socket));
  }

  /** A person presses a button. Resolves, as all commands do, when the headset has done it. */
  press(button: VirtualButton): Promise<void> {
    return this.send({ type: 'press', button });
  }

  plug(): Promise<void> {
    return this.send({ type: 'plug' });
  }

  unplug(): Promise<void> {
    return this.send({ type: 'unplug' });
  }

  /** Anything else that a headset or its surroundings may do. `crash` resolves when the host is gone. */
  send(command: VirtualCommand): Promise<void> {
    const socket = this.#socket;
    if (!socket) return Promise.reject(new Error('No headset host is connected; is the app running with headset.env?'));
    const number = (this.#sent += 1);
    socket.write(`${JSON.stringify(command)}\n`);
    return new Promise((done) => {
      const look = () => {
        if (this.#socket === socket && (this.#state?.obeyed ?? 0) < number) return;
        this.#waiting.delete(look);
        done();
      };
      this.#waiting.add(look);
    });
  }

  /** What is lit now. */
  lamps(): Lamps {
    if (!this.#state) throw new Error('No headset host has come yet; wait for waitForOpen().');
    return this.#state.lamps;
  }

  /** Output reports that the app wrote, hex, in order. */
  written(): readonly string[] {
    return this.#state?.written ?? [];
  }

  /** Resolves when the app has opened the headset. */
  async waitForOpen(timeoutMs = 10_000): Promise<void> {
    await this.waitFor((state) => state.open, 'the app to open the headset', timeoutMs);
  }

  /** Resolves when these lamps are as given; the others may be anything. */
  async waitForLamps(wanted: Partial<Lamps>, timeoutMs = 10_000): Promise<Lamps> {
    const fits = ({ lamps }: VirtualState) =>
      Object.entries({ ...lamps, ...wanted }).every(([n, on]) => on === lamps[n as keyof Lamps]);
    return (await this.waitFor(fits, `lamps ${JSON.stringify(wanted)}`, timeoutMs)).lamps;
  }

  /** Resolves with the first state that fits; rejects with the last one. */
  waitFor(fits: (state: VirtualState) => boolean, what: string, timeoutMs = 10_000): Promise<VirtualState> {
    return new Promise((done, fail) => {
      const stop = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
      };
      const look = () => {
        if (!this.#state || !fits(this.#state)) return;
        stop();
        done(this.#state);
      };
      const timer = setTimeout(() => {
        stop();
        fail(new Error(`Waited ${timeoutMs} ms for ${what}; the headset has ${JSON.stringify(this.#state)}.`));
      }, timeoutMs);
      this.#waiting.add(look);
      look();
    });
  }

  async close(): Promise<void> {
    this.#socket?.destroy();
    await new Promise((done) => this.#server.close(done));
  }

  #accept(socket: Socket): void {
    this.#sent = 0;
    this.#state = null;
    this.#socket = socket;
    socket.setEncoding('utf8').setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#state = null;
      for (const look of this.#waiting) look();
    });
    socket.on(
      'data',
      lines((text) => {
        this.#state = v.parse(stateSchema, JSON.parse(text));
        for (const look of this.#waiting) look();
      }),
    );
  }
}

/** One CommonJS file, as a utility process can run it anywhere. Put in place whole: several workers may do this at once. */
async function bundleHost(): Promise<void> {
  const result = await build({
    entryPoints: [resolve(import.meta.dirname, 'virtual-host.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    logLevel: 'error',
  });
  const temporary = `${bundle}.${process.pid}`;
  await mkdir(dirname(bundle), { recursive: true });
  await writeFile(temporary, result.outputFiles[0]?.contents ?? '');
  await rename(temporary, bundle);
}
