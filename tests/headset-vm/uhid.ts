// A virtual headset as a device of the Linux kernel: /dev/uhid (linux/uhid.h), where the kernel asks and is told.
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import type { VirtualHeadset } from '../../electron/headset/virtual/virtual-headset.ts';

const event = {
  destroy: 1,
  output: 6,
  getReport: 9,
  getReportReply: 10,
  create2: 11,
  input2: 12,
  setReport: 13,
  setReportReply: 14,
};
const usbBus = 3;
const dataMax = 4096;
/** Longest event of the kernel: type and the largest request. */
const eventMax = 4 + 4376;
/** `EIO` to what a headset does not answer. */
const notAnswered = 5;

/** What the kernel is told of a device. */
export interface UhidDevice {
  product: string;
  vendorId: number;
  productId: number;
  descriptor: Uint8Array;
}

/** One device of the kernel. Reads are polled: a blocking read would hold one of Node's few threads for each device. */
export class Uhid {
  /** An output report came, its id in byte 0. */
  onOutput: (report: Uint8Array) => void = () => {};
  readonly #file: number;
  readonly #timer: NodeJS.Timeout;

  constructor({ product, vendorId, productId, descriptor }: UhidDevice) {
    this.#file = openSync('/dev/uhid', constants.O_RDWR | constants.O_NONBLOCK);
    const create = Buffer.alloc(4 + 128 + 64 + 64 + 20 + dataMax);
    create.writeUInt32LE(event.create2, 0);
    create.write(product.slice(0, 120), 4, 'utf8');
    create.write('virtual', 4 + 128);
    create.writeUInt16LE(descriptor.length, 260);
    create.writeUInt16LE(usbBus, 262);
    create.writeUInt32LE(vendorId, 264);
    create.writeUInt32LE(productId, 268);
    create.set(descriptor, 280);
    writeSync(this.#file, create);
    this.#timer = setInterval(() => this.#read(), 2);
  }

  input(report: Uint8Array): void {
    const message = Buffer.alloc(6 + report.length);
    message.writeUInt32LE(event.input2, 0);
    message.writeUInt16LE(report.length, 4);
    message.set(report, 6);
    writeSync(this.#file, message);
  }

  /** Pulled out. */
  destroy(): void {
    clearInterval(this.#timer);
    const message = Buffer.alloc(4);
    message.writeUInt32LE(event.destroy, 0);
    writeSync(this.#file, message);
    closeSync(this.#file);
  }

  #read(): void {
    const message = Buffer.alloc(eventMax);
    for (;;) {
      try {
        if (readSync(this.#file, message, 0, message.length, null) === 0) return;
      } catch {
        return; // Nothing more to read.
      }
      this.#take(message);
    }
  }

  #take(message: Buffer): void {
    const type = message.readUInt32LE(0);
    if (type === event.output) {
      this.onOutput(Uint8Array.from(message.subarray(4, 4 + message.readUInt16LE(4 + dataMax))));
    } else if (type === event.getReport || type === event.setReport) {
      const reply = Buffer.alloc(type === event.getReport ? 12 : 10);
      reply.writeUInt32LE(type === event.getReport ? event.getReportReply : event.setReportReply, 0);
      message.copy(reply, 4, 4, 8);
      reply.writeUInt16LE(notAnswered, 8);
      writeSync(this.#file, reply);
    }
  }
}

/** Plugs a headset into the kernel. Returns what pulls it out again. */
export function plugIn(headset: VirtualHeadset): () => void {
  const device = new Uhid(headset.model);
  device.onOutput = (report) => void headset.write(report);
  const stop = headset.open({ report: (report) => device.input(report), gone: () => {} });
  return () => {
    stop();
    headset.unplug();
    device.destroy();
  };
}
