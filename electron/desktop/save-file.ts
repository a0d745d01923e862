// A file that a person saves: where to is asked by the system's own dialog, before the window that asked.
import type { BrowserWindow, Dialog } from 'electron';
import { writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** Resolves to the path; null when the person cancelled. Rejects when it cannot be written. */
export async function saveFile(
  dialog: Pick<Dialog, 'showSaveDialog'>,
  window: BrowserWindow | null,
  folder: string,
  file: { name: string; kind: string; bytes: Buffer },
): Promise<string | null> {
  const options = {
    defaultPath: join(folder, file.name),
    filters: [{ name: file.kind, extensions: [extname(file.name).slice(1)] }],
  };
  const { canceled, filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  if (canceled || filePath === '') return null;
  // For the person alone: a trace says who called whom.
  await writeFile(filePath, file.bytes, { mode: 0o600 });
  return filePath;
}
