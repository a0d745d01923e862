// An RTCP extended report with the one block that phones exchange, VoIP metrics (RFC 3611 sections 2 and 4.7): written and read.
import type { VoipMetrics } from '../../../contract/index.ts';
import { packetTypes } from './rtcp.ts';

const voipMetricsBlock = 7;
/** Bytes of packet and block before what they tell. */
const packetHead = 8;
const blockHead = 4;
/** The length that the block always has (RFC 3611 section 4.7), its head included. */
const blockLength = 36;
/** For levels, ratings and scores that nobody measured. */
const unavailable = 127;

const concealments = ['unknown', 'none', 'enhanced', 'standard'] as const;
const bufferKinds = ['unknown', 'reserved', 'fixed', 'adaptive'] as const;

/** Who says how it hears whom, by their SSRCs. */
export interface Hearing {
  reporter: number;
  source: number;
}

/** The packet, 44 bytes; by itself no valid RTCP (RFC 3550 section 6.1). */
export function writeVoipMetrics({ reporter, source }: Hearing, metrics: VoipMetrics): Buffer {
  const packet = Buffer.alloc(packetHead + blockLength);
  packet.writeUInt8(0x80, 0);
  packet.writeUInt8(packetTypes.extendedReport, 1);
  packet.writeUInt16BE(packet.length / 4 - 1, 2);
  packet.writeUInt32BE(reporter, 4);
  writeBlock(packet.subarray(packetHead), source, metrics);
  return packet;
}

function writeBlock(block: Buffer, source: number, metrics: VoipMetrics): void {
  const { pattern, buffer } = metrics;
  block.writeUInt8(voipMetricsBlock, 0);
  block.writeUInt16BE(blockLength / 4 - 1, 2);
  block.writeUInt32BE(source, 4);
  block.writeUInt8(ofPercent(metrics.lost), 8);
  block.writeUInt8(ofPercent(metrics.discarded), 9);
  block.writeUInt8(ofPercent(pattern?.burstDensity ?? 0), 10);
  block.writeUInt8(ofPercent(pattern?.gapDensity ?? 0), 11);
  block.writeUInt16BE(Math.round(pattern?.burstMs ?? 0), 12);
  block.writeUInt16BE(Math.round(pattern?.gapMs ?? 0), 14);
  block.writeUInt16BE(Math.round(metrics.roundTrip ?? 0), 16);
  block.writeUInt16BE(Math.round(metrics.endSystem ?? 0), 18);
  block.writeInt8(metrics.signal ?? unavailable, 20);
  block.writeInt8(metrics.noise ?? unavailable, 21);
  block.writeInt8(metrics.echoReturnLoss ?? unavailable, 22);
  block.writeUInt8(pattern?.gmin ?? 0, 23);
  block.writeUInt8(Math.round(metrics.rating ?? unavailable), 24);
  block.writeUInt8(Math.round(metrics.externalRating ?? unavailable), 25);
  block.writeUInt8(ofScore(metrics.mosListening), 26);
  block.writeUInt8(ofScore(metrics.mosConversation), 27);
  const [concealment, kind] = [concealments.indexOf(metrics.concealment), bufferKinds.indexOf(buffer.kind)];
  block.writeUInt8((concealment << 6) | (kind << 4) | buffer.rate, 28);
  block.writeUInt16BE(Math.round(buffer.nominal), 30);
  block.writeUInt16BE(Math.round(buffer.most), 32);
  block.writeUInt16BE(Math.round(buffer.limit), 34);
}

/**
 * What an extended report says of how `reporter` hears `source`; null when it says nothing of that, or is not as it must be:
 * then nothing of it is believed. Never throws.
 */
export function readVoipMetrics(packet: Buffer, { reporter, source }: Hearing): VoipMetrics | null {
  const end = packet.length - paddingOf(packet);
  if (end < packetHead || packet.readUInt32BE(4) !== reporter) return null;
  let found: VoipMetrics | null = null;
  for (let at = packetHead; at < end;) {
    if (at + blockHead > end) return null;
    const length = blockHead + 4 * packet.readUInt16BE(at + 2);
    if (at + length > end) return null;
    if (packet.readUInt8(at) === voipMetricsBlock) {
      if (length !== blockLength) return null;
      const block = packet.subarray(at, at + length);
      if (block.readUInt32BE(4) === source) found = readBlock(block);
    }
    at += length;
  }
  return found;
}

/** Bytes; more than the packet when it cannot be so (RFC 3550 section 6.4.1). */
function paddingOf(packet: Buffer): number {
  if (packet.length < packetHead || (packet.readUInt8(0) & 0x20) === 0) return 0;
  const padding = packet.readUInt8(packet.length - 1);
  return padding > 0 && padding % 4 === 0 ? padding : packet.length + 1;
}

/** Null when more than all packets did not come in time. */
function readBlock(block: Buffer): VoipMetrics | null {
  if (block.readUInt8(8) + block.readUInt8(9) > 256) return null;
  const gmin = block.readUInt8(23);
  const receiver = block.readUInt8(28);
  return {
    lost: percent(block.readUInt8(8)),
    discarded: percent(block.readUInt8(9)),
    pattern:
      gmin === 0
        ? null
        : {
            burstDensity: percent(block.readUInt8(10)),
            gapDensity: percent(block.readUInt8(11)),
            burstMs: block.readUInt16BE(12),
            gapMs: block.readUInt16BE(14),
            gmin,
          },
    roundTrip: block.readUInt16BE(16) || null,
    endSystem: block.readUInt16BE(18) || null,
    signal: level(block.readInt8(20)),
    noise: level(block.readInt8(21)),
    echoReturnLoss: within(block.readUInt8(22), 0, unavailable - 1),
    rating: within(block.readUInt8(24), 0, 100),
    externalRating: within(block.readUInt8(25), 0, 100),
    mosListening: score(block.readUInt8(26)),
    mosConversation: score(block.readUInt8(27)),
    concealment: concealments[receiver >> 6] ?? 'unknown',
    buffer: {
      kind: bufferKinds[(receiver >> 4) & 3] ?? 'unknown',
      rate: receiver & 15,
      nominal: block.readUInt16BE(30),
      most: block.readUInt16BE(32),
      limit: block.readUInt16BE(34),
    },
  };
}

/** Shares are in 256ths, rounded down, all of them being 255 (RFC 3611 section 4.7.1). */
function ofPercent(value: number): number {
  return Math.min(255, Math.floor((256 * value) / 100));
}

function percent(byte: number): number {
  return (100 * byte) / 256;
}

/** In tenths. */
function ofScore(mos: number | null): number {
  return mos === null ? unavailable : Math.round(10 * mos);
}

function score(byte: number): number | null {
  const tenths = within(byte, 10, 50);
  return tenths === null ? null : tenths / 10;
}

function level(byte: number): number | null {
  return byte === unavailable ? null : byte;
}

/** What must not be sent is to be ignored (RFC 3611 section 4.7.5). */
function within(byte: number, least: number, most: number): number | null {
  return byte >= least && byte <= most ? byte : null;
}
