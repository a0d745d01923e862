// Telephone events in RTP (RFC 4733 section 2.5): each key is told once, at its first packet that arrives.
import { headerLength, marker, newer32, ssrcOf, timestamp } from './rtp.ts';

const digits = '0123456789*#ABCD';

interface Event {
  ssrc: number;
  timestamp: number;
  code: number;
  /** As the sender counts; some count in another clock than the stream's. */
  duration: number;
  ended: boolean;
}

/**
 * Hears keys. A key counts as soon as any packet of it is seen, so lost end packets lose nothing; retransmissions, later
 * updates and the segments of a long key (section 2.5.1.3) are the same key.
 */
export class TelephoneEvents {
  #last: Event | null = null;

  /** The digit that this packet begins, or null. */
  hear(packet: Buffer): string | null {
    const at = headerLength(packet);
    if (packet.length < at + 4) return null;
    const event: Event = {
      ssrc: ssrcOf(packet),
      timestamp: timestamp(packet),
      code: packet.readUInt8(at),
      ended: (packet.readUInt8(at + 1) & 0x80) !== 0,
      duration: packet.readUInt16BE(at + 2),
    };
    const last = this.#last;
    if (last?.ssrc === event.ssrc) {
      const passed = newer32(event.timestamp, last.timestamp);
      if (passed < 0) return null;
      if (passed === 0) {
        last.ended ||= event.ended;
        last.duration = Math.max(last.duration, event.duration);
        return null;
      }
      const goesOn = event.code === last.code && !last.ended && !marker(packet) && passed <= last.duration;
      this.#last = event;
      if (goesOn) return null;
    } else {
      this.#last = event;
    }
    return digits[event.code] ?? null;
  }
}
