// The practice exchange, as a phone meets it: real SIP and RTP over loopback.
import { createHash } from 'node:crypto';
import dgram from 'node:dgram';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../contract/index.ts';
import { deferred, quietLog, realClock } from '../sip/net/testing.ts';
import {
  createTransactionLayer,
  type ClientTransaction,
  type ServerTransaction,
  type TransactionLayer,
} from '../sip/transaction/index.ts';
import { createRequest, createResponse, randomToken, type SipRequest, type SipResponse } from '../sip/wire/index.ts';
import { startPracticeExchange } from './index.ts';
import type { PracticeExchange } from './types.ts';

let exchange: PracticeExchange;
let phone: TransactionLayer;
let rtp: dgram.Socket;
/** Requests that reach the phone, in order of arrival. */
let arrived: ServerTransaction[];
let arrival: ReturnType<typeof deferred<ServerTransaction>> | null;
/** Ends the exchange's waits of exactly this length now; all shorter than a second take their real time. */
let skip: (ms: number) => void;

function skippingClock(): Clock {
  const waits = new Set<{ ms: number; run: () => void }>();
  skip = (ms) => {
    const due = [...waits].filter((wait) => wait.ms === ms);
    expect(due).not.toEqual([]);
    for (const wait of due) {
      waits.delete(wait);
      wait.run();
    }
  };
  return {
    ...realClock,
    after(ms, run) {
      if (ms < 1000) return realClock.after(ms, run);
      const wait = { ms, run };
      waits.add(wait);
      return () => void waits.delete(wait);
    },
  };
}

async function nextRequest(): Promise<ServerTransaction> {
  const first = arrived.shift();
  if (first) return first;
  arrival = deferred();
  return arrival.promise;
}

beforeEach(async () => {
  exchange = await startPracticeExchange({ log: quietLog, clock: skippingClock() });
  arrived = [];
  arrival = null;
  phone = createTransactionLayer({
    clock: realClock,
    log: quietLog,
    localAddress: '127.0.0.1',
    listener: {
      request(transaction) {
        if (arrival) arrival.resolve(transaction);
        else arrived.push(transaction);
        arrival = null;
      },
      cancel: (invite) => invite.respond(createResponse(487)),
      ack() {},
      ackTimeout() {},
      flowClosed() {},
    },
  });
  rtp = dgram.createSocket('udp4');
  await new Promise<void>((resolve) => rtp.bind(0, '127.0.0.1', () => resolve()));
});

afterEach(async () => {
  await Promise.all([exchange.close(), phone.close()]);
  rtp.close();
});

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const server = (): { transport: 'udp'; host: string; port: number }[] => [
  { transport: 'udp', host: '127.0.0.1', port: exchange.port },
];

function makeRequest(method: string, to: string, cseq: number, body = ''): SipRequest {
  const headers: [string, string][] = [
    ['From', '<sip:practice@practice.localhost>;tag=phone'],
    ['To', `<sip:${to}@practice.localhost>`],
    ['Call-ID', `${method}-${to}-${cseq}-${randomToken(32)}`],
    ['CSeq', `${cseq} ${method}`],
    ['Contact', '<sip:phone@hookswitch.invalid>'],
  ];
  if (body) headers.push(['Content-Type', 'application/sdp']);
  return createRequest(method, `sip:${to}@practice.localhost`, headers, body);
}

/** The same request with credentials for the challenge. */
function withCredentials(request: SipRequest, refusal: SipResponse, password: string): SipRequest {
  const challenge = refusal.headers.get(refusal.status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate') ?? '';
  const nonce = /nonce="([^"]+)"/.exec(challenge)?.[1] ?? '';
  const ha1 = md5(`${exchange.user}:practice.localhost:${password}`);
  const response = md5(`${ha1}:${nonce}:00000001:abc:auth:${md5(`${request.method}:${request.uri}`)}`);
  request.headers.set(
    refusal.status === 401 ? 'Authorization' : 'Proxy-Authorization',
    `Digest username="${exchange.user}", realm="practice.localhost", nonce="${nonce}", uri="${request.uri}", ` +
      `response="${response}", algorithm=MD5, cnonce="abc", qop=auth, nc=00000001`,
  );
  request.headers.set('CSeq', `2 ${request.method}`);
  return request;
}

