// Looking at one HID device: is it a headset for calls, and how is it laid out.
import type { Clock, HeadsetState, Logger } from '../../contract/index.ts';
import { bounded } from './bounded.ts';
import { cannotRead, productOf } from './problems.ts';
import { quirkOf, type Quirk } from './quirks.ts';
import { describe, type DescriptorSource } from './sources/descriptor-source.ts';
import { findTelephony, type Telephony } from './telephony.ts';
import type { HidDeviceInfo } from './types.ts';
import { page } from './usages.ts';

/** Longest wait for a descriptor; `ioreg` is given 5 s (ms). */
const descriptorMs = 6_000;

export type Examined =
  | { kind: 'headset'; telephony: Telephony; quirk: Quirk; from: DescriptorSource['name'] }
  /** A telephone, but the system does not say where its buttons are. */
  | { kind: 'unreadable'; state: HeadsetState }
  | { kind: 'other' };

/** Never rejects: what cannot be read is no headset. */
export async function examine(
  device: HidDeviceInfo,
  sources: readonly DescriptorSource[],
  clock: Clock,
  log: Logger,
): Promise<Examined> {
  try {
    const described = await bounded(describe(device, sources), descriptorMs, clock);
    if (!described) return unread(device);
    const quirk = quirkOf(device);
    const telephony = findTelephony(described.descriptor, quirk);
    if (telephony) log.debug('A headset is described.', { product: productOf(device), from: described.from });
    return telephony ? { kind: 'headset', telephony, quirk, from: described.from } : { kind: 'other' };
  } catch (error) {
    log.warn('A device could not be examined.', { product: productOf(device), error: String(error) });
    return unread(device);
  }
}

/** Of a telephone by its usage page the person should know; whatever else cannot be read is nobody's business. */
function unread(device: HidDeviceInfo): Examined {
  if (device.usagePage !== page.telephony) return { kind: 'other' };
  return { kind: 'unreadable', state: { name: 'refused', product: productOf(device), problem: cannotRead(device) } };
}
