// Report descriptors from the system, which node-hid does not hand out: sysfs on Linux, the I/O registry on macOS.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

export type ReadDescriptor = (path: string) => Promise<Uint8Array | null>;

/** The way of this system. Windows has none yet: its descriptors are rebuilt from collections, elsewhere. */
export function descriptorReader(platform: NodeJS.Platform): ReadDescriptor {
  if (platform === 'linux') return (path) => readSysfs(path);
  if (platform === 'darwin') return ioRegistry({ command: '/usr/sbin/ioreg', timeoutMs: 5_000 });
  return () => Promise.resolve(null);
}

/** Linux: `/sys/class/hidraw/hidraw3/device/report_descriptor`, readable by everybody even where the device is not. */
export async function readSysfs(path: string, root = '/sys/class/hidraw'): Promise<Uint8Array | null> {
  const node = basename(path);
  if (!/^hidraw\d+$/.test(node)) return null;
  try {
    return await readFile(join(root, node, 'device/report_descriptor'));
  } catch {
    return null; // Unplugged meanwhile, or a kernel without hidraw.
  }
}

/** One dump serves a whole scan (ms). */
const dumpLifeMs = 2_000;
/** Bytes; a busy Mac's registry of HID devices has some hundred thousand. */
const largestDump = 64 * 1024 * 1024;

export interface IoregOptions {
  command: string;
  /** Killed after this (ms). */
  timeoutMs: number;
}

/** macOS: asks `ioreg`, once for all devices of a scan. Null where it hangs, fails, says too much or does not know. */
export function ioRegistry({ command, timeoutMs }: IoregOptions): ReadDescriptor {
  let dump: { at: number; text: Promise<string> } | null = null;
  const ask = (): Promise<string> =>
    new Promise((resolve) => {
      const limits = { timeout: timeoutMs, killSignal: 'SIGKILL' as const, maxBuffer: largestDump };
      execFile(command, ['-rc', 'IOHIDDevice', '-l', '-w0'], limits, (error, stdout) => resolve(error ? '' : stdout));
    });
  return async (path) => {
    const now = performance.now();
    if (!dump || now - dump.at > dumpLifeMs) dump = { at: now, text: ask() };
    return findInIoreg(await dump.text, path);
  };
}

// From the start of the line: the names in it are the devices' own words, and one may name itself like a line of another.
const entryLine = /^[\s|]*\+-o .*<class \w+, id 0x([0-9a-f]+)[,>]/;
const descriptorLine = /^[\s|]*"ReportDescriptor" = <([0-9a-fA-F]*)>\s*$/;

/**
 * Finds the descriptor of hidapi's path `DevSrvsID:<registry id, decimal>` in the text of
 * `ioreg -rc IOHIDDevice -l -w0`. Null where it is not there.
 */
export function findInIoreg(text: string, path: string): Uint8Array | null {
  const wanted = /^DevSrvsID:(\d{1,20})$/.exec(path)?.[1];
  if (wanted === undefined) return null;
  const entryId = BigInt(wanted).toString(16);
  let current = '';
  for (const line of text.split('\n')) {
    const entry = entryLine.exec(line);
    if (entry) current = entry[1] ?? '';
    const hex = current === entryId ? descriptorLine.exec(line)?.[1] : undefined;
    if (hex !== undefined) return hex.length > 0 && hex.length % 2 === 0 ? Buffer.from(hex, 'hex') : null;
  }
  return null;
}
