// Sockets of the legs: bound at once, refused in words, and packets reach addresses of both families.
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { PlainLeg } from './plain-leg.ts';
import { bindUdp } from './udp.ts';

it.each(['127.0.0.1', '::1'])('send and receive on %s', async (address) => {
  const [one, other] = [await bindUdp(address, 0), await bindUdp(address, 0)];
  const arrived = once(other, 'message');
  one.send(Buffer.from('hello'), other.address().port, address);
  expect(String((await arrived)[0])).toBe('hello');
  one.close();
  other.close();
});

it('refuse an address that is not ours, and a port that is taken', async () => {
  await expect(bindUdp('192.0.2.1', 0)).rejects.toThrow(/EADDRNOTAVAIL/);
  const socket = await bindUdp('127.0.0.1', 0);
  await expect(bindUdp('127.0.0.1', socket.address().port)).rejects.toThrow(/EADDRINUSE/);
  socket.close();
});

it('give a call an even port and the one above it, on IPv6 too', async () => {
  for (const address of ['127.0.0.1', '::1']) {
    const leg = await PlainLeg.open(address);
    expect(leg.port % 2).toBe(0);
    expect(leg.address).toBe(address);
    leg.close();
  }
});
