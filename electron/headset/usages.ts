// HID usages of a telephone: HUT 1.5 pages 0x0B (Telephony), 0x08 (LED), 0x09 (Button), 0x0C (Consumer).

/** A usage with its page in the upper 16 bits, as in a report descriptor (HID 1.11 section 6.2.2.8). */
export type Usage = number;

export const page = { led: 0x08, button: 0x09, telephony: 0x0b, consumer: 0x0c } as const;

/** Joins page and id; unsigned, unlike a shift. */
export function usageOf(usagePage: number, id: number): Usage {
  return usagePage * 0x1_0000 + id;
}

/** The page of a usage. */
export function pageOf(usage: Usage): number {
  return Math.floor(usage / 0x1_0000);
}

export const usage = {
  // Application collections that a telephone may call itself.
  phone: 0x0b_0001,
  handset: 0x0b_0004,
  headset: 0x0b_0005,
  // Input: what a person presses and what the device signals.
  programmableButton: 0x0b_0007,
  hookSwitch: 0x0b_0020,
  flash: 0x0b_0021,
  hold: 0x0b_0023,
  redial: 0x0b_0024,
  drop: 0x0b_0026,
  phoneMute: 0x0b_002f,
  lineBusyTone: 0x0b_0097,
  button1: 0x09_0001,
  button7: 0x09_0007,
  // Output: lamps.
  ringer: 0x0b_009e,
  ledMute: 0x08_0009,
  ledOffHook: 0x08_0017,
  ledRing: 0x08_0018,
  ledHold: 0x08_0020,
  ledMicrophone: 0x08_0021,
  ledOnLine: 0x08_002a,
} as const satisfies Record<string, Usage>;
