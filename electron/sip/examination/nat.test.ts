// A STUN server with two addresses on loopback, and what the examination makes of it.
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { realClock } from '../net/testing.ts';
import { examineNat, readBinding } from './nat.ts';

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  open.push(socket);
  return socket;
}

function attribute(type: number, address: string, port: number, mask: Buffer = Buffer.alloc(16)): Buffer {
  const value = Buffer.from([0, 1, port >> 8, port & 255, ...address.split('.').map(Number)]);
  for (let at = 2; at < 8; at += 1) value[at] = (value[at] ?? 0) ^ (mask[at < 4 ? at - 2 : at - 4] ?? 0);
  return Buffer.concat([Buffer.from([type >> 8, type & 255, 0, 8]), value]);
}

/** Answers a binding request with these attributes. */
function answer(socket: Socket, attributes: (from: RemoteInfo, mask: Buffer) => Buffer[]): void {
  socket.on('message', (request, from) => {
    const body = Buffer.concat(attributes(from, request.subarray(4, 20)));
    const head = Buffer.from([0x01, 0x01, body.length >> 8, body.length & 255]);
    socket.send(Buffer.concat([head, request.subarray(4, 20), body]), from.port, from.address);
  });
}

test('the same address at both of its servers is a NAT that is the same for everybody', async () => {
  const [one, two] = [await bound(), await bound()];
  answer(one, (from, mask) => [
    attribute(0x0020, from.address, from.port, mask),
    attribute(0x802c, '127.0.0.1', two.address().port),
  ]);
  answer(two, (from) => [attribute(0x0001, from.address, from.port)]);
  const facts = await examineNat(`127.0.0.1:${one.address().port}`, realClock);
  expect(facts).toMatchObject({ name: 'stun', isOwn: true, symmetric: false });
  expect(facts).toHaveProperty('address', expect.stringMatching(/^127\.0\.0\.1:\d+$/));
});

test('another port at the second address is a NAT that is another for each', async () => {
  const [one, two] = [await bound(), await bound()];
  answer(one, (_from, mask) => [
    attribute(0x0020, '203.0.113.5', 40_000, mask),
    attribute(0x802c, '127.0.0.1', two.address().port),
  ]);
  answer(two, (_from, mask) => [attribute(0x0020, '203.0.113.5', 40_001, mask)]);
  expect(await examineNat(`127.0.0.1:${one.address().port}`, realClock)).toEqual({
    name: 'stun',
    address: '203.0.113.5:40000',
    isOwn: false,
    symmetric: true,
  });
});

test('a server that says nothing, and a name that does not exist, are told', async () => {
  const mute = await bound();
  const server = `127.0.0.1:${mute.address().port}`;
  expect(await examineNat(server, realClock)).toEqual({ name: 'silent', server });
  expect(await examineNat('no such name', realClock)).toEqual({ name: 'silent', server: 'no such name' });
});

test('an IPv6 address is unmasked with the transaction, too; what answers another transaction is nothing', () => {
  const id = Buffer.from('b7e7a701bc34d686fa87dfae', 'hex');
  // RFC 5769 2.3, without what follows the address.
  const head = Buffer.from('010100182112a442b7e7a701bc34d686fa87dfae', 'hex');
  const mapped = Buffer.from('002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9', 'hex');
  expect(readBinding(Buffer.concat([head, mapped]), id)).toEqual({
    mapped: { address: '2001:db8:1234:5678:11:2233:4455:6677', port: 32_853 },
    other: null,
  });
  expect(readBinding(Buffer.concat([head, mapped]), Buffer.alloc(12))).toBeNull();
});
