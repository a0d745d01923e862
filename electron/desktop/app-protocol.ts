// app://: the three origins of the windows, served from the built renderer with a strict content security policy.
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Protocol } from 'electron';

export const SCHEME = 'app';
export type WindowName = 'main' | 'incoming' | 'media';
export const windowNames: readonly WindowName[] = ['main', 'incoming', 'media'];

export function originOf(name: WindowName): string {
  return `${SCHEME}://${name}`;
}

/** The window that this origin belongs to; null for every other. */
export function windowOfOrigin(origin: string): WindowName | null {
  return windowNames.find((name) => originOf(name) === origin) ?? null;
}

/** No inline script or style, no connection anywhere: windows talk to the main process and to nobody else. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'self' blob: mediastream:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wav': 'audio/wav',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Must run before the app is ready. */
export function registerScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/** Serves `root` (dist/renderer): `/` and `/index.html` are the origin's own page, everything else a shared asset. */
export function serveApp(protocol: Protocol, root: string): void {
  protocol.handle(SCHEME, async (request) => {
    const file = fileFor(request.url, root);
    if (file === null || request.method !== 'GET') return answer(404, 'text/plain', 'Not found');
    try {
      return answer(200, types[extname(file)] ?? 'application/octet-stream', await readFile(file));
    } catch {
      return answer(404, 'text/plain', 'Not found');
    }
  });
}

/** The file for a URL, confined to `root`; null where there is none to serve. */
export function fileFor(url: string, root: string): string | null {
  const { protocol, host, pathname } = new URL(url);
  const name = windowOfOrigin(`${protocol}//${host}`);
  if (name === null) return null;
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (path.includes('\0')) return null;
  const page = path === '/' || path === '/index.html';
  const file = normalize(join(root, page ? `${name}/index.html` : path));
  const inside = file.startsWith(normalize(root) + sep);
  return inside && (page || file.startsWith(join(normalize(root), 'assets') + sep)) ? file : null;
}

function answer(status: number, type: string, body: string | Uint8Array): Response {
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), {
    status,
    headers: {
      'content-type': type,
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
  });
}
