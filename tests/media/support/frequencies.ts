// Whether a sound holds a frequency among others.
import type { Sound } from '../../peers/support/tone.ts';

/** Amplitude of one frequency in a sound (Goertzel), in its own units. */
export function strengthOf({ samples, rate }: Sound, hz: number): number {
  const step = (2 * Math.PI * hz) / rate;
  let [re, im] = [0, 0];
  samples.forEach((sample, at) => {
    re += sample * Math.cos(step * at);
    im += sample * Math.sin(step * at);
  });
  return samples.length === 0 ? 0 : (2 * Math.hypot(re, im)) / samples.length;
}

/** Which of these frequencies are there, each with at least this amplitude. */
export function heard(sound: Sound, among: readonly number[], least: number): number[] {
  return among.filter((hz) => strengthOf(sound, hz) >= least);
}
