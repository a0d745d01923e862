// Captured report descriptors, which stay beside the project: ../shared/fixtures/headsets. Empty where that is not here.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import type { ControlName, LampName } from '../telephony.ts';
import { usage } from '../usages.ts';
import { hex } from './models.ts';
import type { Layout, VirtualModel } from './virtual-headset.ts';

/** The CX300's "off-hook" lamp is its voicemail lamp: no telephone to steer by it. */
export function isSteerable({ product, telephony_fields: fields }: Captured): boolean {
  return (
    !product.startsWith('CX300') &&
    fields.some((field) => field.usage === 'HookSwitch') &&
    fields.some((field) => field.usage === 'LED.OffHook')
  );
}

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

/** Has a hook or a mute that a call can be controlled by. */
export function isTelephone({ telephony_fields: fields }: Captured): boolean {
  return fields.some((field) => field.usage === 'HookSwitch' || field.usage === 'PhoneMute');
}

/** A virtual headset on a captured descriptor; where its bits live is taken from the capture, not from our parser. */
export function modelOf(entry: Captured): VirtualModel {
  const numbered = entry.telephony_fields.some(({ report_id: id }) => id > 0);
  const layout: Layout = { numbered, controls: {}, lamps: {}, inputLengths: {}, outputLengths: {} };
  for (const { dir, report_id: report, bit, usage: name } of entry.telephony_fields) {
    const control = controls[name];
    const lamp = lamps[name];
    if (dir === 'in' && control) layout.controls[control] = { report, bit };
    if (dir === 'in') layout.inputLengths[report] = 2;
    // The CX300's own lamps mean something else.
    if (dir === 'out' && lamp && !entry.product.startsWith('CX300')) layout.lamps[lamp] = { report, bit };
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
      muteNeedsOffHook: !entry.telephony_fields.some(
        (field) => field.usage === 'PhoneMute' && field.relative === false,
      ),
      // A relative hook springs back.
      hookIsButton: entry.telephony_fields.some(
        ({ usage: name, relative }) => name === 'HookSwitch' && relative === true,
      ),
    },
  };
}
