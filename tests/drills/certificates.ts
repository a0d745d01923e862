// 24 certificates, good and bad, over TLS and WSS: does the phone register where it may, and where it may not, does the
// server get one byte of SIP? The server writes down all that comes after the handshake.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { WebSocketServer } from 'ws';
import type { Bench } from '../../bench/report.ts';
import { createFramer, parseMessage, serialize } from '../../electron/sip/wire/index.ts';
import { startPhone } from '../peers/support/room.ts';
import {
  certificateCases,
  domain,
  oldVersion,
  openMint,
  type CertificateCase,
  type MadeCertificate,
} from './support/certificate-cases.ts';
import { contactOf, respond } from './support/hostile-server.ts';
import { timelineOf } from './support/timeline.ts';

type Transport = 'tls' | 'wss';

/** Longer than any handshake takes here, ms. */
const PATIENCE = 10_000;

const otherPin = 'AB'.repeat(32);

export const drill: Bench = async (measure, note) => {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  try {
    const mint = openMint(folder);
    let leaked = 0;
    let refused = 0;
    let wrong = 0;
    for (const one of [...certificateCases, oldVersion]) {
      const made = mint.make(one);
      for (const transport of ['tls', 'wss'] as const) {
        const { bytes, state, code } = await attempt(one, made, transport, mint.caFile);
        const good = one.good[transport];
        if (!good && bytes > 0) leaked += 1;
        if (!good && state === 'offline') refused += 1;
        if (state !== (good ? 'available' : 'offline')) wrong += 1;
        if (good !== (state === 'available') || (!good && bytes > 0)) {
          note('wrong', `${one.name} over ${transport}: ${state}, ${bytes} bytes, ${code}`);
        } else if (!good) note(`${transport}, ${one.name}`, code);
      }
    }
    measure({ name: 'certificates_cases', value: certificateCases.length, unit: 'over TLS and WSS' });
    measure({ name: 'certificates_refused', value: refused, unit: 'with a reason' });
    measure({ name: 'certificates_leaked', value: leaked, unit: 'bad ones that got a byte' });
    measure({ name: 'certificates_wrong', value: wrong, unit: `of ${2 * (certificateCases.length + 1)}` });
  } finally {
    rmSync(folder, { recursive: true });
  }
};

async function attempt(one: CertificateCase, made: MadeCertificate, transport: Transport, caFile: string) {
  const server = await serve(transport, one, made);
  const pin = one.account?.pin;
  const phone = startPhone({
    user: 'alice',
    domain,
    server: transport === 'wss' ? `wss://127.0.0.1:${server.port}` : `127.0.0.1:${server.port}`,
    transport,
    caFile,
    ...(one.account?.allowWildcard === true ? { allowWildcard: true } : {}),
    ...(pin === undefined ? {} : { pinnedCertificate: pin === 'own' ? made.fingerprint : otherPin }),
  });
  try {
    const timeline = timelineOf(phone);
    const ends = await Promise.race([timeline.first('available', 0, PATIENCE), timeline.first('offline', 0, PATIENCE)]);
    const state = ends?.state;
    return {
      state: state?.name ?? 'waiting',
      code: state?.name === 'offline' ? state.cause.code : '',
      bytes: server.bytes(),
    };
  } finally {
    await phone.close();
    server.close();
  }
}

/** A registrar with this certificate. `bytes`: all that came through its TLS, and through no handshake of WebSocket. */
async function serve(transport: Transport, { version }: CertificateCase, { key, cert }: MadeCertificate) {
  let bytes = 0;
  const old = version === undefined ? {} : { minVersion: version, maxVersion: version, ciphers: 'ALL:@SECLEVEL=0' };
  const options = { key, cert, ...old };
  const server = transport === 'tls' ? tls.createServer(options) : createServer(options);
  server.on('tlsClientError', () => {});
  const sockets = new Set<tls.TLSSocket>();
  server.on('secureConnection', (socket: tls.TLSSocket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    if (transport === 'wss') {
      // Not even its request for a WebSocket may come.
      socket.on('data', (chunk: Buffer) => (bytes += chunk.length));
      return;
    }
    const framer = createFramer();
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      for (const event of framer.push(chunk)) if (event.kind === 'message') grant(event.bytes, (b) => socket.write(b));
    });
  });
  if (transport === 'wss') {
    const webSockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'sip' });
    server.on('upgrade', (request, socket, head) => {
      webSockets.handleUpgrade(request, socket, head, (link) => {
        link.on('error', () => link.terminate());
        link.on('message', (data: Buffer) => grant(data, (b) => link.send(b, { binary: false })));
      });
    });
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const place = server.address() as AddressInfo;
  return {
    port: place.port,
    bytes: () => bytes,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function grant(bytes: Buffer, say: (bytes: Buffer) => void): void {
  const message = parseMessage(bytes);
  if (message.kind !== 'request' || message.method !== 'REGISTER') return;
  say(serialize(respond(message, 200, [['Contact', `<${contactOf(message)}>;expires=60`]])));
}
