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

/** Packet types (RFC 3550 section 12.1, RFC 3611 section 6.1). */
export const packetTypes = {
  senderReport: 200,
  receiverReport: 201,
  sourceDescription: 202,
  extendedReport: 207,
} as const;

/** The packets of a compound one, as far as they are whole. */
export function* partsOf(compound: Buffer): Generator<Buffer> {
  for (let at = 0; at + 8 <= compound.length;) {
    const length = 4 * (compound.readUInt16BE(at + 2) + 1);
    if ((compound.readUInt8(at) & 0xc0) !== 0x80 || at + length > compound.length) return;
    yield compound.subarray(at, at + length);
    at += length;
  }
}

/**
 * The translated compound packet, or null when nothing of it is for the other leg. Feedback, XR (of which ours are made in
 * `voip-reports.ts`) and APP belong to one leg only; BYE is left out because the stream outlives its source.
 */
export function translateRtcp(compound: Buffer, translation: RtcpTranslation): Buffer | null {
  const parts: Buffer[] = [];
  for (const part of partsOf(compound)) {
    const translated = translatePart(Buffer.from(part), translation);
    if (translated) parts.push(translated);
  }
  return parts.length > 0 ? Buffer.concat(parts) : null;
}

function translatePart(part: Buffer, { sender, reported, timestampOffset }: RtcpTranslation): Buffer | null {
  const type = part.readUInt8(1);
  const count = part.readUInt8(0) & 0x1f;
  if (type === packetTypes.sourceDescription) {
    if (count === 0 || part.length < 8) return null;
    part.writeUInt32BE(sender, 4);
    return part;
  }
  if (type !== packetTypes.senderReport && type !== packetTypes.receiverReport) return null;
  const blocks = type === packetTypes.senderReport ? 28 : 8;
  if (part.length < blocks + 24 * count) return null;
  part.writeUInt32BE(sender, 4);
  if (type === packetTypes.senderReport) part.writeUInt32BE((part.readUInt32BE(16) + timestampOffset) >>> 0, 16);
  for (let block = 0; block < count; block++) {
    const at = blocks + 24 * block;
    if (part.readUInt32BE(at) === reported.from) part.writeUInt32BE(reported.to, at);
  }
  return part;
}
