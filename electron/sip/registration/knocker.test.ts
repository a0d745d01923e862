// A server that refused us is heard of when it listens again: by UDP, real on loopback.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { Clock, TransportName } from '../../../contract/index.ts';
import type { Target } from '../net/index.ts';
import { quietLog, realClock } from '../net/testing.ts';
import { Knocker } from './knocker.ts';

const target = (transport: TransportName, port: number): Target => ({ transport, host: '127.0.0.1', port });

/** Knocks at once, and tells of each one that begins. */
function hurried(knocking: () => void): Clock {
  return {
    ...realClock,
    after(ms, run) {
      if (ms < 1000) return realClock.after(Math.min(ms, 60), run);
      return realClock.after(1, () => {
        knocking();
        run();
      });
    },
  };
}

let listener: Socket | null = null;

async function listenAt(port: number): Promise<number> {
  listener = createSocket('udp4');
  listener.bind(port, '127.0.0.1');
  await once(listener, 'listening');
  return listener.address().port;
}

async function leave(): Promise<void> {
  const gone = listener;
  listener = null;
  if (gone === null) return;
  gone.close();
  await once(gone, 'close');
}

afterEach(leave);

interface Life {
  /** Ends with this knock. */
  knocks: number;
  /** What the server does before this knock, from 1 on. */
  before: (knock: number) => void;
  /** How the attempt fails that follows this telling, from 1 on: refused, or in another way; `for good` ends it. */
  fails: (telling: number) => boolean | 'for good';
  sipPort?: number;
}

/** How often a knocker tells that the server is back. */
function tellings(server: Target, { knocks, before, fails, sipPort = server.port }: Life): Promise<number> {
  return new Promise((resolve) => {
    let [knock, told] = [0, 0];
    const end = (): void => {
      knocker.stop();
      resolve(told);
    };
    const clock = hurried(() => {
      knock += 1;
      before(knock);
      if (knock === knocks) end();
    });
    const back = (): void => {
      told += 1;
      const how = fails(told);
      knocker.failed(server, how === true);
      if (how === 'for good') end();
    };
    const knocker = new Knocker(clock, quietLog, back, sipPort);
    knocker.failed(server, true);
  });
}

describe('a knock', () => {
  it.each(['udp', 'tcp', 'tls', 'ws', 'wss'] as const)('tells that a server for %s is back', async (transport) => {
    const port = await listenAt(0);
    await leave();
    let knocks = 0;
    const back = new Promise<void>((resolve) => {
      const clock = hurried(() => {
        knocks += 1;
        // It comes back after it was found away.
        if (knocks === 3) void listenAt(port);
      });
      const knocker = new Knocker(clock, quietLog, resolve, port);
      knocker.failed(target(transport, transport === 'udp' || transport === 'tcp' ? port : 9), true);
    });
    await back;
    expect(knocks).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ['refuses by TCP still', true],
    ['closes what it takes by TCP', false],
  ])('tells it again, a few times, of one that listens by UDP already and %s', async (_how, isRefused) => {
    const port = await listenAt(0);
    await leave();
    const told = await tellings(target('tcp', port), {
      knocks: 12,
      before: (knock) => void (knock === 2 && listenAt(port)),
      // What is no refusal is not listened for any longer after a few times.
      fails: (count) => (count === 4 && !isRefused ? 'for good' : isRefused),
    });
    expect(told).toBe(4);
  });

  it('tells nothing for one refusal that was late or lost', async () => {
    const port = await listenAt(0);
    await leave();
    const told = await tellings(target('udp', port), {
      knocks: 6,
      // Only the next datagram is taken without a word.
      before: (knock) => void (knock === 2 && listenAt(port).then(() => listener?.once('message', () => void leave()))),
      fails: () => true,
    });
    expect(told).toBe(0);
  });

  it('tells nothing of a server whose UDP never said no', async () => {
    const port = await listenAt(0);
    const told = await tellings(target('tls', 9), { knocks: 3, before: () => {}, fails: () => true, sipPort: port });
    expect(told).toBe(0);
  });
});
