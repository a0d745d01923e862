// Server transactions (RFC 3261 17.2), turned by hand.
import { beforeEach, describe, expect, test } from 'vitest';
import { handClock } from '../net/testing.ts';
import { createResponse } from '../wire/index.ts';
import type { ServerTransaction, TransactionLayer } from './index.ts';
import { layerAt, MemoryNetwork, Peer } from './testing.ts';

let clock: ReturnType<typeof handClock>;
let network: MemoryNetwork;
let layer: TransactionLayer;
let peer: Peer;
let requests: ServerTransaction[];
/** What else the user was told. */
let told: string[];

beforeEach(() => {
  clock = handClock();
  network = new MemoryNetwork(clock);
  peer = new Peer(network, 'peer');
  requests = [];
  told = [];
  layer = layerAt(network, {
    request: (transaction) => requests.push(transaction),
    cancel: (invite) => {
      told.push('cancel');
      invite.respond(createResponse(487));
    },
    ack: (ack) => told.push(`ack ${ack.headers.get('CSeq')}`),
    ackTimeout: () => told.push('ack timeout'),
  });
});

interface Options {
  transport?: 'udp' | 'tcp';
  via?: string;
  to?: string;
  uri?: string;
  extra?: string;
  callId?: string;
}

function send(method: string, options: Options = {}): void {
  const via = options.via ?? 'SIP/2.0/UDP peer:5060;branch=z9hG4bKone;rport';
  const to = options.to ?? '<sip:b@x>';
  peer.send(
    `${method} ${options.uri ?? 'sip:b@x'} SIP/2.0\nVia: ${via}\nVia: SIP/2.0/UDP behind;branch=z9hG4bKtwo\n` +
      `Max-Forwards: 70\nFrom: <sip:a@x>;tag=1\nTo: ${to}\nCall-ID: ${options.callId ?? 'c'}\nCSeq: 1 ${method}\n${options.extra ?? ''}\n`,
    'phone',
    options.transport,
  );
  clock.turn(1);
}

function first(): ServerTransaction {
  const [transaction] = requests;
  if (!transaction) throw new Error('no request arrived');
  return transaction;
}

