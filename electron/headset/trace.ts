// A trace of HID reports: what a headset said and was told, as text that support can read and a test can replay.
import type { Clock } from '../../contract/index.ts';
import { newCallControl, type CallControlEffect } from './call-control-state.ts';
import { next } from './call-control.ts';
import { lampsOf, type CallSituation } from './indicators.ts';
import { noQuirk, type Quirk } from './quirks.ts';
import { readControls } from './report.ts';
import type { Lamps, Telephony } from './telephony.ts';
import { parseReportDescriptor } from './report-descriptor.ts';
import { findTelephony } from './telephony.ts';

/** One line of a trace. Times are ms since the trace began. */
export type TraceEntry =
  | { at: number; type: 'in' | 'out'; report: Uint8Array }
  /** What the calls were, as a press is decided by it. */
  | { at: number; type: 'calls'; situation: CallSituation };

export interface Trace {
  product: string;
  vendorId: number;
  productId: number;
  /** Report descriptor; empty where the system told none. */
  descriptor: Uint8Array;
  entries: readonly TraceEntry[];
}

/** So much is kept: some minutes of a busy headset. */
const most = 2_000;

/** Keeps the newest entries. Holds no number, name or sound: reports and whether there is a call. */
export class TraceRecorder {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #began: number;
  #entries: TraceEntry[] = [];

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
    this.#began = clock.monotonic();
  }

  report(type: 'in' | 'out', report: Uint8Array): void {
    this.#add({ at: this.#at(), type, report: report.slice() });
  }

  calls(situation: CallSituation): void {
    this.#add({ at: this.#at(), type: 'calls', situation });
  }

  get entries(): readonly TraceEntry[] {
    return this.#entries.slice(-most);
  }

  #at(): number {
    return Math.round(this.#clock.monotonic() - this.#began);
  }

  #add(entry: TraceEntry): void {
    this.#entries.push(entry);
    // Rarely, not with each report: a device may send hundreds in a second.
    if (this.#entries.length >= 2 * most) this.#entries = this.#entries.slice(-most);
  }
}

const firstLine = 'Hookswitch headset trace 1';
const flags = ['ringing', 'connected', 'muted'] as const;

/** The trace as text, one entry a line. */
export function formatTrace({ product, vendorId, productId, descriptor, entries }: Trace): string {
  const id = (value: number) => value.toString(16).padStart(4, '0');
  const lines = entries.map((entry) => {
    if (entry.type !== 'calls') return `${entry.at} ${entry.type} ${hexOf(entry.report)}`;
    const { situation } = entry;
    return [entry.at, 'calls', situation.call, ...flags.filter((flag) => situation[flag])].join(' ');
  });
  const name = product.replaceAll(/\s+/g, ' ').trim();
  return [
    firstLine,
    `device ${id(vendorId)}:${id(productId)} ${name}`,
    `descriptor ${hexOf(descriptor)}`,
    ...lines,
    '',
  ].join('\n');
}

/** Reads {@link formatTrace}'s text. Throws an Error that names the line. */
export function readTrace(text: string): Trace {
  const [first, device = '', descriptor = '', ...rest] = text.split(/\r?\n/);
  if (first !== firstLine) throw new Error('This is no headset trace.');
  const named = /^device ([0-9a-f]{4}):([0-9a-f]{4}) (.*)$/.exec(device);
  const bytes = /^descriptor ((?:[0-9a-f]{2})*)$/.exec(descriptor);
  if (!named || !bytes) throw new Error('Line 2 or 3 of the headset trace does not say which device it is of.');
  const entries = rest.flatMap((line, index) => (line === '' ? [] : [entryOf(line, index + 4)]));
  return {
    product: named[3] ?? '',
    vendorId: Number.parseInt(named[1] ?? '', 16),
    productId: Number.parseInt(named[2] ?? '', 16),
    descriptor: Buffer.from(bytes[1] ?? '', 'hex'),
    entries,
  };
}

function entryOf(line: string, number: number): TraceEntry {
  const report = /^(\d{1,12}) (in|out) ((?:[0-9a-f]{2})*)$/.exec(line);
  if (report) {
    return {
      at: Number(report[1]),
      type: report[2] === 'in' ? 'in' : 'out',
      report: Buffer.from(report[3] ?? '', 'hex'),
    };
  }
  const calls = /^(\d{1,12}) calls (none|active|held)((?: (?:ringing|connected|muted))*)$/.exec(line);
  if (!calls) throw new Error(`Line ${number} of the headset trace cannot be read.`);
  const said = (calls[3] ?? '').trim().split(' ');
  return {
    at: Number(calls[1]),
    type: 'calls',
    situation: {
      call: calls[2] === 'active' ? 'active' : calls[2] === 'held' ? 'held' : 'none',
      ringing: said.includes('ringing'),
      connected: said.includes('connected'),
      muted: said.includes('muted'),
    },
  };
}

/** What call control makes of a trace today: its intents in order, with their times, and the lamps at the end. */
export function replay(trace: Trace, quirk: Quirk = noQuirk): { intents: string[]; lamps: Lamps } {
  const telephony: Telephony | null = findTelephony(parseReportDescriptor(trace.descriptor), quirk);
  if (!telephony) throw new Error(`The descriptor of ${trace.product} has no telephone.`);
  const modes = Object.fromEntries(telephony.controls.map(({ name, mode }) => [name, mode]));
  const has = telephony.lamps.map(({ name }) => name);
  let state = newCallControl(quirk, modes, 0, has);
  let wake: number | null = null;
  const intents: string[] = [];
  const take = (event: Parameters<typeof next>[1], at: number): void => {
    const [after, effects]: [typeof state, CallControlEffect[]] = next(state, event, at);
    state = after;
    for (const effect of effects) {
      if (effect.type === 'intent') intents.push(`${at} ${effect.intent.type}`);
      if (effect.type === 'wake') wake = effect.at;
    }
  };
  for (const entry of trace.entries) {
    if (wake !== null && wake <= entry.at) {
      const due: number = wake;
      wake = null;
      take({ type: 'wake' }, due);
    }
    if (entry.type === 'in') {
      const report = readControls(telephony, entry.report);
      if (report) take({ type: 'report', report }, entry.at);
    } else if (entry.type === 'calls') {
      take(
        { type: 'phone', situation: entry.situation, indicators: lampsOf(entry.situation), actsIdle: true },
        entry.at,
      );
    }
  }
  return { intents, lamps: state.shown };
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
