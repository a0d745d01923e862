// Report descriptor parser (HID 1.11 section 6.2.2): which bit of which report means what.
import { DescriptorError, readItems, type Item } from './report-items.ts';
import { usageOf, type Usage } from './usages.ts';

export type ReportKind = 'input' | 'output' | 'feature';

interface FieldBase {
  report: ReportKind;
  /** 0 where the device does not number its reports. */
  reportId: number;
  /** Bits from the start of the report, the id byte not counted. */
  bit: number;
  /** Bits of one element. */
  size: number;
  /** The Constant flag. Some vendors set it on live controls, so it does not mean padding (Jabra Link, Anker). */
  constant: boolean;
  relative: boolean;
  noPreferredState: boolean;
  nullState: boolean;
  logicalMinimum: number;
  logicalMaximum: number;
  /** Usage of the outermost application collection; 0 outside of any. */
  application: Usage;
}

/** One element with one usage. */
export interface VariableField extends FieldBase {
  kind: 'variable';
  usage: Usage;
}

/** `count` elements, each holding the number of the usage that is on. */
export interface ArrayField extends FieldBase {
  kind: 'array';
  count: number;
  usages: readonly Usage[];
}

export type ReportField = VariableField | ArrayField;

export interface ReportDescriptor {
  fields: readonly ReportField[];
  /** True where reports start with their id. */
  numbered: boolean;
  /** Bytes of each report without the id byte, padding counted. */
  lengths: Record<ReportKind, ReadonlyMap<number, number>>;
  /** Outermost application collections, in order. */
  applications: readonly Usage[];
}

/** Limits of the Linux kernel (hid.h), so that hostile bytes cost nothing. */
const largestSize = 256;
const mostElements = 12_288;
const mostReportBits = 16_384 * 8;
const deepest = 64;

const inputFlag = { constant: 0x01, variable: 0x02, relative: 0x04, noPreferred: 0x20, nullState: 0x40 };
const applicationCollection = 1;
const reportKinds: Record<number, ReportKind> = { 8: 'input', 9: 'output', 11: 'feature' };

interface Globals {
  page: number;
  logicalMinimum: number;
  logicalMaximum: number;
  size: number;
  count: number;
  id: number;
}

/** A usage item as written: a short one takes the page in force at the main item, a long one carries its own. */
interface LocalUsage {
  value: number;
  long: boolean;
}

interface Locals {
  usages: LocalUsage[];
  minimum: LocalUsage | null;
  /** Inside a delimiter set only the first usage, the preferred one, counts (HID 1.11 section 6.2.2.8). */
  delimited: 'no' | 'first' | 'rest';
}

/** Parses a report descriptor. Throws {@link DescriptorError}; nothing else, and never for long. */
export function parseReportDescriptor(bytes: Uint8Array): ReportDescriptor {
  const parser = new Parser();
  for (const item of readItems(bytes)) parser.take(item);
  return parser.finish(bytes.length);
}

