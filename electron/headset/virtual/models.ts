// Virtual headsets of the shapes found in the field. Descriptors are written here, not captured; layouts by hand.
import type { Behaviour, VirtualModel } from './virtual-headset.ts';

/** Bytes from lines of hex with `//` comments. */
export function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(/\/\/.*$/gm, '').replaceAll(/\s+/g, ''), 'hex'));
}

const wired: Behaviour = {
  acknowledgeMs: 20,
  takeBackMs: 2_200,
  repeatMs: null,
  muteNeedsOffHook: true,
  hookIsButton: false,
};

/** One report each way, all lamps packed, Line Busy between hook and mute. */
export const jabraLike: VirtualModel = {
  vendorId: 0x0b0e,
  productId: 0xfff1,
  product: 'Virtual Jabra-like',
  descriptor: hex(`
    05 0B  09 05  A1 01       // Telephony, Headset, Application
      85 02  15 00  25 01  75 01
      09 20  95 01  81 22     // 0  Hook Switch, absolute, no preferred state
      09 97  95 01  81 22     // 1  Line Busy Tone
      09 2F  09 21  09 24
      95 03  81 06            // 2-4  Phone Mute, Flash, Redial, relative
      05 09  09 07
      95 01  81 02            // 5  Button 7
      95 0A  81 01            // padding to 16
      05 08  09 17  09 09  09 18  09 20
      95 04  91 22            // 0-3  Off-Hook, Mute, Ring, Hold
      95 0C  91 01
    C0`),
  layout: {
    numbered: true,
    controls: {
      hook: { report: 2, bit: 0 },
      lineBusy: { report: 2, bit: 1 },
      mute: { report: 2, bit: 2 },
      flash: { report: 2, bit: 3 },
      redial: { report: 2, bit: 4 },
      reject: { report: 2, bit: 5 },
    },
    lamps: {
      offHook: { report: 2, bit: 0 },
      mute: { report: 2, bit: 1 },
      ring: { report: 2, bit: 2 },
      hold: { report: 2, bit: 3 },
    },
    inputLengths: { 2: 2 },
    outputLengths: { 2: 2 },
  },
  behaviour: wired,
};

/** One report a lamp; flash is a level; a signal without an answer comes again at once. */
export const polyLike: VirtualModel = {
  vendorId: 0x047f,
  productId: 0xfff2,
  product: 'Virtual Poly-like',
  descriptor: hex(`
    06 A2 FF  09 03  A1 01    // a vendor mirror that repeats the ids: not for us
      85 15  15 00  25 01  75 01  95 01
      09 20  81 22  09 2F  81 06  95 06  81 01
    C0
    05 0B  09 05  A1 01
      85 20  15 00  25 01  75 01  95 01
      09 20  81 22            // 0  Hook Switch
      09 2F  81 06            // 1  Phone Mute, relative
      09 21  81 02            // 2  Flash, absolute
      09 24  81 06            // 3  Redial
      05 09  09 07  81 06     // 4  Button 7
      75 03  81 01
      05 08  75 01
      85 21  09 18  91 22  75 07  91 01   // Ring
      75 01
      85 23  09 09  91 22  75 07  91 01   // Mute
      75 01
      85 24  09 17  91 22  75 07  91 01   // Off-Hook
      75 01
      85 25  09 20  91 22  75 07  91 01   // Hold
    C0`),
  layout: {
    numbered: true,
    controls: {
      hook: { report: 0x20, bit: 0 },
      mute: { report: 0x20, bit: 1 },
      flash: { report: 0x20, bit: 2 },
      redial: { report: 0x20, bit: 3 },
      reject: { report: 0x20, bit: 4 },
    },
    lamps: {
      ring: { report: 0x21, bit: 0 },
      mute: { report: 0x23, bit: 0 },
      offHook: { report: 0x24, bit: 0 },
      hold: { report: 0x25, bit: 0 },
    },
    inputLengths: { 0x20: 1 },
    outputLengths: { 0x21: 1, 0x23: 1, 0x24: 1, 0x25: 1 },
  },
  behaviour: { acknowledgeMs: 300, takeBackMs: 2_500, repeatMs: 50, muteNeedsOffHook: true, hookIsButton: false },
};

