// DTLS on the RTP port of the network leg (RFC 5763, demultiplexed by RFC 7983): when to shake hands, and with whom.
import type { Wire } from '../../../contract/index.ts';
import { DtlsHandshake, type Certificate, type DtlsKeys } from './dtls.ts';
import type { Endpoint } from './latch.ts';

export interface NetworkHandshakeOptions {
  certificate: Certificate;
  send(packet: Buffer, target: Endpoint): void;
  /** Where RTP goes now. */
  target(): Endpoint | null;
  onKeys(keys: DtlsKeys): void;
  onFailure(why: string): void;
}

/** Of their first flight, should it come before their answer did. */
const earlyKept = 8;

export class NetworkHandshake {
  readonly #options: NetworkHandshakeOptions;
  #handshake: DtlsHandshake | null = null;
  /** What the present one was made for: the same description again keeps it (RFC 8842 section 3.1). */
  #madeFor: string | null = null;
  /** Where their handshake comes from: behind a router it is not the address of the description. */
  #source: Endpoint | null = null;
  /** They may begin before SIP brought us what they agreed to; they would say it again a second later. */
  #early: { packet: Buffer; source: Endpoint }[] = [];

  constructor(options: NetworkHandshakeOptions) {
    this.#options = options;
  }

  /** What SDP settled. */
  settle(wire: Wire, local: { address: string; port: number }): void {
    const { dtls } = wire;
    const madeFor = dtls ? JSON.stringify(dtls) : null;
    if (madeFor === this.#madeFor) return;
    this.#handshake?.close();
    this.#madeFor = madeFor;
    this.#source = null;
    this.#handshake = null;
    const early = this.#early.splice(0);
    if (!dtls) return;
    const options = this.#options;
    this.#handshake = new DtlsHandshake({
      role: dtls.role,
      certificate: options.certificate,
      local,
      fingerprints: dtls.fingerprints,
      send: (packet) => {
        const target = this.#source ?? options.target();
        if (target) options.send(packet, target);
      },
      onKeys: (keys) => options.onKeys(keys),
      onFailure: (why) => options.onFailure(why),
    });
    this.#handshake.start();
    // From the address that SDP names alone: anybody can send before there is a description.
    for (const { packet, source } of early)
      if (isSame(source, options.target())) this.#handshake.receive(packet, source);
  }

  /** True for what is DTLS, and was dealt with. */
  take(packet: Buffer, source: Endpoint): boolean {
    if (packet.length === 0) return true;
    const first = packet.readUInt8(0);
    if (first < 20 || first > 63) return false;
    if (!this.#handshake) this.#keep(packet, source);
    else if (this.#isTheirs(source)) this.#handshake.receive(packet, source);
    return true;
  }

  close(): void {
    this.#handshake?.close();
    this.#handshake = null;
  }

  /** The address that SDP named always counts; another one does when it comes first. */
  #isTheirs(source: Endpoint): boolean {
    if (isSame(source, this.#options.target())) {
      this.#source = null;
      return true;
    }
    this.#source ??= { address: source.address, port: source.port };
    return isSame(source, this.#source);
  }

  #keep(packet: Buffer, { address, port }: Endpoint): void {
    this.#early.push({ packet: Buffer.from(packet), source: { address, port } });
    if (this.#early.length > earlyKept) this.#early.shift();
  }
}

function isSame(source: Endpoint, other: Endpoint | null): boolean {
  return other !== null && source.address === other.address && source.port === other.port;
}
