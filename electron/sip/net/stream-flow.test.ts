// A connection whose peer sends halves of messages.
import net from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { handClock } from './testing.ts';
import { address, at, closeAll, closers, hello, makeNet, methodOf } from './testing-net.ts';

afterEach(closeAll);

/** A connection of ours, and the server's end of it. */
async function connected(one: ReturnType<typeof makeNet>) {
  const server = net.createServer().listen(0, '127.0.0.1');
  closers.push(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const came = new Promise<net.Socket>((resolve) => server.once('connection', resolve));
  const flow = await one.open(at('tcp', address(server).port));
  const socket = await came;
  closers.push(() => socket.destroy());
  return { flow, socket };
}

test('a busy connection may always be in the middle of a message; only one that does not go on is given up', async () => {
  const clock = handClock();
  const one = makeNet({ clock });
  const { flow, socket } = await connected(one);
  const [first, second] = [hello('OPTIONS').subarray(0, 20), hello('OPTIONS').subarray(20)];
  socket.write(Buffer.concat([hello('INFO'), first]));
  expect(methodOf(await one.event())).toBe('INFO');
  clock.turn(20_000);
  socket.write(Buffer.concat([second, hello('BYE'), first]));
  expect(methodOf(await one.event())).toBe('OPTIONS');
  expect(methodOf(await one.event())).toBe('BYE');
  clock.turn(20_000);
  expect(flow.open).toBe(true);
  clock.turn(20_000);
  expect(await one.event()).toMatchObject({ closed: true, error: { kind: 'timeout' } });
});

test('a message that is too large is refused, and the connection stays', async () => {
  const one = makeNet();
  const { socket } = await connected(one);
  socket.write(`MESSAGE sip:x SIP/2.0\r\nContent-Length: 70000\r\n\r\n${'x'.repeat(70_000)}`);
  socket.write(hello('INFO'));
  expect((await one.event()).malformed).toBe('message larger than 64 kB');
  expect(methodOf(await one.event())).toBe('INFO');
});
