// Flows over real UDP and TCP sockets on loopback.
import dgram from 'node:dgram';
import net from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { deferred, handClock } from './testing.ts';
import { address, at, closeAll, closers, deadPort, hello, makeNet, methodOf, rejection } from './testing-net.ts';

afterEach(closeAll);

describe('UDP', () => {
  test('a message arrives, and an answer goes back on the flow it came on', async () => {
    const [one, two] = [makeNet(), makeNet()];
    const place = await two.listen('127.0.0.1');
    const flow = await one.open(at('udp', place.port));
    await flow.send(hello());
    const came = await two.event();
    expect(methodOf(came)).toBe('OPTIONS');
    expect(came.flow.remote).toEqual(flow.local);
    expect(flow.sentBy).toBe(`127.0.0.1:${flow.local.port}`);
    await came.flow.send(hello('INFO'));
    const back = await one.event();
    expect(methodOf(back)).toBe('INFO');
    expect(back.flow).toBe(flow);
  });

  test('peers that we never heard of reach the address that Contact names', async () => {
    const one = makeNet();
    const flow = await one.open(at('udp', await deadPort()));
    const stranger = dgram.createSocket('udp4');
    closers.push(() => stranger.close());
    stranger.send(hello('INVITE'), flow.local.port, '127.0.0.1');
    expect(methodOf(await one.event())).toBe('INVITE');
  });

  test('a port where nobody listens closes the flow at once', async () => {
    const one = makeNet();
    const port = await deadPort();
    const flow = await one.open(at('udp', port));
    const startedAt = performance.now();
    await flow.send(hello());
    const event = await one.event();
    expect(event).toMatchObject({ closed: true, error: { kind: 'refused' } });
    expect(event.flow).toBe(flow);
    expect(performance.now() - startedAt).toBeLessThan(2000);
    expect(flow.open).toBe(false);
    expect((await rejection(flow.send(hello()))).kind).toBe('closed');
    expect(await one.open(at('udp', port))).not.toBe(flow);
  });

  test('a host that no way leads to is unreachable', async () => {
    // Without SO_BROADCAST the system lets nothing go there: like ENETUNREACH, an error of connect() itself.
    const error = await rejection(makeNet().open({ transport: 'udp', host: '255.255.255.255', port: 5060 }));
    expect(error).toMatchObject({ kind: 'unreachable', code: 'EACCES' });
  });

  test('keep-alives are nobody else’s business, malformed messages are told apart', async () => {
    const [one, two] = [makeNet(), makeNet()];
    const place = await two.listen('127.0.0.1');
    const flow = await one.open(at('udp', place.port));
    for (const bytes of ['\r\n\r\n', '', 'INVITE sip:x SIP/2.0\r\nContent-Length: 9\r\n\r\n'])
      await flow.send(Buffer.from(bytes));
    expect((await two.event()).malformed).toBe('body shorter than Content-Length');
  });

  test('a kept flow sends keep-alives', async () => {
    const clock = handClock();
    const one = makeNet({ clock });
    const peer = dgram.createSocket('udp4');
    closers.push(() => peer.close());
    await new Promise<void>((resolve) => peer.bind(0, '127.0.0.1', resolve));
    const flow = await one.open(at('udp', peer.address().port), { keepAlive: true });
    const first = new Promise<[Buffer, dgram.RemoteInfo]>((resolve) => {
      peer.on('message', (bytes, remote) => {
        if (remote.port === flow.local.port) resolve([bytes, remote]);
      });
    });
    clock.turn(25_000);
    expect((await first)[0].toString()).toBe('\r\n\r\n');
  });
});

describe('STUN on the SIP port', () => {
  /** A server that answers binding requests as if they came from `port`, until it is told to stop. */
  async function stunServer() {
    const server = dgram.createSocket('udp4');
    closers.push(() => server.close());
    const told = { port: 4000, answers: true, requests: 0 };
    let heard = deferred<undefined>();
    server.on('message', (bytes, remote) => {
      if (bytes.length < 20 || bytes[0] !== 0) return;
      told.requests += 1;
      const answer = Buffer.alloc(32);
      bytes.copy(answer, 0, 0, 20);
      answer.writeUInt16BE(0x0101, 0);
      answer.writeUInt16BE(12, 2);
      answer.writeUInt32BE(0x00200008, 20);
      answer.writeUInt16BE(1, 24);
      answer.writeUInt16BE(told.port ^ 0x2112, 26);
      answer.writeUInt32BE((0x7f000001 ^ 0x2112a442) >>> 0, 28);
      if (told.answers) server.send(answer, remote.port, remote.address);
      // Shows that the answer before it was read.
      server.send(hello(), remote.port, remote.address);
      heard.resolve(undefined);
      heard = deferred();
    });
    await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
    return { told, port: server.address().port, heard: () => heard.promise };
  }

  test('is not spoken unless the server knows outbound', async () => {
    const clock = handClock();
    const one = makeNet({ clock });
    const server = await stunServer();
    const flow = await one.open(at('udp', server.port));
    flow.ping?.(2000);
    flow.useStun?.();
    const heard = server.heard();
    flow.ping?.(2000);
    await heard;
    expect(server.told.requests).toBe(1);
  });

  test('tells a server that fell silent', async () => {
    const clock = handClock();
    const one = makeNet({ clock });
    const server = await stunServer();
    const flow = await one.open(at('udp', server.port));
    flow.useStun?.();
    flow.ping?.(2000);
    await one.event();
    expect(flow.answersPings).toBe(true);
    server.told.answers = false;
    flow.ping?.(2000);
    clock.turn(2000);
    expect(flow.open).toBe(false);
  });

  test('tells a NAT that gave us another binding', async () => {
    const one = makeNet();
    const server = await stunServer();
    const flow = await one.open(at('udp', server.port));
    flow.useStun?.();
    for (const port of [4000, 4000, 4001]) {
      expect(flow.open).toBe(true);
      server.told.port = port;
      flow.ping?.(2000);
      await one.event();
    }
    expect(flow.open).toBe(false);
  });

  test('answers that nobody asked for mean nothing', async () => {
    const one = makeNet();
    const server = await stunServer();
    const flow = await one.open(at('udp', server.port));
    await flow.send(Buffer.concat([Buffer.from([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42]), Buffer.alloc(12)]));
    await one.event();
    expect(flow).toMatchObject({ open: true, answersPings: false });
  });
});

