// Recordings on a real disk: whole at every moment, in order, and never over another file.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Logger, ProblemError } from '../../../contract/index.ts';
import { Recording } from './recording.ts';
import { WavFile } from './wav-file.ts';
import { wavHeader } from './wav-header.ts';

const log: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => log };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hs-recording-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => readFileSync(join(folder, 'call.wav'));

function recording(path = join(folder, 'call.wav')) {
  const failure = Promise.withResolvers<ProblemError>();
  return { recording: new Recording(path, log, { failed: failure.resolve }), failed: failure.promise };
}

describe('the header', () => {
  it('is that of 16 bit PCM', () => {
    const header = wavHeader({ sampleRate: 48_000, channels: 2 }, 1000);
    expect(header.toString('latin1', 0, 4) + header.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
    expect([header.readUInt32LE(4), header.readUInt32LE(40)]).toEqual([1036, 1000]);
    expect([header.readUInt16LE(22), header.readUInt32LE(24), header.readUInt32LE(28)]).toEqual([2, 48_000, 192_000]);
  });
});

describe('a WAV file', () => {
  it('is whole after each piece, without having been closed', async () => {
    const wav = await WavFile.create(join(folder, 'call.wav'), { sampleRate: 8000, channels: 2 });
    for (const pieces of [1, 2, 3]) {
      await wav.append(Buffer.alloc(400, pieces));
      expect(file().readUInt32LE(40)).toBe(400 * pieces);
      expect(file()).toHaveLength(44 + 400 * pieces);
    }
    await wav.close();
  });
});

describe('a recording', () => {
  it('keeps the order of what comes faster than the disk writes', async () => {
    const { recording: call } = recording();
    for (let piece = 0; piece < 100; piece += 1) call.write(8000, Buffer.alloc(4, piece));
    await call.end();
    expect([...file().subarray(44)]).toEqual(Array.from({ length: 400 }, (_, at) => Math.floor(at / 4)));
  });

  it('says in words that its folder is gone, once, and takes no more', async () => {
    const { recording: call, failed } = recording(join(folder, 'gone', 'call.wav'));
    call.write(8000, Buffer.alloc(4));
    expect((await failed).problem.code).toBe('recording-failed');
    call.write(8000, Buffer.alloc(4));
    await call.end();
  });

  it('never writes over a file that is there', async () => {
    writeFileSync(join(folder, 'call.wav'), 'precious');
    const { recording: call, failed } = recording();
    call.write(8000, Buffer.alloc(4));
    await failed;
    await call.end();
    expect(file().toString()).toBe('precious');
  });
});
