// Reports: bits in and out, exact lengths, order of lamps, and anything a broken device may send.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noQuirk } from './quirks.ts';
import { parseReportDescriptor } from './report-descriptor.ts';
import { OutputReports, readBits, readControls, writeBits } from './report.ts';
import { findTelephony, type Telephony } from './telephony.ts';
import { models, hex } from './virtual/models.ts';
import type { VirtualModel } from './virtual/virtual-headset.ts';

function telephonyOf(model: VirtualModel): Telephony {
  const telephony = findTelephony(parseReportDescriptor(model.descriptor), noQuirk);
  if (!telephony) throw new Error('no telephony');
  return telephony;
}
const jabra = telephonyOf(models.jabra);
const poly = telephonyOf(models.poly);
const dark = { offHook: false, ring: false, mute: false, hold: false, onLine: false };

describe('bits', () => {
  it('start at the lowest bit of the first byte', () => {
    expect(readBits(hex('02 80'), 1, 1)).toBe(1);
    expect(readBits(hex('00 80'), 15, 1)).toBe(1);
    expect(readBits(hex('34 12'), 0, 16)).toBe(0x1234);
  });

  it('past the end are not there', () => {
    expect(readBits(hex('FF'), 7, 2)).toBeNull();
  });

  it('come back as they were written, and leave their neighbours alone', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.integer({ min: 1, max: 32 }), fc.nat(0x7fff_ffff), (bit, size, any) => {
        const value = any % 2 ** size;
        const bytes = new Uint8Array(10).fill(0xaa);
        writeBits(bytes, bit, size, value);
        const outside = Array.from({ length: 80 }, (_, at) => at).filter((at) => at < bit || at >= bit + size);
        expect(readBits(bytes, bit, size)).toBe(value);
        expect(outside.every((at) => readBits(bytes, at, 1) === at % 2)).toBe(true);
      }),
    );
  });
});

describe('input reports', () => {
  it('say what each control holds', () => {
    expect(readControls(jabra, hex('02 01 00'))).toEqual({
      values: { hook: 1, lineBusy: 0, mute: 0, flash: 0, redial: 0, reject: 0 },
      hookAlone: true,
    });
    expect(readControls(jabra, hex('02 05 00'))).toMatchObject({ values: { hook: 1, mute: 1 }, hookAlone: false });
  });

  it('are not about the hook alone when a key is down that we do not know', () => {
    expect(readControls(jabra, hex('02 01 80'))).toMatchObject({ values: { hook: 1 }, hookAlone: false });
  });

  it('have no id where the device does not number them', () => {
    expect(readControls(telephonyOf(models.chip), hex('08'))).toMatchObject({ values: { mute: 1, hook: 0 } });
  });

  it('may have a tail, as Windows pads them', () => {
    expect(readControls(jabra, hex('02 04 00 00 00 00 00'))).toMatchObject({ values: { mute: 1 } });
  });

  it('of another id, empty or cut short say nothing, and never throw', () => {
    expect(readControls(jabra, hex('03 FF FF'))).toBeNull();
    expect(readControls(jabra, hex(''))).toBeNull();
    expect(readControls(jabra, hex('02'))).toBeNull();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        for (const model of Object.values(models)) readControls(telephonyOf(model), bytes);
      }),
      { numRuns: 500 },
    );
  });
});

describe('output reports', () => {
  it('are whole, at their exact length, with the id in front', () => {
    const outputs = new OutputReports(jabra);
    expect(outputs.set({ ...dark, offHook: true, mute: true })).toEqual([hex('02 03 00')]);
  });

  it('are left out when nothing changed, unless all shall be said again', () => {
    const outputs = new OutputReports(poly);
    expect(outputs.set({ ...dark, ring: true })).toEqual([hex('21 01')]);
    expect(outputs.set({ ...dark, ring: true })).toEqual([]);
    expect(outputs.set({ ...dark, ring: true }, true)).toHaveLength(4);
  });

  it('answer with off-hook first and end with off-hook last', () => {
    const outputs = new OutputReports(poly);
    outputs.set({ ...dark, ring: true });
    expect(outputs.set({ ...dark, offHook: true, mute: true })).toEqual([hex('24 01'), hex('21 00'), hex('23 01')]);
    expect(outputs.set(dark)).toEqual([hex('23 00'), hex('24 00')]);
  });

  it('write Microphone for mute only where there is no Mute lamp', () => {
    expect(new OutputReports(telephonyOf(models.constant)).set({ ...dark, mute: true })).toEqual([hex('02 08 00')]);
    expect(new OutputReports(telephonyOf(models.epos)).set({ ...dark, mute: true })).toEqual([hex('03 08')]);
  });

  it('do not exist for a device without lamps', () => {
    expect(new OutputReports(telephonyOf(models.chip)).set({ ...dark, offHook: true }, true)).toEqual([]);
  });
});
