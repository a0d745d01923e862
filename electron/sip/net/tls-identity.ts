// Who a TLS server is: for SIP by RFC 5922 7.1 and 7.2, for secure WebSockets by the rules of HTTPS (RFC 7118 8, RFC 9110 4.3.4).
import net from 'node:net';
import { constants } from 'node:crypto';
import tls from 'node:tls';
import { TransportError } from './transport-error.ts';
import type { Target } from './types.ts';

/** The parts of a certificate that a check looks at, as Node gives them. */
export interface Certificate {
  subjectaltname?: string;
  subject?: { CN?: string | string[] };
  fingerprint256?: string;
  valid_from?: string;
  valid_to?: string;
}

/** Codes of refusals that Node has none for; the others are Node's own, such as `CERT_HAS_EXPIRED`. */
export const refusal = {
  otherName: 'ERR_TLS_CERT_ALTNAME_INVALID',
  /** It names its server in the common name alone, which does not count (RFC 5922 7.1, RFC 9525 2). */
  commonNameOnly: 'CERT_COMMON_NAME_ONLY',
  /** Only a wildcard would fit, and this account takes none. */
  wildcard: 'CERT_WILDCARD',
  /** Not the certificate that the account is bound to. */
  notPinned: 'CERT_NOT_PINNED',
} as const;

/** Compares the certificate with the name that was asked for, by the rules of the target's transport. */
export function checkIdentity(target: Target, certificate: Certificate): Error | undefined {
  const domain = target.domain ?? target.host;
  if (target.transport === 'wss') return checkHttpsIdentity(domain, certificate);
  return checkSipIdentity(domain, certificate, target.allowWildcard === true);
}

/**
 * Compares a certificate with the SIP domain that was asked for. Returns what is wrong, or undefined. Names come from
 * subjectAltName only: `sip:` URIs without user part, and DNS names where there is no such URI. An IP address asked for
 * must stand there as an IP address. Wildcards count only where `allowWildcard` says so, and never in URIs.
 */
export function checkSipIdentity(domain: string, certificate: Certificate, allowWildcard = false): Error | undefined {
  const names = alternativeNames(certificate.subjectaltname ?? '');
  if (net.isIP(canonical(domain)) !== 0) return checkAddress(domain, names);
  const uris = valuesOf(names, 'URI').flatMap((uri) => sipDomain(uri) ?? []);
  if (uris.length > 0) return matches(domain, uris, false) ? undefined : mismatch(domain, uris, certificate);
  const dns = valuesOf(names, 'DNS');
  return matches(domain, dns, allowWildcard) ? undefined : mismatch(domain, dns, certificate);
}

/** The same for a secure WebSocket: DNS names alone, where `*` may stand for the whole leftmost label (RFC 9525 6.3). */
export function checkHttpsIdentity(domain: string, certificate: Certificate): Error | undefined {
  const names = alternativeNames(certificate.subjectaltname ?? '');
  if (net.isIP(canonical(domain)) !== 0) return checkAddress(domain, names);
  const dns = valuesOf(names, 'DNS');
  return matches(domain, dns, true) ? undefined : mismatch(domain, dns, certificate);
}

/**
 * Compares a certificate with the one that the account is bound to. Authority and names do not matter then; its time does.
 * `pinned` is what a person copied: 64 hexadecimal digits, with colons or without. `now` is in milliseconds.
 */
export function checkPin(pinned: string, certificate: Certificate, now: number): Error | undefined {
  if (fingerprint(certificate.fingerprint256 ?? '') !== fingerprint(pinned)) {
    const found = certificate.fingerprint256 ?? 'none';
    return refused(refusal.notPinned, `The certificate is another than the account's: ${found}.`);
  }
  if (Date.parse(certificate.valid_to ?? '') < now) return refused('CERT_HAS_EXPIRED', 'certificate has expired');
  if (Date.parse(certificate.valid_from ?? '') > now) {
    return refused('CERT_NOT_YET_VALID', 'certificate is not yet valid');
  }
  return undefined;
}

function fingerprint(text: string): string {
  return text.replace(/[^0-9a-f]/gi, '').toUpperCase();
}

function checkAddress(domain: string, names: readonly Name[]): Error | undefined {
  const addresses = valuesOf(names, 'IP Address').map(canonical);
  return addresses.includes(canonical(domain)) ? undefined : mismatch(domain, addresses, {});
}

function matches(domain: string, names: readonly string[], wildcards: boolean): boolean {
  const wanted = canonical(domain);
  return names.map(canonical).some((name) => name === wanted || (wildcards && covers(name, wanted)));
}

/** `*.company.com` covers one label more, and no top-level domain as a whole. */
function covers(wildcard: string, name: string): boolean {
  const base = /^\*(\.[^*]+\.[^*]+)$/.exec(wildcard)?.[1];
  return base !== undefined && /^[^.]+(\..+)$/.exec(name)?.[1] === base;
}

function mismatch(domain: string, names: readonly string[], certificate: Certificate): Error {
  if (names.length === 0) {
    const commonName = [certificate.subject?.CN ?? []].flat().map(canonical);
    const code = commonName.includes(canonical(domain)) ? refusal.commonNameOnly : refusal.otherName;
    return refused(code, `The certificate is not for ${domain}; it has no name that counts.`);
  }
  const code = matches(domain, names, true) ? refusal.wildcard : refusal.otherName;
  return refused(code, `The certificate is not for ${domain}; it has ${names.join(', ')}.`);
}

function refused(code: string, message: string): Error {
  return new TransportError('certificate', message, { code });
}

interface Name {
  type: string;
  value: string;
}

/** `DNS:a, URI:sip:a, IP Address:1.2.3.4` as Node writes it; odd values stand in JSON quotes. */
function alternativeNames(text: string): Name[] {
  const names: Name[] = [];
  for (const part of text.match(/[^,\s][^:,]*:(?:"(?:[^"\\]|\\.)*"|[^,]*)/g) ?? []) {
    const colon = part.indexOf(':');
    names.push({ type: part.slice(0, colon), value: part.slice(colon + 1) });
  }
  return names;
}

function valuesOf(names: readonly Name[], type: string): string[] {
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
  const context = tls.createSecureContext({
    ca: [...new Set(authorities)],
    minVersion: 'TLSv1.2',
    // A renegotiation could bring another certificate, which nobody would look at.
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
  });
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
