// TLS and WebSocket flows on loopback, with certificates of many kinds (RFC 5922, RFC 7118).
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { deferred, handClock } from './testing.ts';
import { address, at, closeAll, closers, deadPort, hello, makeNet, methodOf, rejection } from './testing-net.ts';

afterEach(closeAll);

describe('TLS', () => {
  let directory: string;
  const file = (name: string): string => path.join(directory, name);

  /** A certificate of its own authority with these alternative names. */
  function certificate(name: string, subject: string, names: string | null): void {
    const alternative = names === null ? [] : ['-addext', `subjectAltName=${names}`];
    const keys = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const out = ['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)];
    execFileSync('openssl', ['req', '-x509', ...keys, '-days', '2', '-subj', subject, ...alternative, ...out], {
      stdio: 'ignore',
    });
  }

  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'tls-'));
    certificate('good', '/CN=a.test', 'DNS:a.test,IP:127.0.0.1');
    certificate('uri', '/CN=a.test', 'URI:sip:a.test,DNS:other.test');
    certificate('wildcard', '/CN=a.test', 'DNS:*.b.test');
    certificate('common-name', '/CN=a.test', null);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  async function serve(name: string): Promise<{ port: number; received: string[]; socket: Promise<tls.TLSSocket> }> {
    const received: string[] = [];
    const connection = deferred<tls.TLSSocket>();
    const server = tls.createServer({
      key: readFileSync(file(`${name}.key`)),
      cert: readFileSync(file(`${name}.pem`)),
    });
    server.on('secureConnection', (socket) => {
      socket.on('data', (chunk) => received.push(chunk.toString()));
      socket.on('error', () => {});
      connection.resolve(socket);
    });
    server.on('tlsClientError', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    return { port: address(server).port, received, socket: connection.promise };
  }

  test('a certificate for the domain, of an authority we were given, is good', async () => {
    const one = makeNet();
    const server = await serve('good');
    const flow = await one.open(at('tls', server.port, { domain: 'a.test', caFile: file('good.pem') }));
    expect(flow.reliable).toBe(true);
    const socket = await server.socket;
    socket.write(hello('NOTIFY'));
    expect(methodOf(await one.event())).toBe('NOTIFY');
    socket.destroy();
    expect(await one.event()).toMatchObject({ closed: true });
  });

  test('the authority may also come from the accounts’ settings', async () => {
    const one = makeNet({ tls: () => ({ ca: readFileSync(file('good.pem'), 'utf8') }) });
    const server = await serve('good');
    expect((await one.open(at('tls', server.port, { domain: 'a.test' }))).open).toBe(true);
  });

  test('an address that was asked for must stand in the certificate as an address', async () => {
    const server = await serve('good');
    expect((await makeNet().open(at('tls', server.port, { caFile: file('good.pem') }))).open).toBe(true);
    const other = await serve('uri');
    const error = await rejection(makeNet().open(at('tls', other.port, { caFile: file('uri.pem') })));
    expect(error.kind).toBe('certificate');
  });

  test.each([
    ['uri', 'a.test', true],
    ['uri', 'other.test', false],
    ['good', 'b.test', false],
    ['wildcard', 'a.b.test', false],
    ['common-name', 'a.test', false],
  ])('certificate "%s" for %s: %s', async (name, domain, good) => {
    const server = await serve(name);
    const opened = makeNet().open(at('tls', server.port, { domain, caFile: file(`${name}.pem`) }));
    if (good) expect((await opened).open).toBe(true);
    else expect(await rejection(opened)).toMatchObject({ kind: 'certificate' });
    expect(server.received).toEqual([]);
  });

  const pinOf = (name: string): string => new X509Certificate(readFileSync(file(`${name}.pem`))).fingerprint256;

  test('a pinned certificate is good though nobody vouches for it and it has no name; any other is not', async () => {
    const server = await serve('common-name');
    const pinned = at('tls', server.port, { domain: 'a.test', pinnedCertificate: pinOf('common-name') });
    expect((await makeNet().open(pinned)).open).toBe(true);
    const other = await rejection(makeNet().open({ ...pinned, pinnedCertificate: pinOf('good') }));
    expect(other).toMatchObject({ kind: 'certificate', code: 'CERT_NOT_PINNED' });
    expect(server.received).toEqual([]);
  });

  test('a wildcard is good for an account that takes it, and that connection serves no other account', async () => {
    const one = makeNet();
    const server = await serve('wildcard');
    const target = at('tls', server.port, { domain: 'a.b.test', caFile: file('wildcard.pem') });
    expect((await one.open({ ...target, allowWildcard: true })).open).toBe(true);
    expect(await rejection(one.open(target))).toMatchObject({ code: 'CERT_WILDCARD' });
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('a reconnect by %s takes the session up again', async (version) => {
    const one = makeNet();
    const reused: boolean[] = [];
    const server = tls.createServer({
      key: readFileSync(file('good.key')),
      cert: readFileSync(file('good.pem')),
      minVersion: version,
      maxVersion: version,
    });
    server.on('secureConnection', (socket) => {
      reused.push(socket.isSessionReused());
      socket.write(hello());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    const target = at('tls', address(server).port, { domain: 'a.test', caFile: file('good.pem') });
    for (let i = 0; i < 2; i += 1) {
      const flow = await one.open(target);
      // A message has come, so its ticket has, too.
      await one.event();
      flow.close();
      expect(await one.event()).toMatchObject({ closed: true });
    }
    expect(reused).toEqual([false, true]);
    const elsewhere = await rejection(one.open({ ...target, domain: 'b.test' }));
    expect(elsewhere.code).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  test('TLS below 1.2 is refused', async () => {
    const server = tls.createServer({
      key: readFileSync(file('good.key')),
      cert: readFileSync(file('good.pem')),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    server.on('tlsClientError', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    const error = await rejection(makeNet().open(at('tls', address(server).port, { domain: 'a.test' })));
    expect(error.kind).toBe('tls');
  });

  test('a certificate that nobody vouches for is refused', async () => {
    const server = await serve('good');
    const error = await rejection(makeNet().open(at('tls', server.port, { domain: 'a.test' })));
    expect(error).toMatchObject({ kind: 'certificate', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });

  test('a file of authorities that is not there is named', async () => {
    const error = await rejection(makeNet().open(at('tls', 1, { domain: 'a.test', caFile: file('none.pem') })));
    expect(error).toMatchObject({
      kind: 'certificate',
      message: `The certificate file ${file('none.pem')} could not be read.`,
    });
  });

  test('a server that speaks no TLS is told apart from a bad certificate', async () => {
    const server = net.createServer((socket) => socket.end('hello\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    expect((await rejection(makeNet().open(at('tls', address(server).port)))).kind).toBe('tls');
  });

  test('a server that says nothing is given up', async () => {
    const server = net.createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    const clock = handClock();
    const opened = rejection(makeNet({ clock }).open(at('tls', address(server).port)));
    await new Promise((resolve) => server.once('connection', resolve));
    clock.turn(16_000);
    expect((await opened).kind).toBe('timeout');
  });

  test('two names at one address get a connection each; an address of Record-Route shares', async () => {
    const one = makeNet();
    const server = await serve('good');
    const caFile = file('good.pem');
    const flow = await one.open(at('tls', server.port, { domain: 'a.test', caFile }));
    expect((await rejection(one.open(at('tls', server.port, { domain: 'b.test', caFile })))).kind).toBe('certificate');
    expect(await one.open(at('tls', server.port, { domain: '127.0.0.1' }))).toBe(flow);
    expect(await one.open(at('tls', server.port, { domain: '127.0.0.1', caFile }), { exact: true })).not.toBe(flow);
  });

  test('WSS checks certificates in the same way', async () => {
    const https: HttpsServer = createHttpsServer({
      key: readFileSync(file('good.key')),
      cert: readFileSync(file('good.pem')),
    });
    const sockets = new WebSocketServer({ server: https, handleProtocols: () => 'sip' });
    await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      sockets.close();
      https.close();
    });
    const { port } = address(https);
    const flow = await makeNet().open(at('wss', port, { domain: 'a.test', caFile: file('good.pem') }));
    expect(flow.transport).toBe('wss');
    const error = await rejection(makeNet().open(at('wss', port, { domain: 'b.test', caFile: file('good.pem') })));
    expect(error.kind).toBe('certificate');
    flow.close();
  });

  test('WSS takes one leftmost wildcard label, as HTTPS does, and a pinned certificate', async () => {
    const https: HttpsServer = createHttpsServer({
      key: readFileSync(file('wildcard.key')),
      cert: readFileSync(file('wildcard.pem')),
    });
    const sockets = new WebSocketServer({ server: https, handleProtocols: () => 'sip' });
    await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      sockets.close();
      https.close();
    });
    const { port } = address(https);
    const trusted = makeNet().open(at('wss', port, { domain: 'a.b.test', caFile: file('wildcard.pem') }));
    expect((await trusted).transport).toBe('wss');
    const pinned = makeNet().open(at('wss', port, { domain: 'z.test', pinnedCertificate: pinOf('wildcard') }));
    expect((await pinned).transport).toBe('wss');
    (await trusted).close();
    (await pinned).close();
  });
});

describe('WebSocket', () => {
  let server: WebSocketServer;
  beforeEach(async () => {
    server = new WebSocketServer({
      host: '127.0.0.1',
      port: 0,
      handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
    });
    await new Promise((resolve) => server.once('listening', resolve));
    closers.push(() => {
      for (const client of server.clients) client.terminate();
      server.close();
    });
  });

  test('a message is a frame, and sent-by is a name that cannot be resolved', async () => {
    const one = makeNet();
    const asked = deferred<string | undefined>();
    const frame = deferred<string>();
    server.once('connection', (socket, request) => {
      asked.resolve(request.headers.host);
      socket.on('message', (data: Buffer, isBinary) => {
        frame.resolve(`${isBinary ? 'binary' : 'text'} ${data.toString()}`);
        socket.send(hello('NOTIFY'));
      });
    });
    const { port } = address(server);
    const flow = await one.open(at('ws', port, { domain: 'localhost', path: '/ws' }));
    expect(flow.sentBy).toMatch(/^[0-9a-f]{16}\.invalid$/);
    expect(await asked.promise).toBe(`localhost:${port}`);
    await flow.send(hello());
    expect(await frame.promise).toBe(`text ${hello().toString()}`);
    expect(methodOf(await one.event())).toBe('NOTIFY');
  });

  test('a lost connection is reported', async () => {
    const one = makeNet();
    const flow = await one.open(at('ws', address(server).port));
    for (const client of server.clients) client.terminate();
    expect(await one.event()).toMatchObject({ closed: true });
    expect(flow.open).toBe(false);
  });

  test('a server without subprotocol sip is none', async () => {
    server.options.handleProtocols = () => false;
    expect((await rejection(makeNet().open(at('ws', address(server).port)))).kind).toBe('websocket');
  });

  test('a port where nobody listens refuses', async () => {
    expect((await rejection(makeNet().open(at('ws', await deadPort())))).kind).toBe('refused');
  });
});
