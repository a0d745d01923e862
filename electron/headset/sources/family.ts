// The last resort where a system hides all descriptors: layouts that a whole family of devices shares, as data.
import type { ReportDescriptor, ReportField, ReportKind } from '../report-descriptor.ts';
import { page, usage, type Usage } from '../usages.ts';
import type { DescriptorSource } from './descriptor-source.ts';

interface Place {
  report: ReportKind;
  id: number;
  bit: number;
  usage: Usage;
  relative?: true;
}

interface Family {
  vendorId: number;
  /** Of the products whose captures agree. */
  product: RegExp;
  places: readonly Place[];
  /** Bytes of each output report without its id. */
  outputBytes: Readonly<Record<number, number>>;
}

const input = (id: number, bit: number, used: Usage): Place => ({ report: 'input', id, bit, usage: used });
const pulse = (id: number, bit: number, used: Usage): Place => ({ ...input(id, bit, used), relative: true });
const output = (id: number, bit: number, used: Usage): Place => ({ report: 'output', id, bit, usage: used });

/**
 * Jabra, Yealink and Anker: one report each way. Only the bits on which all captures of the family agree are here; what
 * newer dongles move (redial, reject) is left out: a wrong bit would be a wrong action.
 */
const packed: Pick<Family, 'places' | 'outputBytes'> = {
  places: [
    input(2, 0, usage.hookSwitch),
    input(2, 1, usage.lineBusyTone),
    pulse(2, 2, usage.phoneMute),
    pulse(2, 3, usage.flash),
    output(2, 0, usage.ledOffHook),
    output(2, 1, usage.ledMute),
    output(2, 2, usage.ledRing),
    output(2, 3, usage.ledHold),
  ],
  outputBytes: { 2: 2 },
};

const families: readonly Family[] = [
  { vendorId: 0x0b0e, product: /evolve link|speak 810/i, ...packed },
  { vendorId: 0x6993, product: /wh66/i, ...packed },
  { vendorId: 0x291a, product: /powerconf/i, ...packed },
  {
    vendorId: 0x047f,
    product: /c5220/i,
    places: [
      pulse(8, 0, usage.phoneMute),
      input(8, 1, usage.hookSwitch),
      input(8, 2, usage.flash),
      output(9, 0, usage.ledMute),
      output(23, 0, usage.ledOffHook),
      output(24, 0, usage.ledRing),
      output(32, 0, usage.ledHold),
    ],
    outputBytes: { 9: 1, 23: 1, 24: 1, 32: 1 },
  },
  {
    vendorId: 0x1395,
    product: /impact d1/i,
    places: [
      input(2, 0, usage.hookSwitch),
      pulse(2, 1, usage.flash),
      pulse(2, 3, usage.phoneMute),
      output(3, 0, usage.ledOffHook),
      output(3, 2, usage.ledRing),
      output(3, 3, usage.ledMute),
      output(3, 5, usage.ledHold),
    ],
    outputBytes: { 3: 1 },
  },
];

/** Believes a name only together with the telephony page: the table says where, the system says that it is a telephone. */
export const familySource: DescriptorSource = {
  name: 'family',
  read: ({ vendorId, product, usagePage }) => {
    const family = families.find((candidate) => candidate.vendorId === vendorId && candidate.product.test(product));
    return Promise.resolve(family && usagePage === page.telephony ? descriptorOf(family) : null);
  },
};

function descriptorOf({ places, outputBytes }: Family): ReportDescriptor {
  const fields = places.map(({ report, id, bit, usage: used, relative = false }): ReportField => ({
    kind: 'variable',
    report,
    reportId: id,
    bit,
    size: 1,
    constant: false,
    relative,
    noPreferredState: false,
    nullState: false,
    logicalMinimum: 0,
    logicalMaximum: 1,
    application: usage.headset,
    usage: used,
  }));
  const output = new Map(Object.entries(outputBytes).map(([id, bytes]) => [Number(id), bytes]));
  return {
    fields,
    numbered: true,
    lengths: { input: new Map(), output, feature: new Map() },
    applications: [usage.headset],
  };
}
