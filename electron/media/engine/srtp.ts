// SRTP for one direction and one master key (RFC 3711, RFC 7714): protects, or checks and opens, RTP packets.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  timingSafeEqual,
  type CipherGCM,
  type Cipheriv,
  type DecipherGCM,
  type Hmac,
} from 'node:crypto';
import type { SrtpKey, SrtpSuite } from '../../../contract/index.ts';
import { MadeAhead } from './made-ahead.ts';
import { ReplayWindow } from './replay-window.ts';
import { headerLength, isRtp, newer16, sequenceNumber, ssrcOf } from './rtp.ts';
import { SrtcpContext } from './srtcp.ts';
import { deriveSessionKeys, suites, type SessionKeys, type Suite } from './srtp-keys.ts';

/** What one packet takes: a cipher that tags or checks, too; or one in counter mode, and one for the tag. */
type Ciphers<Gcm> = { gcm: Gcm } | { gcm: null; counterMode: Cipheriv; tag: Hmac };

/** What is kept for one SSRC: the rollover counter (section 3.3.1) and the highest sequence number. */
interface Source<Gcm> {
  rollover: number;
  highest: number;
  ciphers: MadeAhead<Ciphers<Gcm>>;
}

interface Sent extends Source<CipherGCM> {}

interface Received extends Source<DecipherGCM> {
  window: ReplayWindow;
}

/** Rollover counters tried for a stream that began before us: 16 wraps are 5.8 hours of packets of 20 ms. */
const highestTried = 16;

/** One direction's cryptographic context. */
export class SrtpContext {
  readonly rtcp: SrtcpContext;
  readonly #suite: Suite;
  readonly #keys: SessionKeys;
  readonly #sent = new Map<number, Sent>();
  readonly #received = new Map<number, Received>();
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
    const source = this.#sent.get(ssrcOf(packet)) ?? this.#newSent(ssrcOf(packet), sequence);
    const rollover = guessRollover(source, sequence);
    advance(source, rollover, sequence);
    const index = indexOf(rollover, sequence);
    const ciphers = source.ciphers.take(index);
    source.ciphers.expect(index + 1);
    const { tag } = this.#suite;
    const header = headerLength(packet);
    const out = Buffer.allocUnsafe(packet.length + tag);
    packet.copy(out, 0, 0, header);
    if (ciphers.gcm) {
      ciphers.gcm.setAAD(packet.subarray(0, header));
      ciphers.gcm.update(packet.subarray(header)).copy(out, header);
      ciphers.gcm.final();
      ciphers.gcm.getAuthTag().copy(out, packet.length);
    } else {
      ciphers.counterMode.update(packet.subarray(header)).copy(out, header);
      this.#tagOf(ciphers.tag, out.subarray(0, packet.length), rollover).copy(out, packet.length, 0, tag);
    }
    return out;
  }

  /** The packet in the clear, or null when it is forged, replayed, cut off or of another key. */
  unprotect(packet: Buffer): Buffer | null {
    const length = packet.length - this.#suite.tag;
    if (!isRtp(packet) || headerLength(packet) > length) return null;
    const ssrc = ssrcOf(packet);
    const sequence = sequenceNumber(packet);
    const known = this.#received.get(ssrc);
    if (known) {
      const rollover = guessRollover(known, sequence);
      if (rollover < 0 || !known.window.fresh(indexOf(rollover, sequence))) return null;
      return this.#take(packet, length, known, rollover);
    }
    for (let rollover = 0; rollover <= (this.#joinedLate ? highestTried : 0); rollover++) {
      const source = this.#newReceived(ssrc, sequence, rollover);
      const opened = this.#take(packet, length, source, rollover);
      if (!opened) continue;
      this.#received.set(ssrc, source);
      return opened;
    }
    return null;
  }

  /** Opens it under this rollover counter, and remembers it; null when it is not authentic. */
  #take(packet: Buffer, length: number, source: Received, rollover: number): Buffer | null {
    const sequence = sequenceNumber(packet);
    const index = indexOf(rollover, sequence);
    const out = this.#open(packet, length, source.ciphers.take(index), rollover);
    if (!out) return null;
    source.window.mark(index);
    advance(source, rollover, sequence);
    source.ciphers.expect(index + 1);
    return out;
  }

  #open(packet: Buffer, length: number, ciphers: Ciphers<DecipherGCM>, rollover: number): Buffer | null {
    const { tag } = this.#suite;
    const header = headerLength(packet);
    const out = Buffer.allocUnsafe(length);
    packet.copy(out, 0, 0, header);
    if (ciphers.gcm) {
      ciphers.gcm.setAAD(packet.subarray(0, header));
      ciphers.gcm.setAuthTag(packet.subarray(length));
      ciphers.gcm.update(packet.subarray(header, length)).copy(out, header);
      try {
        ciphers.gcm.final();
      } catch {
        return null;
      }
    } else {
      const expected = this.#tagOf(ciphers.tag, packet.subarray(0, length), rollover);
      if (!timingSafeEqual(expected.subarray(0, tag), packet.subarray(length))) return null;
      ciphers.counterMode.update(packet.subarray(header, length)).copy(out, header);
    }
    return out;
  }

  #newSent(ssrc: number, sequence: number): Sent {
    const ciphers = new MadeAhead((index) =>
      this.#ciphersFor(ssrc, index, (algorithm, iv) => createCipheriv(algorithm, this.#keys.cipher, iv)),
    );
    const source = { rollover: 0, highest: sequence, ciphers };
    this.#sent.set(ssrc, source);
    return source;
  }

  #newReceived(ssrc: number, sequence: number, rollover: number): Received {
    const ciphers = new MadeAhead((index) =>
      this.#ciphersFor(ssrc, index, (algorithm, iv) => createDecipheriv(algorithm, this.#keys.cipher, iv)),
    );
    return { rollover, highest: sequence, window: new ReplayWindow(), ciphers };
  }

  #ciphersFor<Gcm>(
    ssrc: number,
    index: number,
    makeGcm: (algorithm: NonNullable<Suite['gcm']>, iv: Buffer) => Gcm,
  ): Ciphers<Gcm> {
    const { gcm, counterMode } = this.#suite;
    const iv = this.#ivFor(ssrc, Math.floor(index / 0x1_0000), index & 0xffff);
    if (gcm) return { gcm: makeGcm(gcm, iv) };
    return {
      gcm: null,
      counterMode: createCipheriv(counterMode, this.#keys.cipher, iv),
      tag: createHmac('sha1', this.#keys.authentication),
    };
  }

  /** RFC 3711 section 4.2: the tag covers the rollover counter too. */
  #tagOf(hmac: Hmac, data: Buffer, rollover: number): Buffer {
    this.#rollover.writeUInt32BE(rollover >>> 0, 0);
    return hmac.update(data).update(this.#rollover).digest();
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

/** The packet's index (section 3.3.1). */
function indexOf(rollover: number, sequence: number): number {
  return rollover * 0x1_0000 + sequence;
}

function advance(source: { rollover: number; highest: number }, rollover: number, sequence: number): void {
  if (rollover < source.rollover || (rollover === source.rollover && sequence <= source.highest)) return;
  source.rollover = rollover;
  source.highest = sequence;
}

/** The rollover counter that brings the index nearest to the highest seen (RFC 3711 appendix A). */
function guessRollover(source: { rollover: number; highest: number }, sequence: number): number {
  const forward = newer16(sequence, source.highest);
  if (forward >= 0) return sequence < source.highest ? source.rollover + 1 : source.rollover;
  return sequence > source.highest ? source.rollover - 1 : source.rollover;
}
