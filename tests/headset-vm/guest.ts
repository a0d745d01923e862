// What runs in the guest: the kernel's reading of descriptors beside ours, and calls on virtual headsets of the kernel.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { parseReportDescriptor } from '../../electron/headset/report-descriptor.ts';
import { captured, isSteerable, modelOf } from '../../electron/headset/virtual/captured.ts';
import { hex, models } from '../../electron/headset/virtual/models.ts';
import type { VirtualModel } from '../../electron/headset/virtual/virtual-headset.ts';
import { callOn, Stage } from './guest-call.ts';
import { differences, kernelFields, ourFields } from './kernel-fields.ts';
import { Uhid } from './uhid.ts';
import type { GuestReport } from './report.ts';

const descriptorsSchema = v.array(v.object({ name: v.string(), hex: v.string() }));

await main().catch((error: unknown) =>
  tell({ kind: 'broken', error: String(error instanceof Error ? error.stack : error) }),
);
tell({ kind: 'end' });
process.exit(0);

async function main(): Promise<void> {
  const given = v.parse(descriptorsSchema, JSON.parse(readFileSync('/app/descriptors.json', 'utf8')));
  const own = Object.entries(models).map(([name, model]) => ({ name, bytes: model.descriptor }));
  const real = captured.map((entry) => ({ name: entry.product, bytes: hex(entry.descriptor_hex) }));
  const generated = given.map((each) => ({ name: each.name, bytes: hex(each.hex) }));
  for (const [index, { name, bytes }] of [...own, ...real, ...generated].entries()) {
    await compare(name, bytes, 0x1000 + index);
  }
  // Emulated, the answer to a signal may come after the device would have sent it again.
  const telephones = [...Object.values(models), ...captured.filter(isSteerable).map(modelOf)].map(
    (model): VirtualModel => ({ ...model, behaviour: { ...model.behaviour, repeatMs: null } }),
  );
  const stage = new Stage();
  for (const model of telephones) tell({ kind: 'call', ...(await callOn(stage, model)) });
  await stage.close();
}

/** Plugs the descriptor into the kernel and reads what it made of it. */
async function compare(name: string, descriptor: Uint8Array, productId: number): Promise<void> {
  const device = new Uhid({ product: name, vendorId: 0x1209, productId, descriptor });
  try {
    const node = await plugged(productId);
    if (node === null) {
      tell({ kind: 'fields', name, count: 0, differences: ['the kernel refuses it'] });
      return;
    }
    const sysfs = readFileSync(`/sys/class/hidraw/${node}/device/report_descriptor`);
    const folder = basename(readlinkSync(`/sys/class/hidraw/${node}/device`));
    const kernel = kernelFields(readFileSync(`/sys/kernel/debug/hid/${folder}/rdesc`, 'utf8'));
    const found = differences(kernel, ourFields(parseReportDescriptor(sysfs)));
    tell({ kind: 'fields', name, count: kernel.length, differences: found.slice(0, 3) });
  } finally {
    device.destroy();
  }
}

/** The hidraw node of this product, once there is one. */
async function plugged(productId: number): Promise<string | null> {
  const wanted = `:${productId.toString(16).toUpperCase().padStart(4, '0')}.`;
  for (let attempt = 0; attempt < 250; attempt += 1) {
    for (const node of readdirSync('/sys/class/hidraw')) {
      if (readlinkSync(`/sys/class/hidraw/${node}/device`).includes(wanted)) return node;
    }
    await delay(2);
  }
  return null;
}

function tell(report: GuestReport): void {
  console.log(`@${JSON.stringify(report)}`);
}
