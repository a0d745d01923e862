// protocol.handle: the app's own schemes. Chromium cannot learn a scheme at run time, so app://main is shown to it as
// https://app-main.invalid and its requests are answered over CDP before they reach the network. `.invalid` (RFC 2606)
// can never be anybody's site, and as each host is a registrable domain of its own, each is a site of its own.
import type { Cdp, Protocol } from './cdp.ts';

export type Handler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, Handler>();

export const protocol = {
  registerSchemesAsPrivileged(_schemes: unknown): void {},
  handle(scheme: string, handler: Handler): void {
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle(scheme: string): void {
    handlers.delete(scheme);
  },
  isProtocolHandled(scheme: string): boolean {
    return handlers.has(scheme);
  },
};

/** app://main/x#y -> https://app-main.invalid/x#y; other URLs stay as they are. */
export function toPageUrl(url: string): string {
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url) ?? [];
  if (!handlers.has(scheme.toLowerCase())) return url;
  return `https://${scheme}-${host}.invalid${rest.startsWith('/') ? rest : `/${rest}`}`;
}

/** The way back. */
export function toAppUrl(url: string): string {
  const [, scheme = '', host = '', rest = ''] = /^https:\/\/([a-z0-9+.]+)-([^/]*)\.invalid(.*)$/is.exec(url) ?? [];
  return handlers.has(scheme) ? `${scheme}://${host}${rest}` : url;
}

/** `app://main` for app://main/index.html; `null` where a URL has no origin. */
export function originOf(url: string): string {
  try {
    const { origin, protocol: scheme, host } = new URL(url);
    return origin === 'null' && host !== '' ? `${scheme}//${host}` : origin;
  } catch {
    return 'null';
  }
}

/** Answers a paused request from the handler of its scheme; false when no handler has it. */
export async function answer(cdp: Cdp, paused: Protocol.Fetch.requestPausedPayload): Promise<boolean> {
  const url = toAppUrl(paused.request.url);
  const handler = handlers.get(url.slice(0, url.indexOf(':')));
  if (!handler) return false;
  // Chromium asks for an icon of each page by itself; Electron does not, and no app should have to answer.
  const icon = paused.resourceType === 'Other' && new URL(url).pathname === '/favicon.ico';
  const { status, headers, body } = icon ? nothing : await respond(handler, url, paused.request);
  await cdp.send('Fetch.fulfillRequest', {
    requestId: paused.requestId,
    responseCode: status,
    responseHeaders: headers,
    body: body.toString('base64'),
  });
  return true;
}

const nothing = { status: 204, headers: [], body: Buffer.alloc(0) };

async function respond(handler: Handler, url: string, request: Protocol.Network.Request) {
  try {
    const response = await handler(toRequest(url, request));
    const headers = [...response.headers].map(([name, value]) => ({ name, value: withPageOrigins(value) }));
    return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) };
  } catch (error) {
    console.error(`[host] The handler for ${url} failed:`, error);
    return { status: 500, headers: [], body: Buffer.alloc(0) };
  }
}

function toRequest(url: string, { method, headers, postData }: Protocol.Network.Request): Request {
  const initiator = headers['Origin'] ?? headers['origin'];
  const mapped = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    /^(origin|referer)$/i.test(name) ? toAppUrl(value) : value,
  ]);
  const request = new Request(url, { method, headers: mapped, ...(postData ? { body: postData } : {}) });
  return initiator ? Object.assign(request, { initiatorOrigin: toAppUrl(initiator) }) : request;
}

/** Origins named in a header (a content security policy, CORS) must be those that Chromium knows. */
function withPageOrigins(value: string): string {
  return value.replaceAll(/\b([a-z][a-z0-9+.-]*):\/\/([a-z0-9.-]+)/gi, (url, scheme: string, host: string) =>
    handlers.has(scheme.toLowerCase()) ? `https://${scheme}-${host}.invalid` : url,
  );
}