describe('IPv6', () => {
  test.each(['udp', 'tcp'] as const)('carries messages over %s, and Via has brackets', async (transport) => {
    const [one, two] = [makeNet(), makeNet()];
    const place = await two.listen('::1');
    const flow = await one.open({ transport, host: '::1', port: place.port });
    expect(flow.sentBy).toMatch(/^\[::1\]:\d+$/);
    await flow.send(hello());
    expect(methodOf(await two.event())).toBe('OPTIONS');
  });
});

describe('TCP', () => {
  test('Via and Contact name a port at which peers can open a connection of their own', async () => {
    const [one, two] = [makeNet(), makeNet()];
    const place = await two.listen('127.0.0.1');
    const flow = await one.open(at('tcp', place.port));
    expect(flow.sentBy).not.toBe(`127.0.0.1:${flow.local.port}`);
    const [, port] = flow.sentBy.split(':');
    const back = await two.open(at('tcp', Number(port)));
    await back.send(hello('BYE'));
    expect(methodOf(await one.event())).toBe('BYE');
  });

  test('two who want the same connection get one', async () => {
    const [one, two] = [makeNet(), makeNet()];
    const place = await two.listen('127.0.0.1');
    const [a, b] = await Promise.all([one.open(at('tcp', place.port)), one.open(at('tcp', place.port))]);
    expect(a).toBe(b);
    expect(await one.open(at('tcp', place.port))).toBe(a);
  });

  test('a connection that ends is reported on both sides', async () => {
    const [one, two] = [makeNet(), makeNet()];
    const place = await two.listen('127.0.0.1');
    const flow = await one.open(at('tcp', place.port));
    await flow.send(hello());
    const { flow: theirs } = await two.event();
    theirs.close();
    expect(await one.event()).toMatchObject({ closed: true, flow: { open: false } });
    expect(await one.open(at('tcp', place.port))).not.toBe(flow);
  });

  test('a stream without sense closes its own connection only', async () => {
    const [one, two] = [makeNet(), makeNet()];
    const place = await two.listen('127.0.0.1');
    const good = await one.open(at('tcp', place.port));
    const bad = net.connect(place.port, '127.0.0.1');
    closers.push(() => bad.destroy());
    const ended = new Promise((resolve) => bad.once('close', resolve));
    bad.on('error', () => {});
    bad.write('INVITE sip:x SIP/2.0\r\nContent-Length: -1\r\n\r\n');
    expect(await two.event()).toMatchObject({ closed: true });
    await ended;
    await good.send(hello());
    expect(methodOf(await two.event())).toBe('OPTIONS');
  });

  test('a half message that stays half closes its connection', async () => {
    const clock = handClock();
    const two = makeNet({ clock });
    const place = await two.listen('127.0.0.1');
    const slow = net.connect(place.port, '127.0.0.1');
    closers.push(() => slow.destroy());
    slow.on('error', () => {});
    slow.write(`${hello().toString()}INVITE sip:`);
    expect(methodOf(await two.event())).toBe('OPTIONS');
    clock.turn(32_000);
    expect(await two.event()).toMatchObject({ closed: true, error: { kind: 'timeout' } });
  });

  test('a connection that says nothing, or only empty lines, is closed as well', async () => {
    const clock = handClock();
    const two = makeNet({ clock });
    const place = await two.listen('127.0.0.1');
    const mute = net.connect(place.port, '127.0.0.1');
    closers.push(() => mute.destroy());
    const pong = new Promise((resolve) => mute.once('data', resolve));
    mute.write('\r\n\r\n');
    await pong;
    clock.turn(32_000);
    expect(await two.event()).toMatchObject({ closed: true, error: { kind: 'timeout' } });
  });

  test('messages that keep coming, each chunk ending in the middle of one, are no half message', async () => {
    const clock = handClock();
    const two = makeNet({ clock });
    const place = await two.listen('127.0.0.1');
    const busy = net.connect(place.port, '127.0.0.1');
    closers.push(() => busy.destroy());
    const bytes = hello().toString();
    busy.write(bytes + bytes.slice(0, 9));
    for (let i = 0; i < 5; i++) {
      expect(methodOf(await two.event())).toBe('OPTIONS');
      clock.turn(20_000);
      busy.write(bytes.slice(9) + bytes.slice(0, 9));
    }
    expect(methodOf(await two.event())).toBe('OPTIONS');
  });

  test('whoever may not pass is hung up on, or not heard', async () => {
    const asked: string[] = [];
    const two = makeNet({ mayPass: (address) => asked.push(address) < 3 });
    const place = await two.listen('127.0.0.1');
    const peer = net.connect(place.port, '127.0.0.1');
    closers.push(() => peer.destroy());
    peer.write(hello());
    expect(methodOf(await two.event())).toBe('OPTIONS');
    peer.write(hello());
    expect(await two.event()).toMatchObject({ closed: true, error: { kind: 'closed' } });
    const socket = dgram.createSocket('udp4');
    closers.push(() => socket.close());
    socket.send(hello(), place.port, '127.0.0.1');
    const refused = net.connect(place.port, '127.0.0.1');
    closers.push(() => refused.destroy());
    refused.on('error', () => {});
    await new Promise((resolve) => refused.once('close', resolve));
    expect(new Set(asked)).toEqual(new Set(['127.0.0.1']));
    expect(two.flows).toEqual([]);
  });

  test('closing does not wait for the other side to close its half', async () => {
    const two = makeNet();
    const place = await two.listen('127.0.0.1');
    const peer = net.connect({ port: place.port, host: '127.0.0.1', allowHalfOpen: true });
    closers.push(() => peer.destroy());
    peer.write(hello());
    const { flow } = await two.event();
    flow.close();
    await new Promise((resolve) => {
      peer.on('data', () => {});
      peer.once('end', resolve);
    });
    const broken = new Promise((resolve) => peer.once('error', resolve));
    const writing = setInterval(() => peer.write('x'), 5);
    closers.push(() => clearInterval(writing));
    expect(await broken).toBeInstanceOf(Error);
  });

  test('a ping is answered by a pong', async () => {
    const two = makeNet();
    const place = await two.listen('127.0.0.1');
    const peer = net.connect(place.port, '127.0.0.1');
    closers.push(() => peer.destroy());
    const pong = new Promise<Buffer>((resolve) => peer.once('data', resolve));
    peer.write('\r\n\r\n');
    expect((await pong).toString()).toBe('\r\n');
  });

  test('a peer that answered a ping and then stops is given up after 10 s', async () => {
    const clock = handClock();
    const one = makeNet({ clock });
    // A pong and, to show that it was read, a message.
    const server = net.createServer((socket) => socket.once('data', () => socket.write(`\r\n${hello().toString()}`)));
    closers.push(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const flow = await one.open(at('tcp', address(server).port));
    clock.turn(5000);
    expect(methodOf(await one.event())).toBe('OPTIONS');
    clock.turn(9999);
    expect(flow.open).toBe(true);
    clock.turn(1);
    expect(await one.event()).toMatchObject({ closed: true, error: { kind: 'timeout' } });
  });

  test('a port where nobody listens refuses', async () => {
    const error = await rejection(makeNet().open(at('tcp', await deadPort())));
    expect(error).toMatchObject({ kind: 'refused', code: 'ECONNREFUSED' });
  });

  test('one peer cannot take all connections', async () => {
    const two = makeNet();
    const place = await two.listen('127.0.0.1');
    const sockets = Array.from({ length: 40 }, () => net.connect(place.port, '127.0.0.1'));
    closers.push(() => sockets.forEach((socket) => socket.destroy()));
    const closed = sockets.map(
      (socket) => new Promise((resolve) => socket.once('close', resolve).on('error', () => {})),
    );
    for (const socket of sockets) socket.resume();
    await Promise.race(closed);
    expect(two.flows.length).toBe(20);
  });
});

test('a network change leaves alone what still leads to its peer', async () => {
  const [one, two] = [makeNet(), makeNet()];
  const place = await two.listen('127.0.0.1');
  const flows = await Promise.all([one.open(at('udp', place.port)), one.open(at('tcp', place.port))]);
  await one.networkChanged();
  expect(flows.map((flow) => flow.open)).toEqual([true, true]);
  expect(await one.open(at('udp', place.port))).toBe(flows[0]);
});

test('a closed net opens nothing and says nothing', async () => {
  const [one, two] = [makeNet(), makeNet()];
  const place = await two.listen('127.0.0.1');
  const flow = await one.open(at('tcp', place.port));
  await one.close();
  expect(flow.open).toBe(false);
  expect((await rejection(one.open(at('udp', place.port)))).kind).toBe('closed');
  expect(one.flows).toEqual([]);
});
