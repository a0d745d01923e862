// Servers' certificates, good and bad, made by openssl, and what RFC 5922 and HTTPS (RFC 7118 8) say of each for `sip.a.test`.
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SecureVersion } from 'node:tls';
import { findProgram } from '../../peers/support/child.ts';

export const domain = 'sip.a.test';

export interface CertificateCase {
  name: string;
  /** subjectAltName, as openssl writes it; absent: none. */
  names?: string;
  subject?: string;
  /** Whether a phone may register there. */
  good: { tls: boolean; wss: boolean };
  signer?: 'ca' | 'stranger' | 'self' | 'intermediate' | 'leaf';
  /** The server leaves its intermediate authority out. */
  incomplete?: true;
  /** As `openssl ca` reads them. */
  from?: string;
  to?: string;
  usage?: string;
  /** What the server speaks at most. */
  version?: SecureVersion;
  account?: { allowWildcard?: true; pin?: 'own' | 'other' };
}

const always = { tls: true, wss: true };
const never = { tls: false, wss: false };
const tlsOnly = { tls: true, wss: false };
const wssOnly = { tls: false, wss: true };
const right = `DNS:${domain}`;

export const certificateCases: readonly CertificateCase[] = [
  { name: 'its DNS name', names: right, good: always },
  { name: 'its DNS name in capitals', names: 'DNS:SIP.A.TEST', good: always },
  { name: 'its SIP URI', names: `URI:sip:${domain}`, good: tlsOnly },
  { name: 'an intermediate authority', names: right, signer: 'intermediate', good: always },
  { name: 'pinned, of no authority', names: 'DNS:b.test', signer: 'self', account: { pin: 'own' }, good: always },
  { name: 'a wildcard', names: 'DNS:*.a.test', good: wssOnly },
  { name: 'a wildcard that the account takes', names: 'DNS:*.a.test', account: { allowWildcard: true }, good: always },
  { name: 'another DNS name', names: 'DNS:b.test', good: never },
  { name: 'a name below it', names: `DNS:sip.${domain}`, good: never },
  { name: 'a name that ends alike', names: `DNS:evil-${domain}`, good: never },
  { name: 'a name that begins alike', names: `DNS:${domain}.evil.test`, good: never },
  { name: 'another SIP URI beside its DNS name', names: `URI:sip:b.test,${right}`, good: wssOnly },
  { name: 'a SIP URI with a user', names: `URI:sip:x@${domain}`, good: never },
  { name: 'its name as an address of mail', names: `email:x@${domain}`, good: never },
  { name: 'the common name alone', good: never },
  { name: 'a wildcard in a part of a label', names: 'DNS:s*.a.test', good: never },
  { name: 'expired', names: right, from: '20200101000000Z', to: '20210101000000Z', good: never },
  { name: 'not yet valid', names: right, from: '20900101000000Z', to: '20910101000000Z', good: never },
  { name: 'an unknown authority', names: right, signer: 'stranger', good: never },
  { name: 'signed by itself', names: right, signer: 'self', good: never },
  { name: 'an intermediate that is missing', names: right, signer: 'intermediate', incomplete: true, good: never },
  { name: 'signed by a server that is no authority', names: right, signer: 'leaf', good: never },
  { name: 'for clients only', names: right, usage: 'clientAuth', good: never },
  { name: 'another than the pinned one', names: right, account: { pin: 'other' }, good: never },
];

/** Older than TLS 1.2: the certificate would be good. Apart from the 24, since it is no matter of certificates. */
export const oldVersion: CertificateCase = { name: 'TLS 1.1 only', names: right, version: 'TLSv1.1', good: never };

export interface MadeCertificate {
  key: string;
  /** With the authorities that the server sends. */
  cert: string;
  fingerprint: string;
}

/** Makes authorities and certificates in `folder`. `caFile` is what the account trusts. */
export function openMint(folder: string): { caFile: string; make(one: CertificateCase): MadeCertificate } {
  const openssl = findProgram('openssl');
  if (openssl === null) throw new Error('openssl is not installed.');
  const run = (...args: string[]): void => {
    execFileSync(openssl, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  let serial = 0;

  writeFileSync(
    join(folder, 'ca.cnf'),
    '[ca]\ndefault_ca=one\n[one]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=any\n' +
      'unique_subject=no\n[any]\ncommonName=supplied\n',
  );
  writeFileSync(join(folder, 'index.txt'), '');
  writeFileSync(join(folder, 'serial'), '1000\n');

  function authority(name: string): void {
    run(
      'req',
      '-x509',
      ...newKey,
      '-days',
      '30',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
    );
  }

  function sign(name: string, signer: string, subject: string, extensions: string, from?: string, to?: string): void {
    run('req', ...newKey, '-subj', subject, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    writeFileSync(join(folder, `${name}.ext`), extensions);
    const dates = from === undefined || to === undefined ? ['-days', '30'] : ['-startdate', from, '-enddate', to];
    const by = signer === 'self' ? ['-selfsign', '-keyfile', `${name}.key`] : ['-cert', `${signer}.pem`];
    const key = signer === 'self' ? [] : ['-keyfile', `${signer}.key`];
    const files = ['-in', `${name}.csr`, '-extfile', `${name}.ext`, '-out', `${name}.pem`];
    run('ca', '-batch', '-notext', '-config', 'ca.cnf', ...by, ...key, ...dates, ...files);
  }

  authority('ca');
  authority('stranger');
  sign('intermediate', 'ca', '/CN=intermediate', 'basicConstraints=critical,CA:true\n');
  sign('leaf', 'ca', '/CN=leaf', `basicConstraints=critical,CA:false\nsubjectAltName=${right}\n`);

  return {
    caFile: join(folder, 'ca.pem'),
    make({ names, subject = `/CN=${domain}`, signer = 'ca', incomplete, from, to, usage = 'serverAuth' }) {
      serial += 1;
      const name = `case-${serial}`;
      const alternative = names === undefined ? '' : `subjectAltName=${names}\n`;
      sign(name, signer, subject, `basicConstraints=CA:false\nextendedKeyUsage=${usage}\n${alternative}`, from, to);
      const sent = signer === 'intermediate' || signer === 'leaf' ? [`${signer}.pem`] : [];
      const cert = [`${name}.pem`, ...(incomplete === true ? [] : sent)].map(read).join('');
      const fingerprint = new X509Certificate(read(`${name}.pem`)).fingerprint256;
      return { key: read(`${name}.key`), cert, fingerprint };
    },
  };
}
