// The telephone in a report descriptor: where the hook, the buttons and the lamps live (HUT 1.5 page 0x0B and 0x08).
import type { HeadsetControl, HeadsetLamp } from '../../contract/index.ts';
import type { Quirk } from './quirks.ts';
import type { ReportDescriptor, ReportField } from './report-descriptor.ts';
import { page, pageOf, usage, type Usage } from './usages.ts';

export type ControlName = HeadsetControl;
export type LampName = HeadsetLamp;
export type Lamps = Record<LampName, boolean>;

/**
 * HUT 1.5 section 3.4.1, On/Off Control. `level`: the field is the state; `pulse`: 1 is one press;
 * `signed`: +1 turns on, -1 turns off.
 */
export type ControlMode = 'level' | 'pulse' | 'signed';

interface Place {
  reportId: number;
  bit: number;
  size: number;
}

export interface Control extends Place {
  name: ControlName;
  mode: ControlMode;
}

export interface Lamp extends Place {
  name: LampName;
}

export interface Telephony {
  controls: readonly Control[];
  lamps: readonly Lamp[];
  numbered: boolean;
  /** Bytes of each output report that carries a lamp, the id byte not counted. */
  outputLengths: ReadonlyMap<number, number>;
}

const controlUsages: Record<ControlName, readonly Usage[]> = {
  hook: [usage.hookSwitch],
  mute: [usage.phoneMute],
  flash: [usage.flash],
  hold: [usage.hold],
  // One control under three names: `Usage 07, Usage Page Button` binds differently from one system to the next.
  reject: [usage.button7, usage.programmableButton, usage.button1],
  drop: [usage.drop],
  redial: [usage.redial],
  lineBusy: [usage.lineBusyTone],
};

const lampUsages: Record<LampName, readonly Usage[]> = {
  offHook: [usage.ledOffHook],
  ring: [usage.ledRing],
  // Older Jabra profiles have Microphone only; where both exist only Mute is written.
  mute: [usage.ledMute, usage.ledMicrophone],
  hold: [usage.ledHold],
  onLine: [usage.ledOnLine],
};

const controlNames = Object.keys(controlUsages) as ControlName[];
const lampNames = Object.keys(lampUsages) as LampName[];

/**
 * Finds hook, mute, flash, reject and the lamps. Null where there is neither hook nor mute: nothing to answer with.
 * Vendor mirrors repeat the same ids on pages of their own and so are never taken.
 */
export function findTelephony(descriptor: ReportDescriptor, quirk: Quirk): Telephony | null {
  if (quirk.skip) return null;
  const controls = controlNames.flatMap((name) => {
    const field = findControl(descriptor, name);
    return field ? [{ name, ...placeOf(field), mode: modeOf(field, name, quirk) }] : [];
  });
  if (!controls.some(({ name }) => name === 'hook' || name === 'mute')) return null;

  const lamps = lampNames
    .filter((name) => !quirk.withoutLamps.includes(name))
    .flatMap((name) => {
      const field = findLamp(descriptor, name);
      return field ? [{ name, ...placeOf(field) }] : [];
    });
  const outputLengths = new Map(lamps.map(({ reportId }) => [reportId, descriptor.lengths.output.get(reportId) ?? 0]));
  return { controls, lamps, numbered: descriptor.numbered, outputLengths };
}

function findControl(descriptor: ReportDescriptor, name: ControlName): ReportField | null {
  const inputs = descriptor.fields.filter((field) => field.report === 'input' && field.size > 0 && field.size <= 32);
  for (const wanted of controlUsages[name]) {
    const found = inputs.filter((field) => isOrHolds(field, wanted));
    const inTelephone = found.find(isInTelephone);
    if (inTelephone) return inTelephone;
    // C-Media puts Phone Mute and Hook Switch into its Consumer collection. A button there would be another button.
    const elsewhere = found.find((field) => field.kind === 'variable' && pageOf(field.application) === page.consumer);
    if (elsewhere && pageOf(wanted) === page.telephony) return elsewhere;
  }
  return null;
}

function findLamp(descriptor: ReportDescriptor, name: LampName): ReportField | null {
  for (const wanted of lampUsages[name]) {
    const found = descriptor.fields.find(
      (field) =>
        field.report === 'output' &&
        field.size > 0 &&
        field.size <= 32 &&
        isOrHolds(field, wanted) &&
        isInTelephone(field),
    );
    if (found) return found;
  }
  return null;
}

/** A one-bit array of one element is a button too: EPOS sends its reject so. Wider arrays are keypads. */
function isOrHolds(field: ReportField, wanted: Usage): boolean {
  if (field.kind === 'variable') return field.usage === wanted;
  return field.size === 1 && field.count === 1 && field.usages.includes(wanted);
}

function isInTelephone({ application }: ReportField): boolean {
  return application === usage.headset || application === usage.phone || application === usage.handset;
}

function modeOf(field: ReportField, name: ControlName, quirk: Quirk): ControlMode {
  if (name === 'mute' && quirk.muteIsButton) return 'pulse';
  if (!field.relative) return 'level';
  return field.logicalMinimum < 0 ? 'signed' : 'pulse';
}

function placeOf({ reportId, bit, size }: ReportField): Place {
  return { reportId, bit, size };
}
