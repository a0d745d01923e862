// Client transactions (RFC 3261 17.1), turned by hand.
import { beforeEach, describe, expect, test } from 'vitest';
import { handClock } from '../net/testing.ts';
import { createRequest, type SipRequest } from '../wire/index.ts';
import type { TransactionLayer } from './index.ts';
import { asRequest, layerAt, MemoryNetwork, Peer } from './testing.ts';

let clock: ReturnType<typeof handClock>;
let network: MemoryNetwork;
let layer: TransactionLayer;
let peer: Peer;
/** What the user was told: `180`, `timeout`, ... */
let told: string[];

beforeEach(() => {
  clock = handClock();
  network = new MemoryNetwork(clock);
  layer = layerAt(network);
  peer = new Peer(network, 'peer');
  told = [];
});

function request(method: string): SipRequest {
  return createRequest(method, 'sip:bob@b.test', [
    ['Route', '<sip:proxy;lr>'],
    ['From', '<sip:alice@a.test>;tag=1'],
    ['To', '<sip:bob@b.test>'],
    ['Call-ID', 'call'],
    ['CSeq', `7 ${method}`],
    ['Contact', '<sip:alice@hookswitch.invalid;ob>;expires=60'],
  ]);
}

function send(method: string, transport: 'udp' | 'tcp' = 'udp') {
  return layer.request(
    request(method),
    {
      response: (response) => told.push(String(response.status)),
      failure: (failure) =>
        told.push(failure.reason === 'timeout' ? 'timeout' : `${failure.reason}: ${failure.error.message}`),
    },
    { flow: network.flow(transport, 'phone', 'peer') },
  );
}