/** In by report 2, out by report 3; reject is a one-bit array; a vendor application collection inside the telephone. */
export const eposLike: VirtualModel = {
  vendorId: 0x1395,
  productId: 0xfff3,
  product: 'Virtual EPOS-like D1',
  descriptor: hex(`
    05 0B  09 05  A1 01
      85 02  15 00  25 01  75 01
      09 20  95 01  81 02     // 0  Hook Switch
      09 21  09 24  09 2F  09 26
      95 04  81 06            // 1-4  Flash, Redial, Phone Mute, Drop
      09 07  05 09  09 01
      95 01  81 40            // 5  array of 0B:07 (or 09:07) and 09:01
      95 02  81 01
      85 03  05 08
      09 17  09 21  09 18  09 09  09 2A  09 20
      95 06  91 02            // Off-Hook, Microphone, Ring, Mute, On-Line, Hold
      95 02  91 01
      09 01  A1 01            // nested application collection
        06 40 FF  85 40  09 40  75 08  95 01  B1 02
      C0
    C0`),
  layout: {
    numbered: true,
    controls: {
      hook: { report: 2, bit: 0 },
      flash: { report: 2, bit: 1 },
      redial: { report: 2, bit: 2 },
      mute: { report: 2, bit: 3 },
      drop: { report: 2, bit: 4 },
      reject: { report: 2, bit: 5 },
    },
    lamps: {
      offHook: { report: 3, bit: 0 },
      ring: { report: 3, bit: 2 },
      mute: { report: 3, bit: 3 },
      onLine: { report: 3, bit: 4 },
      hold: { report: 3, bit: 5 },
    },
    inputLengths: { 2: 1 },
    outputLengths: { 3: 1 },
  },
  behaviour: { acknowledgeMs: 2_000, takeBackMs: null, repeatMs: null, muteNeedsOffHook: true, hookIsButton: false },
};

/** No report ids, no lamps, usages in a Consumer collection: mute is a switch that stays, hook a button. */
export const chipLike: VirtualModel = {
  vendorId: 0x0d8c,
  productId: 0xfff4,
  product: 'Virtual audio chip',
  descriptor: hex(`
    05 0C  09 01  A1 01
      15 00  25 01  75 01
      09 E9  09 EA  95 02  81 02    // volume
      09 E2  95 01  81 06           // mute of the speaker
      05 0B  09 2F  81 02           // 3  Phone Mute, absolute
      09 20  81 06                  // 4  Hook Switch, relative
      95 03  81 01
    C0`),
  layout: {
    numbered: false,
    controls: { mute: { report: 0, bit: 3 }, hook: { report: 0, bit: 4 } },
    lamps: {},
    inputLengths: { 0: 1 },
    outputLengths: {},
  },
  behaviour: { acknowledgeMs: null, takeBackMs: null, repeatMs: null, muteNeedsOffHook: false, hookIsButton: true },
};

/** Flags its live controls Constant, as several speakerphones do, and never confirms an OffHook. */
export const constantLike: VirtualModel = {
  vendorId: 0x291a,
  productId: 0xfff5,
  product: 'Virtual speakerphone',
  descriptor: hex(`
    05 0B  09 05  A1 01
      85 02  15 00  25 01  75 01
      09 20  95 01  81 23     // 0  Hook Switch, flagged Constant
      09 97  95 01  81 23     // 1  Line Busy
      09 2F  09 21
      95 02  81 07            // 2-3  Phone Mute, Flash, flagged Constant
      95 06  81 01
      05 09  09 07
      95 01  81 02            // 10  Button 7
      95 05  81 01
      05 08  09 17  09 18  09 20  09 21
      95 04  91 22            // Off-Hook, Ring, Hold, Microphone (no Mute)
      95 0C  91 01
    C0`),
  layout: {
    numbered: true,
    controls: {
      hook: { report: 2, bit: 0 },
      lineBusy: { report: 2, bit: 1 },
      mute: { report: 2, bit: 2 },
      flash: { report: 2, bit: 3 },
      reject: { report: 2, bit: 10 },
    },
    lamps: {
      offHook: { report: 2, bit: 0 },
      ring: { report: 2, bit: 1 },
      hold: { report: 2, bit: 2 },
      mute: { report: 2, bit: 3 },
    },
    inputLengths: { 2: 2 },
    outputLengths: { 2: 2 },
  },
  behaviour: { acknowledgeMs: null, takeBackMs: null, repeatMs: null, muteNeedsOffHook: true, hookIsButton: false },
};

export const models = { jabra: jabraLike, poly: polyLike, epos: eposLike, chip: chipLike, constant: constantLike };
export type ModelName = keyof typeof models;

/** HID devices that are no headsets for calls: a gaming headset, an empty telephony collection, buttons without a hook. */
export const notHeadsets: Record<string, Uint8Array> = {
  gaming: hex('05 0C 09 01 A1 01 85 01 15 00 25 01 75 01 09 E9 09 EA 95 02 81 02 95 06 81 01 C0'),
  'empty telephony': hex('05 0B 09 05 A1 01 C0'),
  'buttons only': hex('05 0B 09 05 A1 01 15 00 25 01 75 01 95 08 05 09 19 01 29 08 81 02 C0'),
};
