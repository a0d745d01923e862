// Report descriptors: the parser against HID 1.11, against our own shapes, and against captures where they are at hand.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noQuirk } from './quirks.ts';
import { parseReportDescriptor } from './report-descriptor.ts';
import { DescriptorError } from './report-items.ts';
import { findTelephony } from './telephony.ts';
import { page, pageOf, usage } from './usages.ts';
import { captured, capturedTitle, usageNames } from './virtual/captured.ts';
import { hex, models, notHeadsets } from './virtual/models.ts';

const errorOf = (bytes: Uint8Array) => {
  try {
    parseReportDescriptor(bytes);
    return null;
  } catch (error) {
    return error instanceof DescriptorError ? error.code : error;
  }
};

describe('report descriptor', () => {
  it('counts bits a report and reads the flags of each field', () => {
    const { fields, lengths, numbered, applications } = parseReportDescriptor(models.jabra.descriptor);
    expect(numbered).toBe(true);
    expect(applications).toEqual([usage.headset]);
    expect(lengths.input.get(2)).toBe(2);
    expect(lengths.output.get(2)).toBe(2);
    const mute = fields.find((field) => field.kind === 'variable' && field.usage === usage.phoneMute);
    expect(mute).toMatchObject({ report: 'input', reportId: 2, bit: 2, size: 1, relative: true, constant: false });
    const hook = fields.find((field) => field.kind === 'variable' && field.usage === usage.hookSwitch);
    expect(hook).toMatchObject({ bit: 0, relative: false, noPreferredState: true, logicalMaximum: 1 });
  });

  it('binds a short usage to the page in force at the main item, a long one to its own', () => {
    const { fields } = parseReportDescriptor(
      // Usage 07, then Usage Page Button, then Input; and a 4-byte usage 0B:20 under page Button.
      hex('05 0B 09 05 A1 01 15 00 25 01 75 01 95 01 09 07 05 09 81 02 0B 20 00 0B 00 81 02 C0'),
    );
    expect(fields.map((field) => field.kind === 'variable' && field.usage)).toEqual([usage.button7, usage.hookSwitch]);
  });

  it('repeats the last usage for a count too large and ignores usages too many', () => {
    const many = parseReportDescriptor(hex('05 0B A1 01 75 01 95 03 09 20 09 2F 81 02 95 01 09 21 09 24 81 02 C0'));
    const ids = many.fields.map((field) => field.kind === 'variable' && field.usage);
    expect(ids).toEqual([usage.hookSwitch, usage.phoneMute, usage.phoneMute, usage.flash]);
  });

  it('forgets local items at each main item, collections too', () => {
    const { fields } = parseReportDescriptor(hex('05 0B 09 20 A1 00 75 01 95 01 81 02 C0'));
    expect(fields).toEqual([]); // 09 20 belonged to the collection, the input has none: padding
  });

  it('pushes and pops the global items', () => {
    const { fields } = parseReportDescriptor(hex('05 0B A1 01 75 01 95 01 A4 05 08 75 08 B4 09 20 81 02 C0'));
    expect(fields).toMatchObject([{ usage: usage.hookSwitch, size: 1 }]);
  });

  it('reads signed minima, and maxima by the sign of the minimum', () => {
    const { fields } = parseReportDescriptor(
      hex('05 0B A1 01 75 08 95 01 15 FF 25 01 09 20 81 06 15 00 25 FF 09 2F 81 02 C0'),
    );
    expect(fields).toMatchObject([
      { logicalMinimum: -1, logicalMaximum: 1 },
      { logicalMinimum: 0, logicalMaximum: 255 },
    ]);
  });

  it('takes usage ranges into arrays and only the first usage of a delimited set', () => {
    const keypad = parseReportDescriptor(
      hex('05 0B A1 01 19 B0 29 BB 75 04 95 01 81 00 A9 01 09 20 09 2F A9 00 81 02 C0'),
    );
    expect(keypad.fields[0]).toMatchObject({ kind: 'array', count: 1 });
    expect(keypad.fields[0]?.kind === 'array' && keypad.fields[0].usages).toHaveLength(12);
    expect(keypad.fields[1]).toMatchObject({ kind: 'variable', usage: usage.hookSwitch });
  });

  it('skips long items', () => {
    expect(parseReportDescriptor(hex('FE 02 10 AA BB 05 0B 09 05 A1 01 C0')).applications).toEqual([usage.headset]);
  });

  it.each([
    ['a truncated item', '05 0B 26 FF', 'truncated-item'],
    ['a truncated long item', 'FE 10 00', 'truncated-item'],
    ['an end without a collection', 'C0', 'unbalanced-collection'],
    ['a collection without an end', '05 0B A1 01', 'unbalanced-collection'],
    ['a pop without a push', 'B4', 'unbalanced-push'],
    ['report id 0', '85 00', 'bad-report-id'],
    ['a report id over 255', '86 00 01', 'bad-report-id'],
    ['a field of 2^32 bits', '77 FF FF FF FF', 'too-large'],
    ['4 billion fields', '97 FF FF FF FF', 'too-large'],
    ['a usage range of a billion', '19 00 2B FF FF FF 7F', 'too-large'],
  ])('refuses %s', (_what, bytes, code) => {
    expect(errorOf(hex(bytes))).toBe(code);
  });

  it('gives a typed error or a result for any bytes, soon', () => {
    const started = performance.now();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const error = errorOf(bytes);
        return error === null || typeof error === 'string';
      }),
      { numRuns: 3_000 },
    );
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it('survives every cut and every changed byte of a real shape', () => {
    const whole = models.poly.descriptor;
    for (let at = 0; at < whole.length; at += 1) {
      expect(errorOf(whole.subarray(0, at)) ?? 'ok').toBeTypeOf('string');
      for (const value of [0x00, 0xff, 0xa1, 0xc0, 0x95]) {
        expect(errorOf(whole.with(at, value)) ?? 'ok').toBeTypeOf('string');
      }
    }
  });
});

