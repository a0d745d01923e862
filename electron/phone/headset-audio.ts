// The headset's own microphone and speaker, where the person left both to the system. Pure.
import type { AudioDevice, DeviceChoice, DevicesState, HeadsetState, Preferences } from '../../contract/index.ts';

/**
 * Preferences with the audio devices of the headset whose buttons work. What the person chose by name stays; so does the
 * system's where the headset has none, such as a dongle without its audio.
 */
export function withHeadsetAudio(
  preferences: Preferences,
  headset: HeadsetState,
  { microphones, speakers }: Pick<DevicesState, 'microphones' | 'speakers'>,
): Preferences {
  if (headset.name !== 'ready' || preferences.headsetAudio === false) return preferences;
  return {
    ...preferences,
    microphone: preferences.microphone ?? deviceOf(headset, microphones),
    speaker: preferences.speaker ?? deviceOf(headset, speakers),
  };
}

/**
 * Chromium names USB audio devices `Jabra Link (0b0e:0307)` on Windows and macOS; on Linux the name is the sound system's
 * and holds the product's. Names are compared only where no device carries the id.
 */
function deviceOf(
  { product, usbId }: Extract<HeadsetState, { name: 'ready' }>,
  devices: readonly AudioDevice[],
): DeviceChoice {
  const name = plain(product);
  const found =
    devices.find(({ label }) => label.toLowerCase().includes(`(${usbId})`)) ??
    devices.find(({ label }) => name.length >= shortest && !hasUsbId(label) && plain(label).includes(name));
  return found ? { deviceId: found.deviceId, label: found.label, groupId: found.groupId } : null;
}

/** A product called "USB" is in many names. */
const shortest = 5;

function hasUsbId(label: string): boolean {
  return /\([0-9a-f]{4}:[0-9a-f]{4}\)/i.test(label);
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