describe('an INVITE', () => {
  test('gets 100 at once, and each repeat gets the latest provisional response', () => {
    send('INVITE');
    clock.turn(1);
    send('INVITE');
    first().respond(createResponse(180));
    clock.turn(1);
    send('INVITE');
    clock.turn(1);
    expect(peer.received.map(({ what }) => what)).toEqual(['100 INVITE', '100 INVITE', '180 INVITE', '180 INVITE']);
    expect(requests).toHaveLength(1);
  });

  test('refused, is refused again at T1, 2*T1... T2 by UDP until ACK comes (timers G and H)', () => {
    send('INVITE');
    clock.turn(1);
    peer.received.length = 0;
    const startedAt = clock.monotonic();
    first().respond(createResponse(486));
    clock.turn(32_000);
    const times = [0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500];
    expect(peer.log).toEqual(times.map((at) => `${startedAt + at} 486 INVITE`));
    expect(told).toEqual(['ack timeout']);
    expect(layer.counts.server).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  test('refused and acknowledged, keeps quiet, and is over T4 later (timer I)', () => {
    send('INVITE');
    first().respond(createResponse(486));
    clock.turn(1);
    send('ACK', { to: '<sip:b@x>;tag=x' });
    peer.received.length = 0;
    send('ACK', { to: '<sip:b@x>;tag=x' });
    send('INVITE');
    clock.turn(4997);
    expect(layer.counts.server).toBe(1);
    clock.turn(1);
    expect(layer.counts.server).toBe(0);
    expect(peer.log).toEqual([]);
    expect(told).toEqual([]);
    expect(clock.waiting).toBe(0);
  });

  test('accepted, leaves repeating to the user, and absorbs repeated INVITEs for 64*T1 (RFC 6026 timer L)', () => {
    send('INVITE');
    clock.turn(1);
    peer.received.length = 0;
    first().respond(createResponse(200));
    first().respond(createResponse(200));
    first().respond(createResponse(486));
    send('INVITE');
    send('ACK', { via: 'SIP/2.0/UDP peer:5060;branch=z9hG4bKack' });
    clock.turn(31_997);
    expect(layer.counts.server).toBe(1);
    clock.turn(1);
    expect(layer.counts.server).toBe(0);
    expect(peer.received.map(({ what }) => what)).toEqual(['200 INVITE', '200 INVITE']);
    expect(requests).toHaveLength(1);
    expect(told).toEqual(['ack 1 ACK']);
  });

  test('by TCP is refused once', () => {
    send('INVITE', { transport: 'tcp' });
    first().respond(createResponse(486));
    clock.turn(10_000);
    expect(peer.received.map(({ what }) => what)).toEqual(['100 INVITE', '486 INVITE']);
  });
});

describe('another request', () => {
  test('is answered again when it comes again, for 64*T1 (timer J)', () => {
    send('MESSAGE');
    send('MESSAGE');
    first().respond(createResponse(200));
    clock.turn(1);
    send('MESSAGE');
    clock.turn(31_997);
    expect(layer.counts.server).toBe(1);
    clock.turn(1);
    expect(layer.counts.server).toBe(0);
    expect(peer.received.map(({ what }) => what)).toEqual(['200 MESSAGE', '200 MESSAGE']);
    expect(requests).toHaveLength(1);
    expect(clock.waiting).toBe(0);
  });

  test('by TCP is over with its answer', () => {
    send('MESSAGE', { transport: 'tcp' });
    first().respond(createResponse(200));
    clock.turn(0);
    expect(layer.counts.server).toBe(0);
  });

  test('that nobody answers is forgotten when nobody waits any more', () => {
    send('MESSAGE');
    clock.turn(32_000);
    expect(layer.counts.server).toBe(0);
    first().respond(createResponse(200));
    clock.turn(1);
    expect(peer.received.map(({ what }) => what)).toEqual(['100 MESSAGE']);
  });
});

describe('a request that comes by two ways (RFC 3261 8.2.2.2)', () => {
  const other = 'SIP/2.0/UDP peer:5060;branch=z9hG4bKother;rport';

  test('is refused the second time, so that one call rings once', () => {
    send('INVITE');
    send('INVITE', { via: other });
    clock.turn(1);
    expect(requests).toHaveLength(1);
    expect(peer.received.map(({ what }) => what)).toEqual(['100 INVITE', '482 INVITE']);
  });

  test('is another request where it is for another account, within a dialog, or long after', () => {
    send('MESSAGE');
    send('MESSAGE', { via: other, uri: 'sip:c@x' });
    send('MESSAGE', { via: other.replace('other', 'inside'), to: '<sip:b@x>;tag=2' });
    expect(requests).toHaveLength(3);
    for (const request of requests) request.respond(createResponse(200));
    clock.turn(33_000);
    send('MESSAGE', { via: other.replace('other', 'later') });
    expect(requests).toHaveLength(4);
  });
});

describe('a response', () => {
  test('goes back to whom the request came from, whatever its Via says of that', async () => {
    send('MESSAGE', { via: 'SIP/2.0/UDP peer:5060;branch=z9hG4bKone;received=victim' });
    first().respond(createResponse(200));
    await new Promise(setImmediate);
    clock.turn(1);
    expect(peer.received.map(({ what }) => what)).toEqual(['200 MESSAGE']);
  });

  test('copies Via, From, To, Call-ID and CSeq, and adds a tag that stays the same', () => {
    send('INVITE');
    first().respond(createResponse(180, { headers: [['Contact', '<sip:b@hookswitch.invalid>']] }));
    first().respond(createResponse(183));
    clock.turn(1);
    const [trying, ringing, progress] = peer.received.map(({ message }) => message.headers);
    expect(trying?.get('To')).toBe('<sip:b@x>');
    expect(ringing?.all('Via')).toEqual([
      'SIP/2.0/UDP peer:5060;branch=z9hG4bKone;rport=5060;received=peer',
      'SIP/2.0/UDP behind;branch=z9hG4bKtwo',
    ]);
    expect(ringing?.get('To')).toMatch(/^<sip:b@x>;tag=[0-9a-f]{16}$/);
    expect(progress?.get('To')).toBe(ringing?.get('To'));
    expect(ringing?.get('CSeq')).toBe('1 INVITE');
    expect(ringing?.get('Contact')).toBe('<sip:b@phone:5060>');
  });

  test('keeps the tag that the user gave', () => {
    send('INVITE');
    first().respond(createResponse(200, { headers: [['To', '<sip:b@x>;tag=mine']] }));
    clock.turn(1);
    expect(peer.last('200 INVITE').message.headers.get('To')).toBe('<sip:b@x>;tag=mine');
  });
});

describe('matching (17.2.3)', () => {
  test('the same branch from another sent-by is another transaction', () => {
    send('MESSAGE');
    send('MESSAGE', { via: 'SIP/2.0/UDP elsewhere:5060;branch=z9hG4bKone;rport', callId: 'd' });
    expect(requests).toHaveLength(2);
  });

  test('RFC 2543 requests without a branch match by all they have in common', () => {
    const via = 'SIP/2.0/UDP peer:5060';
    send('INVITE', { via });
    send('INVITE', { via });
    expect(requests).toHaveLength(1);
    send('INVITE', { via, uri: 'sip:other@x' });
    expect(requests).toHaveLength(2);
    first().respond(createResponse(486, { headers: [['To', '<sip:b@x>;tag=x']] }));
    clock.turn(1);
    send('ACK', { via, to: '<sip:b@x>;tag=x' });
    peer.received.length = 0;
    clock.turn(4000);
    expect(peer.received.filter(({ what }) => what === '486 INVITE')).toEqual([]);
    expect(told).toEqual([]);
  });
});

describe('matching of RFC 2543 requests (17.2.3)', () => {
  const via = 'SIP/2.0/UDP peer:5060;rport';

  test('ACK ends the refusal only with the tag that the refusal had', () => {
    send('INVITE', { via });
    first().respond(createResponse(486, { headers: [['To', '<sip:b@x>;tag=ours']] }));
    send('ACK', { via, to: '<sip:b@x>;tag=theirs' });
    expect(told).toEqual(['ack 1 ACK']);
    peer.received.length = 0;
    clock.turn(600);
    expect(peer.received.map(({ what }) => what)).toEqual(['486 INVITE']);
    send('ACK', { via, to: '<sip:b@x>;tag=ours' });
    peer.received.length = 0;
    clock.turn(4000);
    expect(peer.log).toEqual([]);
  });

  test('the same request to another tag is another one', () => {
    send('INVITE', { via, to: '<sip:b@x>;tag=one' });
    send('INVITE', { via, to: '<sip:b@x>;tag=two' });
    expect(requests).toHaveLength(2);
    first().respond(createResponse(488));
    send('ACK', { via, to: '<sip:b@x>;tag=one' });
    peer.received.length = 0;
    clock.turn(4000);
    expect(peer.received.filter(({ what }) => what === '488 INVITE')).toEqual([]);
  });

  test('CANCEL finds its call', () => {
    send('INVITE', { via });
    send('CANCEL', { via });
    expect(told).toEqual(['cancel']);
  });
});

describe('CANCEL', () => {
  test('gets 200 with the To tag of the call, and the call 487', () => {
    send('INVITE');
    first().respond(createResponse(180));
    send('CANCEL');
    clock.turn(1);
    expect(told).toEqual(['cancel']);
    expect(peer.received.map(({ what }) => what)).toEqual(['100 INVITE', '180 INVITE', '200 CANCEL', '487 INVITE']);
    const tags = peer.received.slice(1).map(({ message }) => message.headers.get('To'));
    expect(new Set(tags).size).toBe(1);
  });

  test('for an unknown call gets 481, and each repeat the same', () => {
    send('CANCEL');
    send('CANCEL');
    clock.turn(1);
    expect(peer.received.map(({ what }) => what)).toEqual(['481 CANCEL', '481 CANCEL']);
    expect(told).toEqual([]);
  });

  test('after the answer changes nothing', () => {
    send('INVITE');
    first().respond(createResponse(200));
    send('CANCEL');
    clock.turn(1);
    expect(told).toEqual([]);
    expect(peer.received.at(-1)?.what).toBe('200 CANCEL');
  });
});

describe('the gate', () => {
  test.each([
    ['416', { uri: 'unknown:thing' }],
    ['400', { uri: 'sip:2001:db8::1' }],
    ['400', { to: '"open <sip:b@x>' }],
    ['400', { extra: 'Call-ID: two\n' }],
    ['400', { extra: 'Content-Length: -5\n' }],
  ])('answers %s for %o, the same for a repeat, and keeps nothing', (status, options) => {
    send('OPTIONS', options);
    send('OPTIONS', options);
    clock.turn(1);
    expect(peer.received.map(({ what }) => what)).toEqual([`${status} OPTIONS`, `${status} OPTIONS`]);
    expect(peer.received[0]?.message.headers.get('To')).toBe(peer.received[1]?.message.headers.get('To'));
    expect(requests).toEqual([]);
    expect(layer.counts.server).toBe(0);
  });

  test('never answers an ACK, or a request without a Via that can be read', () => {
    send('ACK', { uri: 'unknown:thing' });
    send('OPTIONS', { via: 'nonsense' });
    clock.turn(1);
    expect(peer.log).toEqual([]);
    expect(told).toEqual([]);
  });

  test('answers 420 for extensions that the layer above does not know', () => {
    layer = layerAt(network, { request: (transaction) => requests.push(transaction) }, { extensions: ['replaces'] });
    send('OPTIONS', { extra: 'Require: replaces, foo\n' });
    clock.turn(1);
    expect(peer.last('420 OPTIONS').message.headers.get('Unsupported')).toBe('foo');
  });
});

test('a flood is answered with 503 and keeps no memory', () => {
  layer = layerAt(network, { request: (transaction) => requests.push(transaction) }, { maxServerTransactions: 200 });
  for (let i = 0; i < 300; i++) send('MESSAGE', { via: `SIP/2.0/UDP peer;branch=z9hG4bK${i};rport`, callId: `${i}` });
  clock.turn(1);
  expect(requests).toHaveLength(200);
  expect(peer.received.filter(({ what }) => what === '503 MESSAGE')).toHaveLength(100);
  clock.turn(32_000);
  expect(layer.counts.server).toBe(0);
});

test('a flood leaves room for what ends calls', () => {
  layer = layerAt(network, { request: (transaction) => requests.push(transaction) }, { maxServerTransactions: 20 });
  send('INVITE', { via: 'SIP/2.0/UDP peer;branch=z9hG4bKcall;rport', callId: 'call' });
  for (let i = 0; i < 20; i++) send('MESSAGE', { via: `SIP/2.0/UDP peer;branch=z9hG4bK${i};rport`, callId: `${i}` });
  send('CANCEL', { via: 'SIP/2.0/UDP peer;branch=z9hG4bKcall;rport', callId: 'call' });
  send('BYE', { via: 'SIP/2.0/UDP peer;branch=z9hG4bKbye;rport', callId: 'other', to: '<sip:b@x>;tag=ours' });
  clock.turn(1);
  expect(peer.received.filter(({ what }) => what.startsWith('503')).map(({ what }) => what)).toEqual(['503 MESSAGE']);
  expect(requests.at(-1)?.request.method).toBe('BYE');
  expect(peer.last('200 CANCEL')).toBeDefined();
});

test('closing leaves no transaction and no timer', async () => {
  send('INVITE');
  send('MESSAGE', { via: 'SIP/2.0/UDP peer;branch=z9hG4bKx' });
  first().respond(createResponse(486));
  await layer.close();
  expect(layer.counts).toEqual({ client: 0, server: 0 });
  expect(clock.waiting).toBe(1);
  // What is left is the 486 on its way through the network.
  clock.turn(1);
  expect(clock.waiting).toBe(0);
});
