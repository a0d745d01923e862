// safeStorage: real encryption, but the key lies beside the data. That is Electron's `basic_text`, and it says so.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from './app.ts';

const PREFIX = Buffer.from('v10');
const IV_BYTES = 12;
const TAG_BYTES = 16;

function key(): Buffer {
  const directory = app.getPath('userData');
  const file = join(directory, 'host-key');
  try {
    return readFileSync(file);
  } catch {
    const fresh = randomBytes(32);
    mkdirSync(directory, { recursive: true });
    writeFileSync(file, fresh, { mode: 0o600 });
    return fresh;
  }
}

function encryptString(text: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key(), iv);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([PREFIX, iv, cipher.getAuthTag(), body]);
}

function decryptString(sealed: Buffer): string {
  const iv = sealed.subarray(PREFIX.length, PREFIX.length + IV_BYTES);
  const tag = sealed.subarray(PREFIX.length + IV_BYTES, PREFIX.length + IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key(), iv);
  decipher.setAuthTag(tag);
  const body = sealed.subarray(PREFIX.length + IV_BYTES + TAG_BYTES);
  return decipher.update(body, undefined, 'utf8') + decipher.final('utf8');
}

export const safeStorage = {
  isEncryptionAvailable: () => true,
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  encryptString,
  decryptString,
  encryptStringAsync: async (text: string) => encryptString(text),
  decryptStringAsync: async (sealed: Buffer) => ({ result: decryptString(sealed), shouldReEncrypt: false }),
  getSelectedStorageBackend: () => 'basic_text',
  setUsePlainTextEncryption(_on: boolean): void {},
};
