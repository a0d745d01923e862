// Directory servers as the phone has them, without a phone: real threads and a real store, settings and vault in memory.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import {
  defaultPreferences,
  type Clock,
  type DirectoryServer,
  type DirectoryServerState,
  type Logger,
  type PersonDraft,
  type Vault,
} from '../../contract/index.ts';
import { systemClock } from '../../electron/diagnostics/index.ts';
import { DirectoryServers } from '../../electron/phone/directory-servers.ts';
import type { Settings } from '../../electron/settings/index.ts';
import { openLibrary, type Library } from '../../electron/store/index.ts';

export interface ServersRoom {
  servers: DirectoryServers;
  library: Library;
  state(serverId: string): DirectoryServerState;
  /** Resolves when the server's state fits. */
  when(serverId: string, fits: (state: DirectoryServerState) => boolean): Promise<DirectoryServerState>;
  close(): Promise<void>;
}

const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };
const electron = resolve(import.meta.dirname, '../../electron');

/** Both threads as the app has them: one file each, which starts in a tenth of the sources' time. */
async function bundleThreads(folder: string): Promise<void> {
  await build({
    entryPoints: {
      library: join(electron, 'store/library-worker.ts'),
      server: join(electron, 'directory/servers/server-worker.ts'),
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    logLevel: 'error',
  });
}

/** `people` are here before, added by the person; `dnsServers`, `address:port`, are asked for a domain's servers. */
export async function openServersRoom(
  people: readonly PersonDraft[] = [],
  clock: Clock = systemClock,
  dnsServers?: readonly string[],
): Promise<ServersRoom> {
  const folder = mkdtempSync(join(tmpdir(), 'hs-servers-'));
  await bundleThreads(folder);
  const start = (name: 'library' | 'server') =>
    new Worker(join(folder, `${name}.cjs`), { execArgv: [], workerData: { dnsServers } });
  const library = await openLibrary({
    file: join(folder, 'hookswitch.db'),
    log: quiet,
    startWorker: () => start('library'),
  });
  if (people.length > 0) await library.replaceSource('Made', people);
  const watchers = new Set<() => void>();
  const changed = () => {
    for (const watcher of watchers) watcher();
  };
  const servers = new DirectoryServers({
    settings: memorySettings(),
    vault: memoryVault(),
    library: Promise.resolve(library),
    startWorker: () => start('server'),
    clock,
    log: quiet,
    changed,
    directoryChanged: changed,
  });
  const state = (serverId: string): DirectoryServerState => {
    const found = servers.states.find(({ config }) => config.id === serverId);
    if (!found) throw new Error(`There is no server ${serverId}.`);
    return found;
  };
  return {
    servers,
    library,
    state,
    when: (serverId, fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = servers.states.find(({ config }) => config.id === serverId);
          if (!found || !fits(found)) return;
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
      }),
    async close() {
      servers.close();
      await library.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function memorySettings(): Settings {
  let servers: readonly DirectoryServer[] = [];
  const nothing = async () => {};
  return {
    accounts: [],
    preferences: defaultPreferences,
    instanceId: '',
    recovered: null,
    get servers() {
      return servers;
    },
    saveServer: async (server) => {
      servers = [...servers.filter(({ id }) => id !== server.id), server];
    },
    removeServer: async (serverId) => {
      servers = servers.filter(({ id }) => id !== serverId);
    },
    saveAccount: nothing,
    removeAccount: nothing,
    setPreferences: nothing,
  };
}

function memoryVault(): Vault {
  const secrets = new Map<string, string>();
  return {
    protected: true,
    get: async (key) => secrets.get(key) ?? null,
    set: async (key, secret) => void secrets.set(key, secret),
    delete: async (key) => void secrets.delete(key),
    secrets: async () => [...secrets.values()],
  };
}
