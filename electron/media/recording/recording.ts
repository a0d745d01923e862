// A call's recording: samples from the media window into a file, in order, whatever the disk's pace.
// It is written by the main process: the media window's sandbox has no files, and the engine must never wait for a disk.
import { ProblemError, type Logger } from '../../../contract/index.ts';
import { WavFile } from './wav-file.ts';

/** Left us, right them. */
const channels = 2;
/** A disk that falls so far behind will not catch up; bytes (20 s of 48 kHz). */
const mostWaiting = 4_000_000;

export interface RecordingListener {
  /** It ended by itself: the disk is full, the folder is gone. */
  failed(error: ProblemError): void;
}

export class Recording {
  readonly path: string;
  readonly #log: Logger;
  readonly #listener: RecordingListener;
  #file: Promise<WavFile> | null = null;
  #work: Promise<void> = Promise.resolve();
  #waiting = 0;
  #ended = false;
  #failed = false;

  constructor(path: string, log: Logger, listener: RecordingListener) {
    this.path = path;
    this.#log = log;
    this.#listener = listener;
  }

  /** The next samples. Never throws; a failure is told once. */
  write(sampleRate: number, samples: Uint8Array): void {
    if (this.#ended || this.#failed) return;
    this.#waiting += samples.byteLength;
    if (this.#waiting > mostWaiting) {
      this.#fail(new Error('the disk is too slow'));
      return;
    }
    this.#work = this.#work.then(async () => {
      this.#waiting -= samples.byteLength;
      if (this.#failed) return;
      try {
        // Opened by the first samples, which tell the rate; the same file for all that follow.
        this.#file ??= WavFile.create(this.path, { sampleRate, channels });
        const file = await this.#file;
        if (!(await file.append(samples))) throw new Error('the file is as long as a WAV file can be');
      } catch (error) {
        this.#fail(error);
      }
    });
  }

  /** Writes what is left and closes the file. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#work;
    const file = await this.#file?.catch(() => null);
    await file?.close().catch((error: unknown) => this.#log.warn('recording not closed', { error: String(error) }));
    this.#file = null;
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#listener.failed(
      new ProblemError(
        {
          code: 'recording-failed',
          message:
            'The recording stopped because its file could not be written. Check the folder for recordings and the free space on the disk.',
          detail: String(error),
        },
        { cause: error },
      ),
    );
  }
}
