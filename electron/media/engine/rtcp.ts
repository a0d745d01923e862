// RTCP carried from one leg to the other (RFC 3550 section 6): only SSRCs and the report's RTP time are rewritten, so
// round-trip time, loss and jitter stay end to end.

export interface RtcpTranslation {
  /** SSRC under which the other leg knows the sender. */
  sender: number;
  /** The SSRC that the reports speak of, as this leg and as the other leg knows it. */
  reported: { from: number; to: number };
  /** Added to the RTP timestamp of sender reports. */
  timestampOffset: number;
}

const senderReport = 200;
const receiverReport = 201;
const sourceDescription = 202;

/**
 * The translated compound packet, or null when nothing of it is for the other leg. Feedback, XR and APP belong to one
 * leg only; BYE is left out because the stream outlives its source.
 */
export function translateRtcp(compound: Buffer, translation: RtcpTranslation): Buffer | null {
  const parts: Buffer[] = [];
  for (let offset = 0; offset + 8 <= compound.length;) {
    const length = 4 * (compound.readUInt16BE(offset + 2) + 1);
    if ((compound.readUInt8(offset) & 0xc0) !== 0x80 || offset + length > compound.length) break;
    const part = translatePart(Buffer.from(compound.subarray(offset, offset + length)), translation);
    if (part) parts.push(part);
    offset += length;
  }
  return parts.length > 0 ? Buffer.concat(parts) : null;
}

function translatePart(part: Buffer, { sender, reported, timestampOffset }: RtcpTranslation): Buffer | null {
  const type = part.readUInt8(1);
  const count = part.readUInt8(0) & 0x1f;
  if (type === sourceDescription) {
    if (count === 0 || part.length < 8) return null;
    part.writeUInt32BE(sender, 4);
    return part;
  }
  if (type !== senderReport && type !== receiverReport) return null;
  const blocks = type === senderReport ? 28 : 8;
  if (part.length < blocks + 24 * count) return null;
  part.writeUInt32BE(sender, 4);
  if (type === senderReport) part.writeUInt32BE((part.readUInt32BE(16) + timestampOffset) >>> 0, 16);
  for (let block = 0; block < count; block++) {
    const at = blocks + 24 * block;
    if (part.readUInt32BE(at) === reported.from) part.writeUInt32BE(reported.to, at);
  }
  return part;
}
