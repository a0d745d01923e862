// A registration at servers in memory, with the clock turned by hand: what goes over the wire, and when.
import { beforeEach, describe, expect, it } from 'vitest';
import type { RegistrationState } from '../../../contract/index.ts';
import { Credentials } from '../digest/index.ts';
import { handClock, quietLog } from '../net/testing.ts';
import type { Target } from '../net/index.ts';
import { completeResponse } from '../transaction/server-request.ts';
import { asRequest, layerAt, MemoryNetwork, Peer, settle, type Received } from '../transaction/testing.ts';
import { createResponse, type SipRequest } from '../wire/index.ts';
import { Registration } from './registration.ts';

type Header = [string, string];
type Answer = { status: number; headers?: Header[] } | null;

let clock: ReturnType<typeof handClock>;
let network: MemoryNetwork;
let hosts: Record<string, string[]>;
let states: RegistrationState[];
let busy: boolean;
let unreachable: Set<string>;

/** A server at an address: answers as `answer` says; null is silence. Counts what came, with times in ms. */
class Server {
  readonly peer: Peer;
  answer: (request: SipRequest, count: number) => Answer = () => ok('300');
  answersOptions = true;
  readonly registers: { at: number; request: SipRequest }[] = [];
  private readonly seen = new Set<string>();

  constructor(address: string) {
    this.peer = new Peer(network, address);
    this.peer.onMessage = (received) => this.receive(received);
  }

  private receive(received: Received): void {
    const request = asRequest(received.message);
    if (request.method === 'OPTIONS') {
      if (this.answersOptions) this.peer.answer(received, 200);
      return;
    }
    if (request.method !== 'REGISTER') return;
    const branch = request.headers.get('Via') ?? '';
    if (!this.seen.has(branch)) this.registers.push({ at: received.at, request });
    this.seen.add(branch);
    const answer = this.answer(request, this.registers.length);
    if (answer === null) return;
    const headers = (answer.headers ?? []).map(([name, value]): Header => [
      name,
      value.replace('CONTACT', uriOf(request)),
    ]);
    void received.flow.send(Buffer.from(write(request, answer.status, headers)));
  }
}

function write(request: SipRequest, status: number, headers: Header[]): string {
  const response = completeResponse(request, createResponse(status, { headers }), () => 'server');
  const lines = [...response.headers.entries()].map(([name, value]) => `${name}: ${value}`);
  return `SIP/2.0 ${status} ${response.reason}\r\n${lines.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`;
}

function uriOf(request: SipRequest): string {
  return /<([^>]+)>/.exec(request.headers.get('Contact') ?? '')?.[1] ?? '';
}

/** 200 with our contact for so long; null: without saying so. */
function ok(expires: string | null, more: Header[] = []): Answer {
  return { status: 200, headers: [['Contact', `<CONTACT>${expires === null ? '' : `;expires=${expires}`}`], ...more] };
}

function start(user = 'alice', transport: Target['transport'] = 'udp'): Registration {
  const account = { id: user, displayName: '', user, domain: 'example.com', transport, expires: 300 } as const;
  const layer = layerAt(
    network,
    { flowClosed: (flow) => registration.flowClosed(flow) },
    {
      createNet: network.net(user, unreachable),
      resolver: {
        resolve: (uri) =>
          Promise.resolve((hosts[uri.host] ?? [uri.host]).map((host) => ({ transport, host, port: 5060 }))),
        forget() {},
      },
    },
  );
  const credentials = new Credentials({ user, domain: 'example.com', password: () => Promise.resolve('secret') });
  const registration: Registration = new Registration({
    account,
    layer,
    credentials,
    clock,
    log: quietLog,
    userAgent: 'Hookswitch/test',
    instanceId: '00000000-0000-4000-8000-000000000001',
    contactUser: `${user}-contact`,
    busy: () => busy,
    report: (state) => states.push(state),
  });
  registration.start();
  return registration;
}

/** Turns the clock in small steps, so that what waits on promises keeps up. */
async function pass(seconds: number): Promise<void> {
  await settle();
  for (let ms = 0; ms < seconds * 1000; ms += 250) {
    clock.turn(250);
    await settle();
  }
}

/** The largest number of these within any ten seconds. */
function mostInTenSeconds(times: readonly number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 10_000).length));
}

