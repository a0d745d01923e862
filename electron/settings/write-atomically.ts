// Writes a file so that, whatever happens, either the old or the new one is there, whole.
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';

/** Writes beside it, waits for the disk, renames over it. Rejects with the file system's error; the old file is then untouched. */
export async function writeAtomically(file: string, text: string): Promise<void> {
  const temporary = `${file}.tmp`;
  try {
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameOver(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}); // the first error is the one to tell
    throw error;
  }
  await syncFolder(dirname(file));
}

const systemError = v.object({ code: v.string() });

/** `ENOSPC` and the like; null for what the system did not report. */
export function errorCode(error: unknown): string | null {
  const parsed = v.safeParse(systemError, error);
  return parsed.success ? parsed.output.code : null;
}

/** Milliseconds between attempts: on Windows a virus scanner holds a new file for a moment. */
const pauses = [20, 50, 100, 200];

async function renameOver(from: string, to: string): Promise<void> {
  for (const pause of pauses) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (process.platform !== 'win32' || !['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '')) throw error;
      await delay(pause);
    }
  }
  await rename(from, to);
}

/** The rename itself has to reach the disk; Windows has no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
