// One connection to an LDAP server (RFC 4511, RFC 4513): opened and bound when it is needed, kept while somebody types,
// and broken off when the server takes too long or sends too much.
import net from 'node:net';
import tls from 'node:tls';
import { Client, type Entry, type Filter } from 'ldapts';
import { ProblemError, type LdapServer } from '../../../contract/index.ts';
import { connectLimit, keepLimit, mostSearchBytes, searchLimit } from './limits.ts';
import { garbage, passwordRefused, serverError, silent, tooMuch } from './problems.ts';
import { trust } from './trust.ts';

export interface Asked {
  base: string;
  filter: Filter;
  attributes: string[];
  limit: number;
}

/** Entries that are asked for at once. */
const longestPage = 200;
/** BER: an LDAPMessage is a SEQUENCE (RFC 4511 section 4.1.1). */
const sequence = 0x30;

/** A connection that stands, or is being made. */
interface Open {
  client: Client;
  /** That came since the last search began. */
  bytes: number;
  /** Why it was broken off by us; says more than "closed". */
  fault: ProblemError | null;
}

export class LdapConnection {
  readonly #server: LdapServer;
  readonly #password: string | null;
  #open: Open | null = null;
  #opening: Promise<Open> | null = null;
  #idle: NodeJS.Timeout | null = null;

  constructor(server: LdapServer, password: string | null) {
    this.#server = server;
    this.#password = password;
  }

