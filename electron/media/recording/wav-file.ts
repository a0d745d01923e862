// A WAV file that is whole at every moment: each piece is written behind the sound, then the header's sizes are brought up.
import { open, type FileHandle } from 'node:fs/promises';
import { longestWav, wavHeader, wavHeaderLength, type WavFormat } from './wav-header.ts';

export class WavFile {
  readonly #file: FileHandle;
  readonly #format: WavFormat;
  #length = 0;

  private constructor(file: FileHandle, format: WavFormat) {
    this.#file = file;
    this.#format = format;
  }

  /** Makes a new file; rejects when there is one of that name. */
  static async create(path: string, format: WavFormat): Promise<WavFile> {
    const file = await open(path, 'wx', 0o600);
    await file.write(wavHeader(format, 0), 0, wavHeaderLength, 0);
    return new WavFile(file, format);
  }

  /** False when the file is full. A crash before the header is written leaves sound behind the end, and no broken file. */
  async append(samples: Uint8Array): Promise<boolean> {
    if (this.#length + samples.byteLength > longestWav) return false;
    const { bytesWritten } = await this.#file.write(samples, 0, samples.byteLength, wavHeaderLength + this.#length);
    if (bytesWritten < samples.byteLength) throw new Error('the disk took only a part');
    this.#length += samples.byteLength;
    await this.#file.write(wavHeader(this.#format, this.#length), 0, wavHeaderLength, 0);
    return true;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
