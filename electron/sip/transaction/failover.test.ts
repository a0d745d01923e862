// Several targets (RFC 3263 4.3), large requests (RFC 3261 18.1.1), and ways back (18.2.2).
import { beforeEach, describe, expect, test } from 'vitest';
import type { Target } from '../net/index.ts';
import { handClock } from '../net/testing.ts';
import { createRequest, createResponse, formatUri, type SipRequest } from '../wire/index.ts';
import type { RequestOptions, TransactionLayer } from './index.ts';
import { asRequest, layerAt, MemoryNetwork, Peer, settle } from './testing.ts';

let clock: ReturnType<typeof handClock>;
let network: MemoryNetwork;
let layer: TransactionLayer;
let one: Peer;
let two: Peer;
let told: string[];
const resolved: string[] = [];

function makeLayer(unreachable: string[] = []): TransactionLayer {
  return layerAt(
    network,
    { request: (transaction) => transaction.respond(createResponse(200)) },
    {
      unreachable: new Set(unreachable),
      resolver: {
        resolve: (uri) => {
          resolved.push(formatUri(uri));
          return uri.host === 'nowhere' ? Promise.reject(new Error('unknown')) : Promise.resolve(targets(uri.host));
        },
        forget() {},
      },
    },
  );
}

beforeEach(() => {
  clock = handClock();
  network = new MemoryNetwork(clock);
  one = new Peer(network, 'one');
  two = new Peer(network, 'two');
  told = [];
  resolved.length = 0;
  layer = makeLayer();
});

const targets = (...hosts: string[]): Target[] => hosts.map((host) => ({ transport: 'udp', host, port: 5060 }));

function request(method: string, headers: [string, string][] = [], body = ''): SipRequest {
  return createRequest(
    method,
    'sip:bob@b.test',
    [
      ...headers,
      ['From', '<sip:a@a.test>;tag=1'],
      ['To', '<sip:bob@b.test>'],
      ['Call-ID', 'c'],
      ['CSeq', `1 ${method}`],
      ['Contact', '<sip:a@hookswitch.invalid>'],
    ],
    body,
  );
}

async function send(method: string, options: RequestOptions, message = request(method)) {
  const transaction = layer.request(
    message,
    {
      response: (response) => told.push(String(response.status)),
      failure: (failure) => told.push(failure.reason),
    },
    options,
  );
  await settle();
  clock.turn(1);
  return transaction;
}

async function turn(ms: number): Promise<void> {
  clock.turn(ms);
  await settle();
  clock.turn(1);
}

