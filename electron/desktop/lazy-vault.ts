// A vault that can be asked before the system's keychain may be: registration starts before the app is ready.
import type { Vault } from '../../contract/index.ts';

/** Every call waits for `opened`; until then nothing warns about a missing keychain. */
export function lazyVault(opened: Promise<Vault>): Vault {
  let vault: Vault | null = null;
  void opened.then((value) => (vault = value)).catch(() => {});
  return {
    get protected() {
      return vault?.protected ?? true;
    },
    get: async (key) => (await opened).get(key),
    set: async (key, secret) => (await opened).set(key, secret),
    delete: async (key) => (await opened).delete(key),
    secrets: async () => (await opened).secrets(),
  };
}
