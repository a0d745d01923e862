// The tones' samples: in bounds, without clicks, each as its country's plan says.
import { describe, expect, it } from 'vitest';
import { networkToneSchema, toneCountries } from '../../contract/index.ts';
import { tonePlans } from './tone-plan.ts';
import { keyTone, networkTone, recordingNotice, ringTone } from './tone-samples.ts';

const rate = 48_000;
const tones = networkToneSchema.options.filter((tone) => tone !== 'auto-answer');
type Wave = Float32Array;

function peak(samples: Wave): number {
  // By index, as below: there are fifteen million of them, and an iterator takes far longer.
  let most = 0;
  for (let at = 0; at < samples.length; at += 1) most = Math.max(most, Math.abs(samples[at] ?? NaN));
  return most;
}

/** Between one sample and the next, the last and the first included: they are played in a loop. */
function largestJump(samples: Wave): number {
  let jump = 0;
  let before = samples.at(-1) ?? 0;
  for (let at = 0; at < samples.length; at += 1) {
    const sample = samples[at] ?? NaN;
    jump = Math.max(jump, Math.abs(sample - before));
    before = sample;
  }
  return jump;
}

/** Strength of one frequency (Goertzel), 0 to 1. */
function strength(samples: Wave, hz: number): number {
  let [re, im] = [0, 0];
  for (const [at, sample] of samples.entries()) {
    re += sample * Math.cos((2 * Math.PI * hz * at) / rate);
    im += sample * Math.sin((2 * Math.PI * hz * at) / rate);
  }
  return (2 * Math.hypot(re, im)) / samples.length;
}

describe.each(['rise', 'bell', 'marimba', 'pulse'] as const)('the ring tone %s', (name) => {
  const samples = ringTone(name, rate);

  it('is loud, within bounds, and lasts some seconds', () => {
    expect(samples.length / rate).toBeGreaterThanOrEqual(3);
    expect(peak(samples)).toBeGreaterThan(0.4);
    expect(peak(samples)).toBeLessThanOrEqual(1);
  });

  it('begins and ends in silence, so that the loop does not click', () => {
    expect(samples.slice(-rate).every((sample) => sample === 0)).toBe(true);
    expect(Math.abs(samples[0] ?? 1)).toBeLessThan(0.01);
  });
});

describe.each(toneCountries)('the tones of %s', (country) => {
  it.each(tones)('%s: bounded, without a click where the loop begins again', (tone) => {
    const plan = tonePlans[country][tone];
    const samples = networkTone(tone, plan, rate);
    const period = plan.cadence.length === 0 ? 1 : plan.cadence.reduce((sum, part) => sum + part, 0);
    expect(samples.length / rate).toBeCloseTo(period, 3);
    expect(plan.cadence.length % 2).toBe(0);
    expect(largestJump(samples)).toBeLessThan(0.06);
    expect(peak(samples)).toBeLessThanOrEqual(tone === 'waiting' ? 0.051 : 0.251);
    expect(peak(samples)).toBeGreaterThan(0.02);
  });
});

describe('a tone', () => {
  it('sounds for as long as the plan says, in the frequencies of the plan', () => {
    const samples = networkTone('ring-back', tonePlans.us['ring-back'], rate);
    const sounding = samples.slice(0, 2 * rate);
    expect([440, 480].map((hz) => strength(sounding, hz) > 0.1)).toEqual([true, true]);
    expect(strength(sounding, 425)).toBeLessThan(0.01);
    expect(samples.slice(2 * rate).every((sample) => sample === 0)).toBe(true);
  });

  it('that says a call is recorded comes every 15 s, at 1400 Hz', () => {
    const samples = recordingNotice(rate);
    expect(samples).toHaveLength(15 * rate);
    expect(strength(samples.slice(0, rate / 4), 1400)).toBeGreaterThan(0.1);
  });
});

describe('a key as sound', () => {
  it.each([
    ['1', 697, 1209],
    ['5', 770, 1336],
    ['#', 941, 1477],
    ['*', 941, 1209],
    ['0', 941, 1336],
    ['D', 941, 1633],
  ])('%s is %s and %s Hz', (key, low, high) => {
    const samples = keyTone(key, rate).slice(0, 0.12 * rate);
    expect([low, high].map((hz) => strength(samples, hz) > 0.2)).toEqual([true, true]);
  });

  it('is silence for what is no key', () => {
    for (const nothing of ['', 'x', '12']) expect(peak(keyTone(nothing, rate))).toBe(0);
  });
});
