// The guest: a Linux kernel in QEMU with a small file system, and what it says on its serial line.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import * as v from 'valibot';
import { anyDescriptor } from '../../electron/headset/virtual/any-descriptor.ts';
import { missingPrograms, startChild } from '../peers/support/child.ts';
import { archive, folderAt, withLibraries, type ArchiveFile } from './initramfs.ts';
import { guestKernel, type GuestKernel } from './kernel.ts';
import { guestReportSchema, type GuestReport } from './report.ts';

const root = resolve(import.meta.dirname, '../..');
const out = join(root, 'out/headset-guest');
const prebuild = 'HID_hidraw-linux-x64';
/** Descriptors made up for the comparison with the kernel; the seed is fixed so that a difference can be looked at. */
const generated = { count: 200, seed: 2_026 };
const longestRunMs = 540_000;

const init = (modules: readonly string[]) => `#!/bin/sh
mount -t devtmpfs none /dev
mount -t proc none /proc
mount -t sysfs none /sys
mount -t debugfs none /sys/kernel/debug
${modules.map((name) => `insmod /modules/${name}${name === 'hid.ko' ? ' ignore_special_drivers=1' : ''}`).join('\n')}
cd /w/a/b/c && /bin/node guest.mjs
poweroff -f
`;

/** Why the guest cannot be run here; null where it can. */
export function missingForGuest(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'it runs on x64 Linux alone';
  const missing = missingPrograms('qemu-system-x86_64', 'busybox', 'apt-get', 'dpkg-deb', 'ldd');
  return missing.length > 0 ? `not installed: ${missing.join(', ')} (packages qemu-system-x86, busybox-static)` : null;
}

export type Kernel = GuestKernel | { unavailable: string };

/** The kernel, or why there is none: a machine without a network has nothing to boot. */
export function kernelOrWhy(): Promise<Kernel> {
  return guestKernel().catch((error: unknown) => ({ unavailable: String(error) }));
}

/** Boots, runs all, and returns what the guest told. Rejects when it did not come to its end. */
export async function runGuest(kernel: GuestKernel): Promise<GuestReport[]> {
  mkdirSync(out, { recursive: true });
  const image = join(out, 'initramfs.cpio');
  writeFileSync(image, archive(await guestFiles(kernel), ['dev', 'proc', 'sys', 'tmp']));
  const qemu = startChild(
    'qemu-system-x86_64',
    [
      '-machine q35 -accel tcg -cpu max -smp 2 -m 1024 -display none -serial stdio -monitor none -nic none -no-reboot'.split(
        ' ',
      ),
      ['-kernel', kernel.image, '-initrd', image, '-append', 'console=ttyS0 quiet panic=-1'],
    ].flat(),
    { logFile: join(out, 'guest.log') },
  );
  try {
    await qemu.waitFor(/^@\{"kind":"end"\}/m, longestRunMs);
    return qemu
      .output()
      .split(/\r?\n/)
      .filter((line) => line.startsWith('@'))
      .map((line) => v.parse(guestReportSchema, JSON.parse(line.slice(1))));
  } finally {
    await qemu.stop();
  }
}

async function guestFiles(kernel: GuestKernel): Promise<ArchiveFile[]> {
  const nodeHid = join(root, 'node_modules/node-hid');
  const native = join(nodeHid, 'prebuilds', prebuild);
  const addon = folderAt(native, `app/node_modules/node-hid/prebuilds/${prebuild}`);
  const captured = resolve(root, '../shared/fixtures/headsets/descriptors.json');
  const samples = fc.sample(anyDescriptor, { numRuns: generated.count, seed: generated.seed });
  const descriptors = samples.map((bytes, index) => ({
    name: `generated ${index}`,
    hex: Buffer.from(bytes).toString('hex'),
  }));
  return [
    { path: 'init', content: Buffer.from(init(kernel.modules.map((path) => basename(path)))), executable: true },
    ...(await withLibraries('/bin/busybox', 'bin/busybox').catch(() => busyboxAlone())),
    ...['sh', 'mount', 'insmod', 'poweroff'].map((name) => applet(name)),
    ...(await withLibraries(process.execPath, 'bin/node')),
    ...(await Promise.all(addon.map(async ({ path }) => withLibraries(join(native, basename(path)), path)))).flat(),
    ...kernel.modules.map((path) => ({ path: `modules/${basename(path)}`, content: readFileSync(path) })),
    // The host as it was built, and of node-hid what the installers keep.
    ...folderAt(join(root, 'dist/chunks'), 'app/dist/chunks'),
    { path: 'app/dist/headset-host.cjs', content: readFileSync(join(root, 'dist/headset-host.cjs')) },
    ...['package.json', 'nodehid.js', 'binding-options.js'].map((name) => ({
      path: `app/node_modules/node-hid/${name}`,
      content: readFileSync(join(nodeHid, name)),
    })),
    ...folderAt(join(root, 'node_modules/pkg-prebuilds'), 'app/node_modules/pkg-prebuilds'),
    { path: 'app/descriptors.json', content: Buffer.from(JSON.stringify(descriptors)) },
    // Four folders deep, as the module that reads captures looks for them beside the project.
    { path: 'w/a/b/c/guest.mjs', content: await bundledGuest() },
    ...(existsSync(captured)
      ? [{ path: 'shared/fixtures/headsets/descriptors.json', content: readFileSync(captured) }]
      : []),
  ];
}

function busyboxAlone(): ArchiveFile[] {
  return [{ path: 'bin/busybox', content: readFileSync('/bin/busybox'), executable: true }];
}

/** One program under another name: a script, because an archive of files has no links. */
function applet(name: string): ArchiveFile {
  if (name === 'sh') return { path: 'bin/sh', content: readFileSync('/bin/busybox'), executable: true };
  return { path: `bin/${name}`, content: Buffer.from(`#!/bin/sh\nexec /bin/busybox ${name} "$@"\n`), executable: true };
}

async function bundledGuest(): Promise<Uint8Array> {
  const result = await build({
    entryPoints: [resolve(import.meta.dirname, 'guest.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  return result.outputFiles[0]?.contents ?? new Uint8Array();
}
