// All headsets: finding, opening, losing them; every one follows the calls, and one state tells how it stands.
import * as v from 'valibot';
import {
  ProblemError,
  offeredHidDevicesSchema,
  type Clock,
  type Dispose,
  type HeadsetState,
  type HeadsetTest,
  type Indicators,
  type Logger,
  type OfferedHidDevice,
  type PhoneState,
} from '../../contract/index.ts';
import { bounded } from './bounded.ts';
import { Busylights } from './busylight/busylights.ts';
import { examine, type Examined } from './examine.ts';
import { Headset } from './headset.ts';
import { indicators, isQuiet, situationOf, type CallSituation } from './indicators.ts';
import { cannotOpen, headsetIsBusy, noHeadsetToTest, productOf, usbIdOf } from './problems.ts';
import { collectionsSource } from './sources/collections.ts';
import { systemSource, type DescriptorSource } from './sources/descriptor-source.ts';
import { familySource } from './sources/family.ts';
import { TestRun } from './test-run.ts';
import { formatTrace } from './trace.ts';
import type {
  CreateHeadsets,
  HeadsetsListener,
  HeadsetsOptions,
  HeadsetTestAction,
  HidConnection,
  HidDeviceInfo,
  Headsets,
  HidTransport,
} from './types.ts';

/**
 * When to look after a change: buttons appear later than audio, and permission later still. Each wait counts from the
 * look before it: 0.5, 1.5 and 4 s from the change. Never by the clock alone: enumeration stalls some systems and clicks
 * in calls.
 */
const lookAfterMs = [500, 1_000, 2_500];

/** Opens the headsets of this computer and keeps them in step with the calls. */
export const createHeadsets: CreateHeadsets = (options) => new HeadsetRoom(options);

/** Longest wait for the system's list of devices, and for one device to open (ms). */
const listMs = 15_000;
const openMs = 5_000;

type ButtonsPreference = PhoneState['preferences']['headsetButtons'];

interface Drawing {
  situation: CallSituation;
  lamps: Indicators;
  actsIdle: boolean;
}

type Described = Extract<Examined, { kind: 'headset' }>;

interface OpenHeadset {
  device: HidDeviceInfo;
  headset: Headset;
  described: Described;
}

class HeadsetRoom implements Headsets {
  readonly #transport: HidTransport;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #listeners = new Set<HeadsetsListener>();
  readonly #stopWatching: Dispose;
  readonly #sources: readonly DescriptorSource[];
  readonly #busylights: Busylights;
  #offered: readonly OfferedHidDevice[] = [];
  /** By path. */
  readonly #open = new Map<string, OpenHeadset>();
  readonly #refused = new Map<string, HeadsetState>();
  #buttons: ButtonsPreference = 'always';
  #drawing: Drawing | null = null;
  #state: HeadsetState = { name: 'none' };
  #test: TestRun | null = null;
  #testResult: HeadsetTest | null = null;
  #cancelLook: () => void = () => {};
  #looking: Promise<unknown> = Promise.resolve();
  #lastFailure = '';
  #closed = false;

  constructor({ transport, clock, log, window }: HeadsetsOptions) {
    this.#transport = transport;
    this.#clock = clock;
    this.#log = log.child('headset');
    this.#sources = [systemSource(transport), collectionsSource(() => this.#offered), familySource];
    this.#busylights = new Busylights({ transport, clock, log: this.#log });
    const stopTransport = transport.onChange(() => this.rescan());
    const stopWindow = window?.onMessage((message) => this.#windowSaid(message));
    this.#stopWatching = () => {
      stopTransport();
      stopWindow?.();
    };
    this.#looking = this.#look();
  }

