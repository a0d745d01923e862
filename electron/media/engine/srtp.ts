// SRTP for one direction and one master key (RFC 3711, RFC 7714): protects, or checks and opens, RTP packets.
import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import type { SrtpKey, SrtpSuite } from '../../../contract/index.ts';
import { ReplayWindow } from './replay-window.ts';
import { headerLength, isRtp, newer16, sequenceNumber, ssrcOf } from './rtp.ts';
import { SrtcpContext } from './srtcp.ts';
import { deriveSessionKeys, suites, type SessionKeys, type Suite } from './srtp-keys.ts';

/** What is kept for one SSRC: the rollover counter (section 3.3.1) and what was seen. */
interface Source {
  rollover: number;
  highest: number;
  window: ReplayWindow;
}

/** Rollover counters tried for a stream that began before us: 16 wraps are 5.8 hours of packets of 20 ms. */
const highestTried = 16;

/** One direction's cryptographic context. */
export class SrtpContext {
  readonly rtcp: SrtcpContext;
  readonly #suite: Suite;
  readonly #keys: SessionKeys;
  readonly #sources = new Map<number, Source>();
  readonly #iv: Buffer;
  /** The salt where SSRC, rollover counter and sequence number are mixed in. */
  readonly #salted: { ssrc: number; rollover: number; sequence: number };
  readonly #rollover = Buffer.alloc(4);
  readonly #joinedLate: boolean;

