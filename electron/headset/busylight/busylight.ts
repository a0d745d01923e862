// One busylight: shows the colour of the phone's state, again as often as it needs, and is dark when let go.
import type { Clock, Logger } from '../../../contract/index.ts';
import { bounded } from '../bounded.ts';
import type { HidConnection } from '../types.ts';
import type { BusylightModel } from './models.ts';
import { colours, type Status } from './status.ts';

/** As for lamps: a silent device holds nothing up (ms). */
const writeMs = 1_000;

export interface BusylightOptions {
  model: BusylightModel;
  connection: HidConnection;
  clock: Clock;
  log: Logger;
  gone(): void;
}

export class Busylight {
  readonly #options: BusylightOptions;
  #wanted: Status | null = null;
  #running: Promise<void> | null = null;
  #dirty = false;
  #cancelRefresh: () => void = () => {};
  #closed = false;

  constructor(options: BusylightOptions) {
    this.#options = options;
    options.connection.onGone(() => {
      if (this.#closed) return;
      this.#stop();
      options.gone();
    });
  }

  /** The newest status wins; writes never overlap. */
  show(status: Status): void {
    if (this.#closed || status === this.#wanted) return;
    this.#wanted = status;
    this.#write();
  }

  /** Dark, then closed. Bounded; never rejects. */
  async close(): Promise<void> {
    if (this.#closed) return;
    const { connection, clock } = this.#options;
    this.show('off');
    this.#stop();
    await this.#running;
    await bounded(connection.close(), writeMs, clock).catch(() => {});
  }

  #write(): void {
    this.#dirty = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  async #run(): Promise<void> {
    const { model, connection, clock, log } = this.#options;
    while (this.#dirty && this.#wanted) {
      this.#dirty = false;
      const report = model.report(colours[this.#wanted]);
      await bounded(connection.write(report), writeMs, clock).catch((error: unknown) =>
        log.debug('The busylight did not take a report.', { vendor: model.vendor, error: String(error) }),
      );
    }
    this.#cancelRefresh();
    if (model.refreshMs === null || this.#closed || this.#wanted === 'off') return;
    this.#cancelRefresh = clock.after(model.refreshMs, () => this.#write());
  }

  #stop(): void {
    this.#closed = true;
    this.#cancelRefresh();
  }
}
