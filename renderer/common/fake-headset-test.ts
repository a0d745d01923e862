// A headset's self-test for the fake bridge: steps of a headset that has all, and an answer to each command.
import type { Command, HeadsetTest, HeadsetTestStep } from '../../contract/index.ts';

const button = (name: Extract<HeadsetTestStep['ask'], { kind: 'button' }>['button']): HeadsetTestStep['ask'] => ({
  kind: 'button',
  button: name,
});
const lamp = (name: Extract<HeadsetTestStep['ask'], { kind: 'lamp' }>['lamp']): HeadsetTestStep['ask'] => ({
  kind: 'lamp',
  lamp: name,
});

/** As it begins. */
export function fakeHeadsetTest(): HeadsetTest {
  const asks = [
    lamp('ring'),
    button('answer'),
    lamp('offHook'),
    button('mute'),
    lamp('mute'),
    button('hold'),
    lamp('hold'),
    button('hang-up'),
    button('reject'),
    button('redial'),
  ];
  return {
    product: 'Jabra Evolve2 65',
    usbId: '0b0e:030c',
    source: 'system',
    controls: ['hook', 'mute', 'flash', 'reject', 'redial'],
    lamps: ['offHook', 'ring', 'mute', 'hold'],
    steps: asks.map((ask, index) => ({ ask, result: index === 0 ? 'now' : 'waits', arrived: [] })),
    state: 'running',
  };
}

/** What the command makes of it; the person does all that is asked, unless they say otherwise. */
export function afterHeadsetCommand(
  test: HeadsetTest | null,
  action: Extract<Command, { type: 'headset-test' }>['action'],
): HeadsetTest | null {
  if (action === 'start') return fakeHeadsetTest();
  if (action === 'stop') return null;
  if (!test || action === 'copy') return test;
  const at = test.steps.findIndex(({ result }) => result === 'now');
  const result = action === 'yes' ? 'works' : action === 'no' ? 'dark' : 'skipped';
  const steps = test.steps.map((step, index): HeadsetTestStep => {
    if (index === at) return { ...step, result };
    return index === at + 1 ? { ...step, result: 'now' } : step;
  });
  return { ...test, steps, state: at + 1 < steps.length ? 'running' : 'done' };
}
