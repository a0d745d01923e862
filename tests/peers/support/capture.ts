// What was on the wire: packets of a tcpdump file (pcap, Ethernet, IPv4), and the SIP requests in them.
import { readFileSync } from 'node:fs';
import { missingPrograms, startChild, type Child } from './child.ts';

export interface Packet {
  /** When the kernel saw it, ms since the epoch. */
  at: number;
  protocol: 'udp' | 'tcp';
  from: string;
  to: string;
  payload: Buffer;
}

/** Why packets cannot be captured here, or null. */
export function captureUnavailable(): string | null {
  const missing = missingPrograms('tcpdump');
  if (missing.length > 0) return 'Not installed: tcpdump.';
  return process.getuid?.() === 0 ? null : 'Packets can be seen only by root.';
}

/** Writes packets on loopback that fit (`udp dst port 4000`) to a file, from when this resolves until it is stopped. */
export async function captureLoopback(file: string, filter: string): Promise<Child> {
  const capture = startChild('tcpdump', ['--immediate-mode', '-U', '-i', 'lo', '-s0', '-w', file, filter]);
  await capture.waitFor(/listening on/);
  return capture;
}

/** All UDP and TCP packets with a payload, in order. A packet that is still being written is left out. */
export function readCapture(file: string): Packet[] {
  const bytes = readFileSync(file);
  if (bytes.length < 24 || bytes.readUInt32LE(0) !== 0xa1b2c3d4) throw new Error(`${file} is no pcap file.`);
  const packets: Packet[] = [];
  for (let at = 24; at + 16 <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 8);
    const packet = readFrame(bytes.subarray(at + 16, at + 16 + length));
    const time = bytes.readUInt32LE(at) * 1000 + bytes.readUInt32LE(at + 4) / 1000;
    if (packet) packets.push({ at: time, ...packet });
    at += 16 + length;
  }
  return packets;
}

function readFrame(frame: Buffer): Omit<Packet, 'at'> | null {
  const ip = frame.subarray(14);
  if (frame.length < 34 || frame.readUInt16BE(12) !== 0x0800) return null;
  const header = (ip.readUInt8(0) & 15) * 4;
  const datagram = ip.subarray(header, ip.readUInt16BE(2));
  const protocol = { 6: 'tcp', 17: 'udp' }[ip.readUInt8(9)];
  if (protocol === undefined || datagram.length < 8) return null;
  const payload = datagram.subarray(protocol === 'udp' ? 8 : (datagram.readUInt8(12) >> 4) * 4);
  if (payload.length === 0) return null;
  const address = (offset: number): string => [...ip.subarray(offset, offset + 4)].join('.');
  return { protocol: protocol === 'udp' ? 'udp' : 'tcp', from: address(12), to: address(16), payload };
}

/**
 * Ways that requests of this method took within a dialog, as `udp 10.77.0.11>10.77.0.21`, each once: those to a phone's
 * own contact, and not the ACK of a refusal, which goes to the address that was called. Empty where SIP is encrypted.
 */
export function waysInDialog(packets: readonly Packet[], method: string, addresses: readonly string[]): string[] {
  const requests = new RegExp(`(?:^|\\n)${method} (sips?:\\S+) SIP/2\\.0`, 'g');
  const ways = new Set<string>();
  for (const { protocol, from, to, payload } of packets) {
    for (const [, uri = ''] of payload.toString('latin1').matchAll(requests)) {
      if (!addresses.some((address) => uri === `sip:${address}`)) ways.add(`${protocol} ${from}>${to}`);
    }
  }
  return [...ways];
}
