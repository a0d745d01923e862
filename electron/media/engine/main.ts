// The media engine's process: an Electron utilityProcess. Joins its ports to the engine and survives whatever comes.
import { setFlagsFromString } from 'node:v8';
import * as v from 'valibot';
import { windowPortMessage } from '../../../contract/index.ts';
import { Engine } from './engine.ts';
import { isMessagePort, isParentPort, type MessagePortLike } from './ports.ts';

// A call runs the same few functions a hundred times a second, and no others: V8 shall make its best code of them in the first
// seconds, not in the first minutes. A V8 that does not know one of these says so on stderr, and goes on.
for (const flag of [
  '--no-maglev',
  '--invocation-count-for-turbofan=100',
  '--minimum-invocations-after-ic-update=100',
]) {
  setFlagsFromString(flag);
}

const port: unknown = Reflect.get(process, 'parentPort');
if (!isParentPort(port)) throw new Error('the media engine runs as a utility process only');

const engine = new Engine((event) => port.postMessage(event));

port.on('message', ({ data, ports }) => {
  if (!v.is(windowPortMessage, data)) engine.fromMain(data);
  else if (isMessagePort(ports[0])) joinWindow(ports[0]);
});

/** A new port comes after either side was started again; the old one falls silent by itself. */
function joinWindow(port: MessagePortLike): void {
  port.on('message', ({ data }) => engine.fromWindow(data, (answer) => port.postMessage(answer)));
  port.start();
}

// One call's fault must not end the others'.
process.on('uncaughtException', (error) => engine.log('error', 'uncaught', { error: String(error.stack) }));
process.on('unhandledRejection', (reason) => engine.log('error', 'unhandled rejection', { error: String(reason) }));

engine.fromMain({ type: 'hello' });
