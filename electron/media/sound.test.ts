// The media room's sound in the main process, with the media window played by the test.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallStats, LinkReport, Logger, SoundCommand } from '../../contract/index.ts';
import { Sound } from './sound.ts';

const log: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => log };

let folder: string;
let sent: SoundCommand[];
let told: string[];
let sound: Sound;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hs-sound-'));
  [sent, told] = [[], []];
  sound = new Sound({
    log,
    toWindow: (command) => sent.push(command),
    tell: (tell) =>
      tell({
        quality: (callId, quality, silent) => told.push(`${callId} ${quality?.mos.toFixed(1)} ${silent}`),
        recordingFailed: (callId, { problem }) => told.push(`${callId} ${problem.code}`),
        soundTest: ({ name }) => told.push(`test ${name}`),
      }),
  });
  sound.opened('a');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => join(folder, 'call.wav');
const recorded = (bytes: number) =>
  ({ type: 'recorded', callId: 'a', sampleRate: 8000, samples: new Uint8Array(bytes) }) as const;

/** Bytes of sound that the file says it has. */
const written = () => (existsSync(file()) ? readFileSync(file()).readUInt32LE(40) : 0);

describe('a recording', () => {
  it('keeps the samples that come after its call was closed', async () => {
    sound.startRecording('a', file(), { notice: true });
    expect(sent.at(-1)).toEqual({ type: 'record', callId: 'a', on: true, notice: true });
    sound.fromWindow(recorded(400));
    sound.closed('a');
    expect(sent.at(-1)).toMatchObject({ type: 'record', on: false });
    sound.fromWindow(recorded(200));
    sound.fromWindow({ type: 'record-ended', callId: 'a' });
    await vi.waitFor(() => expect(written()).toBe(600));
  });

  it('is one at a time, and none of a call that is not there', () => {
    sound.startRecording('a', file(), { notice: false });
    sound.startRecording('a', `${file()}2`, { notice: false });
    sound.startRecording('nobody', file(), { notice: false });
    expect(sent.filter(({ type }) => type === 'record')).toHaveLength(1);
  });

  it('goes on in a window that was started again', () => {
    sound.startRecording('a', file(), { notice: true });
    sent = [];
    sound.windowGone();
    sound.tellWindow();
    expect(sent).toContainEqual({ type: 'record', callId: 'a', on: true, notice: true });
  });

  it('ends although the window died over it', async () => {
    sound.startRecording('a', file(), { notice: false });
    sound.fromWindow(recorded(400));
    const stopped = sound.stopRecording('a');
    sound.windowGone();
    await stopped;
    expect(written()).toBe(400);
    sent = [];
    sound.tellWindow();
    expect(sent.filter(({ type }) => type === 'record')).toEqual([]);
  });

  it('that fails is told and ended', async () => {
    sound.startRecording('a', join(folder, 'gone', 'call.wav'), { notice: false });
    sound.fromWindow(recorded(400));
    await vi.waitFor(() => expect(told).toEqual(['a recording-failed']));
    expect(sent.at(-1)).toMatchObject({ type: 'record', on: false });
  });
});

describe('a window that was started again', () => {
  it('is told of conference, tone and choices, in that it rings as before', () => {
    sound.join(['a', 'b']);
    sound.tone('busy');
    sent = [];
    sound.tellWindow();
    expect(sent).toEqual([
      { type: 'tone', tone: 'busy' },
      { type: 'conference', callIds: ['a', 'b'] },
    ]);
  });

  it('has ended its test', () => {
    sound.windowGone();
    expect(told).toEqual(['test off']);
  });
});

describe('statistics', () => {
  const stats = (second: number, received = 50 * second): CallStats => ({
    codec: 'audio/PCMU',
    packetsSent: 50 * second,
    packetsReceived: received,
    packetsLost: 0,
    packetsDiscarded: 0,
    jitter: 0,
    jitterBufferDelay: second,
    jitterBufferEmitted: 48_000 * second,
    concealedSamples: 0,
    totalSamples: 48_000 * second,
    reported: null,
    theirReports: 0,
  });
  const tell = (...all: CallStats[]) =>
    all.forEach((one) => sound.fromWindow({ type: 'stats', callId: 'a', stats: one }));

  it('become a quality a second, and a summary', () => {
    tell(stats(1), stats(2), stats(3));
    expect(told).toEqual(['a undefined null', 'a 4.4 null', 'a 4.4 null']);
    expect(sound.qualitySummary('a')?.mos).toBeGreaterThan(4.3);
    expect(sound.qualitySummary('b')).toBeNull();
  });

  it('name the silent side, but not for a pause', () => {
    tell(stats(1), stats(2, 50), stats(3, 50), stats(4, 50));
    expect(told.at(-1)).toBe('a undefined we-cannot-hear-them');
    sound.pauseWatch('a');
    tell(stats(5, 50), stats(6, 50));
    expect(told.at(-1)).toBe('a undefined null');
  });

  it('of a call by the engine are those of the line, not of this computer', () => {
    const line = (second: number, lost: number): LinkReport => ({
      sent: 50 * second,
      received: 50 * second - lost,
      lost,
      jitter: 30,
      reports: second,
      far: { number: second, lossFraction: 0.1, roundTrip: 80, unheard: 0 },
    });
    sound.line('a', line(1, 0));
    tell(stats(1));
    sound.line('a', line(2, 10));
    tell(stats(2));
    expect(sound.qualitySummary('a')).toMatchObject({ lossIn: 10, lossOut: 10, jitter: 30, roundTrip: 80 });
    // The window goes on sending to the engine; nothing goes out.
    for (let second = 3; second < 6; second++) {
      sound.line('a', { ...line(second, 10), sent: 100 });
      tell(stats(second));
    }
    expect(told.at(-1)).toContain('they-cannot-hear-us');
    sound.line('a', null);
    tell(stats(6), stats(7));
    expect(told.at(-1)).toBe('a 4.4 null');
  });

  it('of a call that is gone say nothing', () => {
    sound.closed('a');
    tell(stats(1), stats(2));
    expect(told).toEqual([]);
  });
});

describe('keys', () => {
  it('go by themselves unless the account says how', () => {
    sound.opened('b', 'info');
    expect([sound.dtmf('a'), sound.dtmf('b'), sound.dtmf('c')]).toEqual(['auto', 'info', 'auto']);
  });
});
