// The self-test of a headset: a call that there is not, step by step; what is asked, and what came. Pure.
import type { HeadsetIntent, HeadsetLamp, HeadsetTestButton, HeadsetTestStep } from '../../contract/index.ts';
import type { CallSituation } from './indicators.ts';
import type { ControlName, Telephony } from './telephony.ts';

/** Signals of one step that are kept: a device that chatters fills no screen. */
const mostArrived = 8;

interface Planned {
  ask: HeadsetTestStep['ask'];
  /** The call that is played meanwhile; lamps and the meaning of presses follow from it as in a real one. */
  situation: CallSituation;
  /** What the press has to mean. */
  meant: HeadsetIntent['type'] | null;
}

export interface SelfTest {
  readonly plan: readonly Planned[];
  /** Index of the step that is asked for; past the last when all were. */
  readonly at: number;
  readonly steps: readonly HeadsetTestStep[];
}

export type SelfTestEvent =
  /** Signals of one report: `hook 1`, `mute 1`. */
  | { type: 'arrived'; signals: readonly string[] }
  | { type: 'intent'; intent: HeadsetIntent['type'] }
  /** The person says whether the lamp lights. */
  | { type: 'seen'; yes: boolean }
  | { type: 'skip' }
  /** Long enough: nothing came. */
  | { type: 'waited' };

const idle: CallSituation = { ringing: false, call: 'none', connected: false, muted: false };
const ringing: CallSituation = { ...idle, ringing: true };
const active: CallSituation = { ...idle, call: 'active' };

interface Offer {
  ask: HeadsetTestStep['ask'];
  situation: CallSituation;
  /** Any of these controls can mean it; absent for lamps. */
  by?: readonly ControlName[];
  meant?: HeadsetIntent['type'];
}

const button = (
  name: HeadsetTestButton,
  situation: CallSituation,
  by: readonly ControlName[],
  meant: HeadsetIntent['type'],
): Offer => ({ ask: { kind: 'button', button: name }, situation, by, meant });
const lamp = (name: HeadsetLamp, situation: CallSituation): Offer => ({
  ask: { kind: 'lamp', lamp: name },
  situation,
});

/** In the order of a call, so that each press leads to the next step as it would in one. */
const offers: readonly Offer[] = [
  lamp('ring', ringing),
  button('answer', ringing, ['hook', 'flash', 'hold'], 'answer'),
  lamp('offHook', active),
  lamp('onLine', { ...active, connected: true }),
  button('mute', active, ['mute'], 'mute'),
  lamp('mute', { ...active, muted: true }),
  button('hold', active, ['flash', 'hold'], 'hold'),
  lamp('hold', { ...active, call: 'held' }),
  button('hang-up', active, ['hook', 'drop'], 'hang-up'),
  button('reject', ringing, ['reject', 'drop'], 'reject'),
  button('redial', idle, ['redial'], 'redial'),
];

/** A test of what this headset has, at its first step. */
export function newSelfTest({ controls, lamps }: Pick<Telephony, 'controls' | 'lamps'>): SelfTest {
  const has = ({ ask, by = [] }: Offer) =>
    ask.kind === 'lamp'
      ? lamps.some(({ name }) => name === ask.lamp)
      : controls.some((control) => by.includes(control.name));
  const plan = offers.filter(has).map(({ ask, situation, meant = null }) => ({ ask, situation, meant }));
  const steps = plan.map(({ ask }, index): HeadsetTestStep => ({
    ask,
    result: index === 0 ? 'now' : 'waits',
    arrived: [],
  }));
  return { plan, at: 0, steps };
}

export function nextSelfTest(test: SelfTest, event: SelfTestEvent): SelfTest {
  const planned = test.plan[test.at];
  if (!planned) return test;
  switch (event.type) {
    case 'arrived':
      return withStep(test, (step) => ({
        ...step,
        arrived: [...step.arrived, ...event.signals].slice(0, mostArrived),
      }));
    case 'intent':
      return event.intent === planned.meant ? ended(test, 'works') : test;
    case 'seen':
      return planned.ask.kind === 'lamp' ? ended(test, event.yes ? 'works' : 'dark') : test;
    case 'skip':
      return ended(test, 'skipped');
    case 'waited':
      return planned.ask.kind === 'button' ? ended(test, 'silent') : test;
  }
}

/** The call that is played now; none at the end. */
export function playedBy({ plan, at }: SelfTest): CallSituation {
  return plan[at]?.situation ?? idle;
}

function ended(test: SelfTest, result: HeadsetTestStep['result']): SelfTest {
  const done = withStep(test, (step) => ({ ...step, result }));
  return withStep({ ...done, at: test.at + 1 }, (step) => ({ ...step, result: 'now' }));
}

function withStep(test: SelfTest, change: (step: HeadsetTestStep) => HeadsetTestStep): SelfTest {
  return { ...test, steps: test.steps.map((step, index) => (index === test.at ? change(step) : step)) };
}
