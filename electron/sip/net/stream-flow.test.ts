// A connection whose peer sends more than we read.
import net from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { address, at, closeAll, closers, hello, makeNet, methodOf } from './testing-net.ts';

afterEach(closeAll);

/** The server's end of a connection of ours. */
async function connected(one: ReturnType<typeof makeNet>) {
  const server = net.createServer().listen(0, '127.0.0.1');
  closers.push(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const came = new Promise<net.Socket>((resolve) => server.once('connection', resolve));
  await one.open(at('tcp', address(server).port));
  const socket = await came;
  closers.push(() => socket.destroy());
  return socket;
}

test('a message that is too large is refused, and the connection stays', async () => {
  const one = makeNet();
  const socket = await connected(one);
  socket.write(`MESSAGE sip:x SIP/2.0\r\nContent-Length: 70000\r\n\r\n${'x'.repeat(70_000)}`);
  socket.write(hello('INFO'));
  expect((await one.event()).malformed).toBe('message larger than 64 kB');
  expect(methodOf(await one.event())).toBe('INFO');
});