beforeEach(() => {
  clock = handClock();
  network = new MemoryNetwork(clock);
  hosts = { 'example.com': ['one', 'two'] };
  states = [];
  busy = false;
  unreachable = new Set();
});

describe('whatever a registrar grants', () => {
  it.each(['0', '1', '9', '19', '59', '2147483648', '4294967295', '99999999999999999999', 'soon', '-1', '', null])(
    '(expires=%s) it is asked once in 10 s at most',
    async (expires) => {
      const one = new Server('one');
      one.answer = () => ok(expires);
      start();
      await pass(60);
      expect(mostInTenSeconds(one.registers.map(({ at }) => at))).toBe(1);
    },
  );

  it('(Expires: 0 and no contact at all) it is asked once in 10 s at most', async () => {
    const one = new Server('one');
    one.answer = () => ({ status: 200, headers: [['Expires', '0']] });
    start();
    await pass(60);
    expect(mostInTenSeconds(one.registers.map(({ at }) => at))).toBe(1);
  });

  it('(423 without end) it is asked once more at once, and then once in 10 s at most', async () => {
    const one = new Server('one');
    one.answer = (request) => ({
      status: 423,
      headers: [['Min-Expires', String(Number(request.headers.get('Expires')) + 1)]],
    });
    start();
    await pass(120);
    const times = one.registers.map(({ at }) => at);
    expect(mostInTenSeconds(times)).toBe(2);
    expect(mostInTenSeconds(times.filter((at) => at > 1000))).toBe(1);
    expect(states.at(-1)).toMatchObject({ name: 'offline', cause: { detail: expect.stringContaining('423') } });
  });

  it.each(['0', '1', '9;duration=60'])(
    '(503 with Retry-After: %s) it is asked once in 10 s at most, and so when it first ended the flow',
    async (after) => {
      const one = new Server('one');
      hosts['example.com'] = ['one'];
      one.answer = (_request, count) => (count === 1 ? ok('300') : { status: 503, headers: [['Retry-After', after]] });
      const registration = start();
      await pass(20);
      const { flow } = registration;
      if (flow !== null) registration.flowClosed(flow);
      await pass(60);
      const times = one.registers.map(({ at }) => at);
      expect(times.length).toBeGreaterThan(2);
      expect(mostInTenSeconds(times)).toBe(1);
    },
  );

  it('(503 with Retry-After: 100000000000) it is asked again within five minutes', async () => {
    const one = new Server('one');
    hosts['example.com'] = ['one'];
    one.answer = (_request, count) =>
      count === 1 ? { status: 503, headers: [['Retry-After', '100000000000']] } : ok('300');
    start();
    await pass(290);
    expect(one.registers).toHaveLength(1);
    await pass(15);
    expect(states.at(-1)?.name).toBe('available');
  });
});

describe('a registrar that redirects', () => {
  it('within the account’s domain is followed, and gets the password there', async () => {
    const one = new Server('one');
    const two = new Server('second');
    hosts['reg2.example.com'] = ['second'];
    one.answer = () => ({ status: 302, headers: [['Contact', '<sip:reg2.example.com>']] });
    two.answer = (request) =>
      request.headers.has('Authorization')
        ? ok('300')
        : { status: 401, headers: [['WWW-Authenticate', 'Digest realm="example.com", nonce="n"']] };
    const registration = start();
    await pass(1);
    expect(states.map(({ name }) => name)).toEqual(['connecting', 'available']);
    expect(two.registers.map(({ request }) => request.uri)).toEqual(['sip:reg2.example.com', 'sip:reg2.example.com']);
    expect(registration.flow?.remote.address).toBe('second');
  });

  it('to elsewhere is not, and the sentence says where it leads', async () => {
    const one = new Server('one');
    const evil = new Server('evil.test');
    one.answer = () => ({ status: 301, headers: [['Contact', '<sip:evil.test>']] });
    start();
    await pass(30);
    expect(evil.peer.received).toEqual([]);
    expect(states.at(-1)).toMatchObject({
      name: 'offline',
      cause: { code: 'server-moved', message: expect.stringContaining('evil.test') },
    });
    expect(mostInTenSeconds(one.registers.map(({ at }) => at))).toBe(1);
  });

  it('in a circle is left', async () => {
    const one = new Server('one');
    one.answer = () => ({ status: 302, headers: [['Contact', '<sip:example.com>']] });
    start();
    await pass(60);
    expect(mostInTenSeconds(one.registers.map(({ at }) => at))).toBe(3);
    expect(states.at(-1)).toMatchObject({ name: 'offline', cause: { code: 'server-refused' } });
  });
});