describe('an INVITE', () => {
  test('is repeated by UDP at T1, 2*T1, 4*T1... and fails after 64*T1 (timers A and B)', () => {
    send('INVITE');
    clock.turn(31_999);
    expect(peer.log).toEqual([0, 500, 1500, 3500, 7500, 15_500, 31_500].map((at) => `${at} INVITE`));
    expect(told).toEqual([]);
    clock.turn(1);
    expect(told).toEqual(['timeout']);
    expect(layer.counts.client).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  test('is sent once by TCP, and fails after 64*T1 all the same', () => {
    send('INVITE', 'tcp');
    clock.turn(32_000);
    expect(peer.log).toEqual(['0 INVITE']);
    expect(told).toEqual(['timeout']);
  });

  test('is not repeated after a provisional response, however long it rings', () => {
    send('INVITE');
    clock.turn(600);
    peer.answer(peer.last('INVITE'), 180);
    clock.turn(600_000);
    expect(peer.log).toEqual(['0 INVITE', '500 INVITE']);
    expect(told).toEqual(['180']);
    peer.answer(peer.last('INVITE'), 486);
    clock.turn(40_000);
    expect(told).toEqual(['180', '486']);
    expect(layer.counts.client).toBe(0);
  });

  test('is acknowledged when refused, again for each repeat, and the user hears it once (timer D)', () => {
    const { branch } = send('INVITE');
    clock.turn(1);
    for (let i = 0; i < 3; i++) {
      peer.answer(peer.last('INVITE'), 486);
      clock.turn(2);
    }
    expect(peer.received.filter(({ what }) => what === 'ACK')).toHaveLength(3);
    expect(told).toEqual(['486']);
    const ack = asRequest(peer.last('ACK').message);
    expect(ack.uri).toBe('sip:bob@b.test');
    expect(ack.headers.all('Via')).toEqual([`SIP/2.0/UDP phone:5060;branch=${branch};rport`]);
    expect(ack.headers.get('Route')).toBe('<sip:proxy;lr>');
    expect(ack.headers.get('To')).toBe('<sip:bob@b.test>;tag=peer');
    expect(ack.headers.get('CSeq')).toBe('7 ACK');
    clock.turn(31_990);
    expect(layer.counts.client).toBe(1);
    clock.turn(10);
    expect(layer.counts.client).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  test('hands each 2xx up, also of other branches of a fork, until 64*T1 (RFC 6026 timer M)', () => {
    send('INVITE');
    clock.turn(1);
    for (let i = 0; i < 3; i++) {
      peer.answer(peer.last('INVITE'), 200);
      clock.turn(10_000);
    }
    expect(told).toEqual(['200', '200', '200']);
    expect(peer.log).toEqual(['0 INVITE']);
    clock.turn(10_000);
    expect(layer.counts.client).toBe(0);
  });

  test('fails at once when its connection is lost', () => {
    send('INVITE', 'tcp');
    clock.turn(1);
    peer.answer(peer.last('INVITE'), 180);
    clock.turn(1);
    network.close(network.flow('tcp', 'phone', 'peer'), new Error('gone'));
    expect(told).toEqual(['180', 'transport: gone']);
    expect(layer.counts.client).toBe(0);
    expect(clock.waiting).toBe(0);
  });
});

describe('another request', () => {
  test('is repeated by UDP at T1, 2*T1, 4*T1, then every T2, and fails after 64*T1 (timers E and F)', () => {
    send('OPTIONS');
    clock.turn(32_000);
    const times = [0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500];
    expect(peer.log).toEqual(times.map((at) => `${at} OPTIONS`));
    expect(told).toEqual(['timeout']);
    expect(clock.waiting).toBe(0);
  });

  test('is repeated every T2 after a provisional response', () => {
    send('OPTIONS');
    clock.turn(1);
    peer.answer(peer.last('OPTIONS'), 100);
    clock.turn(12_000);
    expect(peer.log).toEqual([0, 500, 4500, 8500].map((at) => `${at} OPTIONS`));
  });

  test('ends T4 after its answer by UDP (timer K), at once by TCP; repeats of the answer are not news', () => {
    for (const [transport, rest] of [
      ['udp', 5000],
      ['tcp', 0],
    ] as const) {
      send('OPTIONS', transport);
      clock.turn(1);
      peer.answer(peer.last('OPTIONS'), 200);
      peer.answer(peer.last('OPTIONS'), 200);
      clock.turn(1);
      expect(layer.counts.client).toBe(rest > 0 ? 1 : 0);
      clock.turn(rest);
      expect(layer.counts.client).toBe(0);
    }
    expect(told).toEqual(['200', '200']);
    expect(clock.waiting).toBe(0);
  });
});

describe('CANCEL', () => {
  test('waits for a provisional response, and takes everything from its INVITE (9.1)', () => {
    const transaction = send('INVITE');
    clock.turn(100);
    transaction.cancel([['Reason', 'SIP;cause=200;text="Call completed elsewhere"']]);
    clock.turn(100);
    expect(peer.log).toEqual(['0 INVITE']);
    peer.answer(peer.last('INVITE'), 100);
    clock.turn(2);
    const invite = asRequest(peer.last('INVITE').message);
    const cancel = asRequest(peer.last('CANCEL').message);
    expect(cancel.uri).toBe(invite.uri);
    for (const name of ['Via', 'From', 'To', 'Call-ID', 'Route']) {
      expect(cancel.headers.all(name)).toEqual(invite.headers.all(name));
    }
    expect(cancel.headers.get('CSeq')).toBe('7 CANCEL');
    expect(cancel.headers.get('Reason')).toContain('elsewhere');
    peer.answer(peer.last('CANCEL'), 200);
    peer.answer(peer.last('INVITE'), 487);
    clock.turn(2);
    expect(told).toEqual(['100', '487']);
    expect(peer.received.at(-1)?.what).toBe('ACK');
    clock.turn(40_000);
    expect(layer.counts.client).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  test('is sent at once when it rings already, and only once', () => {
    const transaction = send('INVITE');
    clock.turn(1);
    peer.answer(peer.last('INVITE'), 180);
    clock.turn(1);
    transaction.cancel();
    transaction.cancel();
    clock.turn(1);
    expect(peer.received.filter(({ what }) => what === 'CANCEL')).toHaveLength(1);
  });

  test('gives the INVITE up 64*T1 later when no final response comes', () => {
    const transaction = send('INVITE');
    clock.turn(1);
    peer.answer(peer.last('INVITE'), 180);
    clock.turn(1);
    transaction.cancel();
    clock.turn(31_999);
    expect(told).toEqual(['180']);
    clock.turn(1);
    expect(told).toEqual(['180', 'timeout']);
    expect(layer.counts.client).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  test('comes too late after the final response', () => {
    const transaction = send('INVITE');
    clock.turn(1);
    peer.answer(peer.last('INVITE'), 200);
    clock.turn(1);
    transaction.cancel();
    clock.turn(10);
    expect(peer.log).toEqual(['0 INVITE']);
  });
});

describe('on the wire', () => {
  test('Via carries the flow, a random branch and rport; Contact points at the flow', () => {
    const one = send('OPTIONS');
    const two = send('OPTIONS', 'tcp');
    clock.turn(1);
    const [udp, tcp] = peer.received.map(({ message }) => message.headers);
    expect(udp?.all('Via')).toEqual([`SIP/2.0/UDP phone:5060;branch=${one.branch};rport`]);
    expect(tcp?.all('Via')).toEqual([`SIP/2.0/TCP phone:5060;branch=${two.branch};rport`]);
    expect(one.branch).toMatch(/^z9hG4bK[0-9a-f]{32}$/);
    expect(one.branch).not.toBe(two.branch);
    expect(udp?.get('Contact')).toBe('<sip:alice@phone:5060;ob>;expires=60');
    expect(tcp?.get('Contact')).toBe('<sip:alice@phone:5060;transport=tcp;ob>;expires=60');
    expect(udp?.get('Max-Forwards')).toBe('70');
  });

  test('the request handed in stays as it was', () => {
    const mine = request('OPTIONS');
    layer.request(mine, { response() {}, failure() {} }, { flow: network.flow('udp', 'phone', 'peer') });
    expect(mine.headers.has('Via')).toBe(false);
    expect(mine.headers.get('Contact')).toContain('hookswitch.invalid');
  });

  test('responses that belong to nobody are nobody’s', () => {
    const transaction = send('OPTIONS');
    clock.turn(1);
    const good = peer.last('OPTIONS');
    const headers = (branch: string): string =>
      `Via: SIP/2.0/UDP phone:5060;branch=${branch}\nFrom: <sip:a@x>;tag=1\nTo: <sip:b@x>\nCall-ID: c\n`;
    peer.send(`SIP/2.0 200 OK\n${headers('z9hG4bKother')}CSeq: 7 OPTIONS\n\n`, 'phone');
    peer.send(`SIP/2.0 200 OK\n${headers(transaction.branch)}CSeq: 7 INVITE\n\n`, 'phone');
    peer.send(`SIP/2.0 200 OK\n${headers(transaction.branch)}CSeq: x\n\n`, 'phone');
    peer.send('SIP/2.0 200 OK\nCSeq: x\n\n', 'phone');
    clock.turn(1);
    expect(told).toEqual([]);
    peer.answer(good, 200);
    clock.turn(1);
    expect(told).toEqual(['200']);
  });

  test('what a listener throws goes no further', () => {
    const errors: string[] = [];
    const log = {
      debug() {},
      info() {},
      warn() {},
      error: (message: string) => void errors.push(message),
      child: () => log,
    };
    layer = layerAt(network, {}, { log });
    const flow = network.flow('udp', 'phone', 'peer');
    const broken = (): never => {
      throw new Error('bug above');
    };
    layer.request(request('OPTIONS'), { response: broken, failure: broken }, { flow });
    clock.turn(1);
    peer.answer(peer.last('OPTIONS'), 200);
    clock.turn(10_000);
    expect(errors).toEqual(['response failed']);
    expect(layer.counts.client).toBe(0);
  });
});
