// The headset room's door in the main process.
import type {
  Clock,
  Dispose,
  HeadsetHostError,
  HeadsetIntent,
  HeadsetState,
  HeadsetTest,
  Logger,
  PhoneState,
  Problem,
} from '../../contract/index.ts';

/** A HID device as enumeration shows it, once per path. */
export interface HidDeviceInfo {
  path: string;
  vendorId: number;
  productId: number;
  product: string;
  manufacturer?: string;
  usagePage?: number;
  usage?: number;
}

/** An open device. Reports carry their id in byte 0 where the device numbers its reports, 0 otherwise when written. */
export interface HidConnection {
  write(report: Uint8Array): Promise<void>;
  onReport(listener: (report: Uint8Array) => void): Dispose;
  onGone(listener: (reason: string) => void): Dispose;
  close(): Promise<void>;
}

/** What `devices` and `open` reject with, where the reason is known. */
export class HidError extends Error {
  readonly code: HeadsetHostError;

  constructor(code: HeadsetHostError, message: string) {
    super(message);
    this.name = 'HidError';
    this.code = code;
  }
}

/** The headset host's process: structured-clone messages both ways. Made by desktop/, handed in by main.ts. */
export interface HostChannel {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Dispose;
  /** The process ended; a new one is started and `onRestart` follows. */
  onGone(listener: (reason: string) => void): Dispose;
  onRestart(listener: () => void): Dispose;
}

/** node-hid in the headset host, or a virtual headset in tests. */
export interface HidTransport {
  devices(): Promise<HidDeviceInfo[]>;
  /** Report descriptor bytes, or null where the system offers none. */
  descriptor(device: HidDeviceInfo): Promise<Uint8Array | null>;
  open(path: string): Promise<HidConnection>;
  /** Devices may have come or gone. */
  onChange(listener: () => void): Dispose;
  close(): Promise<void>;
}

export interface HeadsetsOptions {
  transport: HidTransport;
  clock: Clock;
  log: Logger;
  /** Messages of the media window; of these only the HID devices that it offers are read. */
  window?: Pick<HostChannel, 'onMessage'>;
}

export interface HeadsetsListener {
  intent(intent: HeadsetIntent): void;
  state(state: HeadsetState): void;
  /** What the person should be told once, such as a raised boom that keeps the call muted. */
  problem?(problem: Problem): void;
  /** The self-test as it goes; null when it was left. */
  test?(test: HeadsetTest | null): void;
}

/** `yes` and `no` answer "does it light?", `skip` a button that the headset has not. */
export type HeadsetTestAction = 'start' | 'yes' | 'no' | 'skip' | 'stop';

export interface Headsets {
  /** Draws the lamps for this state and decides presses by it. */
  update(state: PhoneState): void;
  /** Looks for devices again (device change, resume). */
  rescan(): void;
  listen(listener: HeadsetsListener): Dispose;
  /**
   * Asks for each lamp and button of the headset that is ready. A call of any kind ends it. `start` throws ProblemError
   * where there is no headset, or it is busy.
   */
  test(action: HeadsetTestAction): void;
  /** The test as it stands, or how it ended; null when it was left. */
  readonly testResult: HeadsetTest | null;
  /** For support: what each open headset said and was told, as text that `replay` understands. Never rejects. */
  traces(): Promise<string[]>;
  /** Writes idle where we own the device, closes. */
  close(): Promise<void>;
}

export type CreateHeadsets = (options: HeadsetsOptions) => Headsets;