/** Final response; provisional ones go to `progress`. */
function send(
  request: SipRequest,
  progress?: (status: number, transaction: ClientTransaction) => void,
): Promise<SipResponse> {
  return new Promise((resolve, reject) => {
    const transaction: ClientTransaction = phone.request(
      request,
      {
        response: (response) => (response.status < 200 ? progress?.(response.status, transaction) : resolve(response)),
        failure: (failure) => reject(new Error(failure.reason)),
      },
      { targets: server() },
    );
  });
}

async function sendTwice(request: SipRequest, progress?: Parameters<typeof send>[1]): Promise<SipResponse> {
  const refusal = await send(request);
  expect([401, 407]).toContain(refusal.status);
  return send(withCredentials(request, refusal, exchange.password), progress);
}

const sdp = (types: string, ...lines: string[]): string =>
  [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${rtp.address().port} RTP/AVP ${types}`,
  ]
    .concat(lines, '')
    .join('\r\n');

function inDialog(method: string, invite: SipRequest, ok: SipResponse, cseq: number): SipRequest {
  const contact = /<([^>]+)>/.exec(ok.headers.get('Contact') ?? '')?.[1] ?? '';
  return createRequest(method, contact, [
    ['From', invite.headers.get('From') ?? ''],
    ['To', ok.headers.get('To') ?? ''],
    ['Call-ID', invite.headers.get('Call-ID') ?? ''],
    ['CSeq', `${cseq} ${method}`],
  ]);
}

async function call(number: string, offer: string): Promise<{ invite: SipRequest; ok: SipResponse; port: number }> {
  const invite = makeRequest('INVITE', number, 1, offer);
  const ok = await sendTwice(invite);
  expect(ok.status).toBe(200);
  await phone.sendAck(inDialog('ACK', invite, ok, 2));
  return { invite, ok, port: Number(/m=audio (\d+)/.exec(ok.body.toString())?.[1]) };
}

async function hangUp({ invite, ok }: { invite: SipRequest; ok: SipResponse }): Promise<void> {
  expect((await send(inDialog('BYE', invite, ok, 3))).status).toBe(200);
}

function nextPacket(): Promise<Buffer> {
  return new Promise((resolve) => rtp.once('message', resolve));
}

function packet(payloadType: number, sequence: number, payload: Buffer): Buffer {
  const header = Buffer.from([0x80, payloadType, 0, sequence, 0, 0, 0, 160, 1, 2, 3, 4]);
  return Buffer.concat([header, payload]);
}

describe('registering', () => {
  test('works with the password that the exchange was started with, and tells what is registered', async () => {
    const ok = await sendTwice(makeRequest('REGISTER', 'practice', 1));
    expect(ok.status).toBe(200);
    expect(ok.headers.get('Contact')).toMatch(/^<sip:phone@127\.0\.0\.1:\d+>;expires=300$/);
  });

  test('is refused with another password', async () => {
    const request = makeRequest('REGISTER', 'practice', 1);
    const refusal = await send(withCredentials(request, await send(request), 'wrong'));
    expect(refusal.status).toBe(401);
    expect(refusal.headers.get('WWW-Authenticate')).not.toContain('stale');
  });

  test('ends with Expires 0', async () => {
    const request = makeRequest('REGISTER', 'practice', 1);
    request.headers.set('Expires', '0');
    expect((await sendTwice(request)).headers.has('Contact')).toBe(false);
  });
});

describe('600', () => {
  test('sends back what it hears, with the payload types of the offer', async () => {
    const made = await call('600', sdp('111 0 96', 'a=rtpmap:111 opus/48000/2', 'a=rtpmap:96 telephone-event/8000'));
    expect(made.ok.body.toString()).toContain('RTP/AVP 111 96\r\n');
    for (const [type, payload] of [
      [111, 'some opus'],
      [96, 'an event'],
    ] as const) {
      const echo = nextPacket();
      rtp.send(packet(type, 7, Buffer.from(payload)), made.port, '127.0.0.1');
      const came = await echo;
      expect([came[1], came[3], came.subarray(12).toString()]).toEqual([type, 7, payload]);
      expect(came.subarray(8, 12)).not.toEqual(Buffer.from([1, 2, 3, 4]));
    }
    await hangUp(made);
  });

  test('has nothing to say to an offer without a codec it knows', async () => {
    const refusal = await sendTwice(makeRequest('INVITE', '600', 1, sdp('18')));
    expect(refusal.status).toBe(488);
  });

  test('keeps quiet while it is on hold', async () => {
    const made = await call('600', sdp('0'));
    const again = inDialog('INVITE', made.invite, made.ok, 3);
    again.headers.set('Content-Type', 'application/sdp');
    again.body = Buffer.from(sdp('0', 'a=sendonly'));
    const ok = await send(again);
    expect(ok.body.toString()).toContain('a=recvonly');
    await phone.sendAck(inDialog('ACK', made.invite, ok, 3));
    let heard = 0;
    rtp.on('message', () => heard++);
    rtp.send(packet(0, 1, Buffer.alloc(160)), made.port, '127.0.0.1');
    // BYE is answered after the packet was read: both went to the same process in this order.
    expect((await send(inDialog('BYE', made.invite, made.ok, 4))).status).toBe(200);
    expect(heard).toBe(0);
  });
});

test('601 plays 440 Hz, in A-law when that comes first', async () => {
  const made = await call('601', sdp('8 0'));
  const samples: number[] = [];
  while (samples.length < 1600) {
    const came = await nextPacket();
    expect((came[1] ?? 0) & 0x7f).toBe(8);
    samples.push(...[...came.subarray(12)].map(fromAlaw));
  }
  // 440 Hz crosses zero upwards 88 times in 200 ms.
  const crossings = samples.filter((sample, i) => sample >= 0 && (samples[i - 1] ?? 0) < 0).length;
  expect(crossings).toBeGreaterThan(86);
  expect(crossings).toBeLessThan(90);
  await hangUp(made);
});

test('602 beeps, hangs up, and calls the registered phone back', async () => {
  await sendTwice(makeRequest('REGISTER', 'practice', 1));
  await call('602', sdp('0'));
  await nextPacket();
  skip(1000);
  const bye = await nextRequest();
  expect(bye.request.method).toBe('BYE');
  bye.respond(createResponse(200));
  skip(3000);
  const invite = await nextRequest();
  expect(invite.request.headers.get('From')).toMatch(/^"Practice call" <sip:602@practice\.localhost>;tag=/);
  invite.respond(createResponse(180));
  const body = sdp('0 101', 'a=rtpmap:101 telephone-event/8000');
  invite.respond(createResponse(200, { headers: [['Contact', '<sip:phone@hookswitch.invalid>']], body }));
  const tone = await nextPacket();
  expect([(tone[1] ?? 0) & 0x7f, tone.length]).toEqual([0, 172]);
});

describe('other numbers', () => {
  test.each([
    ['603', 486],
    ['605', 603],
    ['999', 404],
  ])('%s answers with %d', async (number, status) => {
    expect((await sendTwice(makeRequest('INVITE', number, 1, sdp('0')))).status).toBe(status);
  });

  test('604 rings until it is cancelled', async () => {
    const statuses: number[] = [];
    const end = await sendTwice(makeRequest('INVITE', '604', 1, sdp('0')), (status, transaction) => {
      statuses.push(status);
      if (status === 180) transaction.cancel();
    });
    expect(statuses).toEqual([100, 180]);
    expect(end.status).toBe(487);
  });

  test('604 is not available after a minute', async () => {
    const end = await sendTwice(makeRequest('INVITE', '604', 1, sdp('0')), (status) => {
      if (status === 180) skip(60_000);
    });
    expect(end.status).toBe(480);
  });
});

test('OPTIONS is answered, BYE for no call is not welcome', async () => {
  expect((await send(makeRequest('OPTIONS', '600', 1))).headers.get('Allow')).toContain('INVITE');
  const bye = makeRequest('BYE', '600', 1);
  bye.headers.set('To', '<sip:600@practice.localhost>;tag=gone');
  expect((await send(bye)).status).toBe(481);
});

/** ITU-T G.711, the other way round. */
function fromAlaw(byte: number): number {
  const value = byte ^ 0x55;
  const exponent = (value >> 4) & 7;
  const magnitude = (((value & 0x0f) << 4) + (exponent === 0 ? 8 : 0x108)) << Math.max(exponent - 1, 0);
  return value & 0x80 ? magnitude : -magnitude;
}
