// DTLS-SRTP handshakes (RFC 5763, RFC 5764) by werift, for both roles. werift proves nothing about the other side: `dtls-proof.ts`
// does, before any key is handed out, and `FirstSaid` keeps forged messages from changing what was said before.
// werift's package exports hide its DTLS; the version is pinned, and the bundler takes these files in.
import { DtlsClient } from '../../../node_modules/werift/lib/dtls/src/client.js';
import { CipherContext } from '../../../node_modules/werift/lib/dtls/src/context/cipher.js';
import {
  HashAlgorithm,
  NamedCurveAlgorithm,
  SignatureAlgorithm,
} from '../../../node_modules/werift/lib/dtls/src/cipher/const.js';
import { DtlsServer } from '../../../node_modules/werift/lib/dtls/src/server.js';
import type { Fingerprint, SrtpSuite } from '../../../contract/index.ts';
import { fingerprintOf, handshakeType, provesItself, type HandshakeMessage } from './dtls-proof.ts';
import { FirstSaid, hasCookie } from './first-said.ts';
import { suites } from './srtp-keys.ts';
import { SrtpContext } from './srtp.ts';

/** SRTP protection profiles (RFC 5764 section 4.1.2, RFC 7714 section 14.2), the strongest first. */
const profiles = new Map<1 | 7, SrtpSuite>([
  [7, 'AEAD_AES_128_GCM'],
  [1, 'AES_CM_128_HMAC_SHA1_80'],
]);

type MadeCertificate = Awaited<ReturnType<typeof CipherContext.createSelfSignedCertificateWithKey>>;

export interface Certificate extends MadeCertificate {
  /** sha-256, as in a=fingerprint. */
  fingerprint: string;
}

/** A new self-signed certificate; one serves all calls of a process. */
export async function makeCertificate(): Promise<Certificate> {
  const made = await CipherContext.createSelfSignedCertificateWithKey(
    { signature: SignatureAlgorithm.ecdsa_3, hash: HashAlgorithm.sha256_4 },
    NamedCurveAlgorithm.secp256r1_23,
  );
  const base64 = made.certPem.replace(/-----[^-]+-----|\s/g, '');
  return { ...made, fingerprint: fingerprintOf(Buffer.from(base64, 'base64')) };
}

/** Keys for both directions, from one handshake. */
export interface DtlsKeys {
  send: SrtpContext;
  receive: SrtpContext;
}

export interface DtlsOptions {
  role: 'client' | 'server';
  certificate: Certificate;
  local: { address: string; port: number };
  /** One of these must be their certificate's. */
  fingerprints: readonly Fingerprint[];
  send(packet: Buffer): void;
  onKeys(keys: DtlsKeys): void;
  onFailure(why: string): void;
}

/** One handshake. A new one needs a new object. */
export class DtlsHandshake {
  readonly #options: DtlsOptions;
  readonly #transport: ConstructorParameters<typeof DtlsServer>[0]['transport'];
  readonly #peer: DtlsServer | DtlsClient;
  readonly #said = new FirstSaid();
  #theirFinished: Buffer | null = null;
  /** Keys were handed out, or never will be. */
  #over = false;
  #closed = false;

  constructor(options: DtlsOptions) {
    this.#options = options;
    this.#transport = {
      type: 'udp',
      address: { ...options.local, family: options.local.address.includes(':') ? 'IPv6' : 'IPv4' },
      closed: false,
      onData: () => {},
      send: async (packet) => {
        if (!this.#closed) options.send(packet);
      },
      close: async () => {},
    };
    const settings = {
      cert: options.certificate.certPem,
      key: options.certificate.keyPem,
      signatureHash: options.certificate.signatureHash,
      transport: this.#transport,
      srtpProfiles: [...profiles.keys()],
      extendedMasterSecret: true,
    };
    this.#peer =
      options.role === 'server' ? new DtlsServer({ ...settings, certificateRequest: true }) : new DtlsClient(settings);
    this.#peer.onConnect.subscribe(() => this.#connected());
    this.#peer.onError.subscribe((error) => this.#fail(error.message));
    this.#guard();
  }

  /** The client's first word; a server waits for it. */
  start(): void {
    if (!(this.#peer instanceof DtlsClient)) return;
    this.#peer.connect().catch((error: unknown) => this.#fail(String(error)));
  }

  /** A datagram of the handshake. */
  receive(packet: Buffer, source: { address: string; port: number }): void {
    if (!this.#closed) this.#transport.onData(packet, [source.address, source.port]);
  }

  close(): void {
    this.#closed = true;
    this.#transport.closed = true;
    this.#peer.close();
  }

  /** Looks at each message before werift does. */
  #guard(): void {
    const peer = this.#peer;
    const handle = peer.onHandleHandshakes;
    peer.onHandleHandshakes = async (assembled) => {
      const fresh = assembled.filter(({ msg_type: type, fragment }) => {
        if (!this.#said.take(type, fragment) || this.#isPast(type, fragment)) return false;
        // After the handshake only a Finished that was not answered may come again.
        if (this.#over && type !== handshakeType.finished) return false;
        if (type === handshakeType.finished) this.#theirFinished ??= Buffer.from(fragment);
        return true;
      });
      if (fresh.length > 0) await handle.call(peer, fresh);
    };
  }

  /**
   * The words before the cookie, once more: said again because an answer was late, or by somebody who wants no handshake. werift
   * would take them for the end of it, or begin anew under the other side's feet. Flights are those of RFC 6347 section 4.2.4.
   */
  #isPast(type: number, body: Buffer): boolean {
    const { flight } = this.#peer.dtls;
    if (type === handshakeType.helloVerifyRequest) return flight >= 3;
    return type === handshakeType.clientHello && flight >= 4 && !hasCookie(body);
  }

  #connected(): void {
    if (this.#over || this.#closed) return;
    const { dtls, cipher, srtp } = this.#peer;
    const { role, fingerprints } = this.#options;
    const [ours, theirs] = [cipher.localRandom.serialize(), cipher.remoteRandom.serialize()];
    const doubt = provesItself(
      {
        role,
        messages: dtls.sortedHandshakeCache.map((message): HandshakeMessage => ({
          type: message.msg_type,
          body: message.fragment,
          serialized: message.serialize(),
        })),
        theirFinished: this.#theirFinished ?? Buffer.alloc(0),
        masterSecret: cipher.masterSecret,
        clientRandom: role === 'client' ? ours : theirs,
        serverRandom: role === 'client' ? theirs : ours,
        theirExchangeKey: cipher.remoteKeyPair.publicKey ?? Buffer.alloc(0),
      },
      fingerprints,
    );
    const suite = srtp.srtpProfile && profiles.get(srtp.srtpProfile);
    if (doubt !== null) this.#fail(doubt);
    else if (!suite) this.#fail('no SRTP protection profile was agreed');
    else this.#handOut(suite);
  }

  #handOut(suite: SrtpSuite): void {
    this.#over = true;
    const { key, salt } = suites[suite];
    const { localKey, localSalt, remoteKey, remoteSalt } = this.#peer.extractSessionKeys(key, salt);
    this.#options.onKeys({
      send: SrtpContext.fromMaster(suite, Buffer.from(localKey), Buffer.from(localSalt)),
      receive: SrtpContext.fromMaster(suite, Buffer.from(remoteKey), Buffer.from(remoteSalt)),
    });
  }

  #fail(why: string): void {
    if (this.#over || this.#closed) return;
    this.#over = true;
    this.#options.onFailure(`DTLS: ${why}`);
  }
}
