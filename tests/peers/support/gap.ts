// The longest gap that the far end hears while something is done to the phone: by its recording, and by what was on the wire.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Baresip } from './baresip.ts';
import { captureLoopback, readCapture } from './capture.ts';
import { until } from './child.ts';
import { longestGap, slice } from './tone.ts';

export interface Gap {
  /** Longest silence for a listener whose jitter buffer is as small as they come, ms. */
  heard: number;
  /** Longest time between two packets on the wire, ms; 20 when all is well. */
  pause: number;
}

/** Sound before and after that counts, too, ms. */
const margin = 500;
/** Of the listener, ms. */
const jitterBuffer = 40;
/** PCMU and PCMA: samples a ms, and length of a packet. */
const clock = 8;
const packetMs = 20;

/**
 * Does it in a PCMU or PCMA call whose tone baresip hears. The recording alone would not do: baresip decodes a packet when
 * it comes, and records nothing where none comes.
 */
export async function gapDuring(peer: Baresip, act: () => Promise<void>): Promise<Gap> {
  const file = join(peer.folder, 'gap.pcap');
  const port = rtpPort(peer);
  const capture = await captureLoopback(file, `udp dst port ${port}`);
  try {
    const packets = (): RtpPacket[] => readRtp(file);
    const soundUntil = (ms: number): Promise<true> =>
      until('sound at the peer', () => ((packets().at(-1)?.at ?? 0) >= ms ? true : null));
    const recorded = peer.heard()?.seconds ?? 0;
    await soundUntil(Date.now() + margin);
    await act();
    await soundUntil(Date.now() + margin);
    const sound = peer.heard();
    if (!sound) throw new Error('There is no recording.');
    const silence = longestGap(slice(sound, recorded, sound.seconds - recorded));
    return { heard: Math.max(silence, heardGap(packets())), pause: longestPause(packets()) };
  } finally {
    await capture.stop();
    rmSync(file, { force: true });
  }
}

/** From the last SDP that it sent. */
function rtpPort(peer: Baresip): number {
  const sent = new RegExp(`UDP \\S+:${peer.sipPort} -> [^#]*?m=audio (\\d+)`, 'g');
  const port = [...peer.log().matchAll(sent)].at(-1)?.[1];
  if (port === undefined) throw new Error('baresip has sent no SDP.');
  return Number(port);
}

interface RtpPacket {
  at: number;
  timestamp: number;
}

function readRtp(file: string): RtpPacket[] {
  return readCapture(file)
    .filter(({ payload }) => payload.length > 12 && payload.readUInt8(0) >> 6 === 2)
    .map(({ at, payload }) => ({ at, timestamp: payload.readUInt32BE(4) }));
}

function longestPause(packets: readonly RtpPacket[]): number {
  return packets.reduce((most, { at }, index) => Math.max(most, at - (packets[index - 1]?.at ?? at)), 0);
}

/**
 * A listener plays each packet when its time has come, and waits for one that is late, which makes all later ones later.
 * Packets that never come are a gap, too.
 */
function heardGap(packets: readonly RtpPacket[]): number {
  const quickest = Math.min(...packets.slice(0, 10).map(({ at, timestamp }) => at - timestamp / clock));
  let behind = quickest + jitterBuffer;
  let longest = 0;
  let before: number | null = null;
  for (const { at, timestamp } of packets) {
    const time = timestamp / clock;
    const late = Math.max(0, at - time - behind);
    const lost = Math.max(0, time - (before ?? time - packetMs) - packetMs);
    longest = Math.max(longest, late + lost);
    behind += late;
    before = time;
  }
  return longest;
}
