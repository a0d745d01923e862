// What the phone is made of; main.ts makes the parts and hands them in.
import type { Clock, Logger, LogLevel, QueryResults, Vault } from '../../contract/index.ts';
import type { Headsets } from '../headset/index.ts';
import type { Media } from '../media/index.ts';
import type { Settings } from '../settings/index.ts';
import type { Sip } from '../sip/index.ts';
import type { Library, WorkerLike } from '../store/index.ts';
import type { StartExchange } from './practice.ts';
import type { SoundFolders } from './sound.ts';

/** The SIP trace as a window sees it. */
export interface PhoneTrace {
  /** `dialogs`: only messages with one of these Call-IDs. */
  page(text: string, after: number, limit: number, dialogs?: readonly string[]): QueryResults['trace'];
  message(id: number): QueryResults['trace-message'];
  export(format: 'text' | 'pcap', text: string, dialogs?: readonly string[]): Buffer;
  clear(): void;
}

/** The log as a window sees it, and its files. */
export interface PhoneJournal {
  page(query: { level: LogLevel; text: string; after: number; limit: number }): QueryResults['log'];
  /** The newest first, the last `most` characters of each. */
  files(most: number): Promise<{ name: string; text: string }[]>;
}

export interface PhoneParts {
  sip: Sip;
  media: Media;
  headsets: Headsets;
  settings: Settings;
  vault: Vault;
  library: Promise<Library>;
  /** A thread for one server with people on it: `new Worker(dist/server.cjs)`. */
  startServerWorker: () => WorkerLike;
  startExchange: StartExchange;
  trace: PhoneTrace;
  journal: PhoneJournal;
  /** For the ring tone of one's own and for recordings. */
  folders: SoundFolders;
  clock: Clock;
  log: Logger;
  /** `Chromium host` or `Electron 45.4.1`. */
  engine: string;
  /** Of Hookswitch. */
  version: string;
  /** BCP 47, the most wanted first. */
  systemLanguages: readonly string[];
  /** What only the desktop can do. */
  desktop: {
    setStartAtLogin(on: boolean): void;
    openWindow(view?: string): void;
    /** Whether the window that rings is there and draws; makes it where it is not. */
    popUpWorks(): Promise<boolean>;
    /** Asks where to, and writes. Resolves to the path, or null when the person thought better of it. */
    saveFile(file: { name: string; kind: string; bytes: Buffer }): Promise<string | null>;
    /** Resolves to null when the person thought better of it. Rejects when it cannot be read, RangeError: too large. */
    openFile(wanted: {
      kind: string;
      endings: readonly string[];
      /** Bytes. */
      largest: number;
    }): Promise<{ name: string; bytes: Uint8Array } | null>;
    /** To the clipboard. */
    copyText(text: string): Promise<void>;
    /** In the system's file manager. */
    showFile(path: string): void;
  };
}
