// node-hid as a HID library: asynchronous calls only, loaded at first use, its habits (see reference) kept in here.
import { constants, watch } from 'node:fs';
import { access } from 'node:fs/promises';
import * as v from 'valibot';
import { hidDeviceSchema, type HidDevice } from '../../../contract/index.ts';
import type { ReadDescriptor } from './descriptors.ts';
import { LibraryError, type HidEvents, type HidLibrary, type OpenHid } from './library.ts';

/** The part of node-hid that is used. */
export interface NodeHidModule {
  devicesAsync(): Promise<unknown>;
  HIDAsync: { open(path: string, options: { nonExclusive: boolean }): Promise<NodeHidDevice> };
}

export interface NodeHidDevice {
  on(event: 'data', listener: (report: Uint8Array) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  write(report: Buffer): Promise<number>;
  close(): Promise<void>;
}

export interface NodeHidOptions {
  platform: NodeJS.Platform;
  load: () => Promise<NodeHidModule>;
  readDescriptor: ReadDescriptor;
}

/** One entry of node-hid's list; on some systems it lacks names, on Linux it comes once per collection. */
const listedSchema = v.object({
  path: v.string(),
  vendorId: v.number(),
  productId: v.number(),
  product: v.optional(v.nullable(v.string())),
  manufacturer: v.optional(v.nullable(v.string())),
  usagePage: v.optional(v.number()),
  usage: v.optional(v.number()),
});

const telephonyPage = 0x0b;

/** Makes the library; nothing native is loaded before the first call. */
export function createNodeHid({ platform, load, readDescriptor }: NodeHidOptions): HidLibrary {
  let loaded: Promise<NodeHidModule> | null = null;
  const nodeHid = () => (loaded ??= load().catch((error: unknown) => Promise.reject(libraryMissing(error))));

  return {
    async devices() {
      const library = await nodeHid();
      try {
        return oncePerPath(await library.devicesAsync());
      } catch (error) {
        throw isLoadFailure(error) ? libraryMissing(error) : error;
      }
    },

    descriptor: readDescriptor,

    async open(path, events) {
      const { HIDAsync } = await nodeHid();
      try {
        // macOS would seize the device otherwise: volume keys stop and other programs fail.
        return adapt(await HIDAsync.open(path, { nonExclusive: true }), events);
      } catch (error) {
        if (isLoadFailure(error)) throw libraryMissing(error);
        throw platform === 'linux' && !(await mayOpen(path))
          ? new LibraryError('not-permitted', `The system does not let this user open ${path}.`)
          : error;
      }
    },

    watch: (changed) => (platform === 'linux' ? watchDev(changed) : () => {}),
  };
}

function adapt(device: NodeHidDevice, events: HidEvents): OpenHid {
  let closed = false;
  // Exactly one data listener: a second one starts a second reader, which throws and ends the process.
  device.on('data', (report) => {
    if (!closed) events.report(report);
  });
  // Errors are strings, come once, and end the device; without a listener they end the process.
  device.on('error', (error) => {
    if (closed) return;
    closed = true;
    events.gone(String(error));
    device.close().catch(() => {});
  });
  return {
    async write(report) {
      await device.write(Buffer.from(report));
    },
    async close() {
      if (closed) return;
      closed = true;
      await device.close();
    },
  };
}

function oncePerPath(listed: unknown): HidDevice[] {
  const byPath = new Map<string, HidDevice>();
  for (const entry of Array.isArray(listed) ? listed : []) {
    const parsed = v.safeParse(listedSchema, entry);
    if (!parsed.success) continue;
    const { product, manufacturer, ...rest } = parsed.output;
    const device = v.safeParse(hidDeviceSchema, {
      ...rest,
      product: (product ?? '').slice(0, 256),
      ...(manufacturer ? { manufacturer: manufacturer.slice(0, 256) } : {}),
    });
    if (!device.success) continue;
    const known = byPath.get(device.output.path);
    if (!known || (known.usagePage !== telephonyPage && device.output.usagePage === telephonyPage)) {
      byPath.set(device.output.path, device.output);
    }
  }
  return [...byPath.values()];
}

/** The native part loads at the first call, not at import, so that is where a missing libusb shows. */
function isLoadFailure(error: unknown): boolean {
  return /cannot open shared object|dlopen|no native build|Cannot find module|not a valid/i.test(String(error));
}

function libraryMissing(error: unknown): LibraryError {
  const detail = error instanceof Error ? error.message : String(error);
  return new LibraryError(
    'library-missing',
    `The library for headset buttons does not load. On Debian and Ubuntu it needs libusb-1.0-0 and libudev1. (${detail})`,
  );
}

async function mayOpen(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return true;
  } catch (error) {
    // Only "permission denied" is a matter of permission; an unplugged device is just gone.
    return !(error instanceof Error && 'code' in error && error.code === 'EACCES');
  }
}

/** Nodes of /dev appear 25 to 270 ms after plugging in. Without inotify there is no watching, and no harm. */
function watchDev(changed: () => void): () => void {
  try {
    const watcher = watch('/dev', (_event, name) => {
      if (name?.startsWith('hidraw')) changed();
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {};
  }
}
