// Who a TLS server is (RFC 5922 7.1, 7.2): its certificate must name the SIP domain, and wildcards do not count.
import net from 'node:net';
import tls from 'node:tls';
import { TransportError } from './transport-error.ts';

/**
 * Compares a certificate with the domain that was asked for. Returns what is wrong, or undefined. Names come from
 * subjectAltName only: `sip:` URIs without user part, and DNS names where there is no such URI. An IP address asked for
 * must stand there as an IP address.
 */
export function checkSipIdentity(domain: string, certificate: { subjectaltname?: string }): Error | undefined {
  const names = alternativeNames(certificate.subjectaltname ?? '');
  const wanted = canonical(domain);
  if (net.isIP(wanted) !== 0) {
    const addresses = valuesOf(names, 'IP Address').map((address) => canonical(address));
    return addresses.includes(wanted) ? undefined : mismatch(domain, addresses);
  }
  const uris = valuesOf(names, 'URI').flatMap((uri) => sipDomain(uri) ?? []);
  const allowed = (uris.length > 0 ? uris : valuesOf(names, 'DNS')).map(canonical);
  return allowed.includes(wanted) ? undefined : mismatch(domain, allowed);
}

function mismatch(domain: string, names: readonly string[]): Error {
  const found = names.length === 0 ? 'no name that counts' : names.join(', ');
  return new TransportError('certificate', `The certificate is not for ${domain}; it has ${found}.`, {
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
}

/** `DNS:a, URI:sip:a, IP Address:1.2.3.4` as Node writes it; odd values stand in JSON quotes. */
function alternativeNames(text: string): { type: string; value: string }[] {
  const names: { type: string; value: string }[] = [];
  for (const part of text.match(/[^,\s][^:,]*:(?:"(?:[^"\\]|\\.)*"|[^,]*)/g) ?? []) {
    const colon = part.indexOf(':');
    names.push({ type: part.slice(0, colon), value: part.slice(colon + 1) });
  }
  return names;
}

function valuesOf(names: readonly { type: string; value: string }[], type: string): string[] {
  return names.filter((name) => name.type === type).map((name) => name.value);
}

function sipDomain(uri: string): string | null {
  return /^sip:([^@;?]+?)(?::\d+)?(?:[;?].*)?$/i.exec(uri)?.[1] ?? null;
}

function canonical(name: string): string {
  const bare = name.toLowerCase().replace(/\.$/, '');
  if (!net.isIPv6(bare)) return bare;
  return new URL(`http://[${bare}]`).hostname.slice(1, -1);
}

const contexts = new Map<string, tls.SecureContext>();

/**
 * What a TLS client of ours trusts: the system's authorities, Node's own list, and `extra` (PEM). Cached, since reading
 * some hundred certificates costs tens of milliseconds.
 */
export function trustContext(extra: string | undefined): tls.SecureContext {
  const key = extra ?? '';
  const cached = contexts.get(key);
  if (cached) return cached;
  const authorities = [...tls.getCACertificates('default'), ...systemAuthorities()];
  if (extra !== undefined) authorities.push(extra);
  const context = tls.createSecureContext({ ca: [...new Set(authorities)], minVersion: 'TLSv1.2' });
  contexts.set(key, context);
  return context;
}

function systemAuthorities(): string[] {
  try {
    return tls.getCACertificates('system');
  } catch {
    // Not every build can read the system's store; the built-in list remains.
    return [];
  }
}
