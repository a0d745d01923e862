// DTLS handshakes, both roles against each other: keys that fit, and everything a liar in the middle may try.
import { beforeAll, describe, expect, it } from 'vitest';
import { DtlsHandshake, makeCertificate, type Certificate, type DtlsKeys } from './dtls.ts';
import { FirstSaid } from './first-said.ts';

const place = { address: '127.0.0.1', port: 9 };
/** What becomes of a datagram on its way. */
type Way = (packet: Buffer, from: 'client' | 'server') => readonly Buffer[];

let alice: Certificate;
let bob: Certificate;
beforeAll(async () => {
  [alice, bob] = await Promise.all([makeCertificate(), makeCertificate()]);
});

const promise = ({ fingerprint }: Certificate) => [{ algorithm: 'sha-256', value: fingerprint } as const];

interface Outcome {
  client: DtlsKeys | string;
  server: DtlsKeys | string | null;
}

/** Shakes hands until the client has its keys or knows that it gets none, and what the server made of it. */
async function shake(options: {
  client: Certificate;
  server: Certificate;
  promisedToServer?: Certificate;
  promisedToClient?: Certificate;
  way?: Way;
}): Promise<Outcome> {
  const { client, server, promisedToServer = client, promisedToClient = server, way = (packet) => [packet] } = options;
  const outcome = Promise.withResolvers<DtlsKeys | string>();
  const served = Promise.withResolvers<DtlsKeys | string>();
  let atServer: DtlsKeys | string | null = null;
  const carry = (to: () => DtlsHandshake, from: 'client' | 'server') => (packet: Buffer) => {
    for (const arrived of way(Buffer.from(packet), from)) setImmediate(() => to().receive(arrived, place));
  };
  const serverEnd: DtlsHandshake = new DtlsHandshake({
    role: 'server',
    certificate: server,
    local: place,
    fingerprints: promise(promisedToServer),
    send: carry(() => clientEnd, 'server'),
    onKeys: (keys) => served.resolve((atServer = keys)),
    onFailure: (why) => served.resolve((atServer = why)),
  });
  const clientEnd: DtlsHandshake = new DtlsHandshake({
    role: 'client',
    certificate: client,
    local: place,
    fingerprints: promise(promisedToClient),
    send: carry(() => serverEnd, 'client'),
    onKeys: (keys) => outcome.resolve(keys),
    onFailure: (why) => outcome.resolve(why),
  });
  clientEnd.start();
  const atClient = await Promise.race([outcome.promise, served.promise.then(() => outcome.promise)]);
  clientEnd.close();
  serverEnd.close();
  return { client: atClient, server: atServer };
}

function packetOf(sequence: number): Buffer {
  const packet = Buffer.alloc(40, sequence);
  packet.writeUInt16BE(0x8000, 0);
  packet.writeUInt16BE(sequence, 2);
  return packet;
}

describe('an honest handshake', () => {
  it('gives both sides keys that fit, both ways', async () => {
    const { client, server } = await shake({ client: alice, server: bob });
    if (typeof client === 'string' || server === null || typeof server === 'string')
      throw new Error('no keys on both sides');
    expect(server.receive.unprotect(client.send.protect(packetOf(1)))).toEqual(packetOf(1));
    expect(client.receive.unprotect(server.send.protect(packetOf(2)))).toEqual(packetOf(2));
  });

  it('survives that every datagram comes twice', async () => {
    const { client, server } = await shake({
      client: alice,
      server: bob,
      way: (packet) => [packet, Buffer.from(packet)],
    });
    expect([typeof client, typeof server]).toEqual(['object', 'object']);
  });

  it('survives that the first words of either side come once more, after all others', async () => {
    const first: Partial<Record<'client' | 'server', Buffer>> = {};
    const { client, server } = await shake({
      client: alice,
      server: bob,
      way: (packet, from) => {
        const late = first[from];
        first[from] ??= packet;
        return late ? [packet, Buffer.from(late)] : [packet];
      },
    });
    expect([typeof client, typeof server]).toEqual(['object', 'object']);
  });
});

describe('a server', () => {
  it('takes no client whose certificate is not the promised one', async () => {
    const { server } = await shake({ client: alice, server: bob, promisedToServer: bob });
    expect(server).toMatch(/not the one that was promised/);
  });

  it('takes no client that shows the promised certificate without holding its key', async () => {
    const mallory = await makeCertificate();
    const thief: Certificate = { ...alice, keyPem: mallory.keyPem };
    const { server } = await shake({ client: thief, server: bob, promisedToServer: alice });
    expect(server).toMatch(/CertificateVerify is not signed/);
  });
});

describe('a client', () => {
  it('takes no server whose certificate is not the promised one', async () => {
    const { client } = await shake({ client: alice, server: bob, promisedToClient: alice });
    expect(client).toMatch(/not the one that was promised/);
  });

  it('takes no server that shows the promised certificate without holding its key', async () => {
    const mallory = await makeCertificate();
    const thief: Certificate = { ...bob, keyPem: mallory.keyPem };
    const { client } = await shake({ client: alice, server: thief, promisedToClient: bob });
    expect(client).toMatch(/ServerKeyExchange is not signed/);
  });
});

describe('what was said first', () => {
  const said = new FirstSaid();

  it('may be repeated and not be changed', () => {
    expect(said.take(12, Buffer.from('parameters'))).toBe(true);
    expect(said.take(12, Buffer.from('parameters'))).toBe(true);
    expect(said.take(12, Buffer.from('forged'))).toBe(false);
    expect(said.take(11, Buffer.from('certificate'))).toBe(true);
  });

  it('of a ClientHello is all but the cookie', () => {
    const hello = (random: number, cookie: string) =>
      Buffer.concat([Buffer.alloc(34, random), Buffer.from([0, cookie.length]), Buffer.from(`${cookie}ciphers`)]);
    expect(said.take(1, hello(1, ''))).toBe(true);
    expect(said.take(1, hello(1, 'cookie'))).toBe(true);
    expect(said.take(1, hello(2, 'cookie'))).toBe(false);
  });

  it('need not make sense', () => {
    expect(new FirstSaid().take(1, Buffer.from([1]))).toBe(true);
    expect(new FirstSaid().take(1, Buffer.alloc(35, 255))).toBe(true);
  });
});