  update(state: PhoneState): void {
    if (this.#closed) return;
    const drawing: Drawing = {
      situation: situationOf(state),
      lamps: indicators(state),
      actsIdle: state.preferences.headsetButtons === 'always',
    };
    this.#prefer(state.preferences.headsetButtons);
    if (this.#busylights.update(state)) this.#looking = this.#looking.then(() => this.#look());
    // Most changes of PhoneState are not the headset's.
    if (JSON.stringify(drawing) === JSON.stringify(this.#drawing)) return;
    this.#drawing = drawing;
    if (!isQuiet(drawing.situation)) this.#endTest('call');
    for (const { headset } of this.#open.values()) if (headset !== this.#test?.headset) this.#draw(headset);
  }

  test(action: HeadsetTestAction): void {
    switch (action) {
      case 'start':
        return this.#startTest();
      case 'yes':
      case 'no':
        return this.#test?.take({ type: 'seen', yes: action === 'yes' });
      case 'skip':
        return this.#test?.take({ type: 'skip' });
      case 'stop':
        this.#endTest('done');
        return this.#tell(null);
    }
  }

  rescan(): void {
    if (!this.#closed) this.#lookLater(0);
  }

  listen(listener: HeadsetsListener): Dispose {
    this.#listeners.add(listener);
    if (this.#state.name !== 'none') listener.state(this.#state);
    return () => this.#listeners.delete(listener);
  }

  traces(): Promise<string[]> {
    const headsets = [...this.#open.values()];
    return Promise.all(
      headsets.map(async ({ device, headset }) => {
        const reading = bounded(this.#transport.descriptor(device), openMs, this.#clock);
        const descriptor = (await reading.catch(() => null)) ?? new Uint8Array();
        const { vendorId, productId } = device;
        return formatTrace({ product: productOf(device), vendorId, productId, descriptor, entries: headset.trace });
      }),
    );
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelLook();
    this.#stopWatching();
    this.#listeners.clear();
    await Promise.all([this.#letGo(), this.#busylights.close()]);
    await this.#transport.close();
  }

  #windowSaid(message: unknown): void {
    const parsed = v.safeParse(offeredHidDevicesSchema, message);
    if (!parsed.success) return;
    this.#offered = parsed.output.devices;
    this.rescan();
  }

  #prefer(buttons: ButtonsPreference): void {
    const before = this.#buttons;
    this.#buttons = buttons;
    if (buttons === 'never' && before !== 'never') {
      this.#cancelLook();
      this.#looking = this.#looking.then(() => this.#letGo());
    } else if (buttons !== 'never' && before === 'never') {
      this.#looking = this.#looking.then(() => this.#look());
    }
  }

  get #wanted(): boolean {
    return !this.#closed && this.#buttons !== 'never';
  }

  /** A further change starts the waiting anew, so a burst of them is one look. */
  #lookLater(attempt: number): void {
    const wait = lookAfterMs[attempt];
    this.#cancelLook();
    if (wait === undefined || this.#closed || (!this.#wanted && !this.#busylights.wanted)) return;
    this.#cancelLook = this.#clock.after(wait, () => {
      this.#looking = this.#looking
        .then(() => this.#look())
        .then((found) => {
          if (!found) this.#lookLater(attempt + 1);
        });
    });
  }

  /** Opens what is new. True when something was opened and nothing refused; never rejects. */
  async #look(): Promise<boolean> {
    if (this.#closed || (!this.#wanted && !this.#busylights.wanted)) return this.#busylights.close().then(() => true);
    const found = await this.#listDevices();
    if (!found) return false;
    await this.#busylights.look(found);
    if (!this.#wanted) return true;
    const paths = new Set(found.map(({ path }) => path));
    for (const path of this.#refused.keys()) if (!paths.has(path)) this.#refused.delete(path);
    for (const [path, { headset }] of this.#open) {
      if (paths.has(path)) continue;
      // It went without a word.
      this.#open.delete(path);
      await headset.close();
    }

    let opened = 0;
    for (const device of found) {
      if (this.#open.has(device.path)) continue;
      const seen = await examine(device, this.#sources, this.#clock, this.#log);
      this.#refused.delete(device.path);
      if (seen.kind === 'unreadable') this.#refused.set(device.path, seen.state);
      if (seen.kind === 'headset' && (await this.#openOne(device, seen))) opened += 1;
    }
    this.#publish();
    return opened > 0 && this.#refused.size === 0;
  }

  async #listDevices(): Promise<HidDeviceInfo[] | null> {
    try {
      const devices = await bounded(this.#transport.devices(), listMs, this.#clock);
      this.#lastFailure = '';
      return devices;
    } catch (error) {
      const failure = String(error);
      if (failure !== this.#lastFailure) this.#log.warn('Headsets cannot be looked for.', { error: failure });
      this.#lastFailure = failure;
      return null;
    }
  }

  async #openOne(device: HidDeviceInfo, described: Described): Promise<boolean> {
    const { path } = device;
    const { telephony, quirk } = described;
    const product = productOf(device);
    let connection;
    try {
      connection = await this.#openInTime(path);
    } catch (error) {
      this.#log.warn('A headset could not be opened.', { product, path, error: String(error) });
      this.#refused.set(path, { name: 'refused', product, problem: cannotOpen(device, error) });
      return false;
    }
    const headset: Headset = new Headset({
      product,
      usbId: usbIdOf(device),
      connection,
      telephony,
      quirk,
      clock: this.#clock,
      log: this.#log,
      arrived: (signals) => {
        if (this.#test?.headset === headset) this.#test.take({ type: 'arrived', signals });
      },
      intent: (intent) => {
        if (this.#test?.headset === headset) this.#test.intent(intent);
        else this.#listeners.forEach((listener) => listener.intent(intent));
      },
      problem: (problem) => this.#listeners.forEach((listener) => listener.problem?.(problem)),
      changed: () => this.#publish(),
      gone: () => {
        if (this.#open.get(path)?.headset === headset) this.#open.delete(path);
        if (this.#test?.headset === headset) this.#endTest('gone');
        this.#publish();
        this.rescan();
      },
    });
    if (!this.#wanted) {
      await headset.close();
      return false;
    }
    this.#open.set(path, { device, headset, described });
    this.#log.info('A headset is ready.', {
      product,
      controls: telephony.controls.map(({ name }) => name).join(' '),
      lamps: telephony.lamps.map(({ name }) => name).join(' '),
    });
    this.#draw(headset);
    return true;
  }

  #draw(headset: Headset): void {
    if (this.#drawing) headset.update(this.#drawing.situation, this.#drawing.lamps, this.#drawing.actsIdle);
  }

  #startTest(): void {
    const open = [...this.#open.values()];
    const found = open.find(({ headset }) => headset.state.name === 'ready') ?? open[0];
    if (!found) throw new ProblemError(noHeadsetToTest);
    const { device, headset, described } = found;
    const isFree = headset.state.name !== 'in-use-elsewhere' && (!this.#drawing || isQuiet(this.#drawing.situation));
    if (!isFree) throw new ProblemError(headsetIsBusy);
    this.#endTest('done');
    this.#test = new TestRun({
      headset,
      telephony: described.telephony,
      about: { product: productOf(device), usbId: usbIdOf(device), source: described.from },
      clock: this.#clock,
      changed: (test) => this.#tell(test),
      done: () => this.#endTest('done'),
    });
    this.#test.start();
  }

  /** The headset is the calls' again. */
  #endTest(state: HeadsetTest['state']): void {
    const test = this.#test;
    if (!test) return;
    this.#test = null;
    this.#tell(test.end(state));
    this.#draw(test.headset);
  }

  get testResult(): HeadsetTest | null {
    return this.#testResult;
  }

  #tell(test: HeadsetTest | null): void {
    this.#testResult = test;
    for (const listener of this.#listeners) listener.test?.(test);
  }

  async #openInTime(path: string): Promise<HidConnection> {
    const opening = this.#transport.open(path);
    try {
      return await bounded(opening, openMs, this.#clock);
    } catch (error) {
      // Should it open after all, nobody waits for it any more.
      opening.then((late) => late.close()).catch(() => {});
      throw error;
    }
  }

  async #letGo(): Promise<void> {
    this.#endTest('gone');
    const headsets = [...this.#open.values()].map(({ headset }) => headset);
    this.#open.clear();
    this.#refused.clear();
    await Promise.all(headsets.map((headset) => headset.close()));
    this.#publish();
  }

  /** The best of what is plugged in: one headset that works is what counts. */
  #publish(): void {
    const states = [...[...this.#open.values()].map(({ headset }) => headset.state), ...this.#refused.values()];
    const best = (name: HeadsetState['name']) => states.find((state) => state.name === name);
    const state = best('ready') ?? best('in-use-elsewhere') ?? best('refused') ?? { name: 'none' };
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    for (const listener of this.#listeners) listener.state(state);
  }
}
