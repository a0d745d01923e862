// SRTCP for one direction (RFC 3711 section 3.4, RFC 7714 section 9): protects, or checks and opens, RTCP packets.
import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { ReplayWindow } from './replay-window.ts';
import { xorInto, type SessionKeys, type Suite } from './srtp-keys.ts';

/** Bytes in the clear: the first header and the sender's SSRC. */
const clear = 8;
const encryptedFlag = 0x8000_0000;

export class SrtcpContext {
  readonly #suite: Suite;
  readonly #keys: SessionKeys;
  readonly #windows = new Map<number, ReplayWindow>();
  #index = 0;
  /** Some stacks tag RTCP with 32 bits where RTP has 32: what they send is what they get. */
  #theirTag: number | null = null;

  constructor(suite: Suite, keys: SessionKeys) {
    this.#suite = suite;
    this.#keys = keys;
  }

  /** Bytes of the tag that the other side was seen to use; null before it was. */
  get theirTag(): number | null {
    return this.#theirTag;
  }

  /** A new packet, encrypted and tagged with `tagLength` bytes (as the other side does) or the suite's own. */
  protect(packet: Buffer, tagLength: number | null = null): Buffer {
    this.#index = (this.#index + 1) & 0x7fff_ffff;
    const { gcm, counterMode, rtcpTag } = this.#suite;
    const head = packet.subarray(0, clear);
    const body = packet.subarray(clear);
    const iv = this.#ivFor(packet.readUInt32BE(4), this.#index);
    const trailer = Buffer.alloc(4);
    trailer.writeUInt32BE((this.#index | encryptedFlag) >>> 0);
    if (gcm) {
      const cipher = createCipheriv(gcm, this.#keys.cipher, iv);
      cipher.setAAD(Buffer.concat([head, trailer]));
      const encrypted = cipher.update(body);
      cipher.final();
      return Buffer.concat([head, encrypted, cipher.getAuthTag(), trailer]);
    }
    const data = Buffer.concat([head, createCipheriv(counterMode, this.#keys.cipher, iv).update(body), trailer]);
    return Buffer.concat([data, this.#tagOf(data).subarray(0, tagLength ?? rtcpTag)]);
  }

  /** The packet in the clear, or null when it is forged, replayed, cut off or unencrypted. */
  unprotect(packet: Buffer): Buffer | null {
    if (packet.length < clear + 4 + this.#suite.tag) return null;
    const opened = this.#suite.gcm ? this.#openGcm(packet) : this.#openCounterMode(packet);
    if (!opened) return null;
    const window = this.#windows.get(opened.ssrc) ?? new ReplayWindow();
    if (!window.fresh(opened.index)) return null;
    window.mark(opened.index);
    this.#windows.set(opened.ssrc, window);
    return opened.packet;
  }

  #openGcm(packet: Buffer): { packet: Buffer; ssrc: number; index: number } | null {
    const { gcm, rtcpTag } = this.#suite;
    const end = packet.length - 4 - rtcpTag;
    if (!gcm || end < clear) return null;
    const trailer = packet.subarray(packet.length - 4);
    const word = trailer.readUInt32BE();
    if ((word & encryptedFlag) === 0) return null;
    const ssrc = packet.readUInt32BE(4);
    const index = word & 0x7fff_ffff;
    const decipher = createDecipheriv(gcm, this.#keys.cipher, this.#ivFor(ssrc, index));
    decipher.setAAD(Buffer.concat([packet.subarray(0, clear), trailer]));
    decipher.setAuthTag(packet.subarray(end, end + rtcpTag));
    const body = decipher.update(packet.subarray(clear, end));
    try {
      decipher.final();
    } catch {
      return null;
    }
    return { packet: Buffer.concat([packet.subarray(0, clear), body]), ssrc, index };
  }

  #openCounterMode(packet: Buffer): { packet: Buffer; ssrc: number; index: number } | null {
    const { tag, rtcpTag, counterMode } = this.#suite;
    const lengths = tag === 4 ? (this.#theirTag === 4 ? [4, rtcpTag] : [rtcpTag, 4]) : [rtcpTag];
    const tagLength = lengths.find((length) => {
      const end = packet.length - length;
      if (end < clear + 4) return false;
      return timingSafeEqual(this.#tagOf(packet.subarray(0, end)).subarray(0, length), packet.subarray(end));
    });
    if (tagLength === undefined) return null;
    const end = packet.length - tagLength - 4;
    const word = packet.readUInt32BE(end);
    if ((word & encryptedFlag) === 0) return null;
    this.#theirTag = tagLength;
    const ssrc = packet.readUInt32BE(4);
    const index = word & 0x7fff_ffff;
    const cipher = createCipheriv(counterMode, this.#keys.cipher, this.#ivFor(ssrc, index));
    const body = cipher.update(packet.subarray(clear, end));
    return { packet: Buffer.concat([packet.subarray(0, clear), body]), ssrc, index };
  }

  #tagOf(data: Buffer): Buffer {
    return createHmac('sha1', this.#keys.authentication).update(data).digest();
  }

  /** RFC 3711 section 4.1.1 with the index in place of ROC and SEQ; RFC 7714 section 9.1 for GCM. */
  #ivFor(ssrc: number, index: number): Buffer {
    const { gcm } = this.#suite;
    const iv = Buffer.alloc(gcm ? 12 : 16);
    iv.writeUInt32BE(ssrc, gcm ? 2 : 4);
    // The 31-bit index ends where ROC and SEQ end: byte 12 with GCM, byte 14 in counter mode.
    iv.writeUInt32BE(index, gcm ? 8 : 10);
    return xorInto(iv, this.#keys.salt);
  }
}
