// Locating SIP servers (RFC 3263): from a URI to addresses, ports and transports, best first.
import { randomInt } from 'node:crypto';
import type { NaptrRecord, SrvRecord } from 'node:dns';
import net from 'node:net';
import type { Clock, TransportName } from '../../../contract/index.ts';
import type { SipUri } from '../wire/index.ts';
import { createDns, isLocalhost, type Dns } from './dns.ts';
import { orderSrv } from './srv-order.ts';
import type { Target } from './types.ts';

export interface ResolverOptions {
  clock: Clock;
  /** Instead of the system's; `address` or `address:port`. */
  servers?: readonly string[];
  /** 0 to below 1, for SRV weights. */
  random?: () => number;
  /** For tests. */
  createDns?: (servers?: readonly string[]) => Dns;
}

export interface Resolver {
  /**
   * Targets in the order to try them, never empty. `preferred` is used where the URI names no transport. Rejects with
   * ResolveError.
   */
  resolve(uri: SipUri, preferred?: TransportName): Promise<Target[]>;
  /** The network changed: forget what was fresh. What was good stays as a last resort. */
  forget(): void;
}

/** The name does not exist (`unknown`), or no DNS server could tell (`unavailable`). */
export class ResolveError extends Error {
  readonly kind: 'unknown' | 'unavailable';
  readonly host: string;

  constructor(kind: 'unknown' | 'unavailable', host: string, options?: { cause?: unknown }) {
    super(kind === 'unknown' ? `${host} is not a known host` : `no DNS server answers for ${host}`, options);
    this.name = 'ResolveError';
    this.kind = kind;
    this.host = host;
  }
}

/** Fresh answers are used again for this long, ms; Node tells no TTL for SRV and NAPTR. */
const FRESH = 20_000;

/** Old answers are used when DNS fails for this long, ms, so that a DNS outage takes no registered phone down. */
const LAST_GOOD = 24 * 3_600_000;

const MAX_CACHED = 200;

const SERVICES: Record<string, TransportName> = { 'SIP+D2U': 'udp', 'SIP+D2T': 'tcp', 'SIPS+D2T': 'tls' };

/** What DNS told. `uncertain`: a question stayed open, so that this may not be what the domain's owner wants. */
interface Found {
  targets: Target[];
  uncertain: boolean;
}

