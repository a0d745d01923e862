// A server's certificate in the few facts that people can compare (RFC 5280).
import tls from 'node:tls';
import type { CertificateFacts } from '../../../contract/index.ts';

/** What the peer of this socket showed; null where the socket is not TLS. */
export function certificateOf(socket: unknown): CertificateFacts | null {
  if (!(socket instanceof tls.TLSSocket)) return null;
  return certificateFacts(socket.getPeerCertificate());
}

type Names = Partial<Record<string, string | string[] | undefined>>;

export function certificateFacts(certificate: {
  subject?: Names;
  issuer?: Names;
  subjectaltname?: string;
  valid_to?: string;
}): CertificateFacts {
  const { subject = {}, issuer = {}, subjectaltname = '', valid_to: until = '' } = certificate;
  const names = [...subjectaltname.matchAll(/(?:DNS|IP Address):([^,\s]+)/g)].flatMap(([, name]) => name ?? []);
  return {
    names: names.length > 0 ? names.slice(0, 3).join(', ') : first(subject['CN']),
    issuer: first(issuer['O']) || first(issuer['CN']),
    validUntil: Date.parse(until),
  };
}

function first(value: string | string[] | undefined): string {
  return [value ?? ''].flat()[0] ?? '';
}
