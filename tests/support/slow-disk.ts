// A disk that keeps one waiting: a named pipe in the place of a file takes nothing until somebody reads it.
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { expect } from './spec.ts';

/**
 * Saves to `path` as `save` does it, and sees that the window says after half a second that it is at work, and no longer when
 * all is written. Returns what was written. Not on Windows.
 */
export async function saveSlowly(page: Page, path: string, save: () => Promise<void>): Promise<Buffer> {
  execFileSync('mkfifo', [path]);
  const working = page.locator('[role="status"] .working-line', { hasText: 'Working...' });
  await expect(working).toHaveCount(0);
  await save();
  await expect(working).toBeVisible();
  const written = await readFile(path);
  await expect(working).toHaveCount(0);
  return written;
}
