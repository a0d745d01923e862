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

/** A packet is heard when it comes before its time is over; the quickest one sets the time. */
function heardGap(packets: readonly RtpPacket[]): number {
  const transits = packets.map(({ at, timestamp }) => at - timestamp / clock);
  const latest = Math.min(...transits) + jitterBuffer;
  const inTime = packets.filter((_, index) => (transits[index] ?? 0) <= latest);
  const times = inTime.map(({ timestamp }) => timestamp / clock).toSorted((a, b) => a - b);
  return times.reduce((most, time, index) => Math.max(most, time - (times[index - 1] ?? time) - packetMs), 0);
}
