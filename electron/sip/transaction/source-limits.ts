// How much may come from one address: a token bucket each, asked before anything is parsed, so that a flood costs no more
// than being counted.
import type { Clock } from '../../../contract/index.ts';

export interface SourceLimits {
  /** Takes one message off the allowance of this address; false: it is not to be read. */
  take(address: string): boolean;
  /** Addresses that are remembered. */
  readonly size: number;
}

/** Tokens: so many a second, so many at once. */
interface Allowance {
  perSecond: number;
  burst: number;
}

/** A single phone that talks to us straight, with retransmissions. */
const STRANGER: Allowance = { perSecond: 50, burst: 100 };

/** All strangers together: datagrams can carry any address. */
const STRANGERS: Allowance = { perSecond: 1000, burst: 1000 };

/** A server of ours: ten times what 200 calls a second bring. Its address can be forged too, so it has a limit. */
const SERVER: Allowance = { perSecond: 10_000, burst: 20_000 };

/** Beyond this the oldest is forgotten; the limit on all strangers holds anyway. */
const MAX_SOURCES = 1000;

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** `isTrusted` says whether an address is that of a server of ours. */
export function createSourceLimits(clock: Clock, isTrusted: (address: string) => boolean): SourceLimits {
  const buckets = new Map<string, Bucket>();
  const strangers: Bucket = { tokens: STRANGERS.burst, filledAt: clock.monotonic() };

  function bucketOf(network: string, { burst }: Allowance): Bucket {
    const known = buckets.get(network);
    if (known) return known;
    for (const oldest of buckets.keys()) {
      if (buckets.size < MAX_SOURCES) break;
      buckets.delete(oldest);
    }
    const fresh = { tokens: burst, filledAt: clock.monotonic() };
    buckets.set(network, fresh);
    return fresh;
  }

  function takeFrom(bucket: Bucket, { perSecond, burst }: Allowance): boolean {
    const now = clock.monotonic();
    const seconds = Math.max(0, now - bucket.filledAt) / 1000;
    bucket.tokens = Math.min(burst, bucket.tokens + seconds * perSecond);
    bucket.filledAt = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  return {
    take(address) {
      if (isTrusted(address)) return takeFrom(bucketOf(`server ${address}`, SERVER), SERVER);
      // The single one first: who alone floods must not use up what others share.
      return takeFrom(bucketOf(networkOf(address), STRANGER), STRANGER) && takeFrom(strangers, STRANGERS);
    },
    get size() {
      return buckets.size;
    },
  };
}

/** One host of IPv6 has all of a /64 to pick addresses from, so that counts as one source. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [left = '', right] = address.replace(/%.*$/, '').split('::');
  const head = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  return [...head, ...(right === undefined ? [] : zeros), ...tail].slice(0, 4).join(':');
}
