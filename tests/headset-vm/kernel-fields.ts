// The Linux kernel's own reading of a report descriptor (debugfs, hid-debug.c), and ours, brought to one shape.
import type { ReportDescriptor } from '../../electron/headset/report-descriptor.ts';

/** One line a field; an array is one field, a variable one a line an element. Usages as far as the kernel prints numbers. */
export interface ComparableField {
  /** `input 2 bit 5` */
  place: string;
  size: number;
  count: number;
  flags: string;
  minimum: number;
  maximum: number;
  usages: (string | null)[];
}

const numeric = /^[0-9a-f]{4}\.[0-9a-f]{4}$/;

/** Reads `/sys/kernel/debug/hid/<device>/rdesc`. */
export function kernelFields(text: string): ComparableField[] {
  const fields: ComparableField[] = [];
  let report = '';
  let usages: string[] = [];
  let field = { size: 0, count: 0, offset: 0, minimum: 0, maximum: 0, flags: '' };
  let inUsages = 0;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const heading = /^(INPUT|OUTPUT|FEATURE)(?:\((\d+)\))?\[/.exec(line);
    if (heading) report = `${heading[1]?.toLowerCase()} ${heading[2] ?? 0}`;
    if (report === '') continue;
    if (inUsages > 0) {
      usages.push(line);
      inUsages -= 1;
      continue;
    }
    const [, name = '', value = ''] = /^([A-Za-z ]+)\(\s*(.*?)\s*\)$/.exec(line) ?? [];
    if (name === 'Field') {
      usages = [];
      field = { size: 0, count: 0, offset: 0, minimum: 0, maximum: 0, flags: '' };
    } else if (name === 'Usage') inUsages = Number(value);
    else if (name === 'Logical Minimum') field.minimum = Number(value);
    else if (name === 'Logical Maximum') field.maximum = Number(value);
    else if (name === 'Report Size') field.size = Number(value);
    else if (name === 'Report Count') field.count = Number(value);
    else if (name === 'Report Offset') field.offset = Number(value);
    else if (name === 'Flags') {
      const words = value.split(/\s+/);
      const flags = ['Constant', 'Relative', 'NoPreferredState', 'NullState'].filter((flag) => words.includes(flag));
      const same = { size: field.size, flags: flags.join(' '), minimum: field.minimum, maximum: field.maximum };
      const shown = usages.map((usage) => (numeric.test(usage) ? usage : null));
      if (words.includes('Array')) {
        fields.push({ ...same, place: `${report} bit ${field.offset}`, count: field.count, usages: shown });
        continue;
      }
      for (let index = 0; index < field.count; index += 1) {
        const place = `${report} bit ${field.offset + index * field.size}`;
        fields.push({ ...same, place, count: 1, usages: [shown[index] ?? null] });
      }
    }
  }
  return fields;
}

/** Our parser's fields in the same shape. */
export function ourFields(descriptor: ReportDescriptor): ComparableField[] {
  return descriptor.fields.map((field) => {
    const flags = [
      field.constant && 'Constant',
      field.relative && 'Relative',
      field.noPreferredState && 'NoPreferredState',
      field.nullState && 'NullState',
    ];
    // The kernel prints no limits where both are the same.
    const limited = field.logicalMinimum !== field.logicalMaximum;
    return {
      place: `${field.report} ${field.reportId} bit ${field.bit}`,
      size: field.size,
      count: field.kind === 'array' ? field.count : 1,
      flags: flags.filter(Boolean).join(' '),
      minimum: limited ? field.logicalMinimum | 0 : 0,
      maximum: limited ? field.logicalMaximum | 0 : 0,
      usages: (field.kind === 'array' ? field.usages : [field.usage]).map(printed),
    };
  });
}

/** What differs, in words; empty where they agree. */
export function differences(kernel: readonly ComparableField[], ours: readonly ComparableField[]): string[] {
  const sorted = (fields: readonly ComparableField[]) => fields.toSorted((a, b) => (a.place < b.place ? -1 : 1));
  const [left, right] = [sorted(kernel), sorted(ours)];
  const found: string[] = [];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [theirs, own] = [left[index], right[index]];
    const agree =
      theirs !== undefined &&
      own !== undefined &&
      (['place', 'size', 'count', 'flags', 'minimum', 'maximum'] as const).every((key) => theirs[key] === own[key]) &&
      theirs.usages.length >= own.usages.length &&
      // The kernel fills up an array with its last usage.
      theirs.usages.every((usage, at) => sameUsage(usage, own.usages[at] ?? own.usages.at(-1)));
    if (!agree) found.push(`kernel ${brief(theirs)}, ours ${brief(own)}`);
  }
  return found;
}

/**
 * `Usage 07, Usage Page Button, Usage 01`: HID 1.11 section 6.2.2.8 binds both to the page at the main item; the kernel
 * stops at the first usage from the end that has the page already, and leaves 07 where it was.
 */
function sameUsage(theirs: string | null, own: string | null | undefined): boolean {
  if (theirs === null || own === null || own === undefined) return theirs === null;
  return theirs === own || (own.startsWith('0009.') && theirs.slice(5) === own.slice(5));
}

function printed(usage: number): string {
  const hex = usage.toString(16).padStart(8, '0');
  return `${hex.slice(0, 4)}.${hex.slice(4)}`;
}

function brief(field: ComparableField | undefined): string {
  if (!field) return 'nothing';
  return JSON.stringify({ ...field, usages: field.usages.slice(0, 4) });
}
