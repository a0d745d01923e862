// Traces: written as text, read back the same, and replayed to the same intents as on the day.
import { describe, expect, it } from 'vitest';
import { models } from './virtual/models.ts';
import { Room } from './virtual/room.ts';
import { formatTrace, readTrace, replay, TraceRecorder, type Trace } from './trace.ts';

const { jabra } = models;
const silence = { ringing: false, call: 'none', connected: false, muted: false } as const;
const active = { ...silence, call: 'active', connected: true } as const;
const header = { product: 'A', vendorId: 0x0b0e, productId: 1, descriptor: jabra.descriptor };

const answeredAndEnded: Trace = {
  ...header,
  entries: [
    { at: 0, type: 'calls', situation: silence },
    { at: 1_000, type: 'calls', situation: { ...silence, ringing: true } },
    { at: 1_001, type: 'out', report: Uint8Array.of(2, 4, 0) },
    { at: 3_000, type: 'in', report: Uint8Array.of(2, 1, 0) },
    { at: 3_001, type: 'calls', situation: active },
    { at: 9_000, type: 'in', report: Uint8Array.of(2, 5, 0) },
    { at: 9_010, type: 'in', report: Uint8Array.of(2, 1, 0) },
    { at: 9_011, type: 'calls', situation: { ...active, muted: true } },
    { at: 12_000, type: 'in', report: Uint8Array.of(2, 0, 0) },
  ],
};

describe('a trace', () => {
  it('reads back as it was written', () => {
    const read = readTrace(formatTrace(answeredAndEnded));
    expect(formatTrace(read)).toBe(formatTrace(answeredAndEnded));
    expect(read.entries.length).toBe(answeredAndEnded.entries.length);
  });

  it('replays: answer, mute, hang up', () => {
    expect(replay(readTrace(formatTrace(answeredAndEnded))).intents).toEqual([
      '3000 answer',
      '9000 mute',
      '12000 hang-up',
    ]);
  });

  it('that is none, or is damaged, says where', () => {
    expect(() => readTrace('something else')).toThrow('no headset trace');
    expect(() => readTrace(`${formatTrace({ ...header, entries: [] })}12 in 0`)).toThrow('Line 4');
    expect(() => replay({ ...header, descriptor: new Uint8Array(), entries: [] })).toThrow('no telephone');
  });

  it('keeps the newest 2,000 entries', () => {
    const recorder = new TraceRecorder({ monotonic: () => 0 });
    for (let count = 0; count < 2_005; count += 1) recorder.report('in', Uint8Array.of(count & 0xff));
    expect(recorder.entries.length).toBe(2_000);
    expect(recorder.entries.at(-1)).toEqual({ at: 0, type: 'in', report: Uint8Array.of(2_004 & 0xff) });
  });

  it('of a headset in the room replays to what was heard on the day', async () => {
    const room = new Room();
    const headset = await room.plug(jabra);
    room.phone({ ringing: true });
    await room.pass(1_000);
    headset.press('hook');
    await room.pass(1_000);
    headset.press('mute');
    await room.pass(1_000);
    headset.press('hook');
    await room.pass(1_000);
    const [trace] = await room.headsets.traces();
    expect(trace).toBeDefined();
    const replayed = replay(readTrace(trace ?? ''));
    const heard = room.heard().map((intent) => intent.split(' ')[0]);
    expect(heard).toEqual(['answer', 'mute', 'hang-up']);
    expect(replayed.intents.map((intent) => intent.split(' ')[1])).toEqual(heard);
    expect(replayed.lamps.offHook).toBe(false);
  });
});
