// One tool, one configuration, three outputs: the main process with its helpers, the preload, and the windows.
import { rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const builtins = [...builtinModules, ...builtinModules.map((name) => `node:${name}`), 'node:sqlite'];
const root = import.meta.dirname;

/** CommonJS for Electron's main process, its utility processes and the sandboxed preload (one file each). */
function commonJs(input: Record<string, string>, platform: 'node' | 'browser') {
  const external = ['electron', 'node-hid', ...builtins];
  return {
    consumer: 'server' as const,
    resolve: { noExternal: true as const, external: ['electron', 'node-hid'] },
    build: {
      outDir: resolve(root, 'dist'),
      emptyOutDir: false,
      ssr: true,
      minify: false,
      rollupOptions: {
        input,
        platform,
        external,
        output: { format: 'cjs' as const, entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  };
}

export default defineConfig({
  root: resolve(root, 'renderer'),
  base: './',
  plugins: [react()],
  builder: {
    async buildApp(builder) {
      rmSync(resolve(root, 'dist'), { recursive: true, force: true }); // no chunk of an earlier build
      for (const name of ['client', 'main', 'preload']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
  environments: {
    client: {
      build: {
        outDir: resolve(root, 'dist/renderer'),
        emptyOutDir: true,
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rollupOptions: {
          // The design system's modules do nothing but define; only their styles act, so a window takes just what it uses.
          treeshake: { moduleSideEffects: (id) => id.endsWith('.css') || !/renderer\/common\//.test(id) },
          input: {
            main: resolve(root, 'renderer/main/index.html'),
            incoming: resolve(root, 'renderer/incoming/index.html'),
            media: resolve(root, 'renderer/media/index.html'),
          },
        },
      },
    },
    main: commonJs(
      {
        main: resolve(root, 'electron/main.ts'),
        engine: resolve(root, 'electron/media/engine/main.ts'),
        library: resolve(root, 'electron/store/library-worker.ts'),
        server: resolve(root, 'electron/directory/servers/server-worker.ts'),
        'headset-host': resolve(root, 'electron/headset/host/main.ts'),
      },
      'node',
    ),
    preload: commonJs({ preload: resolve(root, 'electron/preload.ts') }, 'browser'),
  },
});
