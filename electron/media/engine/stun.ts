// The STUN that an ICE-lite agent needs (RFC 8489, RFC 8445 section 2.5): checks binding requests, answers them.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const cookie = 0x2112_a442;
const bindingRequest = 0x0001;
const bindingResponse = 0x0101;
const attribute = {
  username: 0x0006,
  integrity: 0x0008,
  xorAddress: 0x0020,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
};

export interface BindingRequest {
  transactionId: Buffer;
  useCandidate: boolean;
}

/**
 * The request, when it is a well-formed binding request for this agent, signed with its password; else null. `ufrag` is
 * our own: the user name is `ours:theirs` (RFC 8445 section 7.2.2).
 */
export function readBindingRequest(packet: Buffer, ufrag: string, password: string): BindingRequest | null {
  if (packet.length < 20 || packet.readUInt16BE(0) !== bindingRequest || packet.readUInt32BE(4) !== cookie) return null;
  let username = '';
  let useCandidate = false;
  for (let at = 20; at + 4 <= packet.length;) {
    const type = packet.readUInt16BE(at);
    const length = packet.readUInt16BE(at + 2);
    const end = at + 4 + length;
    if (end > packet.length) return null;
    if (type === attribute.username) username = packet.toString('utf8', at + 4, end);
    else if (type === attribute.useCandidate) useCandidate = true;
    else if (type === attribute.integrity) {
      if (length !== 20 || !username.startsWith(`${ufrag}:`)) return null;
      const signed = Buffer.from(packet.subarray(0, at));
      // The length counts up to and with MESSAGE-INTEGRITY (RFC 8489 section 14.5).
      signed.writeUInt16BE(at + 24 - 20, 2);
      const expected = createHmac('sha1', password).update(signed).digest();
      if (!timingSafeEqual(expected, packet.subarray(at + 4, end))) return null;
      return { transactionId: Buffer.from(packet.subarray(8, 20)), useCandidate };
    }
    at = end + (-length & 3);
  }
  return null;
}

/** A success response with XOR-MAPPED-ADDRESS, MESSAGE-INTEGRITY and FINGERPRINT. IPv4 only: the leg is on 127.0.0.1. */
export function bindingSuccess(
  request: BindingRequest,
  source: { address: string; port: number },
  password: string,
): Buffer {
  const response = Buffer.alloc(64);
  response.writeUInt16BE(bindingResponse, 0);
  response.writeUInt32BE(cookie, 4);
  request.transactionId.copy(response, 8);
  response.writeUInt16BE(attribute.xorAddress, 20);
  response.writeUInt16BE(8, 22);
  response.writeUInt8(1, 25);
  response.writeUInt16BE(source.port ^ (cookie >>> 16), 26);
  const address = source.address.split('.').reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0);
  response.writeUInt32BE((address ^ cookie) >>> 0, 28);
  response.writeUInt16BE(36, 2);
  response.writeUInt16BE(attribute.integrity, 32);
  response.writeUInt16BE(20, 34);
  createHmac('sha1', password).update(response.subarray(0, 32)).digest().copy(response, 36);
  response.writeUInt16BE(44, 2);
  response.writeUInt16BE(attribute.fingerprint, 56);
  response.writeUInt16BE(4, 58);
  response.writeUInt32BE((crc32(response.subarray(0, 56)) ^ 0x5354_554e) >>> 0, 60);
  return response;
}
