// A computer's HID devices in software: plug and unplug virtual headsets, refuse to open, take the library away.
import type { HidDevice } from '../../../contract/index.ts';
import { LibraryError, type HidEvents, type HidLibrary, type OpenHid } from '../host/library.ts';
import type { VirtualHeadset } from './virtual-headset.ts';

export class VirtualBus implements HidLibrary {
  /** Paths that the system does not let this user open. */
  readonly forbidden = new Set<string>();
  libraryMissing = false;
  /** Windows: no descriptors. */
  hidesDescriptors = false;
  /** Reading the descriptor of this path never ends. */
  hangsAtDescriptorOf = '';
  /** How often devices were listed. */
  listings = 0;
  readonly #plugged = new Map<string, VirtualHeadset>();
  readonly #watchers = new Set<() => void>();
  #lastNode = 0;

  /** Returns the path. */
  plug(headset: VirtualHeadset, path = `/dev/hidraw${(this.#lastNode += 1)}`): string {
    this.#plugged.set(path, headset);
    this.changed();
    return path;
  }

  unplug(path: string): void {
    const headset = this.#plugged.get(path);
    this.#plugged.delete(path);
    headset?.unplug();
    this.changed();
  }

  changed(): void {
    for (const watcher of this.#watchers) watcher();
  }

  devices(): Promise<HidDevice[]> {
    this.listings += 1;
    if (this.libraryMissing) return Promise.reject(new LibraryError('library-missing', 'libusb-1.0.so.0 is missing'));
    const devices = [...this.#plugged].map(([path, { model }]) => ({
      path,
      vendorId: model.vendorId,
      productId: model.productId,
      product: model.product,
      usagePage: 0x0b,
      usage: 0x05,
    }));
    return Promise.resolve(devices);
  }

  descriptor(path: string): Promise<Uint8Array | null> {
    if (path === this.hangsAtDescriptorOf) return new Promise(() => {});
    return Promise.resolve(this.hidesDescriptors ? null : (this.#plugged.get(path)?.model.descriptor ?? null));
  }

  open(path: string, events: HidEvents): Promise<OpenHid> {
    const headset = this.#plugged.get(path);
    if (this.forbidden.has(path)) return Promise.reject(new LibraryError('not-permitted', `No access to ${path}.`));
    if (!headset) return Promise.reject(new Error(`cannot open device with path ${path}`));
    const stop = headset.open(events);
    return Promise.resolve({
      write: (report: Uint8Array) => headset.write(report),
      close: () => {
        stop();
        return Promise.resolve();
      },
    });
  }

  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }
}
