// One self-test while it runs: plays a call to the headset, hears what comes, waits so long and no longer.
import type { Clock, HeadsetIntent, HeadsetTest } from '../../contract/index.ts';
import type { Headset } from './headset.ts';
import { lampsOf } from './indicators.ts';
import { newSelfTest, nextSelfTest, playedBy, type SelfTest, type SelfTestEvent } from './self-test.ts';
import type { Telephony } from './telephony.ts';

/** So long a press is waited for (ms). */
const pressMs = 20_000;

export interface TestRunOptions {
  headset: Headset;
  telephony: Telephony;
  about: Pick<HeadsetTest, 'product' | 'usbId' | 'source'>;
  clock: Clock;
  changed: (test: HeadsetTest) => void;
  /** All was asked for: the headset is the calls' again. */
  done: () => void;
}

export class TestRun {
  readonly #options: TestRunOptions;
  #test: SelfTest;
  #played = '';
  #ended = false;
  #cancelWait: () => void = () => {};

  constructor(options: TestRunOptions) {
    this.#options = options;
    this.#test = newSelfTest(options.telephony);
  }

  get headset(): Headset {
    return this.#options.headset;
  }

  /** Lights the first lamp. */
  start(): void {
    this.#show();
  }

  take(event: SelfTestEvent): void {
    if (this.#ended) return;
    const before = this.#test;
    this.#test = nextSelfTest(before, event);
    if (this.#test !== before) this.#show(this.#test.at !== before.at);
  }

  /** Not within the turn: the headset is still at the report that brought it. */
  intent({ type }: HeadsetIntent): void {
    queueMicrotask(() => this.take({ type: 'intent', intent: type }));
  }

  /** No more waiting; the lamps are left to whoever comes next. */
  end(state: HeadsetTest['state']): HeadsetTest {
    this.#ended = true;
    this.#cancelWait();
    return this.#view(state);
  }

  #show(isNewStep = true): void {
    const { headset, changed, clock, done } = this.#options;
    if (this.#test.at >= this.#test.plan.length) return done();
    if (isNewStep) {
      this.#cancelWait();
      this.#cancelWait = clock.after(pressMs, () => this.take({ type: 'waited' }));
    }
    const situation = playedBy(this.#test);
    const played = JSON.stringify(situation);
    if (played !== this.#played) {
      this.#played = played;
      headset.update(situation, lampsOf(situation), true);
    }
    changed(this.#view('running'));
  }

  #view(state: HeadsetTest['state']): HeadsetTest {
    const { about, telephony } = this.#options;
    return {
      ...about,
      controls: telephony.controls.map(({ name }) => name),
      lamps: telephony.lamps.map(({ name }) => name),
      steps: this.#test.steps,
      state,
    };
  }
}
