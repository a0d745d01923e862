// RTP headers (RFC 3550 section 5.1): the fields that a relay reads and rewrites.

/** True for what can be an RTP packet: version 2, whole header with CSRCs and extension, some payload. */
export function isRtp(packet: Buffer): boolean {
  return packet.length >= 12 && (packet.readUInt8(0) & 0xc0) === 0x80 && headerLength(packet) <= packet.length;
}

/** RTCP shares the port when multiplexed; its types are these (RFC 5761 section 4). */
export function looksLikeRtcp(packet: Buffer): boolean {
  if (packet.length < 8) return false;
  const type = packet.readUInt8(1);
  return type >= 192 && type <= 223;
}

/** Bytes before the payload; more than the packet when it is cut off. */
export function headerLength(packet: Buffer): number {
  const first = packet.readUInt8(0);
  const fixed = 12 + 4 * (first & 0x0f);
  if ((first & 0x10) === 0) return fixed;
  if (fixed + 4 > packet.length) return packet.length + 1;
  return fixed + 4 + 4 * packet.readUInt16BE(fixed + 2);
}

export const payloadType = (packet: Buffer): number => packet.readUInt8(1) & 0x7f;
export const marker = (packet: Buffer): boolean => (packet.readUInt8(1) & 0x80) !== 0;
export const sequenceNumber = (packet: Buffer): number => packet.readUInt16BE(2);
export const timestamp = (packet: Buffer): number => packet.readUInt32BE(4);
export const ssrcOf = (packet: Buffer): number => packet.readUInt32BE(8);

export function setPayloadType(packet: Buffer, pt: number): void {
  packet.writeUInt8((packet.readUInt8(1) & 0x80) | pt, 1);
}

export function setMarker(packet: Buffer): void {
  packet.writeUInt8(packet.readUInt8(1) | 0x80, 1);
}

/** Payload bytes without padding; negative or zero when there is nothing to hear. */
export function payloadLength(packet: Buffer): number {
  const padding = (packet.readUInt8(0) & 0x20) !== 0 ? packet.readUInt8(packet.length - 1) : 0;
  return packet.length - headerLength(packet) - padding;
}

/** The packet without its header extension and CSRCs, which mean nothing to the other leg. */
export function bare(packet: Buffer): Buffer {
  const first = packet.readUInt8(0);
  if ((first & 0x1f) === 0) return packet;
  const header = headerLength(packet);
  const short = Buffer.allocUnsafe(12 + packet.length - header);
  packet.copy(short, 0, 0, 12);
  packet.copy(short, 12, header);
  short.writeUInt8(first & 0xe0, 0);
  return short;
}

/** a - b on a circle of 16 bits: positive when a is newer. */
export function newer16(a: number, b: number): number {
  const difference = (a - b) & 0xffff;
  return difference < 0x8000 ? difference : difference - 0x1_0000;
}

/** a - b on a circle of 32 bits: positive when a is newer. */
export function newer32(a: number, b: number): number {
  return (a - b) | 0;
}
