// Directory servers that hang, lie, flood, send garbage, show wrong certificates or send one elsewhere; on loopback.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import type { DirectoryServer } from '../../../contract/index.ts';

export interface BadServer {
  name: string;
  config: DirectoryServer;
  /** Codes of problems that say what is wrong with it. */
  says: readonly string[];
}

export interface BadServers {
  list: BadServer[];
  /** Requests that reached a host that nobody typed. */
  strayed(): number;
  close(): void;
}

const flood = 10 * 2 ** 20;

/** BER of a definite length (RFC 4511 section 5.1). */
function ber(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length = Buffer.alloc(5);
  length[0] = 0x84;
  length.writeUInt32BE(body.length, 1);
  return Buffer.concat([Buffer.from([tag]), length, body]);
}
const text = (value: string) => ber(0x04, Buffer.from(value));
const message = (id: number, operation: Buffer) => ber(0x30, ber(0x02, Buffer.from([id])), operation);
const result = (tag: number, code: number) => ber(tag, ber(0x0a, Buffer.from([code])), text(''), text(''));
const entry = (dn: string, attributes: Record<string, string>) =>
  ber(
    0x64,
    text(dn),
    ber(0x30, ...Object.entries(attributes).map(([name, value]) => ber(0x30, text(name), ber(0x31, text(value))))),
  );

/** The id of the request: every message of ldapts is a SEQUENCE with an INTEGER first. */
function requestId(data: Buffer): number {
  const at = data.indexOf(0x02, 2);
  return data[at + 2] ?? 1;
}

/** Answers the bind, then does what it likes with the search. */
function afterBind(search: (socket: Socket, id: number) => void): (socket: Socket) => void {
  return (socket) => {
    socket.on('data', (data) => {
      const isBind = data.includes(0x60) && data.length < 200 && data.includes(Buffer.from('cn=reader'));
      if (isBind) socket.write(message(requestId(data), result(0x61, 0)));
      else search(socket, requestId(data));
    });
  };
}

