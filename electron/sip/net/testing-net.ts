// For tests: nets on loopback whose events can be waited for.
import net from 'node:net';
import { createRequest, serialize, type SipMessage } from '../wire/index.ts';
import { createNet, TransportError, type Flow, type Net, type NetOptions, type Target } from './index.ts';
import { deferred, quietLog, realClock } from './testing.ts';

/** What a net told its listener. */
export interface Event {
  message?: SipMessage;
  malformed?: string;
  closed?: true;
  error?: Error | undefined;
  flow: Flow;
}

/** A net whose events can be waited for, in order. */
export function makeNet(options: Partial<NetOptions> = {}) {
  const events: Event[] = [];
  let wanted: ReturnType<typeof deferred<Event>> | null = null;
  const add = (event: Event): void => {
    if (wanted) wanted.resolve(event);
    else events.push(event);
    wanted = null;
  };
  const made = createNet({
    clock: realClock,
    log: quietLog,
    listener: {
      message: (message, flow) => add({ message, flow }),
      malformed: (message, flow) => add({ malformed: message.reason, flow }),
      closed: (flow, error) => add({ closed: true, error, flow }),
    },
    ...options,
  });
  nets.push(made);
  return Object.assign(made, {
    async event(): Promise<Event> {
      const first = events.shift();
      if (first) return first;
      wanted = deferred();
      return wanted.promise;
    },
  });
}

let nets: Net[] = [];
/** What a test opened besides nets. */
export const closers: (() => void)[] = [];
/** For afterEach. */
export async function closeAll(): Promise<void> {
  await Promise.all(nets.map((made) => made.close()));
  nets = [];
  for (const close of closers.splice(0)) close();
}

/** Bytes of a small request. */
export const hello = (method = 'OPTIONS'): Buffer =>
  serialize(createRequest(method, 'sip:x', [['Via', 'SIP/2.0/UDP x']]));
/** Method of the request that an event brought. */
export const methodOf = (event: Event): string => (event.message?.kind === 'request' ? event.message.method : '');
/** A target on loopback. */
export const at = (transport: Target['transport'], port: number, more: Partial<Target> = {}): Target => ({
  transport,
  host: '127.0.0.1',
  port,
  ...more,
});

/** A port where nobody listens: it was free a moment ago. */
export async function deadPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = address(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Where a server listens. */
export function address(server: { address(): net.AddressInfo | string | null }): net.AddressInfo {
  const found = server.address();
  if (found === null || typeof found === 'string') throw new Error('no port');
  return found;
}

/** The TransportError that a promise must reject with. */
export async function rejection(promise: Promise<unknown>): Promise<TransportError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TransportError)) throw new Error(`expected a TransportError, not ${String(error)}`);
  return error;
}
