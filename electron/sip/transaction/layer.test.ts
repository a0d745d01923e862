// Two layers that talk over real sockets on loopback.
import { afterEach, describe, expect, test } from 'vitest';
import { quietLog, realClock } from '../net/testing.ts';
import { createRequest, createResponse, type SipResponse } from '../wire/index.ts';
import { createTransactionLayer, type TransactionLayer, type TransactionLayerListener } from './index.ts';

const layers: TransactionLayer[] = [];
afterEach(async () => {
  await Promise.all(layers.splice(0).map((layer) => layer.close()));
});

function makeLayer(listener: Partial<TransactionLayerListener> = {}): TransactionLayer {
  const layer = createTransactionLayer({
    clock: realClock,
    log: quietLog,
    listener: { request() {}, cancel() {}, ack() {}, ackTimeout() {}, flowClosed() {}, ...listener },
  });
  layers.push(layer);
  return layer;
}

const headers = (method: string): [string, string][] => [
  ['From', '<sip:a@a.test>;tag=1'],
  ['To', '<sip:b@b.test>'],
  ['Call-ID', 'c'],
  ['CSeq', `1 ${method}`],
  ['Contact', '<sip:a@hookswitch.invalid>'],
];

describe.each(['udp', 'tcp'] as const)('by %s', (transport) => {
  test('a call is offered, answered and acknowledged straight to its Contact', async () => {
    const acknowledged = Promise.withResolvers<string>();
    const bob = makeLayer({
      request: (transaction) =>
        transaction.respond(createResponse(200, { headers: [['Contact', '<sip:b@hookswitch.invalid>']] })),
      ack: (ack) => acknowledged.resolve(`${ack.method} ${ack.uri}`),
    });
    const alice = makeLayer();
    const { port } = await bob.listen('127.0.0.1');
    const statuses: number[] = [];
    const ok = await new Promise<SipResponse>((resolve) => {
      alice.request(
        createRequest('INVITE', `sip:b@127.0.0.1:${port};transport=${transport}`, headers('INVITE')),
        {
          response: (response) => {
            statuses.push(response.status);
            if (response.status === 200) resolve(response);
          },
          failure: (failure) => statuses.push(failure.reason === 'timeout' ? -1 : -2),
        },
        {},
      );
    });
    expect(statuses).toEqual([100, 200]);
    const contact = /<(.*)>/.exec(ok.headers.get('Contact') ?? '')?.[1] ?? '';
    expect(contact).toBe(`sip:b@127.0.0.1:${port}${transport === 'udp' ? '' : ';transport=tcp'}`);
    await alice.sendAck(createRequest('ACK', contact, headers('ACK')));
    expect(await acknowledged.promise).toBe(`ACK ${contact}`);
  });
});

test('nobody at home is known within a moment, not after 32 s', async () => {
  const alice = makeLayer();
  const { port } = await makeLayer().listen('127.0.0.1');
  await layers.pop()?.close();
  const startedAt = performance.now();
  const failure = await new Promise((resolve) => {
    alice.request(createRequest('OPTIONS', `sip:127.0.0.1:${port}`, headers('OPTIONS')), {
      response() {},
      failure: resolve,
    });
  });
  expect(failure).toMatchObject({ reason: 'transport', error: { kind: 'refused' } });
  expect(performance.now() - startedAt).toBeLessThan(2000);
});

test('a flow stays open and is used again', async () => {
  const { port } = await makeLayer().listen('127.0.0.1');
  const alice = makeLayer();
  const targets = [
    { transport: 'tcp', host: '127.0.0.1', port: 1 },
    { transport: 'tcp', host: '127.0.0.1', port },
  ] as const;
  const flow = await alice.openFlow(targets);
  expect(flow.remote.port).toBe(port);
  expect(await alice.openFlow(targets)).toBe(flow);
});

test('no flow at all is an error that says why', async () => {
  await expect(makeLayer().openFlow([{ transport: 'tcp', host: '127.0.0.1', port: 1 }])).rejects.toMatchObject({
    kind: 'refused',
  });
  await expect(makeLayer().resolve('nonsense')).rejects.toMatchObject({ kind: 'unknown' });
});
