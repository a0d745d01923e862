// The first SRV target is silent: how long until a call is set up by the second? Once from a cold start (the phone has to
// register first) and once when the first falls silent under a phone that is registered with it. UDP, and TCP whose silent
// server takes the connection and says nothing, the worse of the two kinds of silence. FAILOVER_ROUNDS=2 for a quick look.
import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { median, type Bench } from '../../bench/report.ts';
import { createFramer, parseMessage, serialize, type SipRequest } from '../../electron/sip/wire/index.ts';
import { plainSdp, startPhone } from '../peers/support/room.ts';
import { startDns } from './support/dns.ts';
import { contactOf, respond } from './support/hostile-server.ts';
import { numberFrom } from './support/progress.ts';

type Transport = 'udp' | 'tcp';

const domain = 'failover.test';

/** Longer than this no call is waited for, ms. */
const PATIENCE = 30_000;

interface Server {
  port: number;
  silent: boolean;
  close(): void;
}

export const drill: Bench = async (measure, note) => {
  const rounds = numberFrom('FAILOVER_ROUNDS', 5);
  const worst: number[] = [];
  for (const transport of ['udp', 'tcp'] as const) {
    for (const kind of ['cold', 'registered'] as const) {
      const samples: number[] = [];
      for (let round = 0; round < rounds; round += 1) samples.push(await setUp(transport, kind));
      measure({ name: `failover_${kind}_${transport}_s`, value: Math.max(...samples), unit: 's', samples });
      measure({ name: `failover_${kind}_${transport}_median_s`, value: median(samples), unit: 's', samples });
      worst.push(...samples);
    }
  }
  measure({ name: 'failover_call_s', value: Math.max(...worst), unit: 's', samples: worst });
  note('cold', 'from the account until its call is answered; registered: from the call until it is answered');
};

/** One call; seconds until it was answered. */
async function setUp(transport: Transport, kind: 'cold' | 'registered'): Promise<number> {
  const servers = await Promise.all(['127.84.0.1', '127.84.0.2'].map((address) => startServer(transport, address)));
  const [first, second] = servers;
  if (first === undefined || second === undefined) throw new Error('There are two servers.');
  const dns = await startDns({
    srv: {
      [`_sip._${transport}.${domain}`]: [
        { priority: 10, weight: 0, port: first.port, target: `one.${domain}` },
        { priority: 20, weight: 0, port: second.port, target: `two.${domain}` },
      ],
    },
    a: { [`one.${domain}`]: '127.84.0.1', [`two.${domain}`]: '127.84.0.2' },
  });
  first.silent = kind === 'cold';
  let began = performance.now();
  const phone = startPhone({ user: 'alice', domain, transport, dnsServers: [dns.server] });
  try {
    await phone.state('available', PATIENCE);
    if (kind === 'registered') {
      first.silent = true;
      began = performance.now();
    }
    const call = await phone.call('bob');
    await call.event('accepted', PATIENCE);
    const took = (performance.now() - began) / 1000;
    call.hangUp();
    return took;
  } finally {
    await phone.close();
    dns.close();
    for (const server of servers) server.close();
  }
}

/** A proxy and phone in one: takes each REGISTER and answers each call, unless it is silent. */
async function startServer(transport: Transport, address: string): Promise<Server> {
  const server: Server = { port: 0, silent: false, close() {} };
  const receive = (bytes: Buffer, say: (bytes: Buffer) => void): void => {
    const message = parseMessage(bytes);
    if (server.silent || message.kind !== 'request' || message.method === 'ACK') return;
    say(answerTo(message, `${address}:${server.port}`));
  };
  if (transport === 'udp') {
    const socket = createSocket('udp4');
    socket.bind(0, address);
    await once(socket, 'listening');
    socket.on('message', (bytes: Buffer, from: RemoteInfo) => {
      receive(bytes, (answer) => socket.send(answer, from.port, from.address));
    });
    return Object.assign(server, { port: socket.address().port, close: () => socket.close() });
  }
  const open = new Set<Socket>();
  const listener = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    const framer = createFramer();
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      for (const event of framer.push(chunk)) {
        if (event.kind === 'message') receive(event.bytes, (answer) => socket.write(answer));
        else if (event.kind === 'crlf' && !server.silent) socket.write('\r\n');
      }
    });
  });
  listener.listen(0, address);
  await once(listener, 'listening');
  const place = listener.address() as AddressInfo;
  return Object.assign(server, {
    port: place.port,
    close() {
      listener.close();
      for (const socket of open) socket.destroy();
    },
  });
}

function answerTo(request: SipRequest, place: string): Buffer {
  if (request.method === 'REGISTER') {
    return serialize(respond(request, 200, [['Contact', `<${contactOf(request)}>;expires=60`]]));
  }
  const isCall = request.method === 'INVITE';
  const headers: [string, string][] = [['Contact', `<sip:bob@${place}>`]];
  if (isCall) headers.push(['Content-Type', 'application/sdp']);
  return serialize(respond(request, 200, headers, isCall ? plainSdp('127.0.0.1') : ''));
}
