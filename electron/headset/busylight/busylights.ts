// All busylights: opened only where the person wants them, each shows the status, and is let go when not wanted.
import type { Clock, Logger, PhoneState } from '../../../contract/index.ts';
import { bounded } from '../bounded.ts';
import { productOf } from '../problems.ts';
import type { HidDeviceInfo, HidTransport } from '../types.ts';
import { Busylight } from './busylight.ts';
import { busylightOf } from './models.ts';
import { statusOf, type Status } from './status.ts';

/** Longest wait for one light to open (ms). */
const openMs = 5_000;

export interface BusylightsOptions {
  transport: Pick<HidTransport, 'open'>;
  clock: Clock;
  log: Logger;
}

export class Busylights {
  readonly #options: BusylightsOptions;
  /** By path. */
  readonly #lights = new Map<string, Busylight>();
  #status: Status = 'off';
  #wanted = false;

  constructor(options: BusylightsOptions) {
    this.#options = options;
  }

  /** Follows the phone. True when lights became wanted or unwanted: then someone should look again. */
  update(state: PhoneState): boolean {
    this.#status = statusOf(state);
    for (const light of this.#lights.values()) light.show(this.#status);
    const before = this.#wanted;
    this.#wanted = state.preferences.busylight ?? false;
    return before !== this.#wanted;
  }

  get wanted(): boolean {
    return this.#wanted;
  }

  /** Opens those that are new among the devices of this computer; lets all go where they are not wanted. Never rejects. */
  async look(devices: readonly HidDeviceInfo[]): Promise<void> {
    if (!this.#wanted) return this.close();
    for (const device of devices) {
      const model = busylightOf(device);
      if (!model || this.#lights.has(device.path)) continue;
      const { transport, clock, log } = this.#options;
      const opening = transport.open(device.path);
      try {
        const connection = await bounded(opening, openMs, clock);
        const light = new Busylight({
          model,
          connection,
          clock,
          log,
          gone: () => this.#lights.delete(device.path),
        });
        this.#lights.set(device.path, light);
        light.show(this.#status);
        log.info('A busylight is ready.', { vendor: model.vendor });
      } catch (error) {
        opening.then((late) => late.close()).catch(() => {});
        log.warn('A busylight could not be opened.', { product: productOf(device), error: String(error) });
      }
    }
  }

  /** All dark and let go. Never rejects. */
  async close(): Promise<void> {
    const lights = [...this.#lights.values()];
    this.#lights.clear();
    await Promise.all(lights.map((light) => light.close()));
  }
}
