// The SIP trace as a capture file (libpcap 2.4, LINKTYPE_RAW): IP packets made up around each message, for Wireshark.
//
// Messages of TCP, TLS and WebSocket are written as UDP datagrams between their real addresses and ports: the trace has
// messages, not segments, and Wireshark then shows each as the SIP that it was, decrypted.
import { isIPv4, isIPv6 } from 'node:net';
import type { TraceEntry } from '../../contract/index.ts';

const MAGIC = 0xa1b2c3d4;
/** Raw IPv4 or IPv6, told apart by the version (tcpdump.org/linktypes.html). */
const LINKTYPE_RAW = 101;
const UDP = 17;
const UDP_HEADER = 8;
/** So that addresses of two families, or none, still make a packet. */
const NO_ADDRESS = '0.0.0.0';

/** A capture file of these messages. What does not fit into a datagram is cut, and the packet says how long it was. */
export function writePcap(entries: readonly TraceEntry[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(MAGIC, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65_535, 16);
  header.writeUInt32LE(LINKTYPE_RAW, 20);
  return Buffer.concat([header, ...entries.flatMap(record)]);
}

function record(entry: TraceEntry): Buffer[] {
  const [local, peer] = [readPlace(entry.local), readPlace(entry.peer)];
  const [from, to] = entry.direction === 'out' ? [local, peer] : [peer, local];
  const packet = ipPacket(from, to, Buffer.from(entry.text));
  const header = Buffer.alloc(16);
  header.writeUInt32LE(Math.floor(entry.at / 1000), 0);
  header.writeUInt32LE(Math.floor((entry.at % 1000) * 1000), 4);
  header.writeUInt32LE(packet.bytes.length, 8);
  header.writeUInt32LE(packet.length, 12);
  return [header, packet.bytes];
}

interface Place {
  address: string;
  port: number;
}

/** `192.0.2.1:5060`, `[2001:db8::1]:5060`. */
function readPlace(text: string): Place {
  const [, address = '', port = '0'] = /^\[?(.*?)\]?:(\d+)$/.exec(text) ?? [];
  // A zone (fe80::1%eth0) means something on this computer only; ::ffff:192.0.2.1 is IPv4.
  return { address: address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, ''), port: Number(port) };
}

function ipPacket(from: Place, to: Place, payload: Buffer): { bytes: Buffer; length: number } {
  const version6 = isIPv6(from.address) && isIPv6(to.address);
  const ipHeader = version6 ? 40 : 20;
  const largest = 65_535 - UDP_HEADER - ipHeader;
  const body = payload.subarray(0, largest);
  const udp = Buffer.alloc(UDP_HEADER);
  udp.writeUInt16BE(from.port, 0);
  udp.writeUInt16BE(to.port, 2);
  udp.writeUInt16BE(UDP_HEADER + body.length, 4);
  const source = version6 ? bytes6(from.address) : bytes4(from.address);
  const destination = version6 ? bytes6(to.address) : bytes4(to.address);
  const pseudo = Buffer.from([0, UDP, 0, 0]);
  udp.copy(pseudo, 2, 4, 6);
  // RFC 768: a checksum that comes out as 0 is sent as all ones; 0 would mean none.
  udp.writeUInt16BE(checksum([source, destination, pseudo, udp, body]) || 0xffff, 6);
  const ip = version6
    ? header6(source, destination, udp.length + body.length)
    : header4(source, destination, udp.length + body.length);
  return { bytes: Buffer.concat([ip, udp, body]), length: ipHeader + UDP_HEADER + payload.length };
}

function header4(source: Buffer, destination: Buffer, length: number): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + length, 2);
  header.writeUInt16BE(0x4000, 6);
  header.writeUInt8(64, 8);
  header.writeUInt8(UDP, 9);
  source.copy(header, 12);
  destination.copy(header, 16);
  header.writeUInt16BE(checksum([header]), 10);
  return header;
}

function header6(source: Buffer, destination: Buffer, length: number): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt8(0x60, 0);
  header.writeUInt16BE(length, 4);
  header.writeUInt8(UDP, 6);
  header.writeUInt8(64, 7);
  source.copy(header, 8);
  destination.copy(header, 24);
  return header;
}

function bytes4(address: string): Buffer {
  return Buffer.from((isIPv4(address) ? address : NO_ADDRESS).split('.').map(Number));
}

function bytes6(address: string): Buffer {
  // An IPv4 tail, as in 64:ff9b::192.0.2.1, is two groups.
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((group) => group.toString(16)).join(':'),
  );
  const [head = '', tail] = plain.split('::');
  const groups = (text: string | undefined): string[] => (text ?? '').split(':').filter((group) => group !== '');
  const [first, last] = [groups(head), groups(tail)];
  const middle = Array.from({ length: 8 - first.length - last.length }, () => '0');
  const bytes = Buffer.alloc(16);
  [...first, ...middle, ...last].forEach((group, index) => bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2));
  return bytes;
}

/** RFC 1071, over parts whose lengths are even but for the last. */
function checksum(parts: readonly Buffer[]): number {
  let sum = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 2) {
      sum += ((part[at] ?? 0) << 8) | (part[at + 1] ?? 0);
    }
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
