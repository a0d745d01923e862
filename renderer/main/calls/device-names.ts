// Audio devices as people call them, and what a choice of one is.
import type { AudioDevice, DeviceChoice } from '../../../contract/index.ts';

/** Without what only a driver wants to know: "Default - Jabra Evolve2 65 (0b0e:0305)" is "Jabra Evolve2 65". */
export function deviceName(label: string): string {
  const name = label
    .replace(/^(?:Default|Communications) - /, '')
    .replace(/\s*\([0-9a-f]{4}:[0-9a-f]{4}\)\s*$/i, '')
    .trim();
  return name === '' ? label : name;
}

/** Chromium's own entries for "follow the system": ours is `null`. */
export function realDevices(devices: readonly AudioDevice[]): AudioDevice[] {
  return devices.filter(({ deviceId }) => deviceId !== 'default' && deviceId !== 'communications');
}

/** Remembered by more than the id, which another profile would not know. */
export function choiceOf({ deviceId, label, groupId }: AudioDevice): DeviceChoice {
  return groupId === '' ? { deviceId, label } : { deviceId, label, groupId };
}

/** Whether a choice is this device: by its id, or by its name where ids were made anew. */
export function isChosen(choice: DeviceChoice, device: AudioDevice, devices: readonly AudioDevice[]): boolean {
  if (choice === null) return false;
  if (devices.some(({ deviceId }) => deviceId === choice.deviceId)) return device.deviceId === choice.deviceId;
  return device.label === choice.label;
}

/** The name of the device in use; null when there is none. */
export function nameInUse(devices: readonly AudioDevice[], inUse: string | null): string | null {
  const device = devices.find(({ deviceId }) => deviceId === inUse);
  return device ? deviceName(device.label) : null;
}
