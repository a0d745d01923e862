// The call machine's sound: quality, the silent side, recordings.
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../contract/index.ts';
import { next, outgoingCall } from './call.ts';
import type { CallEvent, CallModel } from './call-model.ts';

const party = { number: '600', uri: 'sip:600@example.com' };
const unplugged: Problem = { code: 'microphone-unplugged', message: 'Your microphone was unplugged.' };

function connected(...events: CallEvent[]): CallModel {
  const [start] = outgoingCall({ id: 'c', accountId: 'a', party, at: 0 });
  const opening: CallEvent[] = [
    { type: 'offer-ready', sdp: 'offer' },
    { type: 'accepted', sdp: 'answer', at: 10 },
  ];
  return [...opening, ...events].reduce((call, event) => next(call, event)[0], start);
}

const deaf: CallEvent = { type: 'quality', quality: null, silent: 'we-cannot-hear-them' };
const well: CallEvent = {
  type: 'quality',
  quality: { lossIn: 0, lossOut: 0, jitter: 1, roundTrip: 20, mos: 4.4 },
  silent: null,
};

describe('a connected call', () => {
  it('shows how it is heard', () => {
    expect(connected(well).view.quality?.mos).toBe(4.4);
    expect(connected(well, deaf).view.quality).toBeNull();
  });

  it('names the silent side, and takes it back when the sound is there', () => {
    expect(connected(deaf).view.problem?.message).toContain('You cannot hear them: nothing arrives from their side.');
    expect(connected({ ...deaf, silent: 'they-cannot-hear-us' }).view.problem?.message).toContain(
      'They cannot hear you: no packet from us is reaching them.',
    );
    expect(connected(deaf, well).view.problem).toBeNull();
  });

  it('keeps what else is wrong with it', () => {
    const microphone: CallEvent = { type: 'media-problem', problem: unplugged };
    expect(connected(microphone, deaf, well).view.problem).toEqual(unplugged);
  });

  it('is recorded more than once, and all files go into its record', () => {
    const record = { type: 'recording', at: 20 } as const;
    const stop: CallEvent = { type: 'recording-ended', problem: null };
    const call = connected({ ...record, file: 'one.wav' }, stop, { ...record, file: 'two.wav' });
    expect(call.view.recordingSince).toBe(20);
    const [ended, effects] = next(call, { type: 'hang-up', at: 100 });
    expect(ended.view.recordingSince).toBeNull();
    expect(effects.find((effect) => effect.type === 'record')).toMatchObject({
      record: { recordings: ['one.wav', 'two.wav'] },
    });
  });

  it('says why its recording ended by itself', () => {
    const full: Problem = { code: 'recording-failed', message: 'The recording stopped.' };
    const call = connected({ type: 'recording', file: 'one.wav', at: 20 }, { type: 'recording-ended', problem: full });
    expect(call.view).toMatchObject({ recordingSince: null, problem: full });
  });
});
