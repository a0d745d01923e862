// Writing lamps: one write at a time, the newest state wins, and a silent device costs a second and a line in the log.
import type { Clock, Logger } from '../../contract/index.ts';
import { bounded } from './bounded.ts';
import type { OutputReports } from './report.ts';
import type { Lamps } from './telephony.ts';
import type { HidConnection } from './types.ts';

/** A write that takes longer is given up; some systems block for over a minute (ms). */
const writeMs = 1_000;

export interface LampWriterOptions {
  connection: Pick<HidConnection, 'write'>;
  outputs: OutputReports;
  clock: Clock;
  log: Logger;
  /** After each write: did the device take it. */
  written: (ok: boolean) => void;
}

export class LampWriter {
  readonly #options: LampWriterOptions;
  #pending: { lamps: Lamps; resync: boolean } | null = null;
  #running: Promise<void> | null = null;
  /** A write failed: the device may show anything, so the next one writes all. */
  #stale = false;
  #stopped = false;

  constructor(options: LampWriterOptions) {
    this.#options = options;
  }

  /** Shows these lamps soon; what is asked for within one turn of the loop becomes one write. */
  show(lamps: Lamps, resync: boolean): void {
    if (this.#stopped) return;
    this.#pending = { lamps, resync: resync || (this.#pending?.resync ?? false) };
    this.#running ??= this.#run();
  }

  /** Resolves when all that was asked for is written or given up. */
  async flushed(): Promise<void> {
    await this.#running;
  }

  stop(): void {
    this.#stopped = true;
    this.#pending = null;
  }

  async #run(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#pending) {
      const { lamps, resync } = this.#pending;
      this.#pending = null;
      const reports = this.#options.outputs.set(lamps, resync || this.#stale);
      this.#stale = false;
      for (const report of reports) if (!(await this.#write(report))) this.#stale = true;
    }
    this.#running = null;
  }

  async #write(report: Uint8Array): Promise<boolean> {
    if (this.#stopped) return false;
    const { connection, clock, log, written } = this.#options;
    try {
      await bounded(connection.write(report), writeMs, clock);
      if (!this.#stopped) written(true);
      return true;
    } catch (error) {
      if (this.#stopped) return false;
      log.warn('The headset did not take a report.', {
        report: Buffer.from(report).toString('hex'),
        error: String(error),
      });
      written(false);
      return false;
    }
  }
}
