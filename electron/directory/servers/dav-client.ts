// HTTP to a CardDAV server: one host, encrypted unless it is this computer, bounded in time and bytes. A password goes to
// the host that the person typed, or that stands for their domain, and to no other.
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { ProblemError } from '../../../contract/index.ts';
import { connectLimit, idleLimit, mostAnswerBytes, mostSyncBytes } from './limits.ts';
import { readMultistatus, type Multistatus } from './multistatus.ts';
import { garbage, passwordRefused, serverError, silent, tooMuch } from './problems.ts';
import { trust } from './trust.ts';

export interface DavRequest {
  method: 'PROPFIND' | 'REPORT';
  depth: '0' | '1';
  body: string;
}

export interface DavClientOptions {
  /** Its host is the only one that is spoken to. */
  start: URL;
  /** Absent: asked without a name. */
  user: string | undefined;
  password: string | null;
  caFile: string | undefined;
  /** Ends all requests together. */
  signal: AbortSignal;
  /** Absent: the system's. */
  lookup?: LookupFunction | undefined;
}

interface Answer {
  status: number;
  location: string | null;
  body: string;
}

const mostRedirects = 5;

export class DavClient {
  readonly start: URL;
  readonly #authorization: string | null;
  readonly #agent: http.Agent;
  readonly #signal: AbortSignal;
  #bytes = 0;

  /** Throws ProblemError for a CA file that cannot be read. */
  constructor({ start, user, password, caFile, signal, lookup }: DavClientOptions) {
    this.start = start;
    this.#authorization = user ? `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}` : null;
    this.#signal = signal;
    const options = { keepAlive: true, ...(lookup ? { lookup } : {}) };
    this.#agent =
      start.protocol === 'https:'
        ? new https.Agent({ ...options, secureContext: trust(caFile) })
        : new http.Agent(options);
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
