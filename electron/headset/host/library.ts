// What the headset host serves: a HID library. node-hid in the app; a virtual one in tests.
import type { HeadsetHostError, HidDevice } from '../../../contract/index.ts';

export interface HidLibrary {
  /** Once per path. */
  devices(): Promise<HidDevice[]>;
  /** Report descriptor of a device of {@link devices}; null where the system offers none. */
  descriptor(path: string): Promise<Uint8Array | null>;
  open(path: string, events: HidEvents): Promise<OpenHid>;
  /** Calls `changed` when devices may have come or gone. Returns a stop function. */
  watch(changed: () => void): () => void;
}

export interface HidEvents {
  report(report: Uint8Array): void;
  /** At most once; the device is closed then. */
  gone(reason: string): void;
}

export interface OpenHid {
  write(report: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** A failure with a known reason. */
export class LibraryError extends Error {
  readonly code: HeadsetHostError;

  constructor(code: HeadsetHostError, message: string) {
    super(message);
    this.name = 'LibraryError';
    this.code = code;
  }
}
