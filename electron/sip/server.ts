// Where an account's server is: what the person typed, or the domain by DNS (RFC 3263).
import { isIP } from 'node:net';
import { ProblemError, type TransportName } from '../../contract/index.ts';
import type { Target } from './net/index.ts';
import type { TransactionLayer } from './transaction/types.ts';
import type { SipAccount } from './types.ts';
import { formatHostPort, parseHostPort, type SipUri } from './wire/index.ts';

export interface Server {
  /** What the resolver is asked. It names the transport, so that TLS is never quietly exchanged for UDP. */
  uri: string;
  /** Name for sentences and for the certificate (RFC 5922: the name asked for, never an SRV target). */
  host: string;
  domain: string;
  transport: TransportName;
  path?: string;
}

/** Reads `account.server`, or takes the domain. Throws ProblemError when it cannot be read. */
export function serverOf(account: SipAccount): Server {
  const { transport, domain } = account;
  const text = account.server ?? '';
  if (text === '') return { uri: `sip:${domain};transport=${transport}`, host: domain, domain, transport };
  const url = /^(wss?):\/\/([^/?#]+)([^#]*)/i.exec(text);
  const scheme = url?.[1]?.toLowerCase() === 'wss' ? 'wss' : url === null ? transport : 'ws';
  const place = parseHostPort(url?.[2] ?? text.replace(/^sips?:/i, ''));
  if (place === null) {
    throw new ProblemError({
      code: 'server-address-wrong',
      message: `"${text}" is no server address. It looks like sip.company.com, sip.company.com:5061 or wss://company.com/ws.`,
      field: 'server',
    });
  }
  // A URL without a port means that of the web, not SIP's.
  const port = place.port ?? (url === null ? undefined : scheme === 'wss' ? 443 : 80);
  const path = url?.[3];
  return {
    uri: `sip:${formatHostPort(place.host, port)};transport=${scheme}`,
    host: place.host,
    domain: isIP(place.host) === 0 ? place.host : domain,
    transport: scheme,
    ...(path === undefined || path === '' ? {} : { path }),
  };
}

/** What the account takes on trust besides the system's authorities. */
function trustOf({ caFile, allowWildcard, pinnedCertificate }: SipAccount): Partial<Target> {
  return {
    ...(caFile === undefined ? {} : { caFile }),
    ...(allowWildcard === true ? { allowWildcard } : {}),
    ...(pinnedCertificate === undefined ? {} : { pinnedCertificate }),
  };
}

/**
 * The hops to try where the account's registrar sent us (3xx). What the account is asked to speak stays: who chose TLS is
 * not led to UDP. Rejects with ResolveError.
 */
export async function targetsAt(account: SipAccount, uri: SipUri, layer: TransactionLayer): Promise<Target[]> {
  const server = serverOf(account);
  const named = uri.params.get('transport')?.toLowerCase();
  const isPlain = server.transport === 'udp' || server.transport === 'tcp';
  const transport = isPlain && (named === 'udp' || named === 'tcp' || named === 'tls') ? named : server.transport;
  const place = formatHostPort(uri.host, uri.port);
  const targets = await layer.resolve(`sip:${place};transport=${transport}`);
  const domain = isIP(uri.host) === 0 ? uri.host : server.domain;
  const path = server.path === undefined ? {} : { path: server.path };
  return targets.map((target) => ({ ...target, domain, ...path, ...trustOf(account) }));
}

/** The hops to try for an account, in order. Rejects with ResolveError. */
export async function targetsOf(account: SipAccount, layer: TransactionLayer): Promise<Target[]> {
  const server = serverOf(account);
  const targets = await layer.resolve(server.uri);
  return targets.map((target) => ({
    ...target,
    domain: server.domain,
    ...(server.path === undefined ? {} : { path: server.path }),
    ...trustOf(account),
  }));
}