class Parser {
  #globals: Globals = { page: 0, logicalMinimum: 0, logicalMaximum: 0, size: 0, count: 0, id: 0 };
  #locals = noLocals();
  readonly #pushed: Globals[] = [];
  readonly #collections: { application: boolean; usage: Usage }[] = [];
  readonly #applications: Usage[] = [];
  readonly #fields: ReportField[] = [];
  readonly #bits: Record<ReportKind, Map<number, number>> = {
    input: new Map(),
    output: new Map(),
    feature: new Map(),
  };
  #numbered = false;
  #elements = 0;

  take(item: Item): void {
    if (item.type === 'global') this.#global(item);
    else if (item.type === 'local') this.#local(item);
    else if (item.type === 'main') {
      this.#main(item);
      this.#locals = noLocals();
    }
  }

  finish(length: number): ReportDescriptor {
    if (this.#collections.length > 0) throw new DescriptorError('unbalanced-collection', length);
    const lengths = {
      input: bytesOf(this.#bits.input),
      output: bytesOf(this.#bits.output),
      feature: bytesOf(this.#bits.feature),
    };
    return { fields: this.#fields, numbered: this.#numbered, lengths, applications: this.#applications };
  }

  #global(item: Item): void {
    const globals = this.#globals;
    switch (item.tag) {
      case 0:
        globals.page = item.unsigned;
        break;
      case 1:
        globals.logicalMinimum = item.signed;
        break;
      case 2:
        globals.logicalMaximum = globals.logicalMinimum >= 0 ? item.unsigned : item.signed;
        break;
      case 7:
        if (item.unsigned > largestSize) throw new DescriptorError('too-large', item.offset);
        globals.size = item.unsigned;
        break;
      case 8:
        if (item.unsigned === 0 || item.unsigned > 255) throw new DescriptorError('bad-report-id', item.offset);
        globals.id = item.unsigned;
        this.#numbered = true;
        break;
      case 9:
        if (item.unsigned > mostElements) throw new DescriptorError('too-large', item.offset);
        globals.count = item.unsigned;
        break;
      case 10:
        if (this.#pushed.length >= deepest) throw new DescriptorError('too-large', item.offset);
        this.#pushed.push({ ...globals });
        break;
      case 11: {
        const popped = this.#pushed.pop();
        if (!popped) throw new DescriptorError('unbalanced-push', item.offset);
        this.#globals = popped;
        break;
      }
      default: // Physical extents and units say nothing about buttons.
    }
  }

  #local(item: Item): void {
    const locals = this.#locals;
    const written = { value: item.unsigned, long: item.size === 4 };
    switch (item.tag) {
      case 0:
        if (locals.delimited !== 'rest') locals.usages.push(written);
        if (locals.delimited === 'first') locals.delimited = 'rest';
        break;
      case 1:
        locals.minimum = written;
        break;
      case 2: {
        const { minimum } = locals;
        if (!minimum) break;
        const count = item.unsigned - minimum.value + 1;
        if (locals.usages.length + count > mostElements) throw new DescriptorError('too-large', item.offset);
        for (let index = 0; index < count; index += 1) {
          locals.usages.push({ value: minimum.value + index, long: minimum.long });
        }
        locals.minimum = null;
        break;
      }
      case 10:
        locals.delimited = item.unsigned === 1 ? 'first' : 'no';
        break;
      default: // Strings and designators.
    }
    if (locals.usages.length > mostElements) throw new DescriptorError('too-large', item.offset);
  }

  #main(item: Item): void {
    const report = reportKinds[item.tag];
    if (report) this.#field(report, item);
    else if (item.tag === 10) this.#openCollection(item);
    else if (item.tag === 12 && !this.#collections.pop()) {
      throw new DescriptorError('unbalanced-collection', item.offset);
    }
  }

  #openCollection(item: Item): void {
    if (this.#collections.length >= deepest) throw new DescriptorError('too-large', item.offset);
    const application = item.unsigned === applicationCollection;
    const usage = this.#usages()[0] ?? 0;
    if (application && !this.#collections.some((collection) => collection.application)) this.#applications.push(usage);
    this.#collections.push({ application, usage });
  }

  #usages(): Usage[] {
    const { page } = this.#globals;
    return this.#locals.usages.map(({ value, long }) => (long ? value : usageOf(page, value)));
  }

  #field(report: ReportKind, item: Item): void {
    const { size, count, id } = this.#globals;
    const flags = item.unsigned;
    const bit = this.#bits[report].get(id) ?? 0;
    if (bit + size * count > mostReportBits) throw new DescriptorError('too-large', item.offset);
    this.#bits[report].set(id, bit + size * count);

    const usages = this.#usages();
    if (usages.length === 0) return; // Padding.
    const base: FieldBase = {
      report,
      reportId: id,
      bit,
      size,
      constant: (flags & inputFlag.constant) !== 0,
      relative: (flags & inputFlag.relative) !== 0,
      noPreferredState: (flags & inputFlag.noPreferred) !== 0,
      nullState: (flags & inputFlag.nullState) !== 0,
      logicalMinimum: this.#globals.logicalMinimum,
      logicalMaximum: this.#globals.logicalMaximum,
      application: this.#collections.find((collection) => collection.application)?.usage ?? 0,
    };
    this.#elements += (flags & inputFlag.variable) === 0 ? 1 : count;
    if (this.#elements > mostElements) throw new DescriptorError('too-large', item.offset);
    if ((flags & inputFlag.variable) === 0) {
      this.#fields.push({ ...base, kind: 'array', count, usages });
      return;
    }
    for (let index = 0; index < count; index += 1) {
      // Too few usages: the last one is repeated; too many: the rest is ignored (HID 1.11 section 6.2.2.8).
      const usage = usages[Math.min(index, usages.length - 1)] ?? 0;
      this.#fields.push({ ...base, kind: 'variable', bit: bit + index * size, usage });
    }
  }
}

function noLocals(): Locals {
  return { usages: [], minimum: null, delimited: 'no' };
}

function bytesOf(bits: ReadonlyMap<number, number>): Map<number, number> {
  return new Map([...bits].map(([id, count]) => [id, Math.ceil(count / 8)]));
}