describe('what a registrar gives', () => {
  it('as Service-Route is the way of later requests', async () => {
    const one = new Server('one');
    one.answer = () => ok('300', [['Service-Route', '<sip:edge.example.com;lr>']]);
    const registration = start();
    await pass(1);
    expect(one.registers[0]?.request.headers.all('Supported')).toEqual(['path', 'gruu', 'outbound']);
    expect(registration.serviceRoute).toEqual(['<sip:edge.example.com;lr>']);
  });

  it.each([
    ['udp', '<sip:alice-contact@hookswitch.invalid>'],
    ['tls', '<sip:alice@example.com;gr=urn:uuid:1>'],
    ['ws', '<sip:alice@example.com;gr=urn:uuid:1>'],
  ] as const)(
    'as GRUU (%s) is the Contact of calls where nobody could connect to our own',
    async (transport, contact) => {
      const one = new Server('one');
      one.answer = () => ({
        status: 200,
        headers: [['Contact', '<CONTACT>;expires=300;pub-gruu="sip:alice@example.com;gr=urn:uuid:1"']],
      });
      const registration = start('alice', transport);
      expect(registration.contact).toBe('<sip:alice-contact@hookswitch.invalid>');
      await pass(1);
      expect(registration.contact).toBe(contact);
    },
  );

  it('as GRUU that is none is no Contact', async () => {
    const one = new Server('one');
    one.answer = () => ({ status: 200, headers: [['Contact', '<CONTACT>;expires=300;pub-gruu="tel:+1>,<sip:x"']] });
    const registration = start('alice', 'ws');
    await pass(1);
    expect(registration.contact).toBe('<sip:alice-contact@hookswitch.invalid>');
  });

  it('(439) is a no to outbound, and then it is asked without', async () => {
    const one = new Server('one');
    one.answer = (request) => ((request.headers.get('Contact') ?? '').includes('reg-id') ? { status: 439 } : ok('300'));
    start();
    await pass(1);
    expect(states.at(-1)?.name).toBe('available');
    expect(one.registers.at(-1)?.request.headers.all('Supported')).toEqual(['path', 'gruu']);
  });

  it('as contacts of ours at other places is taken back, once each; those of other phones are not', async () => {
    const one = new Server('one');
    one.answer = (request) =>
      request.headers.get('Contact')?.includes('expires=0')
        ? { status: 200 }
        : ok('300', [
            ['Contact', '<sip:alice-contact@10.0.0.1:5060>;expires=200'],
            ['Contact', '<sip:x@10.0.0.2>;+sip.instance="<urn:uuid:00000000-0000-4000-8000-000000000001>"'],
            ['Contact', '<sip:desk@10.0.0.3>;expires=200'],
          ]);
    start();
    await pass(600);
    const removed = one.registers.flatMap(({ request }) => {
      const contact = request.headers.get('Contact') ?? '';
      return contact.includes('expires=0') ? [contact] : [];
    });
    expect(removed).toEqual(['<sip:alice-contact@10.0.0.1:5060>;expires=0', '<sip:x@10.0.0.2>;expires=0']);
  });
});

describe('a second server', () => {
  it('takes over when the first is silent, and the first is gone back to when it is well', async () => {
    const [one, two] = [new Server('one'), new Server('two')];
    const registration = start();
    await pass(3);
    expect(registration.flow?.remote.address).toBe('one');
    one.answer = () => null;
    one.answersOptions = false;
    await pass(25);
    expect(registration.flow?.remote.address).toBe('two');
    expect(states.map(({ name }) => name)).toEqual(['connecting', 'available', 'available']);
    one.answer = () => ok('300');
    one.answersOptions = true;
    await pass(60);
    expect(registration.flow?.remote.address).toBe('one');
    const moves = two.registers.length;
    await pass(60);
    expect(two.registers).toHaveLength(moves);
  });

  it('keeps a phone that has a call, until the call is over', async () => {
    const [one] = [new Server('one'), new Server('two')];
    one.answer = () => null;
    one.answersOptions = false;
    const registration = start();
    await pass(5);
    busy = true;
    one.answer = () => ok('300');
    one.answersOptions = true;
    await pass(120);
    expect(registration.flow?.remote.address).toBe('two');
    busy = false;
    await pass(20);
    expect(registration.flow?.remote.address).toBe('one');
  });

  it('is not left for one that answers OPTIONS and refuses to register', async () => {
    const [one] = [new Server('one'), new Server('two')];
    one.answer = () => ({ status: 503 });
    const registration = start();
    await pass(120);
    expect(registration.flow?.remote.address).toBe('two');
    expect(states.at(-1)?.name).toBe('available');
    expect(mostInTenSeconds(one.registers.map(({ at }) => at))).toBe(1);
  });
});

