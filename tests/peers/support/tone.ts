// Tones: writes them as WAV, and measures what a recording holds (frequency, loudness, gaps).
import { readFileSync, writeFileSync } from 'node:fs';

/** Writes a mono 16-bit WAV with a sine at 12000/32768. */
export function writeTone(path: string, hz: number, seconds: number, rate = 8000): void {
  const count = Math.round(rate * seconds);
  const data = Buffer.alloc(44 + count * 2);
  data.write('RIFF', 0, 'latin1');
  data.writeUInt32LE(36 + count * 2, 4);
  data.write('WAVEfmt ', 8, 'latin1');
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(rate, 24);
  data.writeUInt32LE(rate * 2, 28);
  data.writeUInt16LE(2, 32);
  data.writeUInt16LE(16, 34);
  data.write('data', 36, 'latin1');
  data.writeUInt32LE(count * 2, 40);
  for (let i = 0; i < count; i += 1) {
    data.writeInt16LE(Math.round(12_000 * Math.sin((2 * Math.PI * hz * i) / rate)), 44 + i * 2);
  }
  writeFileSync(path, data);
}

export interface Sound {
  /** Samples a second. */
  rate: number;
  /** First channel, -32768 to 32767. */
  samples: Float64Array;
  seconds: number;
}

/** Reads 16-bit PCM WAV. A file still being written, whose header has no length yet, is read to its end. */
export function readWav(path: string): Sound {
  const file = readFileSync(path);
  if (file.length < 44 || file.toString('latin1', 0, 4) !== 'RIFF') throw new Error(`${path} is no WAV file.`);
  let rate = 8000;
  let channels = 1;
  let at = 12;
  while (at + 8 <= file.length) {
    const id = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    if (id === 'fmt ') {
      channels = file.readUInt16LE(at + 10);
      rate = file.readUInt32LE(at + 12);
      if (file.readUInt16LE(at + 22) !== 16) throw new Error(`${path} is not 16-bit.`);
    }
    if (id === 'data') {
      const start = at + 8;
      const end = size === 0 || start + size > file.length ? file.length : start + size;
      const count = Math.floor((end - start) / 2 / channels);
      const samples = new Float64Array(count);
      for (let i = 0; i < count; i += 1) samples[i] = file.readInt16LE(start + i * 2 * channels);
      return { rate, samples, seconds: count / rate };
    }
    at += 8 + size + (size % 2);
  }
  return { rate, samples: new Float64Array(0), seconds: 0 };
}

/** A part of a sound, seconds from its start; a negative `from` counts from the end. */
export function slice(sound: Sound, from: number, seconds: number): Sound {
  const start = Math.max(0, Math.round((from < 0 ? sound.seconds + from : from) * sound.rate));
  const samples = sound.samples.subarray(start, start + Math.round(seconds * sound.rate));
  return { rate: sound.rate, samples, seconds: samples.length / sound.rate };
}

/** Root mean square of the samples; 0 for none. A full tone of {@link writeTone} has 8485. */
export function rms(sound: Sound): number {
  let sum = 0;
  for (const sample of sound.samples) sum += sample * sample;
  return sound.samples.length === 0 ? 0 : Math.sqrt(sum / sound.samples.length);
}

/** Power of one frequency (Goertzel), comparable within one sound. */
export function power(sound: Sound, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / sound.rate);
  let one = 0;
  let two = 0;
  for (const sample of sound.samples) {
    const next = sample + coefficient * one - two;
    two = one;
    one = next;
  }
  return (one * one + two * two - coefficient * one * two) / Math.max(1, sound.samples.length) ** 2;
}

/** The loudest frequency in Hz, well within 1 %; 0 for silence. Looks at the last 32768 samples. */
export function dominantFrequency(sound: Sound): number {
  const size = 2 ** Math.floor(Math.log2(Math.min(32_768, sound.samples.length)));
  if (size < 256 || rms(sound) < 20) return 0;
  const offset = sound.samples.length - size;
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (size - 1));
    real[i] = (sound.samples[offset + i] ?? 0) * hann;
  }
  transform(real, imaginary);
  const magnitude = (bin: number): number => Math.hypot(real[bin] ?? 0, imaginary[bin] ?? 0);
  let best = 1;
  for (let bin = 2; bin < size / 2; bin += 1) if (magnitude(bin) > magnitude(best)) best = bin;
  const [before, peak, after] = [magnitude(best - 1), magnitude(best), magnitude(best + 1)];
  const curve = before - 2 * peak + after;
  const shift = curve === 0 ? 0 : (0.5 * (before - after)) / curve;
  return ((best + shift) * sound.rate) / size;
}

/** Fast Fourier transform in place, radix 2. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  for (let i = 1, j = 0; i < size; i += 1) {
    let bit = size >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [real[i], real[j]] = [real[j] ?? 0, real[i] ?? 0];
      [imaginary[i], imaginary[j]] = [imaginary[j] ?? 0, imaginary[i] ?? 0];
    }
  }
  for (let length = 2; length <= size; length *= 2) {
    for (let start = 0; start < size; start += length) {
      for (let k = 0; k < length / 2; k += 1) {
        const angle = (-2 * Math.PI * k) / length;
        const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
        const [low, high] = [start + k, start + k + length / 2];
        const [hr, hi] = [real[high] ?? 0, imaginary[high] ?? 0];
        const [tr, ti] = [hr * cosine - hi * sine, hr * sine + hi * cosine];
        const [lr, li] = [real[low] ?? 0, imaginary[low] ?? 0];
        real[high] = lr - tr;
        imaginary[high] = li - ti;
        real[low] = lr + tr;
        imaginary[low] = li + ti;
      }
    }
  }
}

/** The longest stretch below `threshold` (rms of 5 ms windows), in ms, not counting silence before the first sound. */
export function longestGap(sound: Sound, threshold = 300): number {
  const window = Math.max(1, Math.round(sound.rate * 0.005));
  let longest = 0;
  let current = 0;
  let heard = false;
  for (let at = 0; at + window <= sound.samples.length; at += window) {
    const part = { rate: sound.rate, samples: sound.samples.subarray(at, at + window), seconds: 0.005 };
    if (rms(part) >= threshold) {
      heard = true;
      current = 0;
    } else if (heard) {
      current += 5;
      longest = Math.max(longest, current);
    }
  }
  return longest;
}