export async function startBadServers(): Promise<BadServers> {
  const folder = mkdtempSync(join(tmpdir(), 'hs-bad-'));
  const subject = ['-subj', '/CN=other.example', '-addext', 'subjectAltName=DNS:other.example'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      ...key,
      '-days',
      '2',
      ...subject,
      '-keyout',
      join(folder, 'key.pem'),
      '-out',
      join(folder, 'cert.pem'),
    ],
    { stdio: 'ignore' },
  );
  const certificate = { key: readFileSync(join(folder, 'key.pem')), cert: readFileSync(join(folder, 'cert.pem')) };
  const open: { close(): void }[] = [];
  const sockets = new Set<Socket>();
  let strayed = 0;

  const listen = async (server: net.Server): Promise<number> => {
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(server);
    return (server.address() as AddressInfo).port;
  };
  const elsewhere = await listen(
    http.createServer((_request, response) => {
      strayed += 1;
      response.end();
    }),
  );

  const list: BadServer[] = [];
  const ldap = async (
    name: string,
    says: readonly string[],
    serve: (socket: Socket) => void,
    security: 'none' | 'tls' | 'starttls' = 'none',
    server: net.Server = net.createServer(serve),
  ) => {
    const port = await listen(server);
    const config = {
      kind: 'ldap',
      id: `ldap-${list.length}`,
      name: `LDAP ${name}`,
      host: '127.0.0.1',
      port,
      security,
      bindDn: 'cn=reader',
      baseDn: 'dc=bad',
    } as const;
    list.push({ name: `LDAP ${name}`, config, says });
  };
  const dav = async (
    name: string,
    says: readonly string[],
    serve: http.RequestListener,
    server: http.Server | https.Server = http.createServer(serve),
  ) => {
    const port = await listen(server);
    const scheme = server instanceof https.Server ? 'https' : 'http';
    const config = {
      kind: 'carddav',
      id: `dav-${list.length}`,
      name: `CardDAV ${name}`,
      url: `${scheme}://127.0.0.1:${port}/book/`,
      user: 'nora',
    } as const;
    list.push({ name: `CardDAV ${name}`, config, says });
  };

  const hangs = ['server-silent'];
  await ldap('that takes the connection and says nothing', hangs, () => {});
  await ldap(
    'that hangs after the bind',
    hangs,
    afterBind(() => {}),
  );
  await ldap(
    'that hangs in the middle of an entry',
    hangs,
    afterBind((socket, id) => socket.write(message(id, entry('cn=x', { cn: 'Half' })).subarray(0, 20))),
  );
  await ldap('that sends garbage', ['server-garbage'], (socket) =>
    socket.write(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')),
  );
  await ldap(
    'that sends garbage after the bind',
    ['server-silent', 'server-unreadable', 'directory-trouble', 'server-hung-up', 'server-garbage'],
    afterBind((socket) => socket.write(Buffer.alloc(4096, 0xa5))),
  );
  await ldap('that sends 10 MB of garbage', ['server-garbage', 'server-too-much'], (socket) =>
    socket.write(Buffer.alloc(flood, 0x47)),
  );
  await ldap(
    'that claims an entry of 4 GB and sends 10 MB',
    ['server-too-much'],
    afterBind((socket, id) => {
      socket.write(
        Buffer.concat([Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0x00]), message(id, entry('cn=x', { cn: 'x' }))]),
      );
      socket.write(Buffer.alloc(flood, 0x41));
    }),
  );
  await ldap(
    'that sends 10 MB of people',
    ['server-too-much'],
    afterBind((socket, id) => {
      const one = message(id, entry('cn=flood', { cn: 'Nora Flood'.padEnd(200, 'x') }));
      const hundred = Buffer.concat(Array.from({ length: 100 }, () => one));
      for (let sent = 0; sent < flood; sent += hundred.length) socket.write(hundred);
    }),
  );
  await ldap('that hangs up', ['server-hung-up'], (socket) => socket.destroy());
  await ldap(
    'that hangs up after the bind',
    ['server-hung-up'],
    afterBind((socket) => socket.destroy()),
  );
  await ldap('that refuses the password', ['server-password'], (socket) =>
    socket.on('data', (data) => socket.write(message(requestId(data), result(0x61, 49)))),
  );
  await ldap(
    'that answers another question',
    hangs,
    afterBind((socket, id) => socket.write(message(id + 40, result(0x65, 0)))),
  );
  await ldap(
    'that answers a search with a bind',
    ['directory-trouble', 'server-silent', 'server-unreadable', 'server-stuck'],
    afterBind((socket, id) => socket.write(message(id, result(0x61, 0)))),
  );
  await ldap('with a certificate of nobody', ['server-certificate'], () => {}, 'tls', tls.createServer(certificate));
  await ldap(
    'that knows no TLS',
    ['server-no-tls', 'server-hung-up', 'server-silent'],
    (socket) => socket.on('data', () => socket.end('what?')),
    'tls',
  );
  await ldap(
    'that refuses StartTLS',
    ['server-no-starttls'],
    (socket) => socket.on('data', (data) => socket.write(message(requestId(data), result(0x78, 2)))),
    'starttls',
  );
  await ldap(
    'that hangs in StartTLS',
    hangs,
    (socket) =>
      socket.on(
        'data',
        (data) => data.includes(0x77) && data.length < 100 && socket.write(message(requestId(data), result(0x78, 0))),
      ),
    'starttls',
  );

  const multistatus = (inside: string) =>
    `<?xml version="1.0"?><multistatus xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav">${inside}</multistatus>`;
  const property = (href: string, prop: string) =>
    `<response><href>${href}</href><propstat><prop>${prop}</prop><status>HTTP/1.1 200 OK</status></propstat></response>`;
  const book = property('/book/', '<resourcetype><collection/><c:addressbook/></resourcetype>');
  const xml = (response: http.ServerResponse, body: string) =>
    response.writeHead(207, { 'content-type': 'application/xml' }).end(body);

  await dav('that takes the request and says nothing', hangs, () => {});
  await dav(
    'that hangs in the middle of its answer',
    hangs,
    (_request, response) => void response.writeHead(207).write(multistatus('').slice(0, 40)),
  );
  await dav('that sends garbage', ['server-garbage'], (_request, response) => xml(response, 'It works!'));
  await dav(
    'that is no HTTP',
    ['directory-trouble', 'server-garbage', 'server-hung-up'],
    () => {},
    net.createServer((socket) => socket.write('SSH-2.0-OpenSSH_9\r\n')) as http.Server,
  );
  await dav('that sends 10 MB of garbage', ['server-garbage'], (_request, response) =>
    xml(response, 'x'.repeat(flood)),
  );
  await dav('that sends without end', ['server-too-much'], (_request, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(2 ** 20, 0x3c)));
    };
    response.writeHead(207).on('drain', more);
    more();
  });
  await dav('that sends 10 MB of XML', ['server-garbage', 'server-no-book'], (_request, response) =>
    xml(response, multistatus('<a/>'.repeat(flood / 4))),
  );
  await dav('with an entity bomb', ['server-garbage'], (_request, response) =>
    xml(response, `<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${multistatus('&b;').slice(21)}`),
  );
  await dav('that refuses the password', ['server-password'], (_request, response) => response.writeHead(401).end());
  await dav('that forbids', ['server-forbids'], (_request, response) => response.writeHead(403).end());
  await dav('that has trouble of its own', ['directory-trouble'], (_request, response) =>
    response.writeHead(500).end(),
  );
  await dav('that knows no address book', ['server-no-book'], (_request, response) => response.writeHead(404).end());
  await dav('that sends elsewhere', ['server-redirects'], (_request, response) =>
    response.writeHead(301, { location: `http://localhost:${elsewhere}/` }).end(),
  );
  await dav('that sends round and round', ['server-redirects'], (request, response) =>
    response.writeHead(302, { location: `${request.url ?? ''}x` }).end(),
  );
  await dav('whose books are elsewhere', ['server-redirects'], (_request, response) =>
    xml(
      response,
      multistatus(
        property(
          '/book/',
          `<c:addressbook-home-set><href>http://localhost:${elsewhere}/</href></c:addressbook-home-set>`,
        ),
      ),
    ),
  );
  await dav('that lists cards it does not have', ['server-lies'], (request, response) => {
    if (request.method === 'REPORT') xml(response, multistatus(''));
    else if (request.headers['depth'] === '1')
      xml(response, multistatus(book + property('/book/a.vcf', '<getetag>1</getetag>')));
    else xml(response, multistatus(book));
  });
  await dav('that sends cards nobody asked for', ['server-lies'], (request, response) => {
    const card = 'BEGIN:VCARD&#13;&#10;FN:Stranger&#13;&#10;END:VCARD&#13;&#10;';
    if (request.method === 'REPORT')
      xml(response, multistatus(property('/other/x.vcf', `<c:address-data>${card}</c:address-data>`)));
    else if (request.headers['depth'] === '1')
      xml(response, multistatus(book + property('/book/a.vcf', '<getetag>1</getetag>')));
    else xml(response, multistatus(book));
  });
  await dav('with a certificate of nobody', ['server-certificate'], () => {}, https.createServer(certificate));

  return {
    list,
    strayed: () => strayed,
    close() {
      for (const socket of sockets) socket.destroy();
      for (const server of open) server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