  /** `joinedLate`: the stream may have wrapped before; its rollover counter is found by trying (section 3.3.1). */
  constructor(name: SrtpSuite, keys: { rtp: SessionKeys; rtcp: SessionKeys }, options: { joinedLate?: boolean } = {}) {
    const suite = suites[name];
    this.#suite = suite;
    this.#joinedLate = options.joinedLate ?? false;
    this.#keys = keys.rtp;
    this.#iv = Buffer.alloc(suite.gcm ? 12 : 16);
    this.#keys.salt.copy(this.#iv);
    const at = suite.gcm ? 2 : 4;
    this.#salted = {
      ssrc: this.#iv.readUInt32BE(at),
      rollover: this.#iv.readUInt32BE(at + 4),
      sequence: this.#iv.readUInt16BE(at + 8),
    };
    this.rtcp = new SrtcpContext(suite, keys.rtcp);
  }

  /** Throws on keys of another length than the suite's. */
  static fromMaster(name: SrtpSuite, key: Buffer, salt: Buffer, options: { joinedLate?: boolean } = {}): SrtpContext {
    const suite = suites[name];
    if (key.length !== suite.key || salt.length !== suite.salt) throw new Error('wrong SRTP key length');
    return new SrtpContext(name, deriveSessionKeys(suite, key, salt), options);
  }

  /** From an SDES key: master key and salt in one (RFC 4568 section 6.1). */
  static fromSdes({ suite, key }: SrtpKey, options: { joinedLate?: boolean } = {}): SrtpContext {
    const bytes = Buffer.from(key, 'base64');
    const { key: keyLength, salt } = suites[suite];
    const master = bytes.subarray(0, keyLength);
    return SrtpContext.fromMaster(suite, master, bytes.subarray(keyLength, keyLength + salt), options);
  }

  /** A new packet, encrypted and tagged. Its index is never used twice as long as sequence numbers go forward. */
  protect(packet: Buffer): Buffer {
    const sequence = sequenceNumber(packet);
    const source = this.#sources.get(ssrcOf(packet)) ?? this.#newSource(ssrcOf(packet), sequence);
    const rollover = guessRollover(source, sequence);
    this.#advance(source, rollover, sequence);
    const { tag, gcm, counterMode } = this.#suite;
    const header = headerLength(packet);
    const iv = this.#ivFor(ssrcOf(packet), rollover, sequence);
    const out = Buffer.allocUnsafe(packet.length + tag);
    packet.copy(out, 0, 0, header);
    if (gcm) {
      const cipher = createCipheriv(gcm, this.#keys.cipher, iv);
      cipher.setAAD(packet.subarray(0, header));
      cipher.update(packet.subarray(header)).copy(out, header);
      cipher.final();
      cipher.getAuthTag().copy(out, packet.length);
    } else {
      createCipheriv(counterMode, this.#keys.cipher, iv).update(packet.subarray(header)).copy(out, header);
      this.#tagOf(out.subarray(0, packet.length), rollover).copy(out, packet.length, 0, tag);
    }
    return out;
  }

  /** The packet in the clear, or null when it is forged, replayed, cut off or of another key. */
  unprotect(packet: Buffer): Buffer | null {
    const length = packet.length - this.#suite.tag;
    if (!isRtp(packet) || headerLength(packet) > length) return null;
    const ssrc = ssrcOf(packet);
    const sequence = sequenceNumber(packet);
    const known = this.#sources.get(ssrc);
    if (known) {
      const rollover = guessRollover(known, sequence);
      if (rollover < 0 || !known.window.fresh(rollover * 0x1_0000 + sequence)) return null;
      return this.#take(packet, length, known, rollover);
    }
    for (let rollover = 0; rollover <= (this.#joinedLate ? highestTried : 0); rollover++) {
      const source = { rollover, highest: sequence, window: new ReplayWindow() };
      const opened = this.#take(packet, length, source, rollover);
      if (!opened) continue;
      this.#sources.set(ssrc, source);
      return opened;
    }
    return null;
  }

  /** Opens it under this rollover counter, and remembers it; null when it is not authentic. */
  #take(packet: Buffer, length: number, source: Source, rollover: number): Buffer | null {
    const sequence = sequenceNumber(packet);
    const out = this.#open(packet, length, rollover);
    if (!out) return null;
    source.window.mark(rollover * 0x1_0000 + sequence);
    this.#advance(source, rollover, sequence);
    return out;
  }

  #open(packet: Buffer, length: number, rollover: number): Buffer | null {
    const { tag, gcm, counterMode } = this.#suite;
    const ssrc = ssrcOf(packet);
    const sequence = sequenceNumber(packet);
    const header = headerLength(packet);
    const iv = this.#ivFor(ssrc, rollover, sequence);
    const out = Buffer.allocUnsafe(length);
    packet.copy(out, 0, 0, header);
    if (gcm) {
      const decipher = createDecipheriv(gcm, this.#keys.cipher, iv);
      decipher.setAAD(packet.subarray(0, header));
      decipher.setAuthTag(packet.subarray(length));
      decipher.update(packet.subarray(header, length)).copy(out, header);
      try {
        decipher.final();
      } catch {
        return null;
      }
    } else {
      const expected = this.#tagOf(packet.subarray(0, length), rollover);
      if (!timingSafeEqual(expected.subarray(0, tag), packet.subarray(length))) return null;
      createCipheriv(counterMode, this.#keys.cipher, iv).update(packet.subarray(header, length)).copy(out, header);
    }
    return out;
  }

  #newSource(ssrc: number, sequence: number): Source {
    const source = { rollover: 0, highest: sequence, window: new ReplayWindow() };
    this.#sources.set(ssrc, source);
    return source;
  }

  #advance(source: Source, rollover: number, sequence: number): void {
    if (rollover < source.rollover || (rollover === source.rollover && sequence <= source.highest)) return;
    source.rollover = rollover;
    source.highest = sequence;
  }

  /** RFC 3711 section 4.2: the tag covers the rollover counter too. */
  #tagOf(data: Buffer, rollover: number): Buffer {
    this.#rollover.writeUInt32BE(rollover >>> 0, 0);
    return createHmac('sha1', this.#keys.authentication).update(data).update(this.#rollover).digest();
  }

  /** RFC 3711 section 4.1.1; RFC 7714 section 8.1 for GCM. */
  #ivFor(ssrc: number, rollover: number, sequence: number): Buffer {
    const iv = this.#iv;
    const salted = this.#salted;
    const at = this.#suite.gcm ? 2 : 4;
    iv.writeUInt32BE((salted.ssrc ^ ssrc) >>> 0, at);
    iv.writeUInt32BE((salted.rollover ^ rollover) >>> 0, at + 4);
    iv.writeUInt16BE(salted.sequence ^ sequence, at + 8);
    return iv;
  }
}

/** The rollover counter that brings the index nearest to the highest seen (RFC 3711 appendix A). */
function guessRollover(source: Source, sequence: number): number {
  const forward = newer16(sequence, source.highest);
  if (forward >= 0) return sequence < source.highest ? source.rollover + 1 : source.rollover;
  return sequence > source.highest ? source.rollover - 1 : source.rollover;
}
