// Digest challenges as servers send them (RFC 7616 3.3, RFC 8760): WWW-Authenticate and Proxy-Authenticate.
import { algorithms, isUsable, type Algorithm } from './hash.ts';

export interface Challenge {
  realm: string;
  nonce: string;
  opaque?: string;
  algorithm: Algorithm;
  /** `auth` where it is offered, else `auth-int`; null from a server of RFC 2069's days. */
  qop: 'auth' | 'auth-int' | null;
  stale: boolean;
}

/**
 * Reads the values of one header name; each may hold several challenges. What we cannot answer (another scheme, an
 * unknown algorithm, nothing but an unknown qop, no nonce) is left out: RFC 8760 2.4 lets a server offer more than we know.
 */
export function parseChallenges(values: readonly string[]): Challenge[] {
  return values.flatMap(splitChallenges).flatMap((params) => readChallenge(params) ?? []);
}

/** For each realm the strongest challenge that we can answer, in the order of their first appearance. */
export function strongest(challenges: readonly Challenge[]): Challenge[] {
  const byRealm = new Map<string, Challenge>();
  for (const challenge of challenges) {
    const best = byRealm.get(challenge.realm);
    if (best === undefined || rank(challenge) > rank(best)) byRealm.set(challenge.realm, challenge);
  }
  return [...byRealm.values()];
}

function rank(challenge: Challenge): number {
  return algorithms.indexOf(challenge.algorithm);
}

function readChallenge(params: ReadonlyMap<string, string>): Challenge | null {
  const nonce = params.get('nonce');
  const wanted = (params.get('algorithm') ?? 'MD5').toUpperCase();
  const algorithm = algorithms.find((name) => name.toUpperCase() === wanted);
  if (nonce === undefined || algorithm === undefined || !isUsable(algorithm)) return null;
  const offered = params.get('qop');
  const qops = offered === undefined ? [] : offered.toLowerCase().split(/[\s,]+/);
  const qop = qops.includes('auth') ? 'auth' : qops.includes('auth-int') ? 'auth-int' : null;
  if (offered !== undefined && offered.trim() !== '' && qop === null) return null;
  const opaque = params.get('opaque');
  return {
    realm: params.get('realm') ?? '',
    nonce,
    algorithm,
    qop,
    stale: params.get('stale')?.toLowerCase() === 'true',
    ...(opaque === undefined ? {} : { opaque }),
  };
}

/** `Digest a=b, c="d", Digest e=f, Basic realm="x"`: the parameters of each Digest in it. Never throws. */
function splitChallenges(text: string): Map<string, string>[] {
  const found: Map<string, string>[] = [];
  let current: Map<string, string> | null = null;
  // A scheme is a token followed by a space and another token; a parameter is a token followed by "=".
  const part =
    /[\s,]*(?:([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))|([\w!#$%&'*+.^`|~-]+)(?=\s|,|$))/gy;
  for (let match = part.exec(text); match !== null && match[0] !== ''; match = part.exec(text)) {
    const [, name, quoted, plain, scheme] = match;
    if (scheme !== undefined) {
      current = scheme.toLowerCase() === 'digest' ? new Map() : null;
      if (current !== null) found.push(current);
    } else if (name !== undefined && current !== null && !current.has(name.toLowerCase())) {
      current.set(name.toLowerCase(), quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1'));
    }
  }
  return found;
}
