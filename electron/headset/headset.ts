// One headset: reports into call control, its effects out as lamps and intents.
import type { Clock, HeadsetIntent, HeadsetState, Indicators, Logger, Problem } from '../../contract/index.ts';
import { bounded } from './bounded.ts';
import { next } from './call-control.ts';
import {
  darkLamps,
  isInUseElsewhere,
  isLit,
  newCallControl,
  type CallControl,
  type CallControlEvent,
} from './call-control-state.ts';
import type { CallSituation } from './indicators.ts';
import { LampWriter } from './lamp-writer.ts';
import { boomIsUp, cannotWrite } from './problems.ts';
import type { Quirk } from './quirks.ts';
import { OutputReports, readControls } from './report.ts';
import type { ControlName, Telephony } from './telephony.ts';
import { TraceRecorder, type TraceEntry } from './trace.ts';
import type { HidConnection } from './types.ts';

/** Closing may not hold up the end of the program (ms). */
const closeMs = 1_000;

export interface HeadsetOptions {
  product: string;
  usbId: string;
  connection: HidConnection;
  telephony: Telephony;
  quirk: Quirk;
  clock: Clock;
  log: Logger;
  intent(intent: HeadsetIntent): void;
  /** What a report brought that was not so before, ahead of what it means: `hook 1`, `mute 1`; buttons' releases left out. */
  arrived?(signals: readonly string[]): void;
  problem(problem: Problem): void;
  /** `state` may have changed. */
  changed(): void;
  /** Unplugged, or its host ended. */
  gone(): void;
}

export class Headset {
  readonly #options: HeadsetOptions;
  readonly #writer: LampWriter;
  readonly #trace: TraceRecorder;
  #control: CallControl;
  #cancelWake: () => void = () => {};
  #takesWrites = true;
  #closed = false;

  constructor(options: HeadsetOptions) {
    const { connection, telephony, quirk, clock, log } = options;
    this.#options = options;
    this.#trace = new TraceRecorder(clock);
    const modes = Object.fromEntries(telephony.controls.map(({ name, mode }) => [name, mode]));
    const has = telephony.lamps.map(({ name }) => name);
    this.#control = newCallControl(quirk, modes, clock.monotonic(), has);
    this.#writer = new LampWriter({
      connection: {
        write: (report) => {
          this.#trace.report('out', report);
          return connection.write(report);
        },
      },
      outputs: new OutputReports(telephony),
      clock,
      log,
      written: (ok) => this.#written(ok),
    });
    connection.onReport((bytes) => {
      this.#trace.report('in', bytes);
      const report = readControls(telephony, bytes);
      if (!report) return;
      log.debug('The headset reports.', { report: Buffer.from(bytes).toString('hex') });
      this.#take({ type: 'report', report });
    });
    connection.onGone((reason) => {
      if (this.#closed) return;
      log.info('The headset is gone.', { product: options.product, reason });
      this.#stop();
      options.gone();
    });
  }

  get state(): HeadsetState {
    const { product, usbId } = this.#options;
    if (isInUseElsewhere(this.#control)) return { name: 'in-use-elsewhere', product };
    if (!this.#takesWrites) return { name: 'refused', product, problem: cannotWrite(product) };
    return { name: 'ready', product, usbId };
  }

  /** What was said and told since it was opened, the newest of it. */
  get trace(): readonly TraceEntry[] {
    return this.#trace.entries;
  }

  /** The calls as they are now. */
  update(situation: CallSituation, indicators: Indicators, actsIdle: boolean): void {
    this.#trace.calls(situation);
    this.#take({ type: 'phone', situation, indicators, actsIdle });
  }

  /** Puts out the lamps that we lit and lets the device go. Bounded; never rejects. */
  async close(): Promise<void> {
    if (this.#closed) return;
    const { connection, clock, log } = this.#options;
    const ours = isLit(this.#control.shown) && !isInUseElsewhere(this.#control);
    this.#closed = true;
    this.#cancelWake();
    if (ours) this.#writer.show(darkLamps, false);
    await bounded(this.#writer.flushed(), closeMs, clock).catch(() => {});
    this.#writer.stop();
    await bounded(connection.close(), closeMs, clock).catch((error: unknown) =>
      log.warn('The headset did not close.', { error: String(error) }),
    );
  }

  #take(event: CallControlEvent): void {
    if (this.#closed) return;
    const { clock } = this.#options;
    const now = clock.monotonic();
    const before = this.#control;
    const [control, effects] = next(before, event, now);
    this.#control = control;
    const signals = signalsOf(before, control);
    if (signals.length > 0) this.#options.arrived?.(signals);
    for (const effect of effects) {
      switch (effect.type) {
        case 'intent':
          this.#options.log.info('Pressed on the headset.', { intent: effect.intent.type });
          this.#options.intent(effect.intent);
          break;
        case 'lamps':
          this.#writer.show(effect.lamps, effect.resync);
          break;
        case 'wake':
          this.#cancelWake();
          this.#cancelWake = clock.after(effect.at - now, () => this.#take({ type: 'wake' }));
          break;
        case 'boom-locked':
          this.#options.problem(boomIsUp);
          break;
      }
    }
    if (isInUseElsewhere(before) !== isInUseElsewhere(control)) this.#options.changed();
  }

  #written(ok: boolean): void {
    if (ok === this.#takesWrites) return;
    this.#takesWrites = ok;
    this.#options.changed();
  }

  #stop(): void {
    this.#closed = true;
    this.#cancelWake();
    this.#writer.stop();
  }
}

/** The hook and the line stay where they are, and each way is news; of a button only the press is. */
function signalsOf({ values: before }: CallControl, { values: after }: CallControl): string[] {
  return (Object.keys(after) as ControlName[])
    .filter((name) => (before[name] ?? 0) !== after[name])
    .filter((name) => after[name] === 1 || name === 'hook' || name === 'lineBusy')
    .map((name) => `${name} ${after[name]}`);
}
