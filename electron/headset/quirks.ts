// What a descriptor cannot say: known behaviour of devices, as data. Sources: the vendor table of the headset research.

export interface Quirk {
  /** Hook 1 to 0 while ringing means "reject"; elsewhere it is a device taking back a press that nobody answered. */
  rejectByHook: boolean;
  /** A second mute pulse within this time belongs to the first press (ms); 0: each pulse is a press. */
  pairedMuteMs: number;
  /** How long an acknowledgement of a hook change may take (ms): wired 3 s, by DECT or Bluetooth 5 s. */
  acknowledgeMs: number;
  /** The device takes Ring during a call for the end of the call. */
  noRingWhileActive: boolean;
  /** An absolute mute field that is pressed like a button all the same. */
  muteIsButton: boolean;
  /** Lamps that mean something else on this device. */
  withoutLamps: readonly ('offHook' | 'ring' | 'mute' | 'hold' | 'onLine')[];
  /** Not a headset for calls. */
  skip: boolean;
}

export const noQuirk: Quirk = {
  rejectByHook: false,
  pairedMuteMs: 0,
  acknowledgeMs: 3_000,
  noRingWhileActive: false,
  muteIsButton: false,
  withoutLamps: [],
  skip: false,
};

export interface QuirkRule {
  vendorId: number;
  productId?: number;
  product?: RegExp;
  quirk: Partial<Quirk>;
  /** Who says so. */
  source: string;
}

const wireless = { acknowledgeMs: 5_000 };

/** Later rules win field by field. Vendors that need none (Dell, snom, Gigaset, C-Media) are read by their descriptors. */
export const quirkRules: readonly QuirkRule[] = [
  {
    vendorId: 0x0b0e,
    product: /engage|pro 9|link 3[5-9]|dect/i,
    quirk: wireless,
    source: 'Jabra: a link by radio is made before OffHook is acknowledged',
  },
  {
    vendorId: 0x047f,
    product: /savi|bt\d{3}|voyager|base|dect|d100/i,
    quirk: wireless,
    source: 'Poly: wireless bases and dongles open the radio link first',
  },
  {
    vendorId: 0x1395,
    product: /impact (d|sd|dw)|\b(d|dw|sdw?) ?\d|btd|dongle/i,
    quirk: wireless,
    source: 'EPOS: OffHook wakes the link of DECT and Bluetooth headsets',
  },
  {
    vendorId: 0x6993,
    product: /wh6|wdd|bt5|bh7/i,
    quirk: wireless,
    source: 'Yealink manual: WH6x by DECT, BH7x by Bluetooth',
  },
  {
    vendorId: 0x046d,
    product: /h650e|h820e/i,
    quirk: { pairedMuteMs: 400 },
    source: 'X-Lite device profiles: each press of mute comes as two pulses',
  },
  {
    vendorId: 0x046d,
    product: /h820e|zone wireless|zone vibe/i,
    quirk: wireless,
    source: 'Logitech: DECT and Bluetooth models',
  },
  {
    vendorId: 0x0b0e,
    product: /speak 510/i,
    quirk: { noRingWhileActive: true },
    source: 'X-Lite note: no event for the hook button while Ring is lit in a call',
  },
  {
    vendorId: 0x095d,
    productId: 0x9201,
    quirk: { withoutLamps: ['offHook'] },
    source: 'CX300 protocol document: the "off-hook" lamp is its voicemail lamp',
  },
  {
    vendorId: 0x045e,
    product: /game voice/i,
    quirk: { skip: true },
    source: 'Microsoft Game Voice: a telephony collection with buttons of the Button page only',
  },
];

/** The quirks of a device; all fields filled in. */
export function quirkOf(device: { vendorId: number; productId: number; product: string }): Quirk {
  const fitting = quirkRules.filter(
    (rule) =>
      rule.vendorId === device.vendorId &&
      (rule.productId === undefined || rule.productId === device.productId) &&
      (rule.product === undefined || rule.product.test(device.product)),
  );
  return Object.assign({ ...noQuirk }, ...fitting.map((rule) => rule.quirk)) as Quirk;
}
