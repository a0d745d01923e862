// Reports: reading controls out of input reports, and output reports kept as shadow buffers (HID 1.11 section 8).
import type { ControlName, Lamps, Telephony } from './telephony.ts';

/** What an input report says about each control that it carries: 0 or 1. */
export type ControlValues = Partial<Record<ControlName, 0 | 1>>;

export interface InputReport {
  values: ControlValues;
  /** Nothing in the report is set but the line's own signals: it speaks of the hook, not of a button. */
  hookAlone: boolean;
}

/** Reads an unsigned field; bit 0 is the lowest bit of the first byte. Null where the report is too short. */
export function readBits(bytes: Uint8Array, bit: number, size: number): number | null {
  if (bit + size > bytes.length * 8) return null;
  let value = 0;
  for (let index = size - 1; index >= 0; index -= 1) {
    const at = bit + index;
    value = value * 2 + (((bytes[at >> 3] ?? 0) >> (at & 7)) & 1);
  }
  return value;
}

/** Writes an unsigned field; bits past the end are dropped. */
export function writeBits(bytes: Uint8Array, bit: number, size: number, value: number): void {
  for (let index = 0; index < size; index += 1) {
    const at = bit + index;
    const mask = 1 << (at & 7);
    const on = Math.floor(value / 2 ** index) % 2 === 1;
    const before = bytes[at >> 3];
    if (before !== undefined) bytes[at >> 3] = on ? before | mask : before & ~mask;
  }
}

/**
 * Reads the controls out of an input report. Null for reports that carry none: of another id, empty or short. A tail
 * (Windows pads with zeros) changes nothing.
 */
export function readControls(telephony: Telephony, report: Uint8Array): InputReport | null {
  const id = telephony.numbered ? report[0] : 0;
  const body = telephony.numbered ? report.slice(1) : report.slice();
  const values: ControlValues = {};
  let found = false;
  for (const control of telephony.controls) {
    if (control.reportId !== id) continue;
    const value = readBits(body, control.bit, control.size);
    if (value === null) continue;
    found = true;
    if (control.name === 'hook' || control.name === 'lineBusy') writeBits(body, control.bit, control.size, 0);
    // +1 is on, -1 is off, and 0 says that nothing changed.
    if (control.mode === 'signed' && value === 0) continue;
    const negative = control.mode === 'signed' && value >= 2 ** (control.size - 1);
    values[control.name] = value !== 0 && !negative ? 1 : 0;
  }
  return found ? { values, hookAlone: body.every((byte) => byte === 0) } : null;
}

/** The output reports of one device: one buffer a report id, always written whole and at its exact length. */
export class OutputReports {
  readonly #telephony: Telephony;
  readonly #shadows: Map<number, Uint8Array>;

  constructor(telephony: Telephony) {
    this.#telephony = telephony;
    this.#shadows = new Map([...telephony.outputLengths].map(([id, length]) => [id, new Uint8Array(length)]));
  }

  /**
   * Reports to write so that the lamps show this, in order; id (0 where reports are not numbered) in byte 0. Unchanged
   * reports are left out unless `resync`. Off-hook goes first when it turns on and last when it turns off: a device
   * whose lamps live in several reports would take Ring 0 before OffHook 1 for a call that was cancelled.
   */
  set(lamps: Lamps, resync = false): Uint8Array[] {
    const changed: { id: number; report: Uint8Array }[] = [];
    for (const [id, shadow] of this.#shadows) {
      const before = shadow.slice();
      for (const lamp of this.#telephony.lamps) {
        if (lamp.reportId === id) writeBits(shadow, lamp.bit, lamp.size, lamps[lamp.name] ? 1 : 0);
      }
      if (resync || !before.every((byte, index) => byte === shadow[index])) {
        changed.push({ id, report: Uint8Array.of(id, ...shadow) });
      }
    }
    const hookId = this.#telephony.lamps.find(({ name }) => name === 'offHook')?.reportId;
    const rank = ({ id }: { id: number }) => (id === hookId ? (lamps.offHook ? 0 : 2) : 1);
    return changed.sort((a, b) => rank(a) - rank(b)).map(({ report }) => report);
  }
}
