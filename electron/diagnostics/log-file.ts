// The log file: lines in the order of their coming, turned over at 5 MB, three files at most. Never waits for the disk.
import { appendFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface LogFileOptions {
  file: string;
  /** Bytes after which the file becomes `.1`; 5 MB when absent. */
  maxBytes?: number;
  /** Files in all, the present one among them; 3 when absent. */
  files?: number;
}

/** Characters that wait at most, when the disk is slow or gone; newer lines are then counted and dropped. */
const longestQueue = 1_000_000;

export class LogFile {
  readonly #file: string;
  readonly #maxBytes: number;
  readonly #files: number;
  #queue = '';
  #dropped = 0;
  #size: number | null = null;
  #writing: Promise<void> | null = null;

  constructor({ file, maxBytes = 5 * 1024 * 1024, files = 3 }: LogFileOptions) {
    this.#file = file;
    this.#maxBytes = maxBytes;
    this.#files = files;
  }

  /** Takes a line without its end. Returns at once; a disk that fails costs lines, never the phone. */
  write(line: string): void {
    if (this.#queue.length > longestQueue) {
      this.#dropped += 1;
      return;
    }
    this.#queue += `${line}\n`;
    this.#writing ??= this.#drain().finally(() => {
      this.#writing = null;
    });
  }

  /** Resolves when everything written so far is on its way to the disk. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  async #drain(): Promise<void> {
    while (this.#queue !== '') {
      const text = this.#queue + (this.#dropped > 0 ? `${this.#dropped} lines were dropped here.\n` : '');
      this.#queue = '';
      this.#dropped = 0;
      try {
        await this.#append(text);
      } catch {
        // There is no place left to report that the log cannot be written.
        this.#size = null;
        return;
      }
    }
  }

  async #append(text: string): Promise<void> {
    this.#size ??= await this.#open();
    if (this.#size > 0 && this.#size + Buffer.byteLength(text) > this.#maxBytes) await this.#turnOver();
    await appendFile(this.#file, text, { mode: 0o600 });
    this.#size += Buffer.byteLength(text);
  }

  async #open(): Promise<number> {
    await mkdir(dirname(this.#file), { recursive: true });
    return stat(this.#file).then(
      ({ size }) => size,
      () => 0,
    );
  }

  async #turnOver(): Promise<void> {
    const name = (age: number) => (age === 0 ? this.#file : `${this.#file}.${age}`);
    await rm(name(this.#files - 1), { force: true });
    for (let age = this.#files - 2; age >= 0; age -= 1) await rename(name(age), name(age + 1)).catch(ignoreMissing);
    this.#size = 0;
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
