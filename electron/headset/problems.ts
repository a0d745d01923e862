// What a person is told about a headset.
import type { Problem } from '../../contract/index.ts';
import { HidError, type HidDeviceInfo } from './types.ts';

export const boomIsUp: Problem = {
  code: 'headset-boom-up',
  message: 'Your headset keeps the microphone muted. Lower its microphone arm, or unmute on the headset.',
};

/** Why no test begins. */
export const noHeadsetToTest: Problem = {
  code: 'no-headset',
  message: 'No headset is ready. Plug one in, and let its buttons be used.',
};
export const headsetIsBusy: Problem = {
  code: 'headset-busy',
  message: 'The headset is in a call. Test it when the call is over.',
};

/** The device was opened but takes nothing. */
export function cannotWrite(product: string): Problem {
  return {
    code: 'headset-not-writable',
    message: `${product} does not take commands from Hookswitch, so its lights may be wrong. Unplug it and plug it in again; if that does not help, close other call programs.`,
  };
}

/** Opening failed. */
export function cannotOpen(device: HidDeviceInfo, error: unknown): Problem {
  const detail = error instanceof Error ? error.message : String(error);
  const product = productOf(device);
  if (error instanceof HidError && error.code === 'not-permitted') {
    return {
      code: 'headset-not-permitted',
      message: `This computer does not let you use the buttons of ${product} (${device.path}). Let your administrator run this once, then plug the headset in again: ${deviceRule(device)}`,
      detail,
    };
  }
  if (device.path.startsWith('DevSrvsID:') && /0xe00002e2|not permitted/i.test(detail)) {
    return {
      code: 'headset-not-permitted',
      message: `macOS does not let Hookswitch use the buttons of ${product}. Open System Settings, Privacy & Security, Input Monitoring, turn Hookswitch on, and start it again.`,
      detail,
    };
  }
  return {
    code: 'headset-not-opened',
    message: `The buttons of ${product} could not be reached. Close other call programs, or unplug the headset and plug it in again.`,
    detail,
  };
}

/**
 * A rule for this product alone: the AppImage can install none, and that of the packages names no vendor that makes
 * keyboards too. The number stays below 73, where `uaccess` is turned into permissions.
 */
function deviceRule({ vendorId, productId }: HidDeviceInfo): string {
  const id = usbIdOf({ vendorId, productId });
  const match = `SUBSYSTEM=="hidraw", KERNELS=="*:${id.toUpperCase()}.*", TAG+="uaccess"`;
  const file = `/etc/udev/rules.d/70-hookswitch-${id.replace(':', '-')}.rules`;
  return `echo '${match}' | sudo tee ${file} && sudo udevadm control --reload`;
}

/** A telephone by its usage page, on a system that does not say what its buttons are. */
export function cannotRead(device: HidDeviceInfo): Problem {
  return {
    code: 'headset-not-readable',
    message: `Hookswitch cannot read the buttons of ${productOf(device)} on this system yet. Calls work; use the screen to answer.`,
  };
}

/** What to call it. */
export function productOf(device: HidDeviceInfo): string {
  return device.product.trim() || `Headset ${usbIdOf(device)}`;
}

/** `0b0e:0307`. */
export function usbIdOf({ vendorId, productId }: Pick<HidDeviceInfo, 'vendorId' | 'productId'>): string {
  const hex = (value: number) => value.toString(16).padStart(4, '0');
  return `${hex(vendorId)}:${hex(productId)}`;
}