export function createResolver(options: ResolverOptions): Resolver {
  const { clock, random = () => randomInt(2 ** 32) / 2 ** 32 } = options;
  const makeDns = options.createDns ?? createDns;
  const cache = new Map<string, { targets: Target[]; goodAt: number; askedAt: number }>();

  async function find(uri: SipUri, preferred: TransportName | undefined): Promise<Found> {
    const secure = uri.scheme === 'sips';
    const host = (uri.params.get('maddr') ?? uri.host).replace(/\.$/, '');
    const named = namedTransport(uri);
    const transport = named === undefined && !secure ? preferred : secured(named ?? preferred, secure);
    const domain = uri.host;
    const dns = makeDns(options.servers);

    const single = async (name: TransportName): Promise<Target[]> => {
      const addresses = await dns.addresses(host);
      const port = uri.port ?? defaultPort(name);
      return addresses.map((address) => ({ transport: name, host: address, port, domain }));
    };

    // 4.1, 4.2: an address, or a port, leaves nothing to ask but the address. RFC 7118 has no SRV names for WebSocket.
    const direct = net.isIP(host) !== 0 || uri.port !== undefined || isLocalhost(host);
    if (direct || transport === 'ws' || transport === 'wss') {
      return { targets: await single(transport ?? 'udp'), uncertain: false };
    }

    // All questions at once: the answer then takes one round trip, and one timeout at worst. The domain's own address is
    // waited for only where no server was named: the system may take half a minute to say that there is none.
    const candidates: TransportName[] = transport ? [transport] : ['udp', 'tcp', 'tls'];
    const own = settle(single(transport ?? 'udp'));
    const [naptr, ...srv] = await Promise.all([
      settle(transport ? [] : dns.naptr(host)),
      ...candidates.map((candidate) => settle(dns.srv(srvName(candidate, host)))),
    ]);

    for (const { transport: name, replacement } of servicesOf(naptr.values)) {
      const asked = srv[candidates.findIndex((candidate) => srvName(candidate, host) === replacement)];
      const records = asked ?? (await settle(dns.srv(replacement)));
      const targets = await srvTargets(dns, records.values, name, domain);
      if (targets.length > 0) return { targets, uncertain: false };
    }
    for (const [index, candidate] of candidates.entries()) {
      const targets = await srvTargets(dns, srv[index]?.values ?? [], candidate, domain);
      if (targets.length > 0) return { targets, uncertain: naptr.error !== null };
    }
    const addresses = await own;
    if (addresses.error !== null) throw addresses.error;
    return { targets: addresses.values, uncertain: [naptr, ...srv].some((answer) => answer.error !== null) };
  }

  async function srvTargets(
    dns: Dns,
    records: readonly SrvRecord[],
    transport: TransportName,
    domain: string,
  ): Promise<Target[]> {
    const ordered = orderSrv(records, random);
    const hosts = await Promise.all(ordered.map((record) => settle(dns.addresses(record.name))));
    return ordered.flatMap((record, index) =>
      (hosts[index]?.values ?? []).map((host) => ({ transport, host, port: record.port, domain })),
    );
  }

  return {
    async resolve(uri, preferred) {
      if (uri.scheme === 'tel' || uri.host === '') throw new ResolveError('unknown', uri.user ?? 'nobody');
      const key = [
        uri.scheme,
        uri.host,
        uri.port,
        uri.params.get('maddr'),
        uri.params.get('transport'),
        preferred,
      ].join();
      const now = clock.monotonic();
      const cached = cache.get(key);
      if (cached && now - cached.askedAt < FRESH) return [...cached.targets];
      const lastGood = cached && now - cached.goodAt < LAST_GOOD ? cached : null;
      try {
        const { targets, uncertain } = await find(uri, preferred);
        if (uncertain && lastGood) return keep(lastGood);
        if (targets.length === 0) throw new ResolveError(uncertain ? 'unavailable' : 'unknown', uri.host);
        if (cache.size >= MAX_CACHED) cache.clear();
        cache.set(key, { targets, goodAt: now, askedAt: now });
        return [...targets];
      } catch (error) {
        if (error instanceof ResolveError) throw error;
        if (lastGood) return keep(lastGood);
        throw new ResolveError('unavailable', uri.host, { cause: error });
      }
    },
    forget() {
      for (const entry of cache.values()) entry.askedAt = Number.NEGATIVE_INFINITY;
    },
  };

  /** DNS is out of order: the last good answer once more, and no further question for a while. */
  function keep(entry: { targets: Target[]; askedAt: number }): Target[] {
    entry.askedAt = clock.monotonic();
    return [...entry.targets];
  }
}

/** NAPTR records that lead to SRV records of transports we speak, best first. */
function servicesOf(records: readonly NaptrRecord[]): { transport: TransportName; replacement: string }[] {
  return records
    .filter((record) => record.flags.toLowerCase() === 's')
    .toSorted((a, b) => a.order - b.order || a.preference - b.preference)
    .flatMap((record) => {
      const transport = SERVICES[record.service.toUpperCase()];
      return transport ? [{ transport, replacement: record.replacement.toLowerCase() }] : [];
    });
}

async function settle<T>(answer: Promise<T[]> | T[]): Promise<{ values: T[]; error: unknown }> {
  try {
    return { values: await answer, error: null };
  } catch (error) {
    return { values: [], error };
  }
}

/** RFC 3261 19.1.2, RFC 7118 5. */
export function defaultPort(transport: TransportName): number {
  return { udp: 5060, tcp: 5060, tls: 5061, ws: 80, wss: 443 }[transport];
}

function namedTransport(uri: SipUri): TransportName | undefined {
  const name = uri.params.get('transport')?.toLowerCase();
  return name === 'udp' || name === 'tcp' || name === 'tls' || name === 'ws' || name === 'wss' ? name : undefined;
}

/** sips: means TLS on every hop (RFC 3261 26.2.2). */
function secured(transport: TransportName | undefined, secure: boolean): TransportName | undefined {
  if (!secure) return transport;
  return transport === 'ws' || transport === 'wss' ? 'wss' : 'tls';
}

function srvName(transport: TransportName, host: string): string {
  const service = transport === 'tls' ? '_sips._tcp' : `_sip._${transport}`;
  return `${service}.${host}`.toLowerCase();
}
