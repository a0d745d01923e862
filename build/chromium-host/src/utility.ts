// Runs first in a utility process: process.parentPort, then the app's script.
import { EventEmitter } from 'node:events';
import Module from 'node:module';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { end } from './end.ts';
import { MessagePortMain, PortRelay, takePorts } from './ports.ts';
import { utilityMessageSchema, type UtilityMessage } from './utility-messages.ts';

const send = (message: UtilityMessage) => void process.send?.(message);
const relay = new PortRelay('utility-', send);

/** Like Electron's: silent until somebody listens. */
class ParentPort extends EventEmitter {
  #held: { data: unknown; ports: MessagePortMain[] }[] | null = [];

  constructor() {
    super();
    this.on('newListener', (event) => {
      if (event === 'message') process.nextTick(() => this.start());
    });
  }

  start(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const message of held) this.emit('message', message);
  }

  pause(): void {
    this.#held ??= [];
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    send({ kind: 'message', data: structuredClone(message), ports: relay.export(takePorts(transfer)) });
  }

  arrived(data: unknown, ids: string[]): void {
    const message = { data, ports: relay.import(ids).map((end) => new MessagePortMain(end)) };
    if (this.#held) this.#held.push(message);
    else this.emit('message', message);
  }
}

const parentPort = new ParentPort();
process.on('message', (given) => {
  const message = v.parse(utilityMessageSchema, given);
  if (message.kind === 'message') parentPort.arrived(message.data, message.ports);
  else relay.handle(message);
});
// The host ended: nobody may be left behind.
process.on('disconnect', () => end(0));

process.title = process.env['HOST_UTILITY_NAME'] ?? process.title;
delete process.env['HOST_UTILITY_NAME'];
process.argv.splice(1, 1);
Object.assign(process, { type: 'utility', parentPort });

// Electron offers `net` and `systemPreferences` here; this host offers nothing, and says so.
const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
const load = loader._load;
loader._load = (request, ...rest) => {
  if (/^electron(\/|$)/.test(request))
    throw new Error('electron is not part of the Chromium host in utility processes.');
  return load(request, ...rest);
};

const [, script = ''] = process.argv;
// Not an unhandled rejection: a script that cannot be loaded ends the process as it would in Electron.
import(pathToFileURL(script).href).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
