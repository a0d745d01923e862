// The server's side of digest authentication (RFC 3261 22, RFC 2617): MD5 with qop=auth.
import { createHash, timingSafeEqual } from 'node:crypto';
import { randomToken, splitOutsideQuotes } from '../sip/wire/index.ts';

export interface DigestCheckOptions {
  realm: string;
  user: string;
  password: string;
}

export interface DigestCheck {
  /** Value of a new WWW-Authenticate or Proxy-Authenticate. */
  challenge(options?: { stale?: boolean }): string;
  /** `stale`: the password is right, the nonce is not one of ours (any more). */
  check(authorization: string | undefined, method: string): 'ok' | 'stale' | 'wrong' | 'missing';
}

/** Nonces that are good at a time; the oldest is forgotten first. */
const MAX_NONCES = 200;

export function createDigestCheck({ realm, user, password }: DigestCheckOptions): DigestCheck {
  const nonces = new Set<string>();
  const ha1 = md5(`${user}:${realm}:${password}`);

  return {
    challenge({ stale = false } = {}) {
      const nonce = randomToken(128);
      nonces.add(nonce);
      for (const oldest of nonces) {
        if (nonces.size <= MAX_NONCES) break;
        nonces.delete(oldest);
      }
      return `Digest realm="${realm}", nonce="${nonce}", algorithm=MD5, qop="auth"${stale ? ', stale=true' : ''}`;
    },
    check(authorization, method) {
      if (authorization === undefined) return 'missing';
      const given = parseDigest(authorization);
      const nonce = given.get('nonce') ?? '';
      const ha2 = md5(`${method}:${given.get('uri') ?? ''}`);
      const qop = given.get('qop');
      const middle = qop === undefined ? '' : `${given.get('nc')}:${given.get('cnonce')}:${qop}:`;
      const right = md5(`${ha1}:${nonce}:${middle}${ha2}`);
      if (given.get('username') !== user || given.get('realm') !== realm) return 'wrong';
      if (!sameText(right, given.get('response') ?? '')) return 'wrong';
      return nonces.has(nonce) ? 'ok' : 'stale';
    },
  };
}

function parseDigest(value: string): Map<string, string> {
  const fields = new Map<string, string>();
  const body = /^Digest\s+(.*)$/i.exec(value)?.[1] ?? '';
  for (const part of splitOutsideQuotes(body, ',')) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    const text = part.slice(equals + 1).trim();
    fields.set(part.slice(0, equals).trim().toLowerCase(), text.replace(/^"(.*)"$/, '$1').replace(/\\(.)/g, '$1'));
  }
  return fields;
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
