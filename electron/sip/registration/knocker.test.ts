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
    let told = 0;
    await new Promise<void>((resolve) => {
      let since = 0;
      const clock = hurried(() => {
        since += 1;
        if (since === 2) void listenAt(port);
        if (since < 12) return;
        knocker.stop();
        resolve();
      });
      const knocker = new Knocker(
        clock,
        quietLog,
        () => {
          told += 1;
          knocker.failed(target('tcp', port), isRefused);
          // What is no refusal is not listened for any longer.
          if (told === 4 && !isRefused) resolve();
        },
        port,
      );
      knocker.failed(target('tcp', port), true);
    });
    expect(told).toBe(4);
  });

  it('tells nothing for one refusal that was late or lost', async () => {
    const port = await listenAt(0);
    await leave();
    let told = 0;
    await new Promise<void>((resolve) => {
      let knocks = 0;
      const clock = hurried(() => {
        knocks += 1;
        // Only the next datagram is taken without a word.
        if (knocks === 2) void listenAt(port).then(() => listener?.once('message', () => void leave()));
        if (knocks < 6) return;
        knocker.stop();
        resolve();
      });
      const knocker = new Knocker(
        clock,
        quietLog,
        () => {
          told += 1;
          knocker.failed(target('udp', port), true);
        },
        port,
      );
      knocker.failed(target('udp', port), true);
    });
    expect(told).toBe(0);
  });

  it('tells nothing of a server whose UDP never said no', async () => {
    const port = await listenAt(0);
    let told = false;
    await new Promise<void>((resolve) => {
      let knocks = 0;
      const knocker = new Knocker(
        hurried(() => {
          knocks += 1;
          if (knocks < 3) return;
          knocker.stop();
          resolve();
        }),
        quietLog,
        () => {
          told = true;
        },
        port,
      );
      knocker.failed(target('tls', 9), true);
    });
    expect(told).toBe(false);
  });
});
