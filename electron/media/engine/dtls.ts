// The DTLS handshake with the media window (RFC 5764), by werift; it runs on 127.0.0.1 only. werift does not check the
// client's CertificateVerify, so it must never face the network: here ICE's password has proved the client already.
import { createHash } from 'node:crypto';
// werift's package exports hide its DTLS; the version is pinned, and the bundler takes these files in.
import { CipherContext } from '../../../node_modules/werift/lib/dtls/src/context/cipher.js';
import {
  HashAlgorithm,
  NamedCurveAlgorithm,
  SignatureAlgorithm,
} from '../../../node_modules/werift/lib/dtls/src/cipher/const.js';
import { DtlsServer } from '../../../node_modules/werift/lib/dtls/src/server.js';
import { SrtpContext } from './srtp.ts';

/** RFC 7714 section 14.2 and RFC 5764 section 4.1.2, as Chromium offers them. */
const aeadAes128Gcm = 0x0007;
const aes128CmSha1 = 0x0001;

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

/** Of a certificate in DER, as in a=fingerprint:sha-256 (RFC 8122 section 5). */
export function fingerprintOf(der: Buffer): string {
  return (createHash('sha256').update(der).digest('hex').toUpperCase().match(/../g) ?? []).join(':');
}

export interface DtlsOptions {
  certificate: Certificate;
  local: { address: string; port: number };
  /** Fingerprint that the window's offer promised. */
  expectedFingerprint: string;
  send(packet: Buffer): void;
  onKeys(keys: { send: SrtpContext; receive: SrtpContext }): void;
  onFailure(why: string): void;
}

/** The server's side of one handshake. */
export class DtlsHandshake {
  readonly #transport: ConstructorParameters<typeof DtlsServer>[0]['transport'];
  readonly #server: DtlsServer;
  #closed = false;

  constructor(options: DtlsOptions) {
    this.#transport = {
      type: 'udp',
      address: { ...options.local, family: 'IPv4' },
      closed: false,
      onData: () => {},
      send: async (packet) => {
        if (!this.#closed) options.send(packet);
      },
      close: async () => {},
    };
    this.#server = new DtlsServer({
      cert: options.certificate.certPem,
      key: options.certificate.keyPem,
      signatureHash: options.certificate.signatureHash,
      transport: this.#transport,
      srtpProfiles: [aeadAes128Gcm, aes128CmSha1],
      extendedMasterSecret: true,
      certificateRequest: true,
    });
    this.#server.onConnect.subscribe(() => this.#connected(options));
    this.#server.onError.subscribe((error) => options.onFailure(error.message));
  }

  /** A datagram of the handshake. */
  receive(packet: Buffer, source: { address: string; port: number }): void {
    if (!this.#closed) this.#transport.onData(packet, [source.address, source.port]);
  }

  close(): void {
    this.#closed = true;
    this.#transport.closed = true;
    this.#server.close();
  }

  #connected(options: DtlsOptions): void {
    const certificate = this.#server.remoteCertificate;
    if (!certificate || fingerprintOf(certificate) !== options.expectedFingerprint.toUpperCase()) {
      options.onFailure('the certificate is not the one of the offer');
      return;
    }
    const gcm = this.#server.srtp.srtpProfile === aeadAes128Gcm;
    const suite = gcm ? 'AEAD_AES_128_GCM' : 'AES_CM_128_HMAC_SHA1_80';
    const keys = this.#server.extractSessionKeys(16, gcm ? 12 : 14);
    options.onKeys({
      send: new SrtpContext(suite, Buffer.from(keys.localKey), Buffer.from(keys.localSalt)),
      receive: new SrtpContext(suite, Buffer.from(keys.remoteKey), Buffer.from(keys.remoteSalt)),
    });
  }
}
