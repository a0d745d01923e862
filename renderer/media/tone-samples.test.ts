// The tones' samples: in bounds, without clicks, with a rest in the period.
import { describe, expect, it } from 'vitest';
import { ringBackTone, ringTone } from './tone-samples.ts';

const rate = 48_000;

describe.each([
  ['ring tone', ringTone(rate), 3],
  ['ring-back tone', ringBackTone(rate), 5],
])('the %s', (_name, samples, seconds) => {
  it('lasts its period and stays within bounds', () => {
    expect(samples).toHaveLength(seconds * rate);
    expect(samples.every((sample) => Math.abs(sample) <= 1)).toBe(true);
    expect(samples.some((sample) => Math.abs(sample) > 0.2)).toBe(true);
  });

  it('ends in silence, so that the loop does not click', () => {
    expect(samples.slice(-rate).every((sample) => sample === 0)).toBe(true);
    expect(Math.abs(samples[0] ?? 1)).toBeLessThan(0.01);
  });

  it('never jumps', () => {
    const largest = samples.reduce((jump, sample, at) => Math.max(jump, Math.abs(sample - (samples[at - 1] ?? 0))), 0);
    expect(largest).toBeLessThan(0.2);
  });
});
