// The result of a self-test as text, to be copied into a message for support. Technical words, in English for all.
import type { HeadsetTest, HeadsetTestStep } from '../../contract/index.ts';

const results: Record<HeadsetTestStep['result'], string> = {
  waits: 'not asked',
  now: 'being asked',
  works: 'works',
  silent: 'nothing that means it came within the time',
  dark: 'does not light',
  skipped: 'skipped: the person says it has none',
};

const endings: Record<HeadsetTest['state'], string> = {
  running: 'still running',
  done: 'complete',
  call: 'ended by a call',
  gone: 'ended: the headset was unplugged',
};

/** `phone`: version and system, as support asks for it. Holds no number and no name of a person. */
export function formatHeadsetTest(test: HeadsetTest, phone: string): string {
  const lines = test.steps.map(({ ask, result, arrived }) => {
    const what = ask.kind === 'lamp' ? `lamp ${ask.lamp}` : `button ${ask.button}`;
    return `  ${what}: ${results[result]}${arrived.length > 0 ? `; arrived: ${arrived.join(', ')}` : ''}`;
  });
  return [
    `Headset test: ${endings[test.state]}`,
    `Headset: ${test.product.replaceAll(/\s+/g, ' ')} (${test.usbId})`,
    `Phone: ${phone}`,
    `Layout from: ${test.source}`,
    `Controls: ${test.controls.join(' ') || 'none'}`,
    `Lamps: ${test.lamps.join(' ') || 'none'}`,
    'Steps:',
    ...lines,
    '',
  ].join('\n');
}
