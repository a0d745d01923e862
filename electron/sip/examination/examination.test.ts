// The way to a server and back on a scripted one: what comes in by the registered flow has come back, and nothing else has.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { useStage } from '../testing/use-stage.ts';
import { createRequest, parseMessage, randomBranch, serialize, type SipRequest } from '../wire/index.ts';

const stage = useStage();

/** The next OPTIONS to this address; those that only ask whether the server lives are passed over. */
async function question(uri: string): Promise<SipRequest> {
  for (;;) {
    const request = await stage.server.request('OPTIONS');
    if (request.uri === uri) return request;
  }
}

/** Hands the question to the registered Contact as a proxy does. Resolves to the phone's status. */
async function forward(asked: SipRequest): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  const [, host = '', contactPort = ''] = /@([^:;]+):(\d+)/.exec(stage.server.contact) ?? [];
  const request = createRequest('OPTIONS', stage.server.contact, [
    ['Via', `SIP/2.0/UDP 127.0.0.1:${port};branch=${randomBranch()};rport`],
    ['Max-Forwards', '69'],
    ...(['From', 'To', 'Call-ID', 'CSeq'] as const).map((name) => [name, asked.headers.get(name) ?? ''] as const),
  ]);
  const answered = once(socket, 'message');
  socket.send(serialize(request), Number(contactPort), host);
  const [bytes] = await answered;
  socket.close();
  const message = parseMessage(bytes);
  return message.kind === 'response' ? message.status : 0;
}

test('a question to our own address that comes in by the registered flow has come back', async () => {
  const examination = stage.room.sip.examine('alice');
  expect(await examination.locate()).toMatchObject({
    ok: true,
    servers: [{ transport: 'udp', address: '127.0.0.1', port: stage.server.port, by: { kind: 'typed' } }],
  });
  const back = examination.wayBack();
  const asked = await question('sip:alice@example.com');
  expect(asked.headers.get('Via')).not.toContain(new URL(stage.server.contact.replace('sip:', 'http://')).host);
  expect(await forward(asked)).toBe(200);
  stage.server.reply(asked, 200);
  expect(await back).toMatchObject({ arrived: true, status: 200 });
  await examination.close();
});

test('what the server answers by itself has not come back, nor what nobody answers', async () => {
  const examination = stage.room.sip.examine('alice');
  await examination.locate();
  const first = examination.wayBack();
  stage.server.reply(await question('sip:alice@example.com'), 404);
  expect(await first).toEqual({ arrived: false, status: 404, phrase: 'Not Found', seen: null });
  const second = examination.wayBack();
  await question('sip:alice@example.com');
  stage.clock.skip(2500, 2500);
  expect(await second).toEqual({ arrived: false, status: null, phrase: '', seen: null });
  await examination.close();
});

test('who else is registered is asked without changing anything', async () => {
  stage.server.onRegister((request) => ({
    status: 200,
    headers: [
      ['Contact', `<${stage.server.contact || 'sip:x@127.0.0.1'}>;expires=60`],
      ['Contact', '<sip:alice@192.0.2.8:5060>;expires=1800'],
      ['X-Asked', request.headers.get('Contact') ?? 'nothing'],
    ],
  }));
  const before = stage.server.contact;
  const examination = stage.room.sip.examine('alice');
  const bindings = await examination.bindings();
  const asked = await stage.server.request('REGISTER');
  expect(asked.headers.has('Contact')).toBe(false);
  expect(asked.headers.has('Expires')).toBe(false);
  expect(bindings?.at(-1)).toEqual({ uri: 'sip:alice@192.0.2.8:5060', expires: 1800, own: false });
  expect(before).toContain('@');
  await examination.close();
});
