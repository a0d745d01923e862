// Busylights as data: which devices they are and which bytes make a colour. Sources: public descriptions of the protocols.
import type { Colour } from './status.ts';

export interface BusylightModel {
  vendor: string;
  match: readonly { vendorId: number; productIds: readonly number[] }[];
  /** Output report with its id (0: not numbered) in byte 0. */
  report(colour: Colour): Uint8Array;
  /** Goes dark by itself unless written to this often (ms); null: keeps its colour. */
  refreshMs: number | null;
}

/**
 * Kuando Busylight: 64 bytes of eight steps. One step that jumps to itself; colours in percent; the last two bytes are
 * the sum of all before, high byte first. It goes dark some 30 s after the last report.
 */
function kuando({ red, green, blue }: Colour): Uint8Array {
  const body = new Uint8Array(64);
  const percent = (value: number) => Math.floor((value * 100) / 255);
  body.set([0x10, 0x01, percent(red), percent(green), percent(blue), 0x01, 0x00, 0x80]);
  body.set([0xff, 0xff, 0xff], 59);
  const sum = body.reduce((total, byte) => total + byte, 0);
  body.set([sum >> 8, sum & 0xff], 62);
  return Uint8Array.of(0, ...body);
}

/** Luxafor: command 1 (steady colour), 0xFF (all its LEDs), red, green, blue. */
function luxafor({ red, green, blue }: Colour): Uint8Array {
  return Uint8Array.of(0, 0x01, 0xff, red, green, blue, 0, 0, 0);
}

/** Embrava Blynclight: red, blue, green in this order; bit 0 of the next byte is "off"; ends with FF 22. */
function embrava({ red, green, blue }: Colour): Uint8Array {
  const off = red + green + blue === 0 ? 0x01 : 0x00;
  return Uint8Array.of(0, red, blue, green, off, 0x00, 0x00, 0xff, 0x22);
}

export const busylights: readonly BusylightModel[] = [
  {
    vendor: 'Kuando',
    match: [
      { vendorId: 0x27bb, productIds: [0x3bca, 0x3bcb, 0x3bcc, 0x3bcd, 0x3bce, 0x3bcf] },
      { vendorId: 0x04d8, productIds: [0xf848] },
    ],
    report: kuando,
    refreshMs: 10_000,
  },
  { vendor: 'Luxafor', match: [{ vendorId: 0x04d8, productIds: [0xf372] }], report: luxafor, refreshMs: null },
  {
    vendor: 'Embrava',
    match: [
      { vendorId: 0x2c0d, productIds: [0x0001, 0x000c, 0x0010] },
      { vendorId: 0x0e53, productIds: [0x2516, 0x2517] },
    ],
    report: embrava,
    refreshMs: null,
  },
];

/** Null where the device is no busylight that is known. */
export function busylightOf(device: { vendorId: number; productId: number }): BusylightModel | null {
  const fits = ({ match }: BusylightModel) =>
    match.some(({ vendorId, productIds }) => vendorId === device.vendorId && productIds.includes(device.productId));
  return busylights.find(fits) ?? null;
}
