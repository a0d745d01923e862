// Those who knock at every door of the Internet, in a process of their own: scanners that guess names and send rubbish, and
// a flood. Each has an address of its own below 127, which is not that of the phone's server. Counts what comes back.
//
// node sip-attacker.ts '{"port":5060,"kind":"probes","count":10000,"perSecond":900,"sources":200}'
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

export interface Attack {
  /** Of the phone, on 127.0.0.1. */
  port: number;
  /** The phone's Contact, which a scanner does not know, and a leak would tell. */
  contact: string;
  kind: 'probes' | 'flood';
  count: number;
  perSecond: number;
  /** Addresses that it comes from. */
  sources: number;
}

export interface Outcome {
  sent: number;
  answered: number;
  /** The first answer, if there was one. */
  example: string;
}

/** Datagrams are sent in bunches of this long, ms. */
const BUNCH = 20;

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

interface Place {
  address: string;
  port: number;
}

function request(method: string, uri: string, place: Place, more: readonly string[] = [], body = ''): string {
  const own = `${place.address}:${place.port}`;
  return [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/UDP ${own};branch=z9hG4bK${hex(6)};rport`,
    'Max-Forwards: 70',
    `From: "sipvicious"<sip:100@1.1.1.1>;tag=${hex(8)}`,
    `To: "sipvicious"<${uri}>`,
    `Call-ID: ${hex(12)}`,
    `CSeq: 1 ${method}`,
    `Contact: <sip:100@${own}>`,
    'User-Agent: friendly-scanner',
    ...more,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

const sdp = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n';
const withSdp = ['Content-Type: application/sdp'];

/** What the tools of the trade send: maps, name guessers, password guessers, crashers, and abuse of a call's requests. */
const probes: readonly ((index: number, place: Place, contact: string) => string | Buffer)[] = [
  (_index, place) => request('OPTIONS', 'sip:100@127.0.0.1', place, ['Accept: application/sdp']),
  (index, place) => request('INVITE', `sip:${1000 + (index % 9000)}@127.0.0.1`, place, withSdp, sdp),
  (index, place) => request('REGISTER', `sip:${100 + (index % 900)}@127.0.0.1`, place, ['Expires: 120']),
  (_index, place) => request('INVITE', 'sip:bob@drill.test', place, withSdp, sdp),
  (_index, place, contact) => request('INVITE', contact, place, withSdp, sdp),
  (_index, place, contact) => request('OPTIONS', contact, place),
  (_index, place, contact) => request('REFER', contact, place, ['Refer-To: <sip:0900@toll.example>']),
  (_index, place, contact) =>
    request('NOTIFY', contact, place, ['Event: message-summary', 'Subscription-State: active']),
  (_index, place, contact) => request('NOTIFY', contact, place, ['Event: check-sync;reboot=true']),
  (_index, place, contact) => request('CANCEL', contact, place),
  (_index, place, contact) => request('BYE', contact, place),
  (_index, place, contact) => request('MESSAGE', contact, place, ['Content-Type: text/plain'], 'you have won'),
  (_index, place, contact) => request('SUBSCRIBE', contact, place, ['Event: dialog']),
  (_index, place, contact) => request('INVITE', contact, place, [...withSdp, 'Replaces: a;to-tag=b;from-tag=c'], sdp),
  (_index, place, contact) => request('INVITE', contact, place, ['Call-Info: <x>;answer-after=0', ...withSdp], sdp),
  (_index, place, contact) => request('UPDATE', contact, place).replace(/^To: .*$/m, `To: <${contact}>;tag=${hex(4)}`),
  (_index, place, contact) => request('ACK', contact, place),
  (_index, place, contact) => request('OPTIONS', contact, place).replace('SIP/2.0\r\n', 'SIP/3.0\r\n'),
  (_index, place, contact) => request('OPTIONS', contact, place).replace(/Content-Length: 0/, 'Content-Length: -1'),
  (_index, place, contact) => request('OPTIONS', contact, place).replace('CSeq: 1', 'CSeq: 99999999999'),
  (_index, place) => request('OPTIONS', `sip:${'a'.repeat(4000)}@127.0.0.1`, place),
  (_index, place, contact) => request('OPTIONS', contact, place, [`X: ${'\\"'.repeat(8000)}`]),
  () => 'SIP/2.0 200 OK\r\nCSeq: x\r\n\r\n',
  () => 'INVITE sip:bob@drill.test SIP/2.0\r\n\r\n',
  () => 'GET / HTTP/1.1\r\nHost: phone\r\n\r\n',
  () => Buffer.concat([Buffer.from('INVITE \0\xff', 'latin1'), randomBytes(200)]),
];

/** Ten datagrams of rubbish for each call to a name that nobody has. */
const flood: typeof probes = [
  ...Array.from({ length: 10 }, (_, index) => () => randomBytes(200 + 100 * index)),
  (index, place) => request('INVITE', `sip:${index}@127.0.0.1`, place, withSdp, sdp),
];

async function open(index: number): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, `127.1.${(index >> 8) + 1}.${index & 255}`);
  await once(socket, 'listening');
  return socket;
}

async function attack({ port, contact, kind, count, perSecond, sources }: Attack): Promise<Outcome> {
  const outcome: Outcome = { sent: 0, answered: 0, example: '' };
  const sockets = await Promise.all(Array.from({ length: sources }, (_, index) => open(index + 1)));
  for (const socket of sockets) {
    socket.on('message', (bytes) => {
      outcome.answered += 1;
      outcome.example ||= bytes.toString('latin1').slice(0, 200);
    });
  }
  const templates = kind === 'probes' ? probes : flood;
  const began = performance.now();
  while (outcome.sent < count) {
    const due = Math.min(count, ((performance.now() - began) / 1000) * perSecond);
    for (; outcome.sent < due; outcome.sent += 1) {
      const index = outcome.sent;
      // Half of a flood comes from one address, the rest from all over.
      const socket = kind === 'flood' && index % 2 === 0 ? sockets[0] : sockets[index % sockets.length];
      const template = templates[index % templates.length];
      if (socket && template) socket.send(template(index, socket.address(), contact), port, '127.0.0.1');
    }
    await delay(BUNCH);
  }
  await delay(1000);
  for (const socket of sockets) socket.close();
  return outcome;
}

process.send?.(await attack(JSON.parse(process.argv[2] ?? '{}') as Attack));
process.disconnect?.();
