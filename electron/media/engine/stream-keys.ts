// The keys of the network leg: by SDP (RFC 4568) or by DTLS (RFC 5764). Their old key opens packets a while after a change.
import type { SrtpKey, Wire } from '../../../contract/index.ts';
import type { DtlsKeys } from './dtls.ts';
import { SrtpContext } from './srtp.ts';

/** After new keys the other side's old ones are accepted for this long, ms. */
const oldKeysGrace = 3000;

export class StreamKeys {
  #needed = false;
  #sdes: NonNullable<Wire['srtp']> | null = null;
  #send: SrtpContext | null = null;
  #receive: SrtpContext | null = null;
  #old: { receive: SrtpContext; until: number } | null = null;

  /** The wire is encrypted: nothing passes in the clear, even before there are keys. */
  get needed(): boolean {
    return this.#needed;
  }

  /** What SDP settled. The same keys keep their state. `now` in ms. */
  settle({ srtp, dtls, resumed }: Wire, now: number): void {
    this.#needed = srtp !== null || dtls !== undefined;
    if (!this.#needed) {
      [this.#sdes, this.#send, this.#receive, this.#old] = [null, null, null, null];
      return;
    }
    if (!srtp) {
      // A handshake brings them. Keys of SDES are not good for DTLS.
      if (this.#sdes) [this.#sdes, this.#send] = [null, null];
      return;
    }
    const before = this.#sdes;
    this.#sdes = srtp;
    if (!before || !this.#send || !same(before.send, srtp.send)) this.#send = SrtpContext.fromSdes(srtp.send);
    if (!before || !same(before.receive, srtp.receive)) {
      this.#replaceReceive(SrtpContext.fromSdes(srtp.receive, { joinedLate: resumed ?? false }), now);
    }
  }

  /** A handshake gave these. */
  use({ send, receive }: DtlsKeys, now: number): void {
    this.#send = send;
    this.#replaceReceive(receive, now);
  }

  /** The packet as it goes out, or null while it may not. */
  protectRtp(packet: Buffer): Buffer | null {
    return this.#needed ? (this.#send?.protect(packet) ?? null) : packet;
  }

  protectRtcp(packet: Buffer): Buffer | null {
    if (!this.#needed) return packet;
    return this.#send?.rtcp.protect(packet, this.#receive?.rtcp.theirTag ?? null) ?? null;
  }

  /** The packet in the clear, or null when it is not theirs. */
  openRtp(packet: Buffer, now: number): Buffer | null {
    return this.#open((context) => context.unprotect(packet), packet, now);
  }

  openRtcp(packet: Buffer, now: number): Buffer | null {
    return this.#open((context) => context.rtcp.unprotect(packet), packet, now);
  }

  #open(unprotect: (context: SrtpContext) => Buffer | null, packet: Buffer, now: number): Buffer | null {
    if (!this.#needed) return packet;
    const opened = this.#receive && unprotect(this.#receive);
    if (opened || !this.#old || now > this.#old.until) return opened;
    return unprotect(this.#old.receive);
  }

  #replaceReceive(receive: SrtpContext, now: number): void {
    this.#old = this.#receive && { receive: this.#receive, until: now + oldKeysGrace };
    this.#receive = receive;
  }
}

function same(a: SrtpKey, b: SrtpKey): boolean {
  return a.suite === b.suite && a.key === b.key;
}