  /** Up to `limit` entries; `more`: the server has others. Throws what ldapts, the network or our limits throw. */
  async search(asked: Asked): Promise<{ entries: Entry[]; more: boolean }> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(silent(this.#server.host));
        this.close();
      }, searchLimit);
    });
    try {
      return await Promise.race([this.#searched(asked), late]);
    } finally {
      clearTimeout(timer);
      this.#keep();
    }
  }

  close(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    const open = this.#open;
    this.#open = null;
    this.#opening = null;
    // It may be broken already; then there is nobody to say goodbye to.
    void open?.client.unbind().catch(() => {});
  }

  async #searched(asked: Asked): Promise<{ entries: Entry[]; more: boolean }> {
    const wasKept = this.#open?.client.isConnected === true;
    try {
      return await this.#once(asked);
    } catch (error) {
      this.close();
      // A server may have closed a connection that was kept; that says nothing about the server.
      if (!wasKept || error instanceof ProblemError || !/closed|Socket/i.test(String(error))) throw error;
      return this.#once(asked);
    }
  }

  async #once({ base, filter, attributes, limit }: Asked): Promise<{ entries: Entry[]; more: boolean }> {
    const open = await this.#connected();
    open.bytes = 0;
    const entries: Entry[] = [];
    try {
      const pages = open.client.searchPaginated(base, {
        scope: 'sub',
        filter,
        attributes,
        // One more than is wanted tells that there are more, and is all that a server without paging sends.
        sizeLimit: limit + 1,
        timeLimit: Math.ceil(searchLimit / 1000),
        paged: { pageSize: Math.min(limit + 1, longestPage) },
      });
      for await (const { searchEntries } of pages) {
        entries.push(...searchEntries);
        if (entries.length > limit) return { entries: entries.slice(0, limit), more: true };
      }
    } catch (error) {
      throw open.fault ?? error;
    }
    return { entries, more: false };
  }

  /** The one that stands, the one that is being made, or a new one. */
  #connected(): Promise<Open> {
    if (this.#open?.client.isConnected) return Promise.resolve(this.#open);
    const opening = this.#opening ?? this.#connect();
    this.#opening = opening;
    const done = () => {
      if (this.#opening === opening) this.#opening = null;
    };
    opening.then(done, done);
    return opening;
  }

  async #connect(): Promise<Open> {
    const { security, bindDn } = this.#server;
    const host = this.#server.host.replace(/^\[|\]$/g, '');
    const tlsOptions: tls.ConnectionOptions = {
      host,
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
      ...(security === 'none' ? {} : { secureContext: trust(this.#server.caFile) }),
    };
    const port = this.#server.port ?? (security === 'tls' ? 636 : 389);
    const watched = <Connect extends typeof net.connect | typeof tls.connect>(connect: Connect, isPlain: boolean) =>
      new Proxy(connect, {
        apply: (target, self, given) => {
          const socket: net.Socket = Reflect.apply(target, self, given);
          this.#watch(socket, open, isPlain);
          return socket;
        },
      });
    const client = new Client({
      url: `${security === 'tls' ? 'ldaps' : 'ldap'}://${this.#server.host}:${port}`,
      connectTimeout: connectLimit,
      timeout: searchLimit,
      strictDN: false,
      ...(security === 'tls' ? { tlsOptions } : {}),
      createConnection: watched(net.connect, security === 'none'),
      createSecureConnection: watched(tls.connect, true),
    });
    const open: Open = { client, bytes: 0, fault: null };
    this.#open = open;
    try {
      if (security === 'starttls') await client.startTLS(tlsOptions);
      // RFC 4513 section 5.1.2: a name without a password would be taken for nobody, and everything would seem right.
      if (bindDn && !this.#password) throw passwordRefused(host, 'There is no password.');
      await client.bind(bindDn ?? '', bindDn ? (this.#password ?? '') : '');
      return open;
    } catch (error) {
      throw open.fault ?? error;
    }
  }

  /** Counts what comes, and looks at how it begins: ldapts waits for ever for the end of what is no LDAP. */
  #watch(socket: net.Socket, open: Open, isReadable: boolean): void {
    let isFirst = true;
    const breakOff = (fault: ProblemError) => {
      open.fault ??= fault;
      socket.destroy(fault);
    };
    socket.on('data', (data: Buffer) => {
      open.bytes += data.length;
      if (isReadable && isFirst && data[0] !== sequence) {
        breakOff(garbage(this.#server.host, 'LDAP', data.subarray(0, 16).toString('hex')));
      } else if (open.bytes > mostSearchBytes) breakOff(tooMuch(this.#server.host));
      isFirst = false;
    });
  }

  /** Closed when nobody types any more. */
  #keep(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.close(), keepLimit);
    this.#idle.unref();
  }
}

/** ldapts' errors of LDAP result codes (RFC 4511 appendix A) in words; null: it is none of those. */
export function ldapProblem(error: unknown, { host, security }: LdapServer): ProblemError | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'number') return timedOut(error, host);
  const detail = `${error.code} ${error.message}`;
  // A protocol error or "unavailable" is what a server without StartTLS answers to it (RFC 4511 section 4.14.2).
  if (security === 'starttls' && (error.code === 2 || error.code === 52)) {
    return serverError(
      'server-no-starttls',
      `${host} does not offer StartTLS. Choose TLS, or another port.`,
      'security',
      detail,
    );
  }
  switch (error.code) {
    case 3:
      return silent(host);
    case 49:
      return passwordRefused(host, detail);
    case 8:
    case 13:
      return serverError(
        'server-wants-encryption',
        `${host} wants an encrypted connection. Choose TLS or StartTLS.`,
        'security',
        detail,
      );
    case 32:
    case 34:
      return serverError(
        'server-base',
        `${host} does not have this part of the directory. Check the base.`,
        'baseDn',
        detail,
      );
    case 48:
    case 50:
    case 53:
      return serverError(
        'server-forbids',
        `${host} does not let this name search. Give one that may, with its password.`,
        'password',
        detail,
      );
    default:
      return serverError(
        'directory-trouble',
        `${host} could not answer (${error.name.replace(/Error$/, '')}). Ask its administrator.`,
        undefined,
        detail,
      );
  }
}

/** How ldapts says that the connection ended: while it waited, before it could ask, or with the system's word for it. */
const hungUp = /^(Connection closed before|Socket connection not established|Socket error\b[^]*\b(ECONNRESET|EPIPE)\b)/;

function timedOut(error: unknown, host: string): ProblemError | null {
  const message = error instanceof Error ? error.message : '';
  if (/timeout|timed out/i.test(message)) return silent(host);
  return hungUp.test(message)
    ? serverError(
        'server-hung-up',
        `${host} hung up in the middle of its answer. Try again, or ask its administrator.`,
        'host',
        message,
      )
    : null;
}