describe('the next target is tried', () => {
  test('when one cannot be reached', async () => {
    layer = makeLayer(['udp one']);
    await send('OPTIONS', { targets: targets('one', 'two') });
    two.answer(two.last('OPTIONS'), 200);
    await turn(1);
    expect(told).toEqual(['200']);
  });

  test('after 503, with a branch of its own', async () => {
    await send('INVITE', { targets: targets('one', 'two') });
    one.answer(one.last('INVITE'), 503);
    await turn(1);
    const [first, second] = [one.last('INVITE'), two.last('INVITE')].map(({ message }) => message.headers.get('Via'));
    expect(first).not.toBe(second);
    expect(one.received.at(-1)?.what).toBe('ACK');
    two.answer(two.last('INVITE'), 200);
    await turn(1);
    expect(told).toEqual(['200']);
  });

  test('after three seconds of silence, and the silent one is asked last from then on', async () => {
    await send('REGISTER', { targets: targets('one', 'two') });
    await turn(3000);
    two.answer(two.last('REGISTER'), 200);
    await turn(1);
    expect(told).toEqual(['200']);
    one.received.length = 0;
    two.received.length = 0;
    clock.turn(30_000);
    one.received.length = 0;
    await send('OPTIONS', { targets: targets('one', 'two') });
    expect(one.received).toEqual([]);
    expect(two.received.map(({ what }) => what)).toEqual(['OPTIONS']);
  });

  test('a silent one that rings after all is cancelled', async () => {
    await send('INVITE', { targets: targets('one', 'two') });
    await turn(3000);
    one.answer(one.last('INVITE'), 180);
    two.answer(two.last('INVITE'), 180);
    await turn(1);
    expect(one.received.at(-1)?.what).toBe('CANCEL');
    expect(told).toEqual(['180']);
    one.answer(one.last('INVITE'), 487);
    two.answer(two.last('INVITE'), 200);
    await turn(1);
    expect(told).toEqual(['180', '200']);
    await turn(64_000);
    expect(layer.counts.client).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  test('but not once the call rings somewhere', async () => {
    await send('INVITE', { targets: targets('one', 'two') });
    one.answer(one.last('INVITE'), 180);
    await turn(1);
    one.answer(one.last('INVITE'), 503);
    await turn(10);
    expect(told).toEqual(['180', '503']);
    expect(two.received).toEqual([]);
  });

  test('but not when the call was cancelled meanwhile', async () => {
    const transaction = await send('INVITE', { targets: targets('one', 'two') });
    transaction.cancel();
    await turn(4000);
    expect(two.received).toEqual([]);
    await turn(32_000);
    expect(told).toEqual(['timeout']);
  });
});

describe('no target at all', () => {
  test('is a failure of the transport when none can be reached', async () => {
    layer = makeLayer(['udp one', 'udp two']);
    await send('OPTIONS', { targets: targets('one', 'two') });
    expect(told).toEqual(['transport']);
  });

  test('is a failure to resolve when the name is unknown', async () => {
    layer.request(
      createRequest('OPTIONS', 'sip:x@nowhere', []),
      { response() {}, failure: (failure) => told.push(failure.reason) },
      {},
    );
    await settle();
    expect(told).toEqual(['resolve']);
  });

  test('is the last one’s 503 when all are unavailable', async () => {
    await send('OPTIONS', { targets: targets('one', 'two') });
    one.answer(one.last('OPTIONS'), 503);
    await turn(1);
    two.answer(two.last('OPTIONS'), 503);
    await turn(1);
    expect(told).toEqual(['503']);
  });

  test('is the 503 of the one that spoke when the others are silent, or cannot be reached', async () => {
    await send('OPTIONS', { targets: targets('one', 'two') });
    one.answer(one.last('OPTIONS'), 503);
    await turn(1);
    await turn(40_000);
    layer = makeLayer(['udp two']);
    await send('OPTIONS', { targets: targets('one', 'two') });
    one.answer(one.last('OPTIONS'), 503);
    await turn(1);
    await turn(1);
    expect(told).toEqual(['503', '503']);
  });

  test('is found when the call is cancelled before it was sent', async () => {
    const transaction = layer.request(
      request('INVITE'),
      {
        response() {},
        failure: (failure) => told.push(failure.reason === 'transport' ? failure.error.message : 'other'),
      },
      { targets: targets('one') },
    );
    transaction.cancel();
    await turn(1000);
    expect(told).toEqual(['cancelled before it was sent']);
    expect(one.received).toEqual([]);
  });
});

describe('where a request goes', () => {
  test('to its topmost Route, else to its Request-URI', async () => {
    await send('OPTIONS', {}, request('OPTIONS', [['Route', '<sip:one;lr>, <sip:two;lr>']]));
    expect(one.received).toHaveLength(1);
    await layer.sendAck(createRequest('ACK', 'sip:bob@two', [['CSeq', '1 ACK']]));
    clock.turn(1);
    expect(two.received.map(({ what }) => what)).toEqual(['ACK']);
    expect(resolved).toEqual(['sip:one;lr', 'sip:bob@two']);
  });
});

describe('a request larger than 1300 bytes', () => {
  const large = (): SipRequest => request('INVITE', [], 'x'.repeat(1400));

  test('goes by TCP, but its Contact stays with UDP', async () => {
    await send('INVITE', { targets: targets('one') }, large());
    const { message, flow } = one.last('INVITE');
    expect(flow.transport).toBe('tcp');
    expect(message.headers.get('Via')).toContain('SIP/2.0/TCP');
    expect(asRequest(message).headers.get('Contact')).toBe('<sip:a@phone:5060>');
  });

  test('goes by UDP all the same where TCP is refused', async () => {
    layer = makeLayer(['tcp one']);
    await send('INVITE', { targets: targets('one') }, large());
    expect(one.last('INVITE').flow.transport).toBe('udp');
  });
});

describe('a response goes', () => {
  const options = (via: string): string =>
    `OPTIONS sip:b@x SIP/2.0\nVia: ${via}\nFrom: <sip:a@x>;tag=1\nTo: <sip:b@x>\nCall-ID: c\nCSeq: 1 OPTIONS\n\n`;

  test('to received and the port of sent-by where there is no rport', async () => {
    one.send(options('SIP/2.0/UDP elsewhere;branch=z9hG4bK1'), 'phone');
    await turn(1);
    await turn(1);
    expect(one.received.map(({ what }) => what)).toEqual(['200 OPTIONS']);
    expect(one.received[0]?.message.headers.get('Via')).toContain('received=one');
  });

  test('to maddr where there is one', async () => {
    one.send(options('SIP/2.0/UDP one;maddr=two;branch=z9hG4bK1;rport'), 'phone');
    await turn(1);
    await turn(1);
    expect(two.received.map(({ what }) => what)).toEqual(['200 OPTIONS']);
  });

  test('on a new connection to sent-by when the one it came on is gone', async () => {
    layer = layerAt(network, {
      request: (transaction) => {
        network.close(network.flow('tcp', 'phone', 'one'));
        transaction.respond(createResponse(200));
      },
    });
    one.send(options('SIP/2.0/TCP one:5060;branch=z9hG4bK1'), 'phone', 'tcp');
    await turn(1);
    await turn(1);
    expect(one.received.map(({ what, flow }) => `${flow.transport} ${what}`)).toEqual(['tcp 200 OPTIONS']);
  });
});
