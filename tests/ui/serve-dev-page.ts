// Builds the dev page and serves it on loopback under the product's content policy: for screenshots and UI tests.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'";

export interface DevServer {
  /** Ends with a slash; add `?scene=offline&theme=dark&platform=linux`. */
  url: string;
  close(): Promise<void>;
}

export async function serveDevPage(): Promise<DevServer> {
  const outDir = await mkdtemp(join(tmpdir(), 'hookswitch-dev-'));
  const root = resolve(import.meta.dirname, '../../renderer');
  await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      target: 'esnext',
      modulePreload: { polyfill: false },
      rollupOptions: { input: resolve(root, 'dev/index.html') },
    },
  });
  const server = createServer((request, response) => {
    void (async () => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const file = normalize(join(outDir, pathname.endsWith('/') ? `${pathname}index.html` : pathname));
      try {
        const body = await readFile(file.startsWith(outDir) ? file : outDir);
        const type = types[extname(file)] ?? 'application/octet-stream';
        response.writeHead(200, { 'content-type': type, 'content-security-policy': policy }).end(body);
      } catch {
        response.writeHead(404).end();
      }
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The dev server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/dev/`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
