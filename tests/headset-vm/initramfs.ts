// The guest's first file system: an uncompressed cpio archive, "newc" (the kernel's initramfs buffer format).
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface ArchiveFile {
  /** In the guest, without a leading slash. */
  path: string;
  content: Uint8Array;
  executable?: boolean;
}

const mode = { directory: 0o040755, program: 0o100755, file: 0o100644 };

/** Writes files, and the folders that they need, as one archive. */
export function archive(files: readonly ArchiveFile[], folders: readonly string[]): Buffer {
  const parts: Buffer[] = [];
  const made = new Set<string>();
  let inode = 0;
  const entry = (path: string, kind: number, content: Uint8Array) => {
    const name = Buffer.from(`${path}\0`);
    const fields = [(inode += 1), kind, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length, 0];
    const head = Buffer.from(`070701${fields.map((value) => value.toString(16).padStart(8, '0')).join('')}`);
    parts.push(padded(Buffer.concat([head, name])), padded(Buffer.from(content)));
  };
  const folder = (path: string) => {
    if (path === '' || made.has(path)) return;
    folder(path.split('/').slice(0, -1).join('/'));
    made.add(path);
    entry(path, mode.directory, Buffer.alloc(0));
  };
  for (const path of folders) folder(path);
  for (const { path, content, executable } of files) {
    folder(path.split('/').slice(0, -1).join('/'));
    entry(path, executable ? mode.program : mode.file, content);
  }
  entry('TRAILER!!!', 0, Buffer.alloc(0));
  return Buffer.concat(parts);
}

/** A program or library of this machine with everything it is linked to, where the guest's loader looks for it. */
export async function withLibraries(file: string, path: string): Promise<ArchiveFile[]> {
  const { stdout } = await run('ldd', [file]);
  const libraries = stdout.split('\n').flatMap((line) => /(?:=> |^\s*)(\/\S+) \(0x/.exec(line)?.[1] ?? []);
  return [
    { path, content: readFileSync(file), executable: true },
    ...libraries.map((library) => ({
      path: library.slice(1),
      content: readFileSync(realpathSync(library)),
      executable: true,
    })),
  ];
}

/** All files below a folder. */
export function folderAt(folder: string, path: string): ArchiveFile[] {
  return readdirSync(folder).flatMap((name) => {
    const inner = join(folder, name);
    if (statSync(inner).isDirectory()) return folderAt(inner, `${path}/${name}`);
    return [{ path: `${path}/${name}`, content: readFileSync(inner) }];
  });
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
