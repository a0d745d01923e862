// Section 17 in any order of events: whatever peers, users, time and the network do, no request gets two final answers, no
// user hears two, and no transaction or timer is left. HOOKSWITCH_EVENTS sets how many events are played (100,000 for a
// release).
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { handClock } from '../net/testing.ts';
import { createRequest, createResponse, parseCSeq, parseVia } from '../wire/index.ts';
import type { ClientTransaction, ServerTransaction } from './index.ts';
import { layerAt, MemoryNetwork, Peer, type Received } from './testing.ts';

const events = Number(process.env['HOOKSWITCH_EVENTS'] ?? 10_000);
const perRun = 200;

/** A transaction may be forgotten T4 after it began (timer I); a repeat that comes later is a new request. */
const REPEATABLE = 4900;

const which = fc.nat(30);
const transport = fc.constantFrom('udp', 'udp', 'tcp');
const status = fc.constantFrom(100, 180, 183, 200, 202, 302, 408, 481, 486, 503, 603);
const method = fc.constantFrom('INVITE', 'INVITE', 'MESSAGE', 'BYE');
const event = fc.oneof(
  fc.record({ do: fc.constant('ask' as const), method, transport }),
  fc.record({ do: fc.constant('peer answers' as const), which, status }),
  fc.record({ do: fc.constant('cancel' as const), which }),
  fc.record({ do: fc.constant('peer asks' as const), method, transport }),
  fc.record({ do: fc.constant('peer repeats' as const), which }),
  fc.record({ do: fc.constant('answer' as const), which, status }),
  fc.record({ do: fc.constant('peer acknowledges' as const), which }),
  fc.record({ do: fc.constant('peer cancels' as const), which }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 100, 500, 3500, 5000, 32_000) }),
  fc.record({ do: fc.constant('connection breaks' as const) }),
);
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

interface Asked {
  transaction: ClientTransaction;
  method: string;
  heard: string[];
}

interface PeerRequest {
  method: string;
  transport: 'udp' | 'tcp';
  branch: string;
  at: number;
}

class World {
  readonly clock = handClock();
  readonly network = new MemoryNetwork(this.clock);
  readonly peer = new Peer(this.network, 'peer');
  readonly served: ServerTransaction[] = [];
  readonly asked: Asked[] = [];
  readonly sent: PeerRequest[] = [];
  readonly layer = layerAt(this.network, {
    request: (transaction) => void this.served.push(transaction),
    cancel: (invite) => invite.respond(createResponse(487)),
  });

  play(one: Event): void {
    switch (one.do) {
      case 'ask':
        return this.ask(one.method, one.transport);
      case 'peer answers':
        return this.peerAnswers(one.which, one.status);
      case 'cancel':
        return this.asked.at(-1 - one.which)?.transaction.cancel();
      case 'peer asks':
        return this.peerAsks(one.method, one.transport);
      case 'peer repeats':
        return this.peerRepeats(one.which);
      case 'answer':
        return this.served.at(-1 - one.which)?.respond(createResponse(one.status));
      case 'peer acknowledges':
        return this.peerSends('ACK', this.sent.at(-1 - one.which));
      case 'peer cancels':
        return this.peerSends('CANCEL', this.sent.at(-1 - one.which));
      case 'wait':
        return this.clock.turn(one.ms);
      case 'connection breaks':
        return this.network.close(this.network.flow('tcp', 'phone', 'peer'), new Error('broken'));
    }
  }

  /** Everything comes to its end: calls are refused or cancelled, and time passes. */
  finish(): void {
    // What is still in the network arrives first.
    this.clock.turn(2);
    for (const { transaction } of this.asked) transaction.cancel();
    for (const transaction of this.served) transaction.respond(createResponse(486));
    this.clock.turn(200_000);
  }

  private ask(name: string, by: 'udp' | 'tcp'): void {
    const heard: string[] = [];
    const number = this.asked.length;
    const transaction = this.layer.request(
      createRequest(name, 'sip:b@x', [
        ['From', '<sip:a@x>;tag=1'],
        ['To', '<sip:b@x>'],
        ['Call-ID', String(number)],
        ['CSeq', `1 ${name}`],
      ]),
      {
        response: (response) => void (response.status >= 200 && heard.push(String(response.status))),
        failure: (failure) => void heard.push(failure.reason),
      },
      { flow: this.network.flow(by, 'phone', 'peer') },
    );
    this.asked.push({ transaction, method: name, heard });
  }

  private peerAnswers(index: number, code: number): void {
    const requests = this.peer.received.filter(({ what }) => /^[A-Z]+$/.test(what) && what !== 'ACK');
    const request: Received | undefined = requests.at(-1 - index);
    if (request) this.peer.answer(request, code);
  }

  private peerAsks(name: string, by: 'udp' | 'tcp'): void {
    const request = {
      method: name,
      transport: by,
      branch: `z9hG4bK${this.sent.length}`,
      at: this.clock.monotonic(),
    };
    this.sent.push(request);
    this.peerSends(name, request);
  }

  private peerRepeats(index: number): void {
    const request = this.sent.at(-1 - index);
    if (request?.transport !== 'udp' || this.clock.monotonic() - request.at > REPEATABLE) return;
    this.peerSends(request.method, request);
  }

  private peerSends(name: string, request: PeerRequest | undefined): void {
    if (!request || (name !== request.method && request.method !== 'INVITE')) return;
    this.peer.send(
      `${name} sip:b@x SIP/2.0\nVia: SIP/2.0/UDP peer:5060;branch=${request.branch};rport\nMax-Forwards: 70\n` +
        `From: <sip:a@x>;tag=1\nTo: <sip:b@x>\nCall-ID: ${request.branch}\nCSeq: 1 ${name}\n\n`,
      'phone',
      request.transport,
    );
  }

  /** Kinds of final answers that the peer saw to each of its requests; several 2xx to INVITE are the user's repeats. */
  get finals(): Map<string, Set<string>> {
    const finals = new Map<string, Set<string>>();
    for (const { message } of this.peer.received) {
      if (message.kind !== 'response' || message.status < 200) continue;
      const name = parseCSeq(message.headers.get('CSeq'))?.method ?? '';
      if (name === 'CANCEL') continue;
      const key = `${parseVia(message.headers.get('Via') ?? '')?.params.get('branch')} ${name}`;
      const kind = name === 'INVITE' && message.status < 300 ? '2xx' : String(message.status);
      finals.set(key, (finals.get(key) ?? new Set()).add(kind));
    }
    return finals;
  }
}

test(`${events} events in any order`, () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 2 * perRun, size: 'max' }), (plan) => {
      const world = new World();
      for (const one of plan) world.play(one);
      world.finish();
      expect([...world.finals].filter(([, kinds]) => kinds.size > 1)).toEqual([]);
      for (const { method: name, heard } of world.asked) {
        // One ending each; an accepted INVITE may be accepted again (forks, repeats), and by no other answer.
        const kinds = name === 'INVITE' ? [...new Set(heard.map((one) => one.replace(/^2\d\d$/, '2xx')))] : heard;
        expect(kinds).toHaveLength(1);
        if (kinds[0] !== '2xx') expect(heard).toHaveLength(1);
      }
      expect(world.served.length).toBe(world.sent.length);
      expect(world.layer.counts).toEqual({ client: 0, server: 0 });
      expect(world.clock.waiting).toBe(0);
    }),
    { numRuns: Math.ceil(events / perRun) },
  );
}, 600_000);
