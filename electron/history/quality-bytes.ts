// A call's quality series as bytes for the database: five a point, deflated; an hour takes about a kilobyte.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { QualitySeries } from '../../contract/index.ts';

/** What one step of a byte means; 255 is "not known". */
const steps = { mos: 0.02, lossIn: 0.4, lossOut: 0.4, jitter: 1, roundTrip: 4 } as const;
const columns = ['mos', 'lossIn', 'lossOut', 'jitter', 'roundTrip'] as const;
const unknown = 255;
const format = 1;

/** Column after column, since what is alike then stands together. */
export function seriesBytes(series: QualitySeries): Buffer {
  const head = Buffer.from([format, series.every >> 8, series.every & 255]);
  const bytes = columns.map((column) => Buffer.from(series[column].map((value) => byteOf(value, steps[column]))));
  return Buffer.concat([head, deflateRawSync(Buffer.concat(bytes))]);
}

/** Null where the bytes are none of ours. */
export function seriesFromBytes(bytes: Uint8Array): QualitySeries | null {
  if (bytes.length < 4 || bytes[0] !== format) return null;
  const every = ((bytes[1] ?? 0) << 8) | (bytes[2] ?? 0);
  let plain: Buffer;
  try {
    plain = inflateRawSync(bytes.subarray(3), { maxOutputLength: 100_000 });
  } catch {
    return null;
  }
  const length = plain.length / columns.length;
  if (!Number.isInteger(length) || every === 0) return null;
  const column = (name: (typeof columns)[number]): (number | null)[] => {
    const from = columns.indexOf(name) * length;
    return [...plain.subarray(from, from + length)].map((byte) => valueOf(byte, steps[name]));
  };
  return {
    every,
    mos: column('mos'),
    lossIn: column('lossIn'),
    lossOut: column('lossOut'),
    jitter: column('jitter'),
    roundTrip: column('roundTrip'),
  };
}

function byteOf(value: number | null, step: number): number {
  return value === null ? unknown : Math.max(0, Math.min(unknown - 1, Math.round(value / step)));
}

function valueOf(byte: number, step: number): number | null {
  return byte === unknown ? null : Number((byte * step).toFixed(2));
}
