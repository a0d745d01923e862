// Which DNS record led to a server (RFC 3263): the questions that a resolution asked, kept to be told.
import { isIP } from 'node:net';
import type { FoundBy } from '../../../contract/index.ts';
import type { Target } from '../net/index.ts';
import type { Dns } from '../net/dns.ts';

/** What a resolution was told. */
export interface Answers {
  /** SRV records: whose they are, and where each leads. */
  srv: { name: string; host: string; port: number }[];
  /** Addresses by the host name they were asked for. */
  addresses: { name: string; address: string }[];
}

/** The same DNS, whose answers are kept in `into`. */
export function noted(dns: Dns, into: Answers): Dns {
  return {
    naptr: (name) => dns.naptr(name),
    async srv(name) {
      const records = await dns.srv(name);
      into.srv.push(...records.map((record) => ({ name, host: record.name.toLowerCase(), port: record.port })));
      return records;
    },
    async addresses(name) {
      const found = await dns.addresses(name);
      into.addresses.push(...found.map((address) => ({ name: name.toLowerCase(), address })));
      return found;
    },
  };
}

/** How this target was found. */
export function foundBy(target: Pick<Target, 'host' | 'port'>, answers: Answers): FoundBy {
  const names = answers.addresses.filter(({ address }) => address === target.host).map(({ name }) => name);
  const srv = answers.srv.find(({ host, port }) => port === target.port && names.includes(host));
  if (srv !== undefined) return { kind: 'srv', name: srv.name };
  const name = names.find((one) => isIP(one) === 0);
  return name === undefined ? { kind: 'typed' } : { kind: 'address', name };
}
