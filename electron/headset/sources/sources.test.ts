// Descriptor sources: WebHID collections say what the descriptor says, families say nothing that a capture contradicts.
import fc from 'fast-check';
import * as v from 'valibot';
import { describe as suite, expect, it } from 'vitest';
import {
  offeredHidDevicesSchema,
  type HidCollection,
  type HidReportItem,
  type OfferedHidDevice,
} from '../../../contract/index.ts';
import { noQuirk } from '../quirks.ts';
import { DescriptorError } from '../report-items.ts';
import { parseReportDescriptor, type ReportDescriptor, type ReportKind } from '../report-descriptor.ts';
import { findTelephony } from '../telephony.ts';
import { page, pageOf, usage } from '../usages.ts';
import { captured, capturedTitle, isSteerable, modelOf } from '../virtual/captured.ts';
import { models } from '../virtual/models.ts';
import { Room } from '../virtual/room.ts';
import { VirtualHeadset } from '../virtual/virtual-headset.ts';
import { collectionsSource, fromCollections } from './collections.ts';
import { describe, systemSource } from './descriptor-source.ts';
import { familySource } from './family.ts';

const item = (usages: number[], change: Partial<HidReportItem> = {}): HidReportItem => ({
  isAbsolute: true,
  isArray: false,
  isConstant: usages.length === 0,
  isRange: false,
  hasNull: false,
  hasPreferredState: true,
  usages,
  usageMinimum: 0,
  usageMaximum: 0,
  reportSize: 1,
  reportCount: Math.max(usages.length, 1),
  logicalMinimum: 0,
  logicalMaximum: 1,
  ...change,
});

/** The shape of Chromium's HIDCollectionInfo for the descriptor of `models.jabra`, written by hand. */
const jabraCollections: HidCollection[] = [
  {
    usagePage: 0x0b,
    usage: 0x05,
    inputReports: [
      {
        reportId: 2,
        items: [
          item([usage.hookSwitch], { hasPreferredState: false }),
          item([usage.lineBusyTone], { hasPreferredState: false }),
          item([usage.phoneMute, usage.flash, usage.redial], { isAbsolute: false }),
          item([usage.button7]),
          item([], { reportCount: 10 }),
        ],
      },
    ],
    outputReports: [
      {
        reportId: 2,
        items: [
          item([usage.ledOffHook, usage.ledMute, usage.ledRing, usage.ledHold], { hasPreferredState: false }),
          item([], { reportCount: 12 }),
        ],
      },
    ],
    featureReports: [],
  },
];

const { jabra } = models;
const device = (over: Partial<{ vendorId: number; productId: number; product: string; usagePage: number }> = {}) => ({
  path: 'a path',
  vendorId: jabra.vendorId,
  productId: jabra.productId,
  product: jabra.product,
  usagePage: 0x0b,
  ...over,
});
const offer: OfferedHidDevice = {
  vendorId: jabra.vendorId,
  productId: jabra.productId,
  product: jabra.product,
  collections: jabraCollections,
};

/** What the browser would make of a parsed descriptor. */
function collectionsOf({ fields, lengths, applications }: ReportDescriptor): HidCollection[] {
  const telephones = [...new Set(applications)].filter((application) => pageOf(application) === page.telephony);
  return telephones.map((application) => {
    const isOurs = (kind: ReportKind, id: number) =>
      fields.some((field) => field.report === kind && field.reportId === id && field.application === application);
    const reports = (kind: 'input' | 'output') =>
      [...lengths[kind]]
        .filter(([id]) => isOurs(kind, id))
        .map(([reportId, bytes]) => {
          const items: HidReportItem[] = [];
          let bit = 0;
          const pad = (to: number) => {
            if (to > bit) items.push(item([], { reportCount: to - bit }));
            bit = Math.max(bit, to);
          };
          for (const field of fields) {
            if (field.report !== kind || field.reportId !== reportId || field.application !== application) continue;
            pad(field.bit);
            const usages = field.kind === 'array' ? [...field.usages] : [field.usage];
            items.push(
              item(usages, {
                isAbsolute: !field.relative,
                isArray: field.kind === 'array',
                isConstant: field.constant,
                reportSize: field.size,
                reportCount: field.kind === 'array' ? field.count : 1,
                logicalMinimum: field.logicalMinimum,
                logicalMaximum: field.logicalMaximum,
              }),
            );
            bit += field.size * (field.kind === 'array' ? field.count : 1);
          }
          pad(bytes * 8);
          return { reportId, items };
        });
    return {
      usagePage: Math.floor(application / 0x1_0000),
      usage: application % 0x1_0000,
      inputReports: reports('input'),
      outputReports: reports('output'),
      featureReports: [],
    };
  });
}

