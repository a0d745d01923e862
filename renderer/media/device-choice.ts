// Which device a person's choice means now: ids are salted and change, so label and group count too. Pure.
import type { AudioDevice, DeviceChoice } from '../../contract/index.ts';

/** Chromium lists these beside the real devices; they follow the system. */
const followers = new Set(['default', 'communications', '']);

export interface SystemDevices {
  real: AudioDevice[];
  /** What the system's default is now: tells when it changed. Null when there is no device. */
  systemDefault: { deviceId: string; signature: string } | null;
}

/** Sorts one kind out of the system's list. */
export function readDevices(list: readonly MediaDeviceInfo[], kind: 'audioinput' | 'audiooutput'): SystemDevices {
  const ofKind = list.filter((device) => device.kind === kind);
  const real = ofKind.filter((device) => !followers.has(device.deviceId)).map(plain);
  const follower = ofKind.find((device) => device.deviceId === 'default');
  const same = follower && real.filter((device) => device.groupId === follower.groupId);
  const standard = same?.find((device) => follower?.label.endsWith(device.label)) ?? same?.[0] ?? real[0];
  return {
    real,
    systemDefault: standard
      ? { deviceId: standard.deviceId, signature: `${standard.groupId} ${follower?.label ?? standard.label}` }
      : null,
  };
}

export interface Resolved {
  /** For getUserMedia and setSinkId; null: follow the system. */
  deviceId: string | null;
  /** What is used in effect: a real device's id, or null when there is none. */
  inEffect: string | null;
  /** The chosen device is not there. */
  missing: boolean;
  /** Changes whenever another device must be opened. */
  signature: string;
}

/** By id, else by label and group, else by label alone, else the system's. */
export function resolve(choice: DeviceChoice, devices: SystemDevices): Resolved {
  const chosen =
    choice &&
    (devices.real.find((device) => device.deviceId === choice.deviceId) ??
      devices.real.find((device) => device.label === choice.label && device.groupId === choice.groupId) ??
      devices.real.find((device) => device.label === choice.label && choice.label !== ''));
  if (chosen)
    return { deviceId: chosen.deviceId, inEffect: chosen.deviceId, missing: false, signature: chosen.deviceId };
  return {
    deviceId: null,
    inEffect: devices.systemDefault?.deviceId ?? null,
    missing: choice !== null,
    signature: `system ${devices.systemDefault?.signature ?? 'none'}`,
  };
}

/**
 * Where it rings: each chosen output that is there, once; null is the system's. When all that were chosen are away it is
 * the system's, for a phone must ring. None chosen: nowhere.
 */
export function resolveAll(choices: readonly DeviceChoice[], devices: SystemDevices): (string | null)[] {
  const present = new Map<string | null, string | null>();
  for (const choice of choices) {
    const { deviceId, inEffect, missing } = resolve(choice, devices);
    if (!missing && !present.has(inEffect)) present.set(inEffect, deviceId);
  }
  return present.size === 0 && choices.length > 0 ? [null] : [...present.values()];
}

function plain({ deviceId, groupId, label }: MediaDeviceInfo): AudioDevice {
  return { deviceId, groupId, label };
}
