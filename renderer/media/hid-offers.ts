// The HID devices as the browser describes them (WICG WebHID): Windows hides report descriptors from node-hid.
import type { OfferedHidDevice } from '../../contract/index.ts';

/** The part of WebHID that is used: devices are listed, never opened here. */
export interface Hid extends Pick<EventTarget, 'addEventListener'> {
  getDevices(): Promise<readonly HidOffer[]>;
}

interface HidOffer {
  vendorId: number;
  productId: number;
  productName: string;
  collections: OfferedHidDevice['collections'];
}

declare global {
  interface Navigator {
    /** Absent where the browser has no WebHID. */
    readonly hid?: Hid;
  }
}

/** Wait after an event of plugging in (ms); a device's collections come one after the other. */
const settleMs = 100;
const telephonyPage = 0x0b;

/** Sends all telephones now and whenever a device comes or goes. No chooser is ever shown. */
export function offerHidDevices(
  hid: Hid | undefined,
  send: (message: { type: 'hid-devices'; devices: OfferedHidDevice[] }) => void,
  after: (ms: number, run: () => void) => void = (ms, run) => void setTimeout(run, ms),
): void {
  if (!hid) return;
  let waiting = false;
  const offer = async (): Promise<void> => {
    waiting = false;
    // What fails here fails for good or until the next event; calls do not wait for it.
    const found = await hid.getDevices().catch(() => []);
    send({ type: 'hid-devices', devices: found.map(offered).filter(({ collections }) => collections.length > 0) });
  };
  const soon = (): void => {
    if (waiting) return;
    waiting = true;
    after(settleMs, () => void offer());
  };
  hid.addEventListener('connect', soon);
  hid.addEventListener('disconnect', soon);
  void offer();
}

/** Collections of telephones only: nothing else is anybody's business. */
function offered({ vendorId, productId, productName, collections }: HidOffer): OfferedHidDevice {
  return {
    vendorId,
    productId,
    product: productName.slice(0, 256),
    collections: collections.filter(({ usagePage }) => usagePage === telephonyPage),
  };
}
