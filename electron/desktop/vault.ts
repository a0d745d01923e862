// The vault: secrets sealed by the system's keychain through Electron's safeStorage, kept in vault.json. Never in settings, logs or argv.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { SafeStorage } from 'electron';
import { ProblemError, type Logger, type Vault } from '../../contract/index.ts';

const fileSchema = v.record(v.string(), v.string());

/**
 * Opens the vault in `directory`. Where the system has no keychain (Electron says `basic_text`) it still seals, and
 * `protected` is false so that Settings can warn.
 */
export async function openVault(
  directory: string,
  safeStorage: SafeStorage,
  platform: NodeJS.Platform,
  log: Logger,
): Promise<Vault> {
  const file = join(directory, 'vault.json');
  const secrets = await read(file, log);
  const usable = await safeStorage.isAsyncEncryptionAvailable();
  const keychain = usable && (platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text');
  let saving: Promise<void> = Promise.resolve();

  const save = () => {
    saving = saving
      .catch(() => {})
      .then(async () => {
        const next = `${file}.new`;
        await writeFile(next, JSON.stringify(secrets), { mode: 0o600 });
        await rename(next, file);
      });
    return saving.catch((cause: unknown) => {
      throw new ProblemError(
        {
          code: 'vault-not-written',
          message:
            'The password could not be saved: the disk is full or may not be written to. It is used until you quit.',
        },
        { cause },
      );
    });
  };

  const get = async (key: string): Promise<string | null> => {
    const sealed = secrets[key];
    if (sealed === undefined) return null;
    try {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'));
      if (shouldReEncrypt) {
        secrets[key] = (await safeStorage.encryptStringAsync(result)).toString('base64');
        await save();
      }
      return result;
    } catch (error) {
      log.warn('A secret could not be opened; it has to be typed again.', { error: String(error) });
      return null;
    }
  };

  return {
    protected: keychain,
    get,
    set: async (key, secret) => {
      if (!usable)
        throw new ProblemError({
          code: 'no-encryption',
          message: 'This computer cannot encrypt the password now. Unlock the keychain and try again.',
        });
      secrets[key] = (await safeStorage.encryptStringAsync(secret)).toString('base64');
      await save();
    },
    delete: async (key) => {
      if (!(key in secrets)) return;
      delete secrets[key];
      await save();
    },
    secrets: async () => (await Promise.all(Object.keys(secrets).map(get))).filter((secret) => secret !== null),
  };
}

async function read(file: string, log: Logger): Promise<Record<string, string>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return {};
  }
  try {
    return v.parse(fileSchema, JSON.parse(text));
  } catch (error) {
    const aside = `${file}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
    await rename(file, aside).catch(() => {});
    log.error('The vault was damaged and put aside; passwords have to be typed again.', {
      aside,
      error: String(error),
    });
    return {};
  }
}
