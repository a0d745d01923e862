// OpenLDAP's slapd with a company of some hundred people: LDAP, StartTLS and LDAPS on loopback, a password for those who ask.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from './certificate.ts';
import { findProgram, startChild, until } from './child.ts';
import { freePort } from './ports.ts';

export interface Slapd {
  /** LDAP and StartTLS. */
  readonly port: number;
  /** LDAPS. */
  readonly tlsPort: number;
  readonly caFile: string;
  signal(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

export const company = 'dc=example,dc=com';
/** Who may search; the password is `secret`. */
export const reader = `cn=reader,${company}`;

/** People of the company besides `count` others called "Clerk 1" and so on. */
const people = [
  {
    cn: 'Nora Keller',
    sn: 'Keller',
    o: 'Keller & Co',
    mail: 'nora@example.com',
    telephoneNumber: ['+41 44 123 45 67'],
    mobile: ['+41 79 555 01 02'],
    employeeNumber: '4410',
  },
  {
    cn: 'Łukasz Wiśniewski',
    sn: 'Wiśniewski',
    o: 'Keller & Co',
    mail: 'lukasz@example.com',
    telephoneNumber: ['+41 44 123 45 68'],
    employeeNumber: '4411',
  },
  { cn: 'Star *Man (Bowie)', sn: 'Bowie', mail: 'star@example.com', telephoneNumber: ['044-123-45-69'] },
  { cn: 'Nobody Atall', sn: 'Atall', telephoneNumber: ['ask the desk'] },
];

export async function startSlapd(count = 300): Promise<Slapd> {
  const folder = mkdtempSync(join(tmpdir(), 'hs-slapd-'));
  const { caFile, certFile, keyFile } = makeCertificate(folder, ['localhost'], ['127.0.0.1']);
  mkdirSync(join(folder, 'db'));
  const config = join(folder, 'slapd.conf');
  writeFileSync(config, configuration(folder, { caFile, certFile, keyFile }));
  writeFileSync(join(folder, 'people.ldif'), ldif(count));
  execFileSync(findProgram('slapadd') ?? 'slapadd', ['-f', config, '-l', join(folder, 'people.ldif')], {
    stdio: 'pipe',
  });
  const port = await freePort();
  const tlsPort = await freePort();
  const urls = `ldap://127.0.0.1:${port} ldaps://127.0.0.1:${tlsPort}`;
  const child = startChild('slapd', ['-f', config, '-h', urls, '-d', '0'], { logFile: join(folder, 'log') });
  await until('slapd to listen', async () => ((await isOpen(tlsPort)) ? true : null));
  return {
    port,
    tlsPort,
    caFile,
    signal: (signal) => child.signal(signal),
    async stop() {
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, files: { caFile: string; certFile: string; keyFile: string }): string {
  return [
    ...['core', 'cosine', 'inetorgperson'].map((name) => `include /etc/ldap/schema/${name}.schema`),
    `pidfile ${folder}/pid`,
    'modulepath /usr/lib/ldap',
    'moduleload back_mdb',
    `TLSCACertificateFile ${files.caFile}`,
    `TLSCertificateFile ${files.certFile}`,
    `TLSCertificateKeyFile ${files.keyFile}`,
    // A password only over an encrypted connection.
    'security simple_bind=112',
    'disallow bind_anon',
    'require authc',
    'database mdb',
    `suffix "${company}"`,
    `directory ${folder}/db`,
    'maxsize 67108864',
    `rootdn "cn=admin,${company}"`,
    'rootpw hidden',
    'access to attrs=userPassword by anonymous auth by * none',
    'access to * by users read by * none',
    '',
  ].join('\n');
}

function ldif(count: number): string {
  const entry = (dn: string, attributes: Record<string, string | readonly string[] | undefined>) =>
    [
      `dn:: ${base64(dn)}`,
      ...Object.entries(attributes).flatMap(([name, value]) =>
        [value ?? []].flat().map((one) => `${name}:: ${base64(one)}`),
      ),
      '',
    ].join('\n');
  const clerks = Array.from({ length: count }, (_, index) => ({
    cn: `Clerk ${index + 1}`,
    sn: `Clerk ${index + 1}`,
    o: 'Example Ltd',
    telephoneNumber: [`+41 31 000 ${String(index + 1).padStart(4, '0')}`],
  }));
  return [
    entry(company, { objectClass: ['dcObject', 'organization'], dc: 'example', o: 'Example' }),
    entry(reader, {
      objectClass: ['organizationalRole', 'simpleSecurityObject'],
      cn: 'reader',
      userPassword: 'secret',
    }),
    ...[...people, ...clerks].map((person, index) =>
      entry(`uid=p${index},${company}`, { objectClass: 'inetOrgPerson', uid: `p${index}`, ...person }),
    ),
  ].join('\n');
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
