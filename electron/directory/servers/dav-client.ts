// HTTP to a CardDAV server: one host, encrypted unless it is this computer, bounded in time and bytes. A password goes to
// the host that the person typed and to no other.
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { CardDavServer, ProblemError } from '../../../contract/index.ts';
import { connectLimit, idleLimit, mostAnswerBytes, mostSyncBytes } from './limits.ts';
import { readMultistatus, type Multistatus } from './multistatus.ts';
import { garbage, passwordRefused, serverError, silent, tooMuch } from './problems.ts';
import { trust } from './trust.ts';

export interface DavRequest {
  method: 'PROPFIND' | 'REPORT';
  depth: '0' | '1';
  body: string;
}

interface Answer {
  status: number;
  location: string | null;
  body: string;
}

const mostRedirects = 5;

export class DavClient {
  /** As it was typed, with https where there was no scheme. */
  readonly start: URL;
  readonly #authorization: string | null;
  readonly #agent: http.Agent;
  readonly #signal: AbortSignal;
  #bytes = 0;

  /** Throws ProblemError for an address that is none, or not encrypted. `limit`: ms for all requests together. */
  constructor(server: CardDavServer, password: string | null, limit: number) {
    this.start = addressOf(server);
    const { user } = server;
    this.#authorization = user ? `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}` : null;
    this.#signal = AbortSignal.timeout(limit);
    this.#agent =
      this.start.protocol === 'https:'
        ? new https.Agent({ keepAlive: true, secureContext: trust(server.caFile) })
        : new http.Agent({ keepAlive: true });
  }

  get host(): string {
    return this.start.hostname;
  }

  close(): void {
    this.#agent.destroy();
  }

  /** The multistatus, and where it was found. null where there is none: 404 and 405. Throws for everything else. */
  async ask(url: URL, request: DavRequest): Promise<{ url: URL; multistatus: Multistatus } | null> {
    let at = url;
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const { status, location, body } = await this.#send(at, request);
      if ([301, 302, 303, 307, 308].includes(status) && location !== null) {
        at = this.resolve(location, at);
        continue;
      }
      if (status === 404 || status === 405 || status === 410) return null;
      this.#refuse(status, body);
      return { url: at, multistatus: this.#read(body) };
    }
    throw serverError(
      'server-redirects',
      `${this.host} sends from one place to the next without end. Ask its administrator.`,
      'url',
    );
  }

  /** Where a link of the server leads. Throws ProblemError when it leads to another host, or out of the encryption. */
  resolve(href: string, base: URL): URL {
    if (!URL.canParse(href, base)) throw garbage(this.host, 'CardDAV', href.slice(0, 200));
    const url = new URL(href, base);
    const isSame = url.hostname === this.start.hostname && url.protocol === this.start.protocol;
    if (isSame) return url;
    throw serverError(
      'server-redirects',
      `${this.host} sends you on to ${url.origin.slice(0, 200)}. If that is your server, type it as the address; nothing was sent there.`,
      'url',
    );
  }

  #read(body: string): Multistatus {
    try {
      return readMultistatus(body);
    } catch (error) {
      throw garbage(this.host, 'a CardDAV address book', error instanceof Error ? error.message : String(error));
    }
  }

  #refuse(status: number, body: string): void {
    if (status >= 200 && status < 300) return;
    const detail = `${status} ${body.slice(0, 200)}`;
    if (status === 401) throw passwordRefused(this.host, detail);
    if (status === 403) {
      throw serverError(
        'server-forbids',
        `${this.host} does not let this name read the address book.`,
        'password',
        detail,
      );
    }
    if (status >= 500) {
      throw serverError(
        'directory-trouble',
        `${this.host} has trouble of its own (${status}). It is asked again later.`,
        undefined,
        detail,
      );
    }
    throw garbage(this.host, 'a CardDAV address book', detail);
  }

  #send(url: URL, { method, depth, body }: DavRequest): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = (url.protocol === 'https:' ? https : http).request(url, {
        method,
        agent: this.#agent,
        signal: this.#signal,
        headers: {
          'content-type': 'application/xml; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          accept: 'application/xml, text/xml',
          'accept-encoding': 'identity',
          depth,
          ...(this.#authorization === null ? {} : { authorization: this.#authorization }),
        },
      });
      // The request's own error would only say that it was aborted.
      let fault: ProblemError | null = null;
      const giveUp = (why: ProblemError) => {
        fault ??= why;
        request.destroy(why);
      };
      let timer = setTimeout(() => giveUp(silent(this.host)), connectLimit + idleLimit);
      const alive = () => {
        clearTimeout(timer);
        timer = setTimeout(() => giveUp(silent(this.host)), idleLimit);
      };
      request.on('error', (error) => {
        clearTimeout(timer);
        reject(fault ?? (this.#signal.aborted ? silent(this.host) : error));
      });
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          alive();
          length += chunk.length;
          this.#bytes += chunk.length;
          if (length > mostAnswerBytes || this.#bytes > mostSyncBytes) giveUp(tooMuch(this.host));
          else chunks.push(chunk);
        });
        response.on('error', (error) => reject(fault ?? error));
        response.on('end', () => {
          clearTimeout(timer);
          const status = response.statusCode ?? 0;
          resolve({
            status,
            location: response.headers.location ?? null,
            body: Buffer.concat(chunks).toString('utf8'),
          });
        });
      });
      request.end(body);
    });
  }
}

function addressOf({ url: typed, allowPlain }: CardDavServer): URL {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw serverError('server-address', 'An address looks like https://dav.company.com.', 'url');
  }
  if (url.username !== '' || url.password !== '') {
    throw serverError(
      'server-address',
      'Leave name and password out of the address: they have fields of their own.',
      'url',
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && allowPlain !== true) {
    throw serverError(
      'server-not-encrypted',
      'This address is not encrypted: your password could be read on the way. Use https, or allow it below.',
      'url',
    );
  }
  return url;
}

function isLoopback(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return bare === 'localhost' || bare === '::1' || (net.isIPv4(bare) && bare.startsWith('127.'));
}
