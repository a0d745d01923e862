// CANCEL where several targets are tried, and what it leaves behind (RFC 3261 9.1, RFC 3263 4.3).
import { beforeEach, expect, test } from 'vitest';
import { type Flow, type Net, type Target } from '../net/index.ts';
import { handClock } from '../net/testing.ts';
import { createRequest } from '../wire/index.ts';
import type { ClientTransaction } from './index.ts';
import { layerAt, MemoryNetwork, Peer, settle } from './testing.ts';

let clock: ReturnType<typeof handClock>;
let network: MemoryNetwork;
let one: Peer;
let two: Peer;
let told: string[];
/** Opens the flow to the second target when the test says so. */
let openTwo: () => void;

const targets: Target[] = ['one', 'two'].map((host) => ({ transport: 'udp', host, port: 5060 }));

beforeEach(() => {
  clock = handClock();
  network = new MemoryNetwork(clock);
  one = new Peer(network, 'one');
  two = new Peer(network, 'two');
  told = [];
});

async function invite(): Promise<{ transaction: ClientTransaction; layer: ReturnType<typeof layerAt> }> {
  const opened = new Promise<void>((resolve) => {
    openTwo = resolve;
  });
  const net = network.net('phone', new Set());
  const layer = layerAt(
    network,
    {},
    {
      createNet: (options): Net => {
        const made = net(options);
        return {
          ...made,
          open: async (target): Promise<Flow> => {
            if (target.host === 'two') await opened;
            return made.open(target);
          },
        };
      },
    },
  );
  const transaction = layer.request(
    createRequest('INVITE', 'sip:bob@b.test', [
      ['From', '<sip:a@a.test>;tag=1'],
      ['To', '<sip:bob@b.test>'],
      ['Call-ID', 'c'],
      ['CSeq', '1 INVITE'],
    ]),
    {
      response: (response) => told.push(String(response.status)),
      failure: (failure) => told.push(failure.reason === 'timeout' ? 'timeout' : failure.error.message),
    },
    { targets },
  );
  await settle();
  clock.turn(1);
  return { transaction, layer };
}

test('cancelled while the next target is being reached, the INVITE does not go there', async () => {
  const { transaction } = await invite();
  clock.turn(3000);
  transaction.cancel();
  openTwo();
  await settle();
  clock.turn(1);
  expect(two.received).toEqual([]);
  expect(told).toEqual(['cancelled before it was sent']);
});

test('a target that was given up gets one CANCEL, however often it says that it rings', async () => {
  const { layer } = await invite();
  openTwo();
  clock.turn(3000);
  await settle();
  for (const status of [100, 180, 183]) {
    one.answer(one.last('INVITE'), status);
    clock.turn(2);
  }
  one.answer(one.last('CANCEL'), 200);
  one.answer(one.last('INVITE'), 487);
  two.answer(two.last('INVITE'), 486);
  clock.turn(2);
  expect(one.received.filter(({ what }) => what === 'CANCEL')).toHaveLength(1);
  clock.turn(40_000);
  expect(layer.counts).toEqual({ client: 0, server: 0 });
  expect(clock.waiting).toBe(0);
});

test('an INVITE that ended leaves no timer of its CANCEL behind', async () => {
  const { transaction } = await invite();
  one.answer(one.last('INVITE'), 180);
  clock.turn(2);
  transaction.cancel();
  clock.turn(2);
  one.answer(one.last('CANCEL'), 200);
  one.answer(one.last('INVITE'), 487);
  clock.turn(2);
  // Timers D and K, and nothing of 64*T1.
  expect(clock.waiting).toBe(2);
});

test('closing ends the wait for a cancelled target too', async () => {
  const { layer } = await invite();
  openTwo();
  clock.turn(3000);
  await settle();
  one.answer(one.last('INVITE'), 180);
  clock.turn(2);
  await layer.close();
  clock.turn(2);
  expect(clock.waiting).toBe(0);
  expect(told.filter((what) => what !== 'timeout')).toEqual([]);
});
