// Requests other than INVITE whose answer takes its time (RFC 4320).
import { beforeEach, describe, expect, test } from 'vitest';
import { handClock } from '../net/testing.ts';
import { createResponse } from '../wire/index.ts';
import type { ServerTransaction } from './index.ts';
import { layerAt, MemoryNetwork, Peer } from './testing.ts';

let clock: ReturnType<typeof handClock>;
let peer: Peer;
let requests: ServerTransaction[];

beforeEach(() => {
  clock = handClock();
  const network = new MemoryNetwork(clock);
  peer = new Peer(network, 'peer');
  requests = [];
  layerAt(network, { request: (transaction) => requests.push(transaction) });
});

function send(transport: 'udp' | 'tcp'): ServerTransaction {
  peer.send(
    `MESSAGE sip:b@x SIP/2.0\nVia: SIP/2.0/${transport} peer:5060;branch=z9hG4bKone;rport\nMax-Forwards: 70\n` +
      'From: <sip:a@x>;tag=1\nTo: <sip:b@x>\nCall-ID: c\nCSeq: 1 MESSAGE\n\n',
    'phone',
    transport,
  );
  clock.turn(1);
  const [transaction] = requests;
  if (!transaction) throw new Error('no request arrived');
  return transaction;
}

describe.each(['udp', 'tcp'] as const)('by %s', (transport) => {
  test('100 is sent when timer E of the other side has come to T2, and not before (4.1)', () => {
    const transaction = send(transport);
    clock.turn(3499);
    expect(peer.log).toEqual([]);
    clock.turn(2);
    expect(peer.received.map(({ what }) => what)).toEqual(['100 MESSAGE']);
    transaction.respond(createResponse(200));
    clock.turn(40_000);
    expect(peer.received.map(({ what }) => what)).toEqual(['100 MESSAGE', '200 MESSAGE']);
    expect(clock.waiting).toBe(0);
  });

  test('answered in time, there is no 100', () => {
    send(transport).respond(createResponse(200));
    clock.turn(40_000);
    expect(peer.received.map(({ what }) => what)).toEqual(['200 MESSAGE']);
    expect(clock.waiting).toBe(0);
  });

  test('provisional responses of the user are kept back, except 100 by a reliable transport (4.1)', () => {
    const transaction = send(transport);
    transaction.respond(createResponse(100));
    transaction.respond(createResponse(183));
    clock.turn(1);
    expect(peer.received.map(({ what }) => what)).toEqual(transport === 'tcp' ? ['100 MESSAGE'] : []);
    clock.turn(3500);
    transaction.respond(createResponse(183));
    clock.turn(1);
    expect(peer.received.map(({ what }) => what)).toEqual(['100 MESSAGE']);
  });

  test('408 is never sent: nobody waits for it (4.2)', () => {
    send(transport).respond(createResponse(408));
    clock.turn(1);
    expect(peer.log).toEqual([]);
  });
});
