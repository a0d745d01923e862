// A file that a person chooses: asked for by the system's own dialog, before the window that asked.
import type { BrowserWindow, Dialog } from 'electron';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';

export interface FileWanted {
  /** In words, for the dialog's list of kinds. */
  kind: string;
  /** Without dots. */
  endings: readonly string[];
  /** Bytes. */
  largest: number;
}

/** Resolves to null when the person cancelled. Rejects when it cannot be read, with RangeError when it is too large. */
export async function openFile(
  dialog: Pick<Dialog, 'showOpenDialog'>,
  window: BrowserWindow | null,
  { kind, endings, largest }: FileWanted,
): Promise<{ name: string; bytes: Uint8Array } | null> {
  const options = {
    properties: ['openFile' as const],
    filters: [
      { name: kind, extensions: [...endings] },
      { name: '*', extensions: ['*'] },
    ],
  };
  const { canceled, filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  const [path] = filePaths;
  if (canceled || path === undefined) return null;
  const { size } = await stat(path);
  if (size > largest) throw new RangeError(`${size} bytes`);
  return { name: basename(path), bytes: await readFile(path) };
}
