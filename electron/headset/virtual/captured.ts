// Captured report descriptors, which stay beside the project: ../shared/fixtures/headsets. Empty where that is not here.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import type { ControlName, LampName } from '../telephony.ts';
import { usage } from '../usages.ts';
import { hex } from './models.ts';
import type { Layout, VirtualModel } from './virtual-headset.ts';

const file = resolve(import.meta.dirname, '../../../../shared/fixtures/headsets/descriptors.json');

const capturedSchema = v.object({
  product: v.string(),
  vid: v.string(),
  pid: v.string(),
  descriptor_hex: v.string(),
  top_level_collections: v.array(v.string()),
  /** Verified against the Linux kernel's own parser. */
  telephony_fields: v.array(
    v.object({
      dir: v.picklist(['in', 'out']),
      report_id: v.number(),
      bit: v.number(),
      usage: v.string(),
      relative: v.optional(v.boolean()),
      constant_flag: v.optional(v.boolean()),
    }),
  ),
  output_report_bits: v.record(v.string(), v.number()),
});
export type Captured = v.InferOutput<typeof capturedSchema>;

export const captured: Captured[] = existsSync(file)
  ? v.parse(v.array(capturedSchema), JSON.parse(readFileSync(file, 'utf8')))
  : [];

export const capturedTitle =
  captured.length > 0
    ? 'captured descriptors'
    : 'captured descriptors (skipped: ../shared/fixtures/headsets is not here)';

export const usageNames: Record<string, number> = {
  HookSwitch: usage.hookSwitch,
  Flash: usage.flash,
  Redial: usage.redial,
  Drop: usage.drop,
  PhoneMute: usage.phoneMute,
  LineBusyTone: usage.lineBusyTone,
  SpeedDial: 0x0b_0050,
  VoiceMail: 0x0b_0070,
  'Button7(ProgrammableButton)': usage.button7,
  'LED.OffHook': usage.ledOffHook,
  'LED.Mute': usage.ledMute,
  'LED.Ring': usage.ledRing,
  'LED.Hold': usage.ledHold,
  'LED.Microphone': usage.ledMicrophone,
  'LED.OnLine': usage.ledOnLine,
  'LED.Speaker': 0x08_001e,
  Ringer: usage.ringer,
};

const controls: Record<string, ControlName> = {
  HookSwitch: 'hook',
  Flash: 'flash',
  Redial: 'redial',
  Drop: 'drop',
  PhoneMute: 'mute',
  LineBusyTone: 'lineBusy',
  'Button7(ProgrammableButton)': 'reject',
};
const lamps: Record<string, LampName> = {
  'LED.OffHook': 'offHook',
  'LED.Mute': 'mute',
  'LED.Ring': 'ring',
  'LED.Hold': 'hold',
  'LED.OnLine': 'onLine',
};

/** A virtual headset on a captured descriptor; where its bits live is taken from the capture, not from our parser. */
export function modelOf(entry: Captured): VirtualModel {
  const layout: Layout = { numbered: true, controls: {}, lamps: {}, inputLengths: {}, outputLengths: {} };
  for (const { dir, report_id: report, bit, usage: name } of entry.telephony_fields) {
    const control = controls[name];
    const lamp = lamps[name];
    if (dir === 'in' && control) layout.controls[control] = { report, bit };
    if (dir === 'in') layout.inputLengths[report] = 2;
    if (dir === 'out' && lamp) layout.lamps[lamp] = { report, bit };
  }
  for (const [id, bits] of Object.entries(entry.output_report_bits)) layout.outputLengths[Number(id)] = bits / 8;
  return {
    vendorId: Number(entry.vid),
    productId: Number(entry.pid),
    product: entry.product,
    descriptor: hex(entry.descriptor_hex),
    layout,
    behaviour: {
      acknowledgeMs: 100,
      takeBackMs: 2_200,
      repeatMs: null,
      muteNeedsOffHook: true,
      hookIsButton: false,
    },
  };
}
