// Reads a WAV file of 16 bits as sounds, one a channel.
import { readFileSync } from 'node:fs';
import type { Sound } from '../../peers/support/tone.ts';

/** One a channel; none while not even the header is there. */
export function readChannels(path: string): Sound[] {
  const file = readFileSync(path);
  if (file.length < 44) return [];
  const channels = file.readUInt16LE(22);
  const rate = file.readUInt32LE(24);
  const data = file.subarray(44, 44 + file.readUInt32LE(40));
  const frames = Math.floor(data.length / 2 / channels);
  return Array.from({ length: channels }, (_, channel) => {
    const samples = Float64Array.from({ length: frames }, (_frame, frame) =>
      data.readInt16LE(2 * (frame * channels + channel)),
    );
    return { rate, samples, seconds: frames / rate };
  });
}
