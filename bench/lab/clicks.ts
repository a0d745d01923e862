// A microphone that hears a click each second: 5 ms of 1 kHz, with silence between.
import { writeFileSync } from 'node:fs';

const rate = 48_000;
const length = 60;

export function writeClicks(file: string): void {
  const samples = length * rate;
  const wav = Buffer.alloc(44 + 2 * samples);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + 2 * samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(2 * rate, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(2 * samples, 40);
  for (let second = 0; second < length; second++) {
    for (let at = 0; at < 0.005 * rate; at++) {
      wav.writeInt16LE(Math.round(28_000 * Math.sin((2 * Math.PI * 1000 * at) / rate)), 44 + 2 * (second * rate + at));
    }
  }
  writeFileSync(file, wav);
}
