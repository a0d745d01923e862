// What a DTLS 1.2 handshake must have proved before its keys are used (RFC 5246 section 7.4, RFC 5763 section 5): that the
// other side holds the key of the certificate that SDP promised, and that both saw the same handshake. werift checks neither.
import { createHash, createHmac, timingSafeEqual, verify, X509Certificate, type KeyObject } from 'node:crypto';
import type { Fingerprint } from '../../../contract/index.ts';

/** RFC 5246 section 7.4. */
export const handshakeType = {
  clientHello: 1,
  serverHello: 2,
  helloVerifyRequest: 3,
  certificate: 11,
  serverKeyExchange: 12,
  certificateVerify: 15,
  clientKeyExchange: 16,
  finished: 20,
} as const;

/** One handshake message, put together from its fragments. */
export interface HandshakeMessage {
  type: number;
  body: Buffer;
  /** With the header that a hash over the handshake counts (RFC 6347 section 4.2.6). */
  serialized: Buffer;
}

export interface Handshake {
  role: 'client' | 'server';
  /** In order, from the ClientHello with a cookie on: those that count for the hashes. */
  messages: readonly HandshakeMessage[];
  /** verify_data of their Finished. */
  theirFinished: Buffer;
  masterSecret: Buffer;
  clientRandom: Buffer;
  serverRandom: Buffer;
  /** Their key of the Diffie-Hellman exchange, as the session keys were made with. */
  theirExchangeKey: Buffer;
}

/** Null when all is proved; else what is not, in words for the log. */
export function provesItself(handshake: Handshake, promised: readonly Fingerprint[]): string | null {
  const certificate = theirCertificate(handshake);
  if (!certificate) return 'no certificate came';
  if (!matches(certificate, promised)) return 'the certificate is not the one that was promised';
  const key = publicKeyOf(certificate);
  if (!key) return 'the certificate cannot be read';
  const proof = handshake.role === 'server' ? clientProof(handshake, key) : serverProof(handshake, key);
  return proof ?? finishedProof(handshake);
}

/** Whether one of the promised fingerprints is that of this certificate in DER (RFC 8122 section 5). */
export function matches(certificate: Buffer, promised: readonly Fingerprint[]): boolean {
  return promised.some(({ algorithm, value }) => fingerprintOf(certificate, algorithm) === value.toUpperCase());
}

/** As in a=fingerprint, without the hash function's name. */
export function fingerprintOf(der: Buffer, algorithm: Fingerprint['algorithm'] = 'sha-256'): string {
  const hash = createHash(algorithm.replace('-', '')).update(der).digest('hex').toUpperCase();
  return (hash.match(/../g) ?? []).join(':');
}

function theirCertificate({ role, messages }: Handshake): Buffer | null {
  // Each side sends one; the client's comes after the server's.
  const sent = messages.filter(({ type }) => type === handshakeType.certificate);
  const body = (role === 'client' ? sent[0] : sent[1])?.body;
  if (!body || body.length < 6) return null;
  const length = body.readUIntBE(3, 3);
  return length > 0 && body.length >= 6 + length ? body.subarray(6, 6 + length) : null;
}

function publicKeyOf(certificate: Buffer): KeyObject | null {
  try {
    return new X509Certificate(certificate).publicKey;
  } catch {
    return null;
  }
}

/** CertificateVerify: signed over all messages before it (RFC 5246 section 7.4.8). */
function clientProof({ messages, theirExchangeKey }: Handshake, key: KeyObject): string | null {
  const at = messages.findIndex(({ type }) => type === handshakeType.certificateVerify);
  const message = messages[at];
  if (!message) return 'no CertificateVerify came';
  const exchange = messages.find(({ type }) => type === handshakeType.clientKeyExchange)?.body;
  if (!exchange || !sameBytes(exchange.subarray(1), theirExchangeKey))
    return 'another key exchange than the signed one';
  const signed = Buffer.concat(messages.slice(0, at).map(({ serialized }) => serialized));
  return isSigned(signed, message.body, 0, key) ? null : 'CertificateVerify is not signed by the certificate';
}

/** ServerKeyExchange: signed over both randoms and the parameters (RFC 8422 section 5.4). */
function serverProof(handshake: Handshake, key: KeyObject): string | null {
  const { messages, clientRandom, serverRandom, theirExchangeKey } = handshake;
  const body = messages.find(({ type }) => type === handshakeType.serverKeyExchange)?.body;
  const hello = messages.find(({ type }) => type === handshakeType.serverHello)?.body;
  if (!body || body.length < 8 || !hello) return 'no ServerKeyExchange came';
  const end = 4 + body.readUInt8(3);
  if (!sameBytes(body.subarray(4, end), theirExchangeKey)) return 'another key exchange than the signed one';
  if (!sameBytes(hello.subarray(2, 34), serverRandom)) return 'another ServerHello than the first';
  const signed = Buffer.concat([clientRandom, serverRandom, body.subarray(0, end)]);
  return isSigned(signed, body, end, key) ? null : 'ServerKeyExchange is not signed by the certificate';
}

/** ecdsa and RSA PKCS 1 with SHA-256: what our hello and our CertificateRequest ask for. */
const schemes: Readonly<Record<number, 'ec' | 'rsa'>> = { 0x0403: 'ec', 0x0401: 'rsa' };

/** `at`: where the algorithm, the length and the signature stand. */
function isSigned(data: Buffer, body: Buffer, at: number, key: KeyObject): boolean {
  if (body.length < at + 4) return false;
  const length = body.readUInt16BE(at + 2);
  if (schemes[body.readUInt16BE(at)] !== key.asymmetricKeyType || body.length < at + 4 + length) return false;
  try {
    return verify('sha256', data, key, body.subarray(at + 4, at + 4 + length));
  } catch {
    return false;
  }
}

/** Their Finished covers the whole handshake, so nobody changed a hello on the way (RFC 5246 section 7.4.9). */
function finishedProof({ role, messages, masterSecret, theirFinished }: Handshake): string | null {
  const own = messages.findIndex(({ type }) => type === handshakeType.finished);
  // The client's Finished covers what came before it; the server's covers the client's too.
  const counted = messages.slice(0, role === 'server' ? (own < 0 ? undefined : own) : own < 0 ? undefined : own + 1);
  const hash = createHash('sha256')
    .update(Buffer.concat(counted.map(({ serialized }) => serialized)))
    .digest();
  const label = role === 'server' ? 'client finished' : 'server finished';
  const expected = pseudoRandom(masterSecret, Buffer.concat([Buffer.from(label), hash]));
  return sameBytes(expected, theirFinished) ? null : 'Finished does not fit the handshake';
}

/** The first 12 bytes of P_SHA256 (RFC 5246 section 5). */
function pseudoRandom(secret: Buffer, seed: Buffer): Buffer {
  const first = createHmac('sha256', secret).update(seed).digest();
  return createHmac('sha256', secret).update(first).update(seed).digest().subarray(0, 12);
}

function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
