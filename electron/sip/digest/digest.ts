// The digest response itself (RFC 7616 3.4, RFC 8760; RFC 3261 22.4).
import type { Challenge } from './challenge.ts';
import { hash, type Algorithm } from './hash.ts';

export interface DigestInput {
  challenge: Challenge;
  user: string;
  /** H(user:realm:password): what is kept instead of the password. See {@link secretOf}. */
  secret: string;
  method: string;
  uri: string;
  /** How often this nonce was used, this time included. */
  nonceCount: number;
  cnonce: string;
  /** For `auth-int`. */
  body: Buffer;
}

/** H(user:realm:password), which stands for the password within one realm (RFC 7616 3.4.2). */
export function secretOf(algorithm: Algorithm, user: string, realm: string, password: string): string {
  return hash(algorithm, `${user}:${realm}:${password}`);
}

/** The `response` parameter. */
export function digestResponse(input: DigestInput): string {
  const { challenge, cnonce } = input;
  const { algorithm, nonce, qop } = challenge;
  const ha1 = algorithm.endsWith('-sess') ? hash(algorithm, `${input.secret}:${nonce}:${cnonce}`) : input.secret;
  const body = qop === 'auth-int' ? `:${hash(algorithm, input.body)}` : '';
  const ha2 = hash(algorithm, `${input.method}:${input.uri}${body}`);
  if (qop === null) return hash(algorithm, `${ha1}:${nonce}:${ha2}`);
  return hash(algorithm, `${ha1}:${nonce}:${countText(input.nonceCount)}:${cnonce}:${qop}:${ha2}`);
}

/** The value of Authorization or Proxy-Authorization. */
export function credentialsHeader(input: DigestInput): string {
  const { challenge } = input;
  const fields = [
    `username=${quoted(input.user)}`,
    `realm=${quoted(challenge.realm)}`,
    `nonce=${quoted(challenge.nonce)}`,
    `uri=${quoted(input.uri)}`,
    `response="${digestResponse(input)}"`,
    `algorithm=${challenge.algorithm}`,
  ];
  if (challenge.qop !== null) {
    fields.push(`qop=${challenge.qop}`, `nc=${countText(input.nonceCount)}`, `cnonce=${quoted(input.cnonce)}`);
  } else if (challenge.algorithm.endsWith('-sess')) fields.push(`cnonce=${quoted(input.cnonce)}`);
  if (challenge.opaque !== undefined) fields.push(`opaque=${quoted(challenge.opaque)}`);
  return `Digest ${fields.join(', ')}`;
}

function countText(count: number): string {
  return count.toString(16).padStart(8, '0');
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