describe('a second server that asks to be left alone for 120 s', () => {
  /** Registered with the second, whose refresh is answered so; the first is well again from `well` seconds after that on. */
  async function told(well: number, first: Answer): Promise<{ one: Server; two: Server; at: number }> {
    const [one, two] = [new Server('one'), new Server('two')];
    one.answer = () => null;
    one.answersOptions = false;
    two.answer = (_request, count) => (count === 1 ? ok('60') : { status: 503, headers: [['Retry-After', '120']] });
    start();
    await pass(5);
    expect(states.at(-1)?.name).toBe('available');
    while (two.registers.length < 2) await pass(1);
    const at = two.registers[1]?.at ?? 0;
    // The first is tried then, too, and is silent.
    await pass(well);
    one.answer = () => first;
    one.answersOptions = true;
    return { one, two, at };
  }

  it('is left alone, though the first is well and then not', async () => {
    const { two, at } = await told(60, { status: 500 });
    await pass(50);
    expect(two.registers.filter((one) => one.at > at)).toEqual([]);
  });

  it('is left for the first when that is well', async () => {
    const { one, two, at } = await told(60, ok('300'));
    await pass(40);
    expect(states.at(-1)?.name).toBe('available');
    expect(one.registers.at(-1)?.at).toBeGreaterThanOrEqual(at + 10_000);
    expect(two.registers.filter((one) => one.at > at)).toEqual([]);
  });
});

describe('a server', () => {
  it('that falls silent is doubted within 10 s, and that it is away is said', async () => {
    const one = new Server('one');
    hosts['example.com'] = ['one'];
    start();
    await pass(15);
    const before = one.registers.length;
    one.answersOptions = false;
    one.answer = () => null;
    await pass(10);
    expect(one.registers).toHaveLength(before + 1);
    await pass(9);
    expect(states.at(-1)).toMatchObject({ name: 'offline', cause: { code: 'server-unreachable' } });
  });

  it('that never answers OPTIONS is not doubted for that', async () => {
    const one = new Server('one');
    one.answersOptions = false;
    start();
    await pass(120);
    expect(one.registers).toHaveLength(1);
  });

  it.each(['silent', 'refusing'] as const)(
    'that is away for 1,000 s (%s) is tried 60 times at most, and found again soon',
    async (way) => {
      const one = new Server('one');
      hosts['example.com'] = ['one'];
      const transport = way === 'silent' ? 'udp' : 'tls';
      start('alice', transport);
      await pass(20);
      const before = one.registers.length;
      one.answersOptions = false;
      one.answer = () => null;
      if (way === 'refusing') unreachable.add('tls one');
      network.close(network.flow(transport, 'alice', 'one'), new Error('gone'));
      await pass(1000);
      expect(one.registers.length - before).toBeLessThanOrEqual(60);
      one.answer = () => ok('300');
      unreachable.clear();
      // A silent one answers the attempt that is under way, or the next.
      await pass(way === 'silent' ? 15 : 26);
      expect(states.at(-1)?.name).toBe('available');
    },
    20_000,
  );

  it('that comes back after long is not asked by 50 phones at once', async () => {
    const one = new Server('one');
    hosts['example.com'] = ['one'];
    unreachable.add('udp one');
    const phones = Array.from({ length: 50 }, (_, index) => start(`phone${index}`));
    await pass(300);
    unreachable.clear();
    await pass(30);
    expect(phones.filter(({ flow }) => flow !== null)).toHaveLength(50);
    const times = one.registers.map(({ at }) => at);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(10_000);
  }, 20_000);
});
