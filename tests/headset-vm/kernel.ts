// A Debian kernel for the guest: its package is downloaded and unpacked, never installed.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = resolve(import.meta.dirname, '../../node_modules/.cache/hookswitch-headset-vm');

export interface GuestKernel {
  image: string;
  /** Modules that make HID devices from user space, in the order in which they load. */
  modules: string[];
}

const moduleNames = ['hid', 'hid-generic', 'uhid'];

/** The small kernel for virtual machines; its HID core has hidraw built in. Rejects where it cannot be had. */
export async function guestKernel(): Promise<GuestKernel> {
  if (!existsSync(cache)) await download();
  const files = readdirSync(cache, { recursive: true, encoding: 'utf8' });
  const find = (pattern: RegExp) => {
    const found = files.find((name) => pattern.test(name));
    if (found === undefined) throw new Error(`The kernel's package has no file like ${pattern.source}.`);
    return join(cache, found);
  };
  return { image: find(/boot\/vmlinuz-/), modules: moduleNames.map((name) => find(new RegExp(`/${name}\\.ko$`))) };
}

async function download(): Promise<void> {
  const temporary = `${cache}.${process.pid}`;
  mkdirSync(temporary, { recursive: true });
  try {
    const { stdout } = await run('apt-cache', ['depends', 'linux-image-cloud-amd64']);
    const name = /Depends: (linux-image-\S+)/.exec(stdout)?.[1];
    if (name === undefined) throw new Error('apt-cache knows no linux-image-cloud-amd64.');
    await run('apt-get', ['-q', 'download', name], { cwd: temporary });
    const packed = readdirSync(temporary).find((file) => file.endsWith('.deb'));
    if (packed === undefined) throw new Error(`apt-get downloaded no package for ${name}.`);
    await run('dpkg-deb', ['-x', packed, '.'], { cwd: temporary });
    rmSync(join(temporary, packed));
    renameSync(temporary, cache);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
