// The four questions that RFC 3263 asks of DNS, each answered by an empty list where there is no such record.
import dns from 'node:dns';
import net from 'node:net';

/** Each is empty when there is no such record, and throws when nobody could tell. */
export interface Dns {
  naptr(name: string): Promise<dns.NaptrRecord[]>;
  srv(name: string): Promise<dns.SrvRecord[]>;
  /** IPv4 addresses first. */
  addresses(name: string): Promise<string[]>;
}

/** "There is no such record", as opposed to "nobody could tell". */
const NO_RECORD = new Set([
  'ENODATA',
  'ENOTFOUND',
  'ENONAME',
  'EBADNAME',
  'EBADRESP',
  'EFORMERR',
  'ENOTIMP',
  'EREFUSED',
]);

/**
 * DNS by the system's servers, or by `servers`. A new one is made for each resolution: Node reads the system's servers
 * only once per resolver, and they change with the network.
 */
export function createDns(servers?: readonly string[]): Dns {
  const resolver = new dns.promises.Resolver({ timeout: 1000, tries: 2 });
  if (servers) resolver.setServers(servers);

  async function system(name: string): Promise<string[]> {
    // getaddrinfo knows /etc/hosts, mDNS and what a VPN adds.
    const found = await orNone(dns.promises.lookup(name, { all: true, order: 'ipv4first' }));
    return found.map((entry) => entry.address);
  }

  async function byResolver(name: string): Promise<string[]> {
    const [v4, v6] = await Promise.all([orNone(resolver.resolve4(name)), orNone(resolver.resolve6(name))]);
    return [...v4, ...v6];
  }

  return {
    naptr: (name) => orNone(resolver.resolveNaptr(name)),
    srv: (name) => orNone(resolver.resolveSrv(name)),
    async addresses(name) {
      if (net.isIP(name) !== 0) return [name];
      // RFC 6761 6.3: never a question for a server.
      if (isLocalhost(name)) return ['127.0.0.1'];
      return servers ? byResolver(name) : system(name);
    },
  };
}

/** `localhost` and all names below it. */
export function isLocalhost(name: string): boolean {
  return /^(.*\.)?localhost\.?$/i.test(name);
}

async function orNone<T>(answer: Promise<T[]>): Promise<T[]> {
  try {
    return await answer;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (NO_RECORD.has(code)) return [];
    throw error;
  }
}
