// STUN on the SIP port, as the keep-alive of UDP flows (RFC 5626 4.4.2, RFC 8489): a binding request and what comes back.
import { randomBytes } from 'node:crypto';

const COOKIE = 0x2112a442;
const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const MAPPED_ADDRESS = 0x0001;
const XOR_MAPPED_ADDRESS = 0x0020;

/** A binding request; bytes 8 to 20 are its transaction id. */
export function bindingRequest(): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.writeUInt16BE(BINDING_REQUEST, 0);
  bytes.writeUInt32BE(COOKIE, 4);
  randomBytes(12).copy(bytes, 8);
  return bytes;
}

/** SIP is text: its first byte is never 0 or 1 (RFC 5626 8). */
export function isStun(bytes: Buffer): boolean {
  return bytes.length >= 20 && (bytes[0] ?? 0xff) < 2 && bytes.readUInt32BE(4) === COOKIE;
}

/**
 * Where the server saw our request come from, as text to compare; `unknown` when the answer does not say. Null when these
 * bytes answer none of the transactions (12 bytes each, as hexadecimal).
 */
export function mappedAddress(bytes: Buffer, transactions: ReadonlySet<string>): string | null {
  if (!isStun(bytes) || bytes.readUInt16BE(0) !== BINDING_SUCCESS) return null;
  if (!transactions.has(transactionId(bytes))) return null;
  let mapped = 'unknown';
  for (let at = 20; at + 4 <= bytes.length;) {
    const type = bytes.readUInt16BE(at);
    const length = bytes.readUInt16BE(at + 2);
    const value = bytes.subarray(at + 4, at + 4 + length);
    if (value.length < length) break;
    if (type === XOR_MAPPED_ADDRESS && length === 8) return unmasked(value);
    if (type === MAPPED_ADDRESS) mapped = value.toString('hex');
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return mapped;
}

export function transactionId(bytes: Buffer): string {
  return bytes.toString('hex', 8, 20);
}

/** IPv4 only: an IPv6 address is masked with the transaction id, too, and no NAT changes it. */
function unmasked(value: Buffer): string {
  const port = value.readUInt16BE(2) ^ (COOKIE >>> 16);
  const address = (value.readUInt32BE(4) ^ COOKIE) >>> 0;
  return `${address.toString(16)}:${port}`;
}
