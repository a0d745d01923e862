// Radicale, a CardDAV server: one person's address book over TLS on loopback, with a password.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from './certificate.ts';
import { startChild, until } from './child.ts';
import { freePort } from './ports.ts';

export interface Radicale {
  readonly port: number;
  /** `https://localhost:PORT`. */
  readonly url: string;
  readonly caFile: string;
  /** Makes or changes the card of this name. */
  put(name: string, card: string): Promise<void>;
  delete(name: string): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/** The person is `nora`, the password `secret`, the address book `/nora/colleagues/`; `names`: of the certificate as well. */
export async function startRadicale(names: readonly string[] = []): Promise<Radicale> {
  const folder = mkdtempSync(join(tmpdir(), 'hs-radicale-'));
  const { caFile, certFile, keyFile } = makeCertificate(folder, ['localhost', ...names], ['127.0.0.1']);
  const port = await freePort();
  writeFileSync(join(folder, 'users'), 'nora:secret\n');
  writeFileSync(
    join(folder, 'config'),
    `[server]\nhosts = 127.0.0.1:${port}\nssl = True\ncertificate = ${certFile}\nkey = ${keyFile}\n` +
      `[auth]\ntype = htpasswd\nhtpasswd_filename = ${folder}/users\nhtpasswd_encryption = plain\ndelay = 0\n` +
      `[storage]\nfilesystem_folder = ${folder}/collections\n[logging]\nlevel = warning\n`,
  );
  const child = startChild('radicale', ['--config', join(folder, 'config')], { logFile: join(folder, 'log') });
  const ca = readFileSync(caFile);
  const book = '/nora/colleagues/';
  const send = (method: string, path: string, body = '', headers: Record<string, string> = {}): Promise<number> =>
    new Promise((resolve, reject) => {
      const request = https.request(
        { host: 'localhost', port, path, method, ca, auth: 'nora:secret', headers },
        (response) => {
          response.resume().on('end', () => resolve(response.statusCode ?? 0));
        },
      );
      request.on('error', reject).end(body);
    });
  await until('radicale to answer', async () => ((await send('GET', '/').catch(() => 0)) > 0 ? true : null));
  await send(
    'MKCOL',
    book,
    '<?xml version="1.0"?><mkcol xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><set><prop><resourcetype><collection/><c:addressbook/></resourcetype><displayname>Colleagues</displayname></prop></set></mkcol>',
    { 'content-type': 'application/xml' },
  );
  const must = async (status: Promise<number>): Promise<void> => {
    const said = await status;
    if (said >= 300) throw new Error(`Radicale said ${said}.`);
  };
  return {
    port,
    url: `https://localhost:${port}`,
    caFile,
    put: (name, card) => must(send('PUT', `${book}${name}.vcf`, card, { 'content-type': 'text/vcard' })),
    delete: (name) => must(send('DELETE', `${book}${name}.vcf`)),
    signal: (signal) => child.signal(signal),
    async stop() {
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A vCard 4.0. */
export function vcard(uid: string, name: string, number: string): string {
  return `BEGIN:VCARD\r\nVERSION:4.0\r\nUID:${uid}\r\nFN:${name}\r\nTEL;TYPE=work:${number}\r\nEND:VCARD\r\n`;
}
