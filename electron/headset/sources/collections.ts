// WebHID collections (WICG WebHID, HIDCollectionInfo) as our field model: the way on Windows, which hides descriptors.
import type { HidCollection, HidReportItem, OfferedHidDevice } from '../../../contract/index.ts';
import { DescriptorError } from '../report-items.ts';
import type { ReportDescriptor, ReportField, ReportKind } from '../report-descriptor.ts';
import { page, usageOf, type Usage } from '../usages.ts';
import type { DescriptorSource } from './descriptor-source.ts';

/** As in the kernel's hid.h: a page of ours may not send us counting either. */
const mostElements = 12_288;
const mostReportBits = 16_384 * 8;

const kinds: readonly [ReportKind, 'inputReports' | 'outputReports' | 'featureReports'][] = [
  ['input', 'inputReports'],
  ['output', 'outputReports'],
  ['feature', 'featureReports'],
];

/**
 * Fields of a device from its top-level collections. Reports of nested collections are listed by their parents too, so
 * only the outermost are read; items come in the order of their bits, padding included. Throws {@link DescriptorError}
 * for what is too large to be a device.
 */
export function fromCollections(collections: readonly HidCollection[]): ReportDescriptor {
  const fields: ReportField[] = [];
  const bits: Record<ReportKind, Map<number, number>> = { input: new Map(), output: new Map(), feature: new Map() };
  let numbered = false;
  let elements = 0;
  for (const collection of collections) {
    const application = usageOf(collection.usagePage, collection.usage);
    for (const [report, list] of kinds) {
      for (const { reportId, items } of collection[list]) {
        if (reportId > 0) numbered = true;
        let bit = bits[report].get(reportId) ?? 0;
        for (const item of items) {
          if (bit + item.reportSize * item.reportCount > mostReportBits) throw new DescriptorError('too-large', 0);
          const found = fieldsOf(item, { report, reportId, bit, application });
          for (const field of found) elements += field.kind === 'array' ? field.usages.length : 1;
          if (elements > mostElements) throw new DescriptorError('too-large', 0);
          fields.push(...found);
          bit += item.reportSize * item.reportCount;
        }
        bits[report].set(reportId, bit);
      }
    }
  }
  const lengths = { input: bytesOf(bits.input), output: bytesOf(bits.output), feature: bytesOf(bits.feature) };
  const applications = collections.map(({ usagePage, usage }) => usageOf(usagePage, usage));
  return { fields, numbered, lengths, applications };
}

interface Where {
  report: ReportKind;
  reportId: number;
  bit: number;
  application: Usage;
}

function fieldsOf(item: HidReportItem, where: Where): ReportField[] {
  const usages = usagesOf(item);
  if (usages.length === 0) return []; // Padding.
  const base = {
    ...where,
    size: item.reportSize,
    constant: item.isConstant,
    relative: !item.isAbsolute,
    noPreferredState: !item.hasPreferredState,
    nullState: item.hasNull,
    logicalMinimum: item.logicalMinimum,
    logicalMaximum: item.logicalMaximum,
  };
  if (item.isArray) return [{ ...base, kind: 'array', count: item.reportCount, usages }];
  if (item.reportCount > mostElements) throw new DescriptorError('too-large', 0);
  return Array.from({ length: item.reportCount }, (_, index) => ({
    ...base,
    kind: 'variable' as const,
    bit: where.bit + index * item.reportSize,
    // Too few usages: the last is repeated (HID 1.11 section 6.2.2.8).
    usage: usages[Math.min(index, usages.length - 1)] ?? 0,
  }));
}

function usagesOf({ isRange, usages, usageMinimum, usageMaximum }: HidReportItem): readonly Usage[] {
  if (!isRange) return usages;
  const count = Math.min(usageMaximum - usageMinimum + 1, mostElements);
  return count > 0 ? Array.from({ length: count }, (_, index) => usageMinimum + index) : [];
}

function bytesOf(bits: ReadonlyMap<number, number>): Map<number, number> {
  return new Map([...bits].map(([id, count]) => [id, Math.ceil(count / 8)]));
}

/**
 * What the media window offers now. Windows lists each collection as a device of its own, so the telephone's is taken:
 * reports of the others come on other paths.
 */
export function collectionsSource(offered: () => readonly OfferedHidDevice[]): DescriptorSource {
  return {
    name: 'collections',
    read: (device) => {
      const collections = offered()
        .filter(({ vendorId, productId }) => vendorId === device.vendorId && productId === device.productId)
        .map((offer) => offer.collections.filter(({ usagePage }) => usagePage === page.telephony))
        .find((telephones) => telephones.length > 0);
      return Promise.resolve(collections && device.usagePage === page.telephony ? fromCollections(collections) : null);
    },
  };
}
