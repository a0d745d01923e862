// The headset host: node-hid's habits, descriptors from the system, and its script run as a process.
import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createHostTransport } from '../host-transport.ts';
import { HidError } from '../types.ts';
import { LoopbackHost } from '../virtual/loopback.ts';
import { hex } from '../virtual/models.ts';
import { UtilityProcess } from '../virtual/utility-process.ts';
import { descriptorReader, findInIoreg, ioRegistry, readSysfs } from './descriptors.ts';
import { createNodeHid, type NodeHidDevice, type NodeHidModule } from './node-hid.ts';

/** As node-hid 3.4 behaves: a second data listener, or an error without a listener, ends the process. */
class FakeHidAsync extends EventEmitter implements NodeHidDevice {
  readonly written: Buffer[] = [];
  closed = 0;

  override on(event: string, listener: (...values: never[]) => void): this {
    if (event === 'data' && this.listenerCount('data') > 0) throw new Error('read is already running');
    return super.on(event, listener as (...values: unknown[]) => void);
  }

  write(report: Buffer): Promise<number> {
    if (!Buffer.isBuffer(report)) return Promise.reject(new TypeError('needs a Buffer'));
    this.written.push(report);
    return Promise.resolve(report.length);
  }

  close(): Promise<void> {
    this.closed += 1;
    this.removeAllListeners();
    return Promise.resolve();
  }
}

const entry = { path: '/dev/hidraw3', vendorId: 0x0b0e, productId: 0x0307, release: 256, interface: 3 };

function hostOn(library: Partial<NodeHidModule> & { device?: FakeHidAsync }, platform: NodeJS.Platform = 'darwin') {
  const opened: { path: string; options: unknown }[] = [];
  const load = (): Promise<NodeHidModule> =>
    Promise.resolve({
      devicesAsync: library.devicesAsync ?? (() => Promise.resolve([])),
      HIDAsync: library.HIDAsync ?? {
        open: (path, options) => {
          opened.push({ path, options });
          return Promise.resolve(library.device ?? new FakeHidAsync());
        },
      },
    });
  const host = new LoopbackHost(createNodeHid({ platform, load, readDescriptor: () => Promise.resolve(null) }));
  return { transport: createHostTransport(host), opened };
}

/** hidapi's path of a registry entry on macOS. */
const pathOf = (entryId: number) => `DevSrvsID:${entryId}`;

const codeOf = (error: unknown) => (error instanceof HidError ? error.code : String(error));

describe('node-hid behind the host', () => {
  it('lists a path once, as the telephone that it is, and survives entries without names', async () => {
    const { transport } = hostOn({
      devicesAsync: () =>
        Promise.resolve([
          { ...entry, product: 'Link', usagePage: 0x0c, usage: 1 },
          { ...entry, product: 'Link', usagePage: 0x0b, usage: 5 },
          { ...entry, product: 'Link', usagePage: 0xff00, usage: 1 },
          { ...entry, path: '/dev/hidraw4', product: undefined, manufacturer: null },
          { vendorId: 1, productId: 2 },
          'nonsense',
        ]),
    });
    expect(await transport.devices()).toEqual([
      { path: '/dev/hidraw3', vendorId: 0x0b0e, productId: 0x0307, product: 'Link', usagePage: 0x0b, usage: 5 },
      { path: '/dev/hidraw4', vendorId: 0x0b0e, productId: 0x0307, product: '' },
    ]);
  });

  it('opens without seizing, and carries reports both ways', async () => {
    const device = new FakeHidAsync();
    const { transport, opened } = hostOn({ device });
    const connection = await transport.open('/dev/hidraw3');
    expect(opened).toEqual([{ path: '/dev/hidraw3', options: { nonExclusive: true } }]);
    const report = new Promise((done) => connection.onReport(done));
    device.emit('data', Buffer.from([2, 1, 0]));
    expect(await report).toEqual(hex('02 01 00'));
    await connection.write(hex('02 05 00'));
    expect(device.written).toEqual([Buffer.from([2, 5, 0])]);
    await connection.close();
    expect(device.closed).toBe(1);
  });

  it('says that a device is gone at its first error, a string, and closes it once', async () => {
    const device = new FakeHidAsync();
    const connection = await hostOn({ device }).transport.open('/dev/hidraw3');
    const gone = new Promise((done) => connection.onGone(done));
    device.emit('error', 'could not read from HID device');
    expect(await gone).toBe('could not read from HID device');
    await expect(connection.write(hex('02 00 00'))).rejects.toThrow(HidError);
    await connection.close();
    expect(device.closed).toBe(1);
  });

  it('says which packages are missing when the native library does not load', async () => {
    const { transport } = hostOn({
      devicesAsync: () => Promise.reject(new Error('libusb-1.0.so.0: cannot open shared object file')),
    });
    const error: unknown = await transport.devices().catch((reason: unknown) => reason);
    expect(codeOf(error)).toBe('library-missing');
    expect(String(error)).toContain('libusb-1.0-0');
  });

  it('tells a device that may not be opened from one that cannot', async () => {
    const { transport } = hostOn(
      { HIDAsync: { open: () => Promise.reject(new Error('cannot open device with path /nowhere')) } },
      'linux',
    );
    const error: unknown = await transport.open('/nowhere').catch((reason: unknown) => reason);
    expect(codeOf(error)).toBe('failed');
  });

  it('passes on what is thrown as a string', async () => {
    const { transport } = hostOn({ HIDAsync: { open: () => Promise.reject('busy') } });
    await expect(transport.open('x')).rejects.toThrow('busy');
  });
});

