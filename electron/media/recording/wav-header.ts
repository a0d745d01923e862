// The header of a WAV file (RIFF WAVE, PCM, 16 bits), for any length of sound so far. Pure.

/** Bytes before the sound. */
export const wavHeaderLength = 44;
/** The sizes are 32 bits: what is longer than 4 GB goes on in another file. */
export const longestWav = 0xffff_ff00;

export interface WavFormat {
  sampleRate: number;
  channels: number;
}

/** `length`: bytes of sound that follow. */
export function wavHeader({ sampleRate, channels }: WavFormat, length: number): Buffer {
  const bytesPerFrame = 2 * channels;
  const header = Buffer.alloc(wavHeaderLength);
  header.write('RIFF', 0);
  header.writeUInt32LE(wavHeaderLength - 8 + length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * bytesPerFrame, 28);
  header.writeUInt16LE(bytesPerFrame, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(length, 40);
  return header;
}
