// What DNS says about the CardDAV service of a domain (RFC 6764 sections 3 and 4), in a short time or not at all.
import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import { discoveryLimit } from './limits.ts';
import type { ServiceRecords } from './service-discovery.ts';

export interface ServiceDns {
  /** No records where there are none, and where nobody could tell within {@link discoveryLimit}. Never rejects. */
  service(domain: string): Promise<ServiceRecords>;
  /** Absent: hosts are looked up as the system does it. */
  lookup?: LookupFunction;
}

/** DNS by the system's servers, or by `servers` alone, `address:port`. */
export function createServiceDns(servers?: readonly string[], limit = discoveryLimit): ServiceDns {
  return {
    async service(domain) {
      // A new one for each question: Node reads the system's servers once per resolver, and they change with the network.
      const resolver = resolverOf(servers, limit);
      // `_carddav._tcp`, the service without TLS, is never asked for.
      const name = `_carddavs._tcp.${domain}`;
      const texts = resolver.resolveTxt(name).catch(() => []);
      const records = resolver.resolveSrv(name).catch(() => []);
      const timer = setTimeout(() => resolver.cancel(), limit);
      try {
        const found = await records;
        return { records: found, texts: found.length === 0 ? [] : (await texts).map((parts) => parts.join('')) };
      } finally {
        clearTimeout(timer);
        resolver.cancel();
      }
    },
    ...(servers ? { lookup: lookupBy(resolverOf(servers, limit)) } : {}),
  };
}

/** One question that was lost is asked again within the limit. */
function resolverOf(servers: readonly string[] | undefined, limit: number): dns.promises.Resolver {
  const resolver = new dns.promises.Resolver({ timeout: Math.ceil(limit / 3), tries: 2 });
  if (servers) resolver.setServers(servers);
  return resolver;
}

function lookupBy(resolver: dns.promises.Resolver): LookupFunction {
  return (hostname, { all }, callback) => {
    resolver.resolve4(hostname).then(
      (addresses) =>
        all === true
          ? callback(
              null,
              addresses.map((address) => ({ address, family: 4 })),
            )
          : callback(null, addresses[0] ?? '', 4),
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}