describe('descriptors from the system', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-sysfs-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('on Linux come from sysfs, and only for hidraw nodes', async () => {
    mkdirSync(join(folder, 'hidraw3/device'), { recursive: true });
    writeFileSync(join(folder, 'hidraw3/device/report_descriptor'), hex('05 0B 09 05 A1 01 C0'));
    expect(await readSysfs('/dev/hidraw3', folder)).toEqual(Buffer.from(hex('05 0B 09 05 A1 01 C0')));
    expect(await readSysfs('/dev/hidraw4', folder)).toBeNull();
    expect(await readSysfs('/dev/../etc/passwd', folder)).toBeNull();
  });

  it('on macOS come from the I/O registry, by the id in the path', () => {
    // The shape of `ioreg -rc IOHIDDevice -l -w0`: a tree, children after the properties of their parent.
    const text = `
+-o AppleUserUSBHostHIDDevice  <class AppleUserUSBHostHIDDevice, id 0x100000a7e, registered, matched, active, busy 0 (2 ms), retain 11>
  | {
  |   "Product" = "Some keyboard"
  |   "ReportDescriptor" = <05010906a101c0>
  |   "VendorID" = 1452
  | }
  |
  +-o IOHIDLibUserClient  <class IOHIDLibUserClient, id 0x100000a99, !registered, !matched, active, busy 0, retain 7>
      {
        "IOUserClientCreator" = "pid 411, WindowServer"
      }

+-o AppleUserUSBHostHIDDevice  <class AppleUserUSBHostHIDDevice, id 0x100000b21, registered, matched, active, busy 0 (1 ms), retain 10>
    {
      "Product" = "A headset"
      "ReportDescriptor" = <050b0905a101c0>
    }
`;
    expect(findInIoreg(text, pathOf(0x100000b21))).toEqual(Buffer.from(hex('05 0B 09 05 A1 01 C0')));
    expect(findInIoreg(text, pathOf(0x100000a7e))).toEqual(Buffer.from(hex('05 01 09 06 A1 01 C0')));
    expect(findInIoreg(text, pathOf(0x100000a99))).toBeNull();
    expect(findInIoreg(text, 'DevSrvsID:1')).toBeNull();
    expect(findInIoreg(text, '/dev/hidraw3')).toBeNull();
    expect(findInIoreg('"ReportDescriptor" = <05', pathOf(0x100000a7e))).toBeNull();
  });

  it('on macOS no device can forge: its name is not read as a line of the registry', () => {
    const forged = '05010906a101c0';
    const text = `
+-o AppleUserUSBHostHIDDevice  <class AppleUserUSBHostHIDDevice, id 0x100000a7e, registered, matched>
    {
      "Product" = "+-o x  <class y, id 0x100000b21, registered>"
      "Manufacturer" = ""ReportDescriptor" = <${forged}>"
      "ReportDescriptor" = <${forged}>
    }
+-o AppleUserUSBHostHIDDevice  <class AppleUserUSBHostHIDDevice, id 0x100000b21, registered, matched>
    {
      "ReportDescriptor" = <050b0905a101c0>
    }
`;
    expect(findInIoreg(text, pathOf(0x100000b21))).toEqual(Buffer.from(hex('05 0B 09 05 A1 01 C0')));
  });

  it('on macOS are searched for in megabytes of anything without a stop', () => {
    const lines = ['+-o '.repeat(250_000), '| '.repeat(500_000), `"ReportDescriptor" = <${'05'.repeat(500_000)}`];
    const noise = Array.from({ length: 100_000 }, (_, index) => `+-o x  <class y, id 0x${index.toString(16)}, z>`);
    const since = performance.now();
    expect(findInIoreg([...lines, ...noise].join('\n'), pathOf(0x7fff_ffff))).toBeNull();
    expect(performance.now() - since).toBeLessThan(2_000);
  });

  it.concurrent.each([
    ['hangs', 'exec sleep 60'],
    ['never ends', 'exec yes'],
    ['says garbage', 'exec head -c 300000 /dev/urandom'],
    ['fails', 'exit 3'],
  ])('on macOS are nothing where the registry %s', async (how, script) => {
    const command = join(folder, `ioreg that ${how}`);
    writeFileSync(command, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    expect(await ioRegistry({ command, timeoutMs: 1_000 })(pathOf(1))).toBeNull();
    expect(await ioRegistry({ command: join(folder, 'nothing'), timeoutMs: 1_000 })(pathOf(1))).toBeNull();
  });

  it('on Windows are not to be had', async () => {
    expect(await descriptorReader('win32')('\\\\?\\hid#vid_0b0e')).toBeNull();
  });
});

describe('the host as a process', () => {
  it('answers with the real library, refuses a device that is not there, and outlives garbage', async () => {
    const host = new UtilityProcess(resolve(import.meta.dirname, 'main.ts'));
    const transport = createHostTransport(host);
    try {
      for (const garbage of [null, 7, 'x', {}, { type: 'open' }, { type: 'write', id: 1, handle: 9, report: [1] }]) {
        host.send(garbage);
      }
      // Where the system's own libraries are missing this is a clear error; anywhere else a list.
      const listed = await transport.devices().catch((error: unknown) => codeOf(error));
      expect(Array.isArray(listed) || listed === 'library-missing').toBe(true);
      const opened: unknown = await transport.open('/dev/hidraw-none').catch((error: unknown) => codeOf(error));
      expect(opened).toBe(listed === 'library-missing' ? listed : 'failed');
      expect(host.running).toBe(true);
    } finally {
      await host.stop();
    }
  });
});
