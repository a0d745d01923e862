// Which certificates a directory server may show: the system's authorities, and the company's own.
import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { caUnreadable } from './problems.ts';

const contexts = new Map<string, tls.SecureContext>();

/** Reading all authorities takes 30 ms, so a context is kept. Throws ProblemError for a file that is no PEM. */
export function trust(caFile: string | undefined): tls.SecureContext {
  const own = caFile === undefined || caFile === '' ? null : pem(caFile);
  const known = contexts.get(own ?? '');
  if (known) return known;
  const ca = [...tls.getCACertificates('default'), ...systemAuthorities(), ...(own === null ? [] : [own])];
  try {
    const context = tls.createSecureContext({ ca, minVersion: 'TLSv1.2' });
    contexts.set(own ?? '', context);
    return context;
  } catch (error) {
    throw caUnreadable(caFile ?? '', String(error));
  }
}

function pem(file: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new Error('It holds no certificate.');
    return text;
  } catch (error) {
    throw caUnreadable(file, error instanceof Error ? error.message : String(error));
  }
}

/** Some systems have none that can be read. */
function systemAuthorities(): string[] {
  try {
    return tls.getCACertificates('system');
  } catch {
    return [];
  }
}