suite('WebHID collections', () => {
  it('make the same telephone as the descriptor', () => {
    const expected = findTelephony(parseReportDescriptor(jabra.descriptor), noQuirk);
    expect(findTelephony(fromCollections(jabraCollections), noQuirk)).toEqual(expected);
  });

  it('count a range as its usages and give the last of too few again', () => {
    const range = item([], {
      isRange: true,
      usageMinimum: usage.hookSwitch,
      usageMaximum: usage.flash,
      reportCount: 3,
    });
    const { fields } = fromCollections([
      {
        usagePage: 0x0b,
        usage: 5,
        outputReports: [],
        featureReports: [],
        inputReports: [{ reportId: 0, items: [range] }],
      },
    ]);
    expect(fields.map((field) => field.kind === 'variable' && [field.bit, field.usage])).toEqual([
      [0, usage.hookSwitch],
      [1, usage.flash],
      [2, usage.flash],
    ]);
  });

  it('that are too large to be a device are an error', () => {
    const items = Array.from({ length: 80 }, () => item([usage.flash], { reportSize: 256, reportCount: 12_288 }));
    const huge = {
      usagePage: 0x0b,
      usage: 5,
      inputReports: [{ reportId: 1, items }],
      outputReports: [],
      featureReports: [],
    };
    expect(() => fromCollections([huge])).toThrow(/too-large/);
  });

  it('that name more usages than a device can have are an error too, in good time', () => {
    const keys = item([], { isArray: true, isRange: true, usageMaximum: 12_287, reportSize: 0 });
    const items = Array.from({ length: 1_024 }, () => keys);
    const inputReports = Array.from({ length: 64 }, (_, reportId) => ({ reportId, items }));
    const wide = { usagePage: 0x0b, usage: 5, inputReports, outputReports: [], featureReports: [] };
    const since = performance.now();
    expect(() => fromCollections([wide])).toThrow(/too-large/);
    expect(performance.now() - since).toBeLessThan(500);
  });

  it('of any kind are fields or an error', () => {
    const anyItem = fc.record({
      isAbsolute: fc.boolean(),
      isArray: fc.boolean(),
      isConstant: fc.boolean(),
      isRange: fc.boolean(),
      hasNull: fc.boolean(),
      hasPreferredState: fc.boolean(),
      usages: fc.array(fc.nat(0xffff_ffff), { maxLength: 20 }),
      usageMinimum: fc.nat(0xffff_ffff),
      usageMaximum: fc.nat(0xffff_ffff),
      reportSize: fc.nat(256),
      reportCount: fc.nat(12_288),
      logicalMinimum: fc.integer(),
      logicalMaximum: fc.integer(),
    });
    const anyReports = fc.array(fc.record({ reportId: fc.nat(255), items: fc.array(anyItem, { maxLength: 6 }) }), {
      maxLength: 4,
    });
    const anyCollection = fc.record({
      usagePage: fc.constantFrom(0x0b, 0x0c, 0xff00),
      usage: fc.nat(0xffff),
      inputReports: anyReports,
      outputReports: anyReports,
      featureReports: anyReports,
    });
    fc.assert(
      fc.property(fc.array(anyCollection, { maxLength: 3 }), (collections) => {
        const read = v.parse(offeredHidDevicesSchema, { type: 'hid-devices', devices: [{ ...offer, collections }] });
        try {
          findTelephony(fromCollections(read.devices[0]?.collections ?? []), noQuirk);
        } catch (error) {
          expect(error).toBeInstanceOf(DescriptorError);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are taken for the telephone of the same vendor and product only', async () => {
    const source = collectionsSource(() => [offer]);
    expect(await source.read(device())).not.toBeNull();
    expect(await source.read(device({ productId: 7 }))).toBeNull();
    expect(await source.read(device({ usagePage: 0x0c }))).toBeNull();
  });

  it('offered by the media window make a headset ready where the system hides descriptors', async () => {
    const room = new Room();
    room.bus.hidesDescriptors = true;
    const headset = await room.plug(jabra);
    expect(room.state.name).toBe('refused');
    room.window.say({ type: 'hid-devices', devices: [offer] });
    await room.pass(1_000);
    expect(room.state).toMatchObject({ name: 'ready', product: jabra.product });
    room.phone({ ringing: true });
    await room.pass(100);
    headset.press('hook');
    await room.pass(1_000);
    expect(room.heard()).toEqual(['answer']);
    expect(headset.lamps()).toMatchObject({ offHook: true, ring: false });
  });

  it('that are nonsense change nothing', async () => {
    const room = new Room();
    room.bus.hidesDescriptors = true;
    await room.plug(jabra);
    for (const devices of [
      null,
      [{}],
      [{ ...offer, vendorId: -1 }],
      [{ ...offer, collections: [{ usagePage: 0x0b }] }],
    ]) {
      room.window.say({ type: 'hid-devices', devices });
    }
    await room.pass(1_000);
    expect(room.state.name).toBe('refused');
  });
});

suite('sources in their order', () => {
  it('believe the system first', async () => {
    const system = systemSource({ descriptor: () => Promise.resolve(jabra.descriptor) });
    expect((await describe(device(), [system, collectionsSource(() => [offer])]))?.from).toBe('system');
  });

  it('are given up when one hangs: that device is none, and the next one is looked at', async () => {
    const room = new Room();
    room.bus.hangsAtDescriptorOf = '/dev/hidraw1';
    room.bus.plug(new VirtualHeadset(models.poly, room.clock));
    room.bus.plug(new VirtualHeadset(jabra, room.clock));
    await room.pass(1_000);
    await room.pass(6_000);
    expect(room.state).toMatchObject({ name: 'ready', product: jabra.product });
  });

  it('end with the family, and know nothing of strangers', async () => {
    const silent = systemSource({ descriptor: () => Promise.resolve(null) });
    const sources = [silent, collectionsSource(() => []), familySource];
    expect((await describe(device({ product: 'Jabra EVOLVE LINK MS' }), sources))?.from).toBe('family');
    expect(await describe(device({ product: 'Jabra EVOLVE LINK MS', usagePage: 0x0c }), sources)).toBeNull();
    expect(await describe(device({ vendorId: 0x1234 }), sources)).toBeNull();
  });
});

suite.skipIf(captured.length === 0)(capturedTitle, () => {
  const steerable = captured.filter(isSteerable);

  it.each(steerable.map((entry) => [entry.product, modelOf(entry)] as const))(
    '%s is the same telephone by collections',
    (_product, { descriptor }) => {
      const parsed = parseReportDescriptor(descriptor);
      const telephony = findTelephony(parsed, noQuirk);
      const lengths = telephony?.outputLengths;
      expect(findTelephony(fromCollections(collectionsOf(parsed)), noQuirk)).toEqual(telephony);
      expect(lengths?.size).toBeGreaterThan(0);
    },
  );

  it('families say nothing that a capture of theirs contradicts', async () => {
    let known = 0;
    for (const entry of steerable) {
      const { vendorId, productId, product, descriptor } = modelOf(entry);
      const guessed = await familySource.read(device({ vendorId, productId, product }));
      const guess = guessed && findTelephony(guessed, noQuirk);
      if (!guess) continue;
      known += 1;
      const truth = findTelephony(parseReportDescriptor(descriptor), noQuirk);
      for (const control of guess.controls)
        expect([product, truth?.controls]).toEqual([product, expect.arrayContaining([control])]);
      for (const lamp of guess.lamps)
        expect([product, truth?.lamps]).toEqual([product, expect.arrayContaining([lamp])]);
      for (const [id, bytes] of guess.outputLengths)
        expect([product, truth?.outputLengths.get(id)]).toEqual([product, bytes]);
    }
    expect(known).toBeGreaterThanOrEqual(5);
  });
});