describe('telephony in a descriptor', () => {
  it.each(Object.entries(models))('finds the controls and lamps of the %s shape where they are', (_name, model) => {
    const telephony = findTelephony(parseReportDescriptor(model.descriptor), noQuirk);
    const place = ({ reportId, bit }: { reportId: number; bit: number }) => ({ report: reportId, bit });
    const controls = Object.fromEntries((telephony?.controls ?? []).map((control) => [control.name, place(control)]));
    const lamps = Object.fromEntries((telephony?.lamps ?? []).map((lamp) => [lamp.name, place(lamp)]));
    expect(controls).toEqual(model.layout.controls);
    expect(lamps).toEqual(model.layout.lamps);
    expect(telephony?.numbered).toBe(model.layout.numbered);
    expect(Object.fromEntries(telephony?.outputLengths ?? [])).toEqual(model.layout.outputLengths);
  });

  it.each(Object.entries(notHeadsets))('finds no headset in a device of the kind "%s"', (_name, descriptor) => {
    expect(findTelephony(parseReportDescriptor(descriptor), noQuirk)).toBeNull();
  });

  it('never takes a vendor mirror', () => {
    const telephony = findTelephony(parseReportDescriptor(models.poly.descriptor), noQuirk);
    expect(telephony?.controls.every(({ reportId }) => reportId === 0x20)).toBe(true);
  });

  it('leaves out lamps that a quirk names, and devices that it skips', () => {
    const descriptor = parseReportDescriptor(models.jabra.descriptor);
    const telephony = findTelephony(descriptor, { ...noQuirk, withoutLamps: ['offHook'] });
    expect(telephony?.lamps.map(({ name }) => name)).not.toContain('offHook');
    expect(findTelephony(descriptor, { ...noQuirk, skip: true })).toBeNull();
  });
});

describe.skipIf(captured.length === 0)(capturedTitle, () => {
  it.each(captured.map((entry) => [entry.product, entry] as const))('reads %s field by field', (_product, entry) => {
    const parsed = parseReportDescriptor(hex(entry.descriptor_hex));
    const shown = parsed.applications.map((each) => {
      const id = (each % 0x1_0000).toString(16);
      return `0x${pageOf(each).toString(16).padStart(4, '0')}:0x${id.padStart(2, '0')}`;
    });
    expect(shown).toEqual(entry.top_level_collections);
    for (const wanted of entry.telephony_fields) {
      const found = parsed.fields.find(
        (field) =>
          field.kind === 'variable' &&
          field.usage === usageNames[wanted.usage] &&
          field.reportId === wanted.report_id &&
          field.bit === wanted.bit &&
          field.report === (wanted.dir === 'in' ? 'input' : 'output'),
      );
      expect(found, `${wanted.usage} in report ${wanted.report_id}`).toBeDefined();
      if (wanted.dir === 'out') continue;
      expect(found?.relative).toBe(wanted.relative);
      expect(found?.constant).toBe(wanted.constant_flag);
    }
    for (const [id, bits] of Object.entries(entry.output_report_bits)) {
      expect(parsed.lengths.output.get(Number(id))).toBe(bits / 8);
    }
  });

  it.each(captured.map((entry) => [entry.product, entry] as const))('finds the telephone of %s', (_product, entry) => {
    const telephony = findTelephony(parseReportDescriptor(hex(entry.descriptor_hex)), noQuirk);
    const usable = entry.telephony_fields.some(({ usage: name }) => name === 'HookSwitch' || name === 'PhoneMute');
    expect(telephony !== null).toBe(usable);
    for (const control of telephony?.controls ?? []) {
      if (control.name === 'reject' || control.name === 'hold') continue;
      expect(
        entry.telephony_fields.some(
          (field) => field.dir === 'in' && field.report_id === control.reportId && field.bit === control.bit,
        ),
        control.name,
      ).toBe(true);
    }
  });
});

it('keeps usages apart by page', () => {
  expect(pageOf(usage.ledMute)).toBe(page.led);
  expect(pageOf(usage.hookSwitch)).toBe(page.telephony);
});
