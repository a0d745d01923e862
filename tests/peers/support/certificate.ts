// A certificate authority and a server certificate for tests, made by openssl.
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from './child.ts';

export interface CertificateFiles {
  /** What an account's `caFile` names. */
  caFile: string;
  certFile: string;
  keyFile: string;
}

/** Makes ca.pem, cert.pem and key.pem in `folder` (once) for these DNS names and addresses. */
export function makeCertificate(
  folder: string,
  names: readonly string[],
  addresses: readonly string[],
): CertificateFiles {
  const files = {
    caFile: join(folder, 'ca.pem'),
    certFile: join(folder, 'cert.pem'),
    keyFile: join(folder, 'key.pem'),
  };
  if (existsSync(files.certFile)) return files;
  const openssl = findProgram('openssl');
  if (openssl === null) throw new Error('openssl is not installed.');
  const run = (...args: string[]): void => {
    execFileSync(openssl, args, { cwd: folder, stdio: 'ignore' });
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  run('req', '-x509', ...key, '-days', '30', '-subj', '/CN=Hookswitch test CA', '-keyout', 'ca.key', '-out', 'ca.pem');
  run('req', ...key, '-subj', `/CN=${names[0] ?? 'test'}`, '-keyout', 'key.pem', '-out', 'cert.csr');
  const alternatives = [...names.map((name) => `DNS:${name}`), ...addresses.map((address) => `IP:${address}`)];
  writeFileSync(join(folder, 'cert.ext'), `subjectAltName=${alternatives.join(',')}\nextendedKeyUsage=serverAuth\n`);
  const sign = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30', '-extfile', 'cert.ext'];
  run('x509', '-req', '-in', 'cert.csr', ...sign, '-out', 'cert.pem');
  return files;
}
