// Kamailio as registrar and proxy for one domain: UDP, TCP, TLS, WS and WSS, digest, no database.
import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeCertificate } from './certificate.ts';
import { findProgram, startChild, type Child } from './child.ts';
import { freePort } from './ports.ts';

/** Debian packages a caller must have for {@link startKamailio}. */
export const kamailioPackages =
  'kamailio kamailio-tls-modules kamailio-websocket-modules kamailio-outbound-modules kamailio-presence-modules kamailio-extra-modules';

export interface KamailioOptions {
  domain?: string;
  /** Further domains it serves. */
  aliases?: readonly string[];
  address?: string;
  /** Given ports; those that are absent are chosen. */
  ports?: Partial<KamailioPorts>;
  /** True (default): proxies stay in the path; false: ACK and BYE go straight to the peer. */
  recordRoute?: boolean;
  algorithm?: 'MD5' | 'SHA-256';
  /** Seconds until a nonce is stale. */
  nonceExpire?: number;
  /** Nonce counts must rise. */
  nonceCount?: boolean;
  /** host:port of a registrar: this one is only the edge proxy before it, and its certificate is for that one's domain. */
  edgeOf?: string;
  /** Network namespace, for the trapezoid. */
  netns?: string;
}

export interface KamailioPorts {
  /** UDP and TCP. */
  sip: number;
  tls: number;
  ws: number;
  wss: number;
}

export interface Kamailio {
  readonly domain: string;
  readonly address: string;
  readonly ports: KamailioPorts;
  /** For an account's `caFile`. The certificate is for the domain, `sip.` + domain and the address. */
  readonly caFile: string;
  readonly folder: string;
  /** `account.server` for this transport: host:port, or a ws/wss URL. */
  server(transport: 'udp' | 'tcp' | 'tls' | 'ws' | 'wss'): string;
  /** `kamcmd`, such as `ul.dump` (who is registered) or `tm.stats`. */
  command(...words: string[]): Promise<string>;
  /** Contacts of a user as the registrar has them now. */
  contacts(user: string): Promise<string[]>;
  /** Ends it at once, as a crash would; {@link start} brings it back on the same ports with empty tables. */
  kill(): Promise<void>;
  start(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  log(): string;
  stop(): Promise<void>;
}

/** Starts a server whose users alice, bob, carol, dave, x and y all have the password `secret`. Resolves when it answers. */
export async function startKamailio(options: KamailioOptions = {}): Promise<Kamailio> {
  const domain = options.domain ?? 'test.local';
  const address = options.address ?? '127.0.0.1';
  const choose = (given: number | undefined): Promise<number> | number => given ?? freePort(address);
  const ports: KamailioPorts = {
    sip: await choose(options.ports?.sip),
    tls: await choose(options.ports?.tls),
    ws: await choose(options.ports?.ws),
    wss: await choose(options.ports?.wss),
  };
  const folder = mkdtempSync(join(tmpdir(), 'hs-kam-'));
  const files = makeCertificate(folder, [domain, `sip.${domain}`, ...(options.aliases ?? [])], [address]);
  writeFileSync(
    join(folder, 'tls.cfg'),
    `[server:default]\nmethod = TLSv1.2+\nverify_certificate = no\nrequire_certificate = no\n` +
      `private_key = ${files.keyFile}\ncertificate = ${files.certFile}\n` +
      `[client:default]\nmethod = TLSv1.2+\nverify_certificate = no\n`,
  );
  const values: Record<string, string> = {
    ALIASES: [domain, ...(options.aliases ?? [])].map((name) => `alias="${name}"`).join('\n'),
    DOMAIN: domain,
    IP: address,
    PORT: String(ports.sip),
    TLSPORT: String(ports.tls),
    WSPORT: String(ports.ws),
    WSSPORT: String(ports.wss),
    RRFLAG: options.recordRoute === false ? 'NORR' : 'RR',
    RUN: folder,
    NONCE_EXPIRE: String(options.nonceExpire ?? 300),
    NC: options.nonceCount === true ? '1' : '0',
    ALGORITHM: options.algorithm ?? 'MD5',
    HOME: options.edgeOf ?? '',
  };
  const name = options.edgeOf === undefined ? 'kamailio.cfg.in' : 'kamailio-edge.cfg.in';
  const template = readFileSync(join(import.meta.dirname, name), 'utf8');
  const configFile = join(folder, 'kamailio.cfg');
  writeFileSync(
    configFile,
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`@${name}@`, value), template),
  );
  mkdirSync(join(folder, 'run'));

  let child: Child | null = null;
  const start = async (): Promise<void> => {
    rmSync(join(folder, 'ctl.sock'), { force: true });
    child = startChild('kamailio', ['-DD', '-E', '-m', '64', '-M', '8', '-f', configFile], {
      logFile: join(folder, 'log'),
      netns: options.netns,
    });
    if (options.netns === undefined) await answering(address, ports.sip, child);
    // In a namespace OPTIONS cannot reach it from here: its children say when they are ready.
    else await child.waitFor(/listening|Listening|init_child|worker process|init_mod_child/, 15_000);
  };
  const end = async (): Promise<void> => {
    await child?.stop();
    child = null;
  };
  await start();

  const kamailio: Kamailio = {
    domain,
    address,
    ports,
    caFile: files.caFile,
    folder,
    server(transport) {
      const host = address.includes(':') ? `[${address}]` : address;
      if (transport === 'ws') return `ws://${host}:${ports.ws}`;
      if (transport === 'wss') return `wss://${host}:${ports.wss}`;
      return `${host}:${transport === 'tls' ? ports.tls : ports.sip}`;
    },
    async command(...words) {
      const socket = `unix:${join(folder, 'ctl.sock')}`;
      const { stdout } = await promisify(execFile)(findProgram('kamcmd') ?? 'kamcmd', ['-s', socket, ...words]);
      return stdout;
    },
    async contacts(user) {
      const text = await kamailio.command('ul.lookup', 'location', `${user}@${domain}`).catch(() => '');
      return [...text.matchAll(/^\s*Address: (\S+)/gm)].map((match) => match[1] ?? '');
    },
    async kill() {
      await child?.kill();
      child = null;
    },
    start,
    signal: (signal) => child?.signal(signal),
    log: () => readFileSync(join(folder, 'log'), 'utf8'),
    async stop() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return kamailio;
}

/** Asks with OPTIONS over UDP until the server answers. */
async function answering(address: string, port: number, child: Child): Promise<void> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  const host = address.includes(':') ? `[${address}]` : address;
  try {
    await new Promise<void>((resolve, reject) => {
      let tries = 0;
      const ask = (): void => {
        tries += 1;
        if (child.exited || tries > 300) {
          clearInterval(timer);
          reject(new Error(`Kamailio did not start:\n${child.output().slice(-2000)}`));
          return;
        }
        const own = socket.address();
        const request =
          `OPTIONS sip:${host}:${port} SIP/2.0\r\nVia: SIP/2.0/UDP ${host}:${own.port};rport;branch=z9hG4bKup${tries}\r\n` +
          `From: <sip:up@${host}>;tag=up\r\nTo: <sip:${host}:${port}>\r\nCall-ID: up-${tries}\r\nCSeq: 1 OPTIONS\r\n` +
          'Max-Forwards: 5\r\nContent-Length: 0\r\n\r\n';
        socket.send(request, port, address);
      };
      const timer = setInterval(ask, 50);
      socket.on('error', () => {
        // Nobody listens yet.
      });
      socket.once('message', () => {
        clearInterval(timer);
        resolve();
      });
      socket.bind(0, address, ask);
    });
  } finally {
    socket.close();
  }
}
