// A thousand random lives of each headset, and a thousand more beside another program: presses, calls, delays. Counts wrong actions and wrong lamps.
import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import type { Bench } from '../../bench/report.ts';
import { anyLife, live } from '../../electron/headset/virtual/any-sequence.ts';
import { captured, isTelephone, modelOf } from '../../electron/headset/virtual/captured.ts';
import { models } from '../../electron/headset/virtual/models.ts';

const lives = 1_000;
const seed = Number(process.env['HOOKSWITCH_SEED'] ?? randomInt(2 ** 31));

export const drill: Bench = async (measure, note) => {
  const headsets = [...Object.values(models), ...captured.filter(isTelephone).map(modelOf)];
  note('seed', `HOOKSWITCH_SEED=${seed} lives these lives again`);
  let wrong = 0;
  let moments = 0;
  for (const model of headsets) {
    const started = performance.now();
    const samples = [true, ...(model.layout.lamps.offHook ? [false] : [])].flatMap((alone) =>
      fc.sample(anyLife(alone), { numRuns: lives, seed }),
    );
    let here = 0;
    for (const life of samples) {
      moments += life.moments.length;
      const fault = await live(model, life);
      if (fault === null) continue;
      here += 1;
      if (here <= 3) console.log(`${model.product}: ${fault}\n  ${JSON.stringify(life)}`);
    }
    wrong += here;
    note(
      model.product,
      `${samples.length} lives, ${here} wrong, ${Math.round((performance.now() - started) / 1000)} s`,
    );
  }
  measure({ name: 'headset_descriptors', value: headsets.length, unit: '' });
  measure({ name: 'headset_sequence_moments', value: moments, unit: '' });
  measure({ name: 'headset_wrong_lives', value: wrong, unit: '' });
  if (wrong > 0) throw new Error(`${wrong} lives went wrong.`);
};
