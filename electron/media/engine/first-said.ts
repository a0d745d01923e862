// What was said first in a handshake stands: a repeat must be the same bytes. Anybody can send UDP, and a second, forged
// message must not replace what the first one set (the hashes of the handshake only cover the first).
import { handshakeType } from './dtls-proof.ts';

export class FirstSaid {
  readonly #first = new Map<number, Buffer>();

  /** True for the first message of its type and for its repeats. */
  take(type: number, body: Buffer): boolean {
    const said = type === handshakeType.clientHello ? withoutCookie(body) : Buffer.from(body);
    const first = this.#first.get(type);
    if (first) return first.equals(said);
    this.#first.set(type, said);
    return true;
  }
}

/** Whether this ClientHello has the cookie that a server asked for. */
export function hasCookie(hello: Buffer): boolean {
  const cookie = cookieAt(hello);
  return cookie !== null && hello.readUInt8(cookie) > 0;
}

/** A ClientHello comes twice, the second time with the cookie, and else unchanged (RFC 6347 section 4.2.1). */
function withoutCookie(hello: Buffer): Buffer {
  const cookie = cookieAt(hello);
  if (cookie === null) return Buffer.from(hello);
  return Buffer.concat([hello.subarray(0, cookie), hello.subarray(cookie + 1 + hello.readUInt8(cookie))]);
}

/** Where the cookie's length is, behind version, random and session; null when the message ends before. */
function cookieAt(hello: Buffer): number | null {
  const session = 34;
  if (hello.length <= session) return null;
  const cookie = session + 1 + hello.readUInt8(session);
  return cookie < hello.length ? cookie : null;
}
