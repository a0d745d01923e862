// Where the layout of a device comes from: the system's descriptor, WebHID collections, or what its family is known for.
import type { ReportDescriptor } from '../report-descriptor.ts';
import { parseReportDescriptor } from '../report-descriptor.ts';
import type { HidDeviceInfo, HidTransport } from '../types.ts';

/** One way to learn which bit of which report means what. */
export interface DescriptorSource {
  /** For the log. */
  name: 'system' | 'collections' | 'family';
  /** Null where this source knows nothing of the device. Rejects with what went wrong. */
  read(device: HidDeviceInfo): Promise<ReportDescriptor | null>;
}

/** The descriptor itself: sysfs on Linux, the I/O registry on macOS; see host/descriptors. */
export function systemSource(transport: Pick<HidTransport, 'descriptor'>): DescriptorSource {
  return {
    name: 'system',
    read: async (device) => {
      const bytes = await transport.descriptor(device);
      return bytes && parseReportDescriptor(bytes);
    },
  };
}

export interface Described {
  descriptor: ReportDescriptor;
  from: DescriptorSource['name'];
}

/** Asks the sources in order; the first that knows the device is believed. */
export async function describe(device: HidDeviceInfo, sources: readonly DescriptorSource[]): Promise<Described | null> {
  for (const source of sources) {
    const descriptor = await source.read(device);
    if (descriptor) return { descriptor, from: source.name };
  }
  return null;
}
