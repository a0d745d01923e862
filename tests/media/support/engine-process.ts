// The real media engine in a process of its own, as Electron's utilityProcess would run it: parentPort and ports by IPC.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel } from '../../../electron/media/index.ts';

/** Stands in for Electron inside the process. */
export const engineHost = `
const { EventEmitter } = require('node:events');
// As a utility process does, it ends with the one that it belongs to.
process.on('disconnect', () => process.exit(0));
process.parentPort = Object.assign(new EventEmitter(), { postMessage: (data) => process.send({ to: 'main', data }) });
let port = null;
process.on('message', ({ from, data }) => {
  if (from === 'main') process.parentPort.emit('message', { data, ports: [] });
  else if (from === 'window') port?.emit('message', { data, ports: [] });
  else {
    port = Object.assign(new EventEmitter(), { postMessage: (data) => process.send({ to: 'window', data }), start() {} });
    process.parentPort.emit('message', { data: { type: 'window-port' }, ports: [port] });
  }
});
require('./engine.cjs');
`;

export interface EngineProcess {
  readonly channel: Channel;
  /** Messages of the engine to the media window. */
  onWindowMessage(listener: (data: unknown) => void): void;
  fromWindow(data: unknown): void;
  /** Hands the engine a new port. */
  join(): void;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** `folder` holds engine.cjs. */
export function startEngine(folder: string): EngineProcess {
  const script = join(folder, 'engine-host.cjs');
  writeFileSync(script, engineHost);
  const toMain = new Set<(message: unknown) => void>();
  const toWindow = new Set<(message: unknown) => void>();
  const gone = new Set<(reason: string) => void>();
  const start = (): ChildProcess => {
    const started = fork(script, { execArgv: [], serialization: 'advanced' });
    started.on('message', (message) => {
      if (typeof message !== 'object' || message === null) return;
      const listeners = Reflect.get(message, 'to') === 'main' ? toMain : toWindow;
      for (const listener of listeners) listener(Reflect.get(message, 'data'));
    });
    return started;
  };
  const end = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  let child = start();
  /** To a process that has just ended nothing can be said, as nothing can be posted to a utility process that has. */
  const say = (message: { from: string; data?: unknown }): void => {
    if (child.connected) child.send(message, () => {});
  };
  return {
    channel: {
      send: (data) => say({ from: 'main', data }),
      onMessage: (listener) => {
        toMain.add(listener);
        return () => toMain.delete(listener);
      },
      onGone: (listener) => {
        gone.add(listener);
        return () => gone.delete(listener);
      },
      onRestart: () => () => {},
    },
    onWindowMessage: (listener) => toWindow.add(listener),
    fromWindow: (data) => say({ from: 'window', data }),
    join: () => say({ from: 'port' }),
    async restart() {
      await end();
      for (const listener of gone) listener('killed by the test');
      child = start();
    },
    stop: end,
  };
}
